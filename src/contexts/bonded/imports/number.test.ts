// Numbers as systems write them, kept exactly or not at all.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuantity, quantityText } from '../quantity.ts';
import { numberReader, toQuantityText, toRateText } from './number.ts';

test.each([
  [{}, '12.50', '12.50'],
  [{}, '-5', '-5'],
  [{ absolute: true }, '-5', '5'],
  [{ absolute: true }, '5-', '5'],
  [{ thousands: '.', decimalMark: ',' }, '1.234,50', '1234.5'],
  [{ thousands: ',' }, '1,234.5', '1234.5'],
  [{ thousands: ' ' }, '1\u00a0234', '1234'],
  [{ factor: '0.001' }, '1500', '1.5'],
  [{}, '.25', '0.25'],
  [{}, '1e3', null],
  [{}, 'zehn', null],
  [{ decimalMark: ',' }, '1,2,3', null],
] as const)('%j reads %s as %s', (style, text, outcome) => {
  expect(numberReader({ absolute: false, ...style })(text)).toBe(outcome);
});

test.each([
  ['12.50', '12.5'],
  ['0.00001', '0.00001'],
  ['0.000010000', '0.00001'],
  ['0.000001', null],
  ['0', null],
  ['-1', null],
  ['10000000000', '10000000000'],
  ['10000000000.1', null],
])('quantity %s is %s', (text, outcome) => {
  expect(toQuantityText(text)).toBe(outcome);
});

test.each([
  ['0.0150', '0.015'],
  ['0.0000000001', null],
  ['0', '0'],
])('rate %s is %s', (text, outcome) => {
  expect(toRateText(text)).toBe(outcome);
});

test('a quantity written with marks is the quantity', () => {
  const read = numberReader({ absolute: true, thousands: '.', decimalMark: ',' });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.boolean(), (scaled, isOut) => {
      const [whole = '', fraction = ''] = quantityText(scaled).split('.');
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
      const written = `${grouped}${fraction === '' ? '' : `,${fraction}`}${isOut ? '-' : ''}`;
      expect(parseQuantity(toQuantityText(read(written) ?? '') ?? '')).toBe(scaled);
    }),
  );
});

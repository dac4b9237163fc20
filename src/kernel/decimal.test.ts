// Exact decimals: what a float gets wrong, and the laws of arithmetic on random numbers.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  parseDecimal,
  round,
  subtract,
  sum,
  toText,
  ZERO,
} from './decimal.ts';

test.each([
  ['0.1', '0.2', '0.3'],
  ['9999999999999999.99', '0.01', '10000000000000000'],
  ['-0.5', '0.5', '0'],
  ['1.10', '2.200', '3.3'],
])('%s + %s = %s', (a, b, expected) => {
  expect(toText(add(decimal(a), decimal(b)))).toBe(expected);
});

test.each([
  '',
  ' 1',
  '1,000',
  '1e5',
  '0x10',
  'NaN',
  '１２',
  '1.',
  '.5',
  '--1',
  '1.00000000001',
  '1'.repeat(29),
])('%j is not a number we store', (text) => {
  expect(parseDecimal(text)).toBeNull();
});

test.each([
  ['2.5', 0, '3'],
  ['-2.5', 0, '-3'],
  ['2.4999', 0, '2'],
  ['0.005', 2, '0.01'],
  ['1.234', 5, '1.234'],
])('%s rounded to %i places is %s', (text, places, expected) => {
  expect(toText(round(decimal(text), places))).toBe(expected);
});

describe('laws', () => {
  const decimals = fc
    .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }))
    .map(([coefficient, scale]): Decimal => ({ coefficient, scale }));
  const same = (a: Decimal, b: Decimal): boolean => toText(a) === toText(b);

  test('text comes back as the same number, and equal numbers are equal text', () => {
    fc.assert(
      fc.property(
        decimals,
        (a) => same(decimal(toText(a)), a) && compare(decimal(toText(a)), a) === 0,
      ),
    );
  });
  test('addition and multiplication do not care about order or grouping', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        expect(same(add(a, b), add(b, a))).toBe(true);
        expect(same(add(add(a, b), c), add(a, add(b, c)))).toBe(true);
        expect(same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
        expect(same(subtract(add(a, b), b), a)).toBe(true);
        expect(same(sum([a, b, c]), add(add(ZERO, a), add(b, c)))).toBe(true);
      }),
    );
  });
  test('comparing is subtracting', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => compare(a, b) === compare(subtract(a, b), ZERO)),
    );
  });
});

test.each([
  ['1', '3', '0.33'],
  ['2', '3', '0.67'],
  ['-1', '8', '-0.13'],
  ['1', '-8', '-0.13'],
  ['0.1', '0.0003', '333.33'],
  ['100', '0.5', '200'],
])('%s ÷ %s to the cent is %s', (a, b, expected) => {
  expect(toText(divide(decimal(a), decimal(b), 2))).toBe(expected);
});

test('nothing is divided by zero', () => {
  expect(() => divide(decimal(1), ZERO, 2)).toThrow('zero');
});

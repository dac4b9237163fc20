// Quantities are read digit by digit; what that reads is what the shape in the contract lets through, exactly.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { QUANTITY_SHAPE } from './contract.ts';
import { parseQuantity, QUANTITY_MAX, quantityText } from './quantity.ts';

/** The same, by the shape and exact integers. */
function obvious(text: string): number | null {
  if (!QUANTITY_SHAPE.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  const value = BigInt(whole) * 100_000n + BigInt(fraction.slice(0, 5).padEnd(5, '0'));
  return value <= BigInt(QUANTITY_MAX) ? Number(value) : null;
}

const likely = fc
  .array(fc.constantFrom(...'0123456789..0'), { maxLength: 20 })
  .map((all) => all.join(''));
const digits = (max: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { maxLength: max }).map((all) => all.join(''));

test('any text is read as the contract says, and what was read is written again', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        likely,
        fc.string(),
        fc.tuple(digits(12), digits(8)).map((two) => two.join('.')),
      ),
      (text) => {
        const quantity = parseQuantity(text);
        expect(quantity).toBe(obvious(text));
        if (quantity !== null) expect(parseQuantity(quantityText(quantity))).toBe(quantity);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ['0', 0],
  ['12.5', 1_250_000],
  ['0.00001', 1],
  ['1.1234500000', 112_345],
  ['10000000000', QUANTITY_MAX],
  ['10000000000.00001', null],
  ['1.123456', null],
  ['1.', null],
  ['.5', null],
  ['', null],
  ['-1', null],
  ['1e3', null],
  ['123456789012', null],
  ['1\n', null],
])('%j is %s', (text, quantity) => {
  expect(parseQuantity(text)).toBe(quantity);
});

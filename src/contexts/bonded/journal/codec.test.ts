// What moved is written as bytes and read again, and bytes that are not exactly such writing are refused.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Movement } from '../engine/entry.ts';
import { decodeMovements, encodeMovements } from './codec.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const small = (max: number) =>
  fc.oneof(
    fc.nat({ max: 40 }),
    fc.maxSafeNat().map((n) => n % (max + 1)),
  );
const movement: fc.Arbitrary<Movement> = fc.record({
  part: small(MAX - 1),
  lot: small(MAX - 1).map((n) => n - 1),
  from: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 16 * 32 })),
  to: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 16 * 32 })),
  quantity: small(MAX - 1).map((n) => n + 1),
});
const movements = fc.array(movement, { maxLength: 60 });

test('whatever moved reads as it was written, and the same movements are the same bytes', () => {
  fc.assert(
    fc.property(movements, (moved) => {
      const bytes = encodeMovements(moved);
      expect(decodeMovements(bytes)).toEqual(moved);
      expect(encodeMovements(decodeMovements(bytes)).equals(bytes)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('bytes that end too soon, or go on, are refused', () => {
  fc.assert(
    fc.property(
      movements,
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 9 }),
      (moved, at, more) => {
        const bytes = encodeMovements(moved);
        expect(() => decodeMovements(bytes.subarray(0, at % bytes.length))).toThrow(RangeError);
        expect(() => decodeMovements(Buffer.concat([bytes, more]))).toThrow(RangeError);
      },
    ),
  );
});

test('of any bytes, only what would be written is read', () => {
  fc.assert(
    fc.property(movements, fc.nat(), fc.nat({ max: 255 }), (moved, at, byte) => {
      const bytes = encodeMovements(moved);
      bytes[at % bytes.length] = byte;
      let read: Movement[];
      try {
        read = decodeMovements(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(encodeMovements(read).equals(bytes)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const one = { part: 0, lot: -1, from: 0, to: 1, quantity: 1 };
test.each([
  ['nothing at all', []],
  ['an empty run', [1, 0, 0, 1]],
  ['a longer run than there are movements', [1, 2, 0, 1, 0, 65, 1, 0, 0, 1]],
  ['one run written as two', [2, 1, 0, 1, 0, 65, 1, 1, 0, 1, 0, 0, 1]],
  ['a number longer than it need be', [0x81, 0, 1, 0, 1, 0, 65, 1]],
  ['a difference of minus nothing', [1, 1, 0, 1, 64, 65, 1]],
  ['a quantity of nothing', [1, 1, 0, 1, 0, 65, 0]],
  ['a part before the first', [1, 1, 0, 1, 65, 65, 1]],
  [
    'a number beyond the safe integers',
    [1, 1, 0, 1, 0, 65, ...[255, 255, 255, 255, 255, 255, 255, 127]],
  ],
  ['a number without an end', [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
])('%s is refused', (_, bytes) => {
  expect([...encodeMovements([one])]).toEqual([1, 1, 0, 1, 0, 65, 1]);
  expect(() => decodeMovements(Uint8Array.from(bytes))).toThrow(RangeError);
});

test.each([
  ['a fraction', { ...one, quantity: 0.5 }],
  ['more than can be counted', { ...one, quantity: MAX + 1 }],
  ['less than nothing', { ...one, quantity: -1 }],
])('%s is never written', (_, wrong) => {
  expect(() => encodeMovements([wrong])).toThrow('Not a number of the journal');
});

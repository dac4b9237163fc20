// Sums by way are what movement after movement adds up to, and bytes are refused where movements would be.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Movement } from '../engine/entry.ts';
import { decodeMovements, encodeMovements } from './codec.ts';
import { Flows } from './flows.ts';

const PARTS = 300;
const large = Math.floor(Number.MAX_SAFE_INTEGER / 100);
const movements: fc.Arbitrary<Movement[]> = fc.array(
  fc.record({
    part: fc.nat({ max: PARTS - 1 }),
    lot: fc.oneof(fc.integer({ min: -1, max: 200 }), fc.nat({ max: large })),
    from: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 16 * 32 })),
    to: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 16 * 32 })),
    quantity: fc.oneof(fc.integer({ min: 1, max: 5_000_000 }), fc.integer({ min: 1, max: large })),
  }),
  { maxLength: 60 },
);

const key = (part: number, from: number, to: number): string => `${part}: ${from} → ${to}`;

function addedUp(moved: readonly Movement[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { part, from, to, quantity } of moved)
    sums.set(key(part, from, to), (sums.get(key(part, from, to)) ?? 0) + quantity);
  return sums;
}

/** What flows say of a row that stands between others. */
function sumsOf(row: Uint8Array): Map<string, number> {
  const flows = new Flows(PARTS);
  flows.add(Buffer.concat([Buffer.from([1, 2, 3]), row, Buffer.from([4])]), 3, 3 + row.length);
  const sums = new Map<string, number>();
  for (const { from, to, quantities } of flows.all())
    for (const [part, sum] of quantities.entries()) if (sum > 0) sums.set(key(part, from, to), sum);
  return sums;
}

test('sums by way are those of the movements, one by one', () => {
  fc.assert(
    fc.property(movements, (moved) => {
      expect(sumsOf(encodeMovements(moved))).toEqual(addedUp(moved));
    }),
    { numRuns: 1000 },
  );
});

test('bytes that are not exactly a row are refused, wherever one byte is another', () => {
  fc.assert(
    fc.property(movements, fc.nat(), fc.nat({ max: 255 }), (moved, at, byte) => {
      const row = encodeMovements(moved);
      row[at % row.length] = byte;
      let read: Movement[] | null = null;
      try {
        read = decodeMovements(row);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
      if (read?.every(({ part }) => part < PARTS)) expect(sumsOf(row)).toEqual(addedUp(read));
      else expect(() => sumsOf(row)).toThrow(RangeError);
    }),
    { numRuns: 5000 },
  );
});

test('a sum that can no longer be counted exactly is refused, not rounded', () => {
  const flows = new Flows(1);
  const row = encodeMovements([{ part: 0, lot: -1, from: 0, to: 1, quantity: large * 60 }]);
  for (let twice = 0; twice < 2; twice += 1) flows.add(row, 0, row.length);
  expect(() => [...flows.all()]).toThrow(RangeError);
});

// What an order holds, kept packed, against the slow and obvious way: a map of maps. And a snapshot that is taken slowly
// while the book goes on.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, event, lines, openBook } from './fixtures.ts';
import { Holding } from './holding.ts';
import { inOrder, inProportion, type Run } from './runs.ts';

/** The same, obviously. */
function createObvious() {
  const parts = new Map<number, Map<number, number>>();
  const of = (part: number, lot: number): number => parts.get(part)?.get(lot) ?? 0;
  const set = (part: number, lot: number, quantity: number): void => {
    const lots = parts.get(part) ?? new Map<number, number>();
    parts.set(part, lots);
    if (quantity === 0) lots.delete(lot);
    else lots.set(lot, quantity);
    if (lots.size === 0) parts.delete(part);
  };
  const runs = (part: number): Run[] =>
    [...(parts.get(part) ?? [])]
      .map(([lot, quantity]) => ({ lot, quantity }))
      .sort((a, b) => a.lot - b.lot);
  return { of, set, runs, parts: () => [...parts.keys()].sort((a, b) => a - b) };
}

const step = fc.record({
  part: fc.nat({ max: 4 }),
  lot: fc.nat({ max: 6 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  isTaken: fc.boolean(),
});

test('whatever is put and taken, it holds what the obvious one holds', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.nat({ max: 40 }), (steps, wanted) => {
      const holding = new Holding();
      const obvious = createObvious();
      for (const { part, lot, quantity, isTaken } of steps) {
        const there = obvious.of(part, lot);
        if (isTaken && there < quantity) {
          expect(() => holding.take(part, lot, quantity)).toThrow('More was taken');
          continue;
        }
        if (isTaken) holding.take(part, lot, quantity);
        else holding.put(part, lot, quantity);
        obvious.set(part, lot, there + (isTaken ? -quantity : quantity));
      }
      expect(holding.parts()).toEqual(obvious.parts());
      expect(holding.isEmpty).toBe(obvious.parts().length === 0);
      for (let part = 0; part < 5; part += 1) {
        const runs = obvious.runs(part);
        const total = runs.reduce((sum, { quantity }) => sum + quantity, 0);
        const use = Math.min(wanted, total);
        expect(holding.total(part)).toBe(total);
        expect(holding.runs(part)).toEqual(runs);
        expect(holding.runs(part, use, 'fifo')).toEqual(inOrder(runs, use));
        if (use < total)
          expect(holding.runs(part, use, 'proportional')).toEqual(inProportion(runs, total, use));
      }
    }),
    { numRuns: 300 },
  );
});

test('a snapshot is of the moment it was begun, whatever is done to the book while it is taken', () => {
  const { book, post } = openBook();
  const issue = (order: string, quantity: string) =>
    post(event('issued', { order, lines: lines(['steel', quantity]) }));
  post(event('imported', { document: 'L1', lines: lines(['steel', '100']) }));
  for (const order of ['W1', 'W2', 'W3']) issue(order, '10');
  issue('W4', '500');
  const then = bytesOf(book);
  const slow = book.snapshot();
  issue('W1', '5');
  post(event('orderClosed', { order: 'W2' }));
  issue('W5', '1');
  post(event('received', { order: 'W3', lines: lines(['frame', '2']) }));
  post(event('imported', { document: 'L2', lines: lines(['steel', '900']) }));
  expect(Buffer.concat([...slow]).equals(then)).toBe(true);
  expect(bytesOf(book).equals(then)).toBe(false);
  expect(book.state.watches.size).toBe(0);
});

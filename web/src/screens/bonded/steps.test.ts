// From the book to the count: the bars add up, and the axis is cut only where the steps would be too thin.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CauseRow } from '../../../../src/contexts/bonded/explain/contract.ts';
import { floorOf, stepsOf } from './steps.ts';

const cause = (quantity: number): CauseRow => ({
  ...{
    cause: 'duplicate',
    grade: 'certain',
    quantity: String(quantity),
    records: ['posting:E1#0'],
  },
  remedy: { kind: 'reverse', event: 'E1' },
});
const row = (book: number, causes: readonly number[], residual: number) => ({
  ...{ book: String(book), residual: String(residual), explained: causes.map(cause) },
  counted: String(book + causes.reduce((sum, each) => sum + each, residual)),
});

test('each bar begins where the one before it ended, and the last ends at the count', () => {
  const quantity = fc.integer({ min: -1_000, max: 1_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 5_000, max: 1_000_000 }),
      fc.array(quantity, { maxLength: 3 }),
      quantity,
      (book, causes, residual) => {
        const steps = stepsOf(row(book, causes, residual));
        let level = book;
        for (const { text, low, height } of steps.slice(1, -1)) {
          const next = level + Number(text);
          expect([low, low + height]).toEqual([Math.min(level, next), Math.max(level, next)]);
          level = next;
        }
        expect(steps.at(-1)?.height).toBe(level);
        const floor = floorOf(steps);
        expect(floor).toBeGreaterThanOrEqual(0);
        expect(floor).toBeLessThanOrEqual(Math.min(book, level));
      },
    ),
  );
});

test.each([
  ['the steps are a good part of it: from nothing', row(100, [-60], 0), 0],
  ['they are thin beside it: cut', row(10_000, [-30], 0), 9_910],
  ['nothing happened: from nothing', row(50, [], 0), 0],
])('%s', (_, said, floor) => {
  expect(floorOf(stepsOf(said))).toBe(floor);
});

test('what is unexplained is a bar of its own, after every cause', () => {
  const names = stepsOf(row(100, [5, -2], -3)).map(({ name, text }) => `${name} ${text}`);
  expect(names).toEqual([
    ...['waterfall.book 100', 'cause.duplicate +5', 'cause.duplicate -2'],
    ...['waterfall.unexplained -3', 'waterfall.counted 100'],
  ]);
});

// A day's examinations: from which harm on one is worth spending, learned from earlier days alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPolicy } from '../policy.ts';
import { createCapacity, type DayBudget } from './capacity.ts';

const OFFICE = '2225';
const policy = {
  selection: {
    ...loadPolicy().selection,
    ...{ windowDays: 28, daysMin: 5, scoredMin: 50, harmMin: 100 },
  },
};
const day = (n: number): string => new Date(Date.UTC(2026, 6, 1 + n)).toISOString().slice(0, 10);

const openWith = (budget: DayBudget | null) =>
  createCapacity({ policy, budgetOn: (office) => (office === OFFICE ? budget : null) });

/** Ten days of a hundred consignments each, with harms of 100 to 10,000 and `others` selected anyway. */
function tenDays(perDay: number, others = 0, exploreShare = 0) {
  const capacity = openWith({ perDay, exploreShare });
  for (let n = 0; n < 10; n += 1) {
    for (let k = 1; k <= 100; k += 1) capacity.observe(OFFICE, day(n), k * 100, false);
    for (let k = 0; k < others; k += 1) capacity.observe(OFFICE, day(n), null, true);
  }
  return capacity;
}
const thresholdAfter = (perDay: number, others = 0) =>
  tenDays(perDay, others).stateOf(OFFICE, day(10)).threshold ?? Number.NaN;

test('the threshold is the harm that would have filled the budget', () => {
  // Of 100 a day the ten gravest are those from 9,100 on.
  expect(thresholdAfter(10)).toBeGreaterThan(9_000);
  expect(thresholdAfter(10)).toBeLessThanOrEqual(9_100);
});

test('days before there was a model leave it no room: they say nothing of harm', () => {
  const capacity = openWith({ perDay: 10, exploreShare: 0 });
  for (let n = 0; n < 10; n += 1) {
    const isScored = n >= 8;
    for (let k = 1; k <= 100; k += 1) {
      capacity.observe(OFFICE, day(n), isScored ? k * 100 : null, false);
    }
  }
  expect(capacity.stateOf(OFFICE, day(10)).threshold).toBe(thresholdAfter(10));
});

test('what mandatory criteria, score and draw take is not there for the model', () => {
  expect(thresholdAfter(20, 10)).toBe(thresholdAfter(10));
  expect(thresholdAfter(10, 10)).toBeGreaterThan(9_800);
});

test('a budget larger than anything worth examining is not spent on trifles', () => {
  expect(thresholdAfter(100_000)).toBe(policy.selection.harmMin);
});

test('the more examinations, the lower the threshold, and about as many are selected as can be', () => {
  const harms = fc.array(fc.integer({ min: 100, max: 9_999 }), { minLength: 100, maxLength: 300 });
  fc.assert(
    fc.property(harms, fc.integer({ min: 1, max: 10 }), (seen, perDay) => {
      const thresholdWith = (budget: number): number => {
        const capacity = openWith({ perDay: budget, exploreShare: 0 });
        for (const [i, harm] of seen.entries()) capacity.observe(OFFICE, day(i % 8), harm, false);
        return capacity.stateOf(OFFICE, day(8)).threshold ?? Number.NaN;
      };
      const threshold = thresholdWith(perDay);
      expect(thresholdWith(perDay + 1)).toBeLessThanOrEqual(threshold);
      // Harms within one per cent of each other are not told apart: they are taken, or left, together.
      const crowd = Math.max(
        ...seen.map((harm) => seen.filter((it) => it >= harm && it < harm * 1.02).length),
      );
      const taken = seen.filter((harm) => harm >= threshold).length;
      expect(Math.abs(taken - perDay * 8)).toBeLessThanOrEqual(crowd);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test('nothing of the same day and nothing later moves the threshold', () => {
  const capacity = tenDays(10);
  const before = capacity.factsFor(OFFICE, day(10));
  for (let k = 0; k < 500; k += 1) capacity.observe(OFFICE, day(10), 1e6, false);
  for (let k = 0; k < 500; k += 1) capacity.observe(OFFICE, day(11), 1e6, false);
  expect(capacity.factsFor(OFFICE, day(10))).toEqual(before);
  expect(capacity.stateOf(OFFICE, day(11)).threshold).toBeGreaterThan(9_100);
});

test('what is left is counted as the day goes, and never below nought', () => {
  const capacity = tenDays(3);
  expect(capacity.factsFor(OFFICE, day(10))['selection.left']).toBe(3);
  for (let k = 0; k < 2; k += 1) capacity.observe(OFFICE, day(10), 9_900, false);
  capacity.observe(OFFICE, day(10), null, true);
  expect(capacity.stateOf(OFFICE, day(10)).left).toBe(2);
  for (let k = 0; k < 9; k += 1) capacity.observe(OFFICE, day(10), null, true);
  expect(capacity.stateOf(OFFICE, day(10)).left).toBe(0);
});

test('with little history, or without a budget, no threshold is stated and the reason is', () => {
  const capacity = openWith({ perDay: 10, exploreShare: 0 });
  for (let k = 0; k < 500; k += 1) capacity.observe(OFFICE, day(0), 5_000, false);
  expect(capacity.stateOf(OFFICE, day(1))).toMatchObject({
    threshold: null,
    missing: 'tooLittleHistory',
    days: 1,
    scored: 500,
  });
  expect(capacity.factsFor(OFFICE, day(1))).toEqual({ 'selection.left': 10 });
  expect(capacity.factsFor('5300', day(1))).toEqual({});
  expect(capacity.stateOf('5300', day(1)).missing).toBe('noBudget');
});

test('days older than the window are forgotten', () => {
  const capacity = tenDays(10);
  for (let n = 40; n < 50; n += 1) {
    for (let k = 1; k <= 100; k += 1) capacity.observe(OFFICE, day(n), 500, false);
  }
  expect(capacity.stateOf(OFFICE, day(50))).toMatchObject({ days: 10, scored: 1000 });
  expect(capacity.stateOf(OFFICE, day(50)).threshold).toBeLessThanOrEqual(500);
});

test('exploration asks for a rate that spends its share, from a few rates only', () => {
  // A tenth of ten examinations on a hundred consignments: one in a hundred.
  expect(tenDays(10, 0, 0.1).factsFor(OFFICE, day(10))['selection.exploreRate']).toBe(0.01);
  expect(tenDays(10, 0, 0.19).factsFor(OFFICE, day(10))['selection.exploreRate']).toBe(0.01);
  expect(tenDays(10, 0, 0.2).factsFor(OFFICE, day(10))['selection.exploreRate']).toBe(0.02);
  expect(tenDays(10).factsFor(OFFICE, day(10))['selection.exploreRate']).toBeUndefined();
});

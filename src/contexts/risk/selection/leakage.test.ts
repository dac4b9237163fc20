// Leakage: estimated from the draws alone, without bias, with an interval that keeps its word.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateLeakage } from './leakage.ts';

const stratum = (rate: number, eligible: number, examined: number, found: number) => ({
  ...{ rate, eligible, drawn: examined, examined, found },
});

test('one stratum: the share among those drawn, with its exact interval', () => {
  const leakage = estimateLeakage([stratum(0.01, 10_000, 100, 5)]);
  expect(leakage).toMatchObject({ rate: 0.05, released: 9_900, method: 'clopperPearson' });
  expect(leakage.leaked).toBeCloseTo(495);
  expect(leakage.interval?.low).toBeCloseTo(0.01643, 4);
  expect(leakage.interval?.high).toBeCloseTo(0.11283, 4);
});

test('each stratum speaks for its own: what is drawn more often does not count for more', () => {
  const leakage = estimateLeakage([stratum(0.05, 1_000, 50, 25), stratum(0.003, 9_000, 30, 0)]);
  expect(leakage.rate).toBeCloseTo(0.05);
  expect(leakage.method).toBe('fayFeuer');
  expect(leakage.strata.map(({ rate }) => rate)).toEqual([0.003, 0.05]);
});

test('where nothing drawn was examined yet, nothing is claimed', () => {
  expect(estimateLeakage([])).toMatchObject({ rate: null, interval: null, leaked: null });
  const leakage = estimateLeakage([stratum(0.01, 500, 0, 0), stratum(0.05, 100, 4, 1)]);
  expect(leakage).toMatchObject({ rate: 0.25, unspokenFor: 500 });
});

/** A seeded generator is enough here: the property draws the seeds. */
function drawsFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('over many ports the estimate is right on average, and the interval covers the truth', () => {
  const grade = fc.record({
    eligible: fc.integer({ min: 300, max: 3_000 }),
    share: fc.double({ min: 0, max: 0.2, noNaN: true }),
    rate: fc.constantFrom(0.01, 0.02, 0.05, 0.1),
  });
  const outcomes: { error: number; covered: boolean }[] = [];
  fc.assert(
    fc.property(fc.array(grade, { minLength: 1, maxLength: 3 }), fc.nat(), (grades, seed) => {
      const random = drawsFrom(seed);
      let irregular = 0;
      let all = 0;
      const strata = grades.map(({ eligible, share, rate }) => {
        const counted = { ...stratum(rate, eligible, 0, 0), drawn: 0 };
        for (let i = 0; i < eligible; i += 1) {
          const isIrregular = random() < share;
          const isDrawn = random() < rate;
          if (isIrregular) irregular += 1;
          if (isDrawn) counted.drawn += 1;
          if (isDrawn && isIrregular) counted.found += 1;
        }
        all += eligible;
        return { ...counted, examined: counted.drawn };
      });
      const { rate, interval, unspokenFor } = estimateLeakage(strata);
      if (rate === null || interval === null || unspokenFor > 0) return;
      const truth = irregular / all;
      outcomes.push({
        error: rate - truth,
        covered: interval.low <= truth && truth <= interval.high,
      });
    }),
    { numRuns: 400, seed: 20_260_701 },
  );
  const covered = outcomes.filter((outcome) => outcome.covered).length / outcomes.length;
  const bias = outcomes.reduce((sum, { error }) => sum + error, 0) / outcomes.length;
  expect(outcomes.length).toBeGreaterThan(300);
  expect(covered).toBeGreaterThan(0.93);
  expect(Math.abs(bias)).toBeLessThan(0.005);
});

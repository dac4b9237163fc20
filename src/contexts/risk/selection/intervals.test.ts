// Intervals: against published tables, and whether they cover the truth as often as they say.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clopperPearson, fayFeuer, wilson } from './intervals.ts';

test.each([
  // binom.test of R, beta.ppf of SciPy
  [0, 10, 0, 0.3084971],
  [1, 10, 0.002528579, 0.4450161],
  [10, 10, 0.6915029, 1],
  [5, 100, 0.01643188, 0.1128349],
  [37, 2200, 0.01186848, 0.02310775],
])('%d found of %d: Clopper–Pearson', (found, of, low, high) => {
  const range = clopperPearson(found, of);
  expect(range.low).toBeCloseTo(low, 6);
  expect(range.high).toBeCloseTo(high, 6);
});

test('with equal weights Fay–Feuer is the exact Poisson interval', () => {
  // R: poisson.test(3)$conf.int = 0.6186721, 8.7672731
  const weight = 1 / 1000;
  const { low, high } = fayFeuer([
    { found: 1, weight },
    { found: 2, weight },
  ]);
  expect(low * 1000).toBeCloseTo(0.6186721, 5);
  expect(high * 1000).toBeCloseTo(8.7672731, 5);
});

test('nothing found still leaves room above nought', () => {
  expect(fayFeuer([{ found: 0, weight: 0.01 }]).low).toBe(0);
  expect(fayFeuer([{ found: 0, weight: 0.01 }]).high).toBeCloseTo(0.0368888, 6);
  expect(fayFeuer([]).high).toBe(1);
  expect(wilson(0, 20).low).toBe(0);
  expect(wilson(5, 20).high).toBeCloseTo(0.4687, 3);
});

/** The chance of each count of successes. */
function binomial(of: number, share: number): number[] {
  const chances = [(1 - share) ** of];
  for (let k = 1; k <= of; k += 1) {
    chances.push(((chances[k - 1] ?? 0) * (of - k + 1) * share) / (k * (1 - share)));
  }
  return chances;
}

test('Clopper–Pearson covers the truth in 95 of 100 cases, whatever the truth', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (of, truth) => {
        const covered = binomial(of, truth).reduce((sum, chance, found) => {
          const { low, high } = clopperPearson(found, of);
          return low <= truth && truth <= high ? sum + chance : sum;
        }, 0);
        expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9);
      },
    ),
    { numRuns: 150 },
  );
});

test('Fay–Feuer covers a weighted share in 95 of 100 cases, for the small shares it is made for', () => {
  const stratum = fc.record({
    of: fc.integer({ min: 5, max: 25 }),
    truth: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
    population: fc.integer({ min: 50, max: 5000 }),
  });
  fc.assert(
    fc.property(stratum, stratum, (a, b) => {
      const all = a.population + b.population;
      const truth = (a.truth * a.population + b.truth * b.population) / all;
      let covered = 0;
      for (const [x, chanceOfX] of binomial(a.of, a.truth).entries()) {
        for (const [y, chanceOfY] of binomial(b.of, b.truth).entries()) {
          const { low, high } = fayFeuer([
            { found: x, weight: a.population / all / a.of },
            { found: y, weight: b.population / all / b.of },
          ]);
          if (low <= truth && truth <= high) covered += chanceOfX * chanceOfY;
        }
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }),
    { numRuns: 60 },
  );
});

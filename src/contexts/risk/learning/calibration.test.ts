// A model says 80 %; calibration makes sure that eight of ten are then found.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomFrom } from '../trees/random.ts';
import { calibrated, chooseCalibration, fitIsotonic, fitPlatt, logistic } from './calibration.ts';
import type { Calibration } from './contract.ts';

/** Findings that come with a probability of which the scores tell a distorted story. */
function distorted(rows: number, truth: (logOdds: number) => number) {
  const random = randomFrom(3);
  const logOdds = Float64Array.from({ length: rows }, () => 6 * random() - 3);
  const labels = Uint8Array.from(logOdds, (x) => (random() < truth(x) ? 1 : 0));
  return { logOdds, labels };
}

test('Platt finds the curve the findings came from', () => {
  const { logOdds, labels } = distorted(20_000, (x) => logistic(0.5 * x - 1));
  const fitted = fitPlatt(logOdds, labels);
  expect(fitted.method).toBe('platt');
  for (const x of [-2, 0, 2]) expect(calibrated(fitted, x)).toBeCloseTo(logistic(0.5 * x - 1), 1);
});

test('what is honest already is left alone; a step that no curve follows is drawn as it is', () => {
  const honest = distorted(20_000, logistic);
  expect(chooseCalibration(honest.logOdds, honest.labels).method).toBe('none');
  const stepped = distorted(20_000, (x) => (x < 1 ? 0.2 : 0.9));
  const chosen = chooseCalibration(stepped.logOdds, stepped.labels);
  expect(chosen.method).toBe('isotonic');
  expect(calibrated(chosen, -1)).toBeCloseTo(0.2, 1);
  expect(calibrated(chosen, 2)).toBeCloseTo(0.9, 1);
});

test('no rows are so pure that a probability becomes certain', () => {
  const logOdds = Float64Array.from({ length: 200 }, (_, row) => row - 100);
  const labels = Uint8Array.from(logOdds, (x) => (x >= 0 ? 1 : 0));
  const fitted = fitIsotonic(logOdds, labels);
  expect(calibrated(fitted, 1000)).toBeLessThan(1);
  expect(calibrated(fitted, -1000)).toBeGreaterThan(0);
});

test('calibration never changes who stands before whom', () => {
  const rows = fc.array(fc.tuple(fc.double({ min: -8, max: 8, noNaN: true }), fc.boolean()), {
    minLength: 40,
    maxLength: 300,
  });
  fc.assert(
    fc.property(rows, fc.double({ min: -9, max: 9, noNaN: true }), (sample, at) => {
      const logOdds = Float64Array.from(sample, ([x]) => x);
      const labels = Uint8Array.from(sample, ([, label]) => Number(label));
      for (const way of [fitPlatt, fitIsotonic] as ((
        x: Float64Array,
        y: Uint8Array,
      ) => Calibration)[]) {
        const fitted = way(logOdds, labels);
        expect(calibrated(fitted, at + 0.5)).toBeGreaterThanOrEqual(calibrated(fitted, at));
      }
    }),
    { numRuns: 100 },
  );
});

// Figures worked out by hand, so that a ranking is judged by arithmetic and not by trust.
import { expect, test } from 'vitest';
import { FIGURES } from './contract.ts';
import { aucOf, logLoss, measure } from './figures.ts';

const judged = (scores: number[], labels: number[], probabilities = scores) => ({
  scores: Float64Array.from(scores),
  probabilities: Float64Array.from(probabilities),
  labels: Uint8Array.from(labels),
});

test('ten declarations, ranked: every figure as on paper', () => {
  // Findings at places 1, 2 and 4 of ten. Pairs won: 7 + 7 + 6 of 21.
  const scores = [0.95, 0.85, 0.75, 0.65, 0.45, 0.35, 0.25, 0.15, 0.05, 0.05];
  const labels = [1, 1, 0, 1, 0, 0, 0, 0, 0, 0];
  const { auc, precision_at_10, recall_at_10, ece } = measure(judged(scores, labels));
  expect(auc.value).toBeCloseTo(20 / 21, 12);
  expect(precision_at_10.value).toBe(1);
  expect(recall_at_10.value).toBeCloseTo(1 / 3, 12);
  // The bins' gaps: .05 + .15 + .75 + .35 + .45 + .35 + .25 + .15 + (.05 + .05), over ten rows.
  expect(ece.value).toBeCloseTo(2.6 / 10, 12);
});

test('rows of equal score count as if drawn by lot, whatever their order', () => {
  const scores = new Array<number>(100).fill(0.5);
  const labels = scores.map((_, row) => (row < 20 ? 1 : 0));
  const { auc, precision_at_1, precision_at_10 } = measure(judged(scores, labels));
  expect(auc.value).toBe(0.5);
  expect(precision_at_1.value).toBeCloseTo(0.2, 12);
  expect(precision_at_10.value).toBeCloseTo(0.2, 12);
  const reversed = measure(judged(scores, labels.toReversed()));
  expect(reversed.precision_at_10.value).toBeCloseTo(0.2, 12);
});

test('an interval holds its value, is narrower for more rows, and is the same for a seed', () => {
  const of = (rows: number) => {
    const labels = Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 1 : 0));
    const scores = labels.map((label, row) => (((row * 7) % 10) + 4 * label) / 14);
    return measure(judged(scores, labels), 7);
  };
  const [few, many] = [of(100), of(1600)];
  for (const name of FIGURES) {
    expect(few[name].low).toBeLessThanOrEqual(few[name].value);
    expect(few[name].high).toBeGreaterThanOrEqual(few[name].value);
  }
  expect(many.auc.high - many.auc.low).toBeLessThan(few.auc.high - few.auc.low);
  expect(of(100)).toEqual(few);
});

test('a missing value ranks lowest; certainty that is wrong costs much but not everything', () => {
  expect(aucOf(Float64Array.of(3, 2, Number.NaN, 1), Uint8Array.of(1, 1, 0, 0))).toBe(1);
  expect(logLoss(Float64Array.of(0.5, 0.5), Uint8Array.of(0, 1))).toBeCloseTo(Math.LN2, 12);
  expect(logLoss(Float64Array.of(0), Uint8Array.of(1))).toBeLessThan(14);
});

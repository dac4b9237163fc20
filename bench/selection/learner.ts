import { scoreRows, type TreeOptions, trainTrees } from '../../src/contexts/risk/trees/index.ts';
import type { Stream } from './stream.ts';

const FOLDS = 5;
/** A rate leans on the overall share as strongly as so many rows would. */
const SMOOTHING = 2;
/** Findings lose half their weight in so many weeks: fraud moves. */
const HALF_LIFE_WEEKS = 13;

const SMALL_TREES: TreeOptions = {
  ...{ trees: 40, leaves: 15, learningRate: 0.12, minLeafRows: 10, l2: 1, maxBins: 63 },
  ...{ seed: 0, rowShare: 0.8, columnShare: 0.8 },
};

/** Weighted findings and rows by key. */
interface Rates {
  readonly found: Float64Array;
  readonly rows: Float64Array;
}

export type Scorer = (rows: readonly number[]) => Float64Array;

/**
 * Learns from the rows whose answers were revealed, as of a week, and from nothing else. Keys become
 * smoothed shares of findings, out of fold for the rows learned from.
 */
export function learn(
  stream: Stream,
  revealed: readonly number[],
  now: number,
  seed: number,
): Scorer {
  const weights = Float64Array.from(
    revealed,
    (row) => 0.5 ** ((now - (stream.week[row] ?? 0)) / HALF_LIFE_WEEKS),
  );
  const labels = Uint8Array.from(revealed, (row) => stream.answers[row] ?? 0);
  const foldOf = (place: number) => place % FOLDS;
  const whole = stream.keys.map((key) => ratesOf(key, revealed, labels, weights, () => true));
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    stream.keys.map((key) =>
      ratesOf(key, revealed, labels, weights, (place) => foldOf(place) !== fold),
    ),
  );
  const prior = weightedShare(labels, weights);
  const matrix = matrixOf(stream, revealed, prior, (place) => folds[foldOf(place)] ?? whole);
  const trees = trainTrees({ matrix, labels, weights }, { ...SMALL_TREES, seed });
  return (rows) =>
    scoreRows(
      trees,
      matrixOf(stream, rows, prior, () => whole),
    );
}

function ratesOf(
  key: Int32Array,
  rows: readonly number[],
  labels: Uint8Array,
  weights: Float64Array,
  counts: (place: number) => boolean,
): Rates {
  const size = key.reduce((most, value) => Math.max(most, value), 0) + 1;
  const rates = { found: new Float64Array(size), rows: new Float64Array(size) };
  for (const [place, row] of rows.entries()) {
    if (!counts(place)) continue;
    const value = key[row] ?? 0;
    const weight = weights[place] ?? 0;
    rates.rows[value] = (rates.rows[value] ?? 0) + weight;
    rates.found[value] = (rates.found[value] ?? 0) + weight * (labels[place] ?? 0);
  }
  return rates;
}

function weightedShare(labels: Uint8Array, weights: Float64Array): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, place) => sum + weight * (labels[place] ?? 0), 0) / all;
}

function matrixOf(
  stream: Stream,
  rows: readonly number[],
  prior: number,
  ratesAt: (place: number) => readonly Rates[],
) {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  for (const [column, key] of stream.keys.entries()) {
    const share = new Float64Array(rows.length);
    const evidence = new Float64Array(rows.length);
    for (const [place, row] of rows.entries()) {
      const rates = ratesAt(place)[column];
      const seen = rates?.rows[key[row] ?? 0] ?? 0;
      const found = rates?.found[key[row] ?? 0] ?? 0;
      share[place] = (found + SMOOTHING * prior) / (seen + SMOOTHING);
      evidence[place] = Math.log1p(seen);
    }
    names.push(`rate ${column}`, `evidence ${column}`);
    columns.push(share, evidence);
  }
  for (const [column, values] of stream.numbers.entries()) {
    names.push(`number ${column}`);
    columns.push(Float64Array.from(rows, (row) => values[row] ?? Number.NaN));
  }
  return { rows: rows.length, names, columns };
}

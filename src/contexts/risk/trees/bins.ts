import assert from 'node:assert/strict';
import type { Matrix } from './trees.ts';

/** One column told apart by at most 255 bins: what growing a tree looks at instead of the values. */
export interface BinnedColumn {
  /** Bin b holds the values up to and including `thresholds[b]`; the bin after the last, the rest. */
  readonly thresholds: Float64Array;
  /** The bin of each row. Missing values have a bin of their own, behind all others. */
  readonly codes: Uint8Array;
  readonly missingBin: number;
  readonly hasMissing: boolean;
}

/** Thresholds come from at most this many values, evenly spaced over the rows. */
const SAMPLE = 200_000;

export const binColumns = ({ columns }: Matrix, maxBins: number): BinnedColumn[] =>
  columns.map((values) => binColumn(values, findThresholds(values, maxBins)));

/**
 * Midpoints between distinct values where these are few; otherwise between quantiles, so that bins
 * hold about equally many rows and no outlier stretches them (Ke et al. 2017, §2.1).
 */
export function findThresholds(values: Float64Array, maxBins: number): Float64Array {
  const sorted = sampleOf(values).sort();
  const ends = [sorted.at(0) ?? 0, sorted.at(-1) ?? 0];
  assert(ends.every(Number.isFinite), 'A value is finite, or missing.');
  const distinct = withoutRepeats(sorted);
  if (distinct.length <= maxBins) {
    return distinct.slice(1).map((value, i) => middle(distinct[i] as number, value));
  }
  const thresholds = new Float64Array(maxBins - 1);
  for (let i = 0; i < thresholds.length; i += 1) {
    const place = ((sorted.length - 1) * (i + 1)) / maxBins;
    thresholds[i] = middle(sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number);
  }
  return withoutRepeats(thresholds);
}

/** The known values, or so many of them as are enough. */
function sampleOf(values: Float64Array): Float64Array {
  const known = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    known[count] = value;
    if (!Number.isNaN(value)) count += 1;
  }
  if (count <= SAMPLE) return known.subarray(0, count);
  const sample = new Float64Array(SAMPLE);
  for (let i = 0; i < SAMPLE; i += 1) {
    sample[i] = known[Math.floor((i * count) / SAMPLE)] as number;
  }
  return sample;
}

/** Of a sorted list. */
function withoutRepeats(sorted: Float64Array): Float64Array {
  const kept = new Float64Array(sorted.length);
  let count = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    const value = sorted[i] as number;
    if (count === 0 || value !== kept[count - 1]) {
      kept[count] = value;
      count += 1;
    }
  }
  return kept.subarray(0, count);
}

/** Halved before they are added, two huge values stay finite; zero is never negative. */
const middle = (low: number, high: number): number =>
  (Number.isFinite(low + high) ? (low + high) / 2 : low / 2 + high / 2) + 0;

function binColumn(values: Float64Array, thresholds: Float64Array): BinnedColumn {
  const missingBin = thresholds.length + 1;
  const codes = new Uint8Array(values.length);
  let hasMissing = false;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    const isMissing = Number.isNaN(value);
    hasMissing ||= isMissing;
    codes[row] = isMissing ? missingBin : binOf(value, thresholds);
  }
  return { thresholds, codes, missingBin, hasMissing };
}

function binOf(value: number, thresholds: Float64Array): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const half = (low + high) >>> 1;
    if (value <= (thresholds[half] as number)) high = half;
    else low = half + 1;
  }
  return low;
}

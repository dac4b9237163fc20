import type { BinnedColumn } from './bins.ts';
import type { Derivatives } from './loss.ts';

/** Gradient and mass of every bin of every column, side by side, in units of the grid. */
export type Histogram = Float64Array;

/**
 * Where in a histogram each row and each column stands. Only bins in use have a place: a column of
 * three values takes three, not 256.
 */
export interface Layout {
  /** The place of each column's first bin. */
  readonly from: Uint32Array;
  /**
   * By row, the place of its bin in each column. Rows and not columns are kept together here: the
   * rows of a leaf lie scattered, and so one visit serves all columns.
   */
  readonly places: Uint16Array | Uint32Array;
  /** How many places a row has: even, the last may be one that nobody reads. */
  readonly width: number;
  readonly size: number;
}

export function layOut(columns: readonly BinnedColumn[], rows: number): Layout {
  const from = new Uint32Array(columns.length);
  let end = 0;
  columns.forEach(({ missingBin, hasMissing }, c) => {
    from[c] = end;
    end += 2 * (missingBin + (hasMissing ? 1 : 0));
  });
  const width = columns.length + (columns.length % 2);
  const size = end + 2;
  const places = new (size <= 2 ** 16 ? Uint16Array : Uint32Array)(rows * width).fill(end);
  columns.forEach(({ codes }, c) => {
    const first = from[c] as number;
    for (let row = 0; row < rows; row += 1) {
      places[row * width + c] = first + 2 * (codes[row] as number);
    }
  });
  return { from, places, width, size };
}

/** A leaf is done with its histogram before its tree is done growing: buffers are used again. */
export interface HistogramPool {
  take(): Histogram;
  giveBack(histogram: Histogram): void;
}

export function createPool(size: number): HistogramPool {
  const free: Histogram[] = [];
  return {
    take: () => free.pop()?.fill(0) ?? new Float64Array(size),
    giveBack: (histogram) => void free.push(histogram),
  };
}

/** Adds up the rows of a leaf by bin, two columns a step: neither waits for the other's sum. */
export function count(
  histogram: Histogram,
  rows: Uint32Array,
  { gradients, masses }: Derivatives,
  { places, width }: Layout,
): void {
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    const gradient = gradients[row] as number;
    const mass = masses[row] as number;
    const end = (row + 1) * width;
    for (let at = row * width; at < end; at += 2) {
      const a = places[at] as number;
      const b = places[at + 1] as number;
      histogram[a] = (histogram[a] as number) + gradient;
      histogram[a + 1] = (histogram[a + 1] as number) + mass;
      histogram[b] = (histogram[b] as number) + gradient;
      histogram[b + 1] = (histogram[b + 1] as number) + mass;
    }
  }
}

/** Leaves in the parent's histogram what belongs to the other child (Ke et al. 2017, §2.1). */
export function subtract(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i += 1) {
    parent[i] = (parent[i] as number) - (child[i] as number);
  }
}

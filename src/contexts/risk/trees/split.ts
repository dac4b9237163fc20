import type { BinnedColumn } from './bins.ts';
import { hessianIn } from './grid.ts';
import type { Histogram, Layout } from './histogram.ts';
import type { Terms } from './terms.ts';

/** The sums of a set of rows, in units of the grid, and the bounds its value must keep. */
export interface Sums {
  readonly gradient: number;
  readonly mass: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Split {
  readonly column: number;
  /** The last bin that goes left. */
  readonly bin: number;
  readonly missingRight: boolean;
  /** By how much it lowers the loss, doubled; comparable within one training. */
  readonly gain: number;
  readonly left: Sums;
  readonly right: Sums;
}

/** A gain must be more than rounding: this share of what the undivided rows are worth. */
const LEAST_GAIN = 1e-12;

/** The value, within its bounds, that lowers the loss of a set of rows most: one Newton step. */
export const leafValue = ({ gradient, mass, lower, upper }: Sums, { grid, l2 }: Terms): number =>
  within(lower, upper, -gradient / (hessianIn(mass, grid) + l2));

const within = (lower: number, upper: number, value: number): number =>
  Math.min(Math.max(value, lower), upper);

/**
 * By how much a value lowers the loss of a set of rows, doubled, to the second order: G² / (H + λ)
 * where no bound forbids the best value (Chen & Guestrin 2016, equations 5–7).
 */
const worthOf = (gradient: number, hessian: number, value: number): number =>
  -(2 * gradient + hessian * value) * value;

/** The best division found so far: what it is worth, where it is, and the sums on its left. */
interface Best {
  worth: number;
  column: number;
  bin: number;
  missingRight: boolean;
  gradient: number;
  mass: number;
}

/**
 * Finds the division of a leaf that lowers the loss most, over the columns in use and their bins;
 * `null` where none does. Ties go to the first column and the lowest bin.
 */
export type Splitter = (histogram: Histogram, leaf: Sums, used: Uint32Array) => Split | null;

export function createSplitter(
  columns: readonly BinnedColumn[],
  { from }: Layout,
  terms: Terms,
): Splitter {
  /** Missing values are tried on the right, and on the left where there are any. */
  function searchColumn(best: Best, histogram: Histogram, leaf: Sums, column: number): void {
    searchBins(best, histogram, leaf, column, true);
    if (massOfMissing(histogram, column) > 0) searchBins(best, histogram, leaf, column, false);
  }

  /** Walks the bins of a column upwards: what was passed is on the left, the rest on the right. */
  function searchBins(
    best: Best,
    histogram: Histogram,
    leaf: Sums,
    column: number,
    missingRight: boolean,
  ): void {
    const { grid, minMass, minHessian, l2 } = terms;
    const { lower, upper } = leaf;
    const direction = terms.monotone[column] as number;
    const { missingBin } = columns[column] as BinnedColumn;
    const first = from[column] as number;
    const missing = first + 2 * missingBin;
    const rowsPerMass = 1 / grid.row;
    let gradient = missingRight ? 0 : (histogram[missing] as number);
    let mass = missingRight ? 0 : (histogram[missing + 1] as number);
    for (let place = first; place < missing; place += 2) {
      const binMass = histogram[place + 1] as number;
      if (binMass === 0) continue;
      gradient += histogram[place] as number;
      mass += binMass;
      if (mass < minMass) continue;
      const massRight = leaf.mass - mass;
      if (massRight < minMass) return;

      const hessian = mass - Math.floor(mass * rowsPerMass) * grid.row;
      const hessianRight = massRight - Math.floor(massRight * rowsPerMass) * grid.row;
      if (hessian < minHessian || hessianRight < minHessian) continue;
      const gradientRight = leaf.gradient - gradient;
      const value = within(lower, upper, -gradient / (hessian + l2));
      const valueRight = within(lower, upper, -gradientRight / (hessianRight + l2));
      if (direction * (valueRight - value) < 0) continue;
      const worth =
        worthOf(gradient, hessian + l2, value) +
        worthOf(gradientRight, hessianRight + l2, valueRight);
      if (worth <= best.worth) continue;
      best.worth = worth;
      best.column = column;
      best.bin = (place - first) / 2;
      best.missingRight = missingRight;
      best.gradient = gradient;
      best.mass = mass;
    }
  }

  function massOfMissing(histogram: Histogram, column: number): number {
    const { missingBin, hasMissing } = columns[column] as BinnedColumn;
    return hasMissing ? (histogram[(from[column] as number) + 2 * missingBin + 1] as number) : 0;
  }

  return (histogram, leaf, used) => {
    const hessian = hessianIn(leaf.mass, terms.grid) + terms.l2;
    const undivided = worthOf(leaf.gradient, hessian, leafValue(leaf, terms));
    const best: Best = {
      worth: undivided * (1 + LEAST_GAIN),
      column: -1,
      bin: 0,
      missingRight: true,
      gradient: 0,
      mass: 0,
    };
    for (const column of used) searchColumn(best, histogram, leaf, column);
    if (best.column < 0) return null;
    const { column, bin } = best;
    const [left, right] = sidesOf(best, leaf, terms);
    // Where no missing value was seen they go with the majority.
    const missingRight =
      massOfMissing(histogram, column) > 0 ? best.missingRight : right.mass > left.mass;
    return { column, bin, missingRight, gain: best.worth - undivided, left, right };
  };
}

/**
 * The sums on either side. Below a split on a monotone column no value on its left may pass the
 * middle between the two sides, and none on its right: so the order holds however deep the tree.
 */
function sidesOf(best: Best, leaf: Sums, terms: Terms): [Sums, Sums] {
  const left: Sums = { ...leaf, gradient: best.gradient, mass: best.mass };
  const right: Sums = {
    ...leaf,
    gradient: leaf.gradient - best.gradient,
    mass: leaf.mass - best.mass,
  };
  const direction = terms.monotone[best.column] as number;
  if (direction === 0) return [left, right];
  const middle = (leafValue(left, terms) + leafValue(right, terms)) / 2;
  return direction > 0
    ? [
        { ...left, upper: middle },
        { ...right, lower: middle },
      ]
    : [
        { ...left, lower: middle },
        { ...right, upper: middle },
      ];
}

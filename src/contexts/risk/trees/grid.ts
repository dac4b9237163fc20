import assert from 'node:assert/strict';

/**
 * The fixed point in which gradients are summed.
 *
 * Each row brings a gradient and a hessian, both rounded once to whole units; from then on sums are
 * sums of whole numbers below 2⁵³ and therefore exact. Whatever the order of addition, the sum is
 * the same; a sibling's sum by subtraction carries no dust; and an empty bin is exactly zero. The
 * same input gives the same trees to the bit.
 *
 * A row's hessian and the row itself share one number, its mass: `row` units for being there, and
 * the hessian below that. This halves the work of counting: a histogram needs two additions a row.
 */
export interface Grid {
  /** Units of a gradient of 1, and of a hessian of 1. */
  readonly gradient: number;
  readonly hessian: number;
  /** What one row adds to a mass; more than all hessians together. */
  readonly row: number;
}

/** Below this many bits for one hessian the grid would be too coarse; that is 4 million rows. */
const HESSIAN_BITS_MIN = 9;

/** With logistic loss a gradient is at most its row's weight, and a hessian a quarter of that. */
export function gridFor(rows: number, maxWeight: number): Grid {
  const rowBits = Math.ceil(Math.log2(rows + 1));
  const weightBits = Math.ceil(Math.log2(maxWeight));
  const hessianBits = 53 - 2 * rowBits;
  assert(hessianBits >= HESSIAN_BITS_MIN, 'So many rows need a sample first.');
  return {
    gradient: 2 ** (53 - rowBits - weightBits),
    hessian: 2 ** (hessianBits + 2 - weightBits),
    row: 2 ** (rowBits + hessianBits),
  };
}

export const rowsIn = (mass: number, grid: Grid): number => Math.floor(mass / grid.row);

export const hessianIn = (mass: number, grid: Grid): number =>
  mass - Math.floor(mass / grid.row) * grid.row;

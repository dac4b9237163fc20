import { type Grid, gridFor } from './grid.ts';
import type { TreeOptions } from './trees.ts';

/** What trees are grown by, with gradients and hessians in units of the grid. */
export interface Terms {
  readonly grid: Grid;
  readonly maxLeaves: number;
  readonly learningRate: number;
  /** The mass of as many rows as a leaf must have. */
  readonly minMass: number;
  readonly minHessian: number;
  readonly l2: number;
  /** By column: 1 where the score may only rise, -1 where it may only fall, otherwise 0. */
  readonly monotone: Int8Array;
}

/** Leaves whose rows are all but certain would have values without bound. */
const MIN_HESSIAN = 1e-3;

export function termsOf(
  options: TreeOptions,
  names: readonly string[],
  rows: number,
  maxWeight: number,
): Terms {
  const grid = gridFor(rows, maxWeight);
  return {
    grid,
    maxLeaves: options.leaves,
    learningRate: options.learningRate,
    minMass: Math.max(1, options.minLeafRows) * grid.row,
    minHessian: MIN_HESSIAN * grid.hessian,
    l2: options.l2 * grid.hessian,
    monotone: Int8Array.from(names, (name) => options.monotone?.[name] ?? 0),
  };
}

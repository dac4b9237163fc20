import type { BinnedColumn } from './bins.ts';
import { count, createPool, type Histogram, layOut, subtract } from './histogram.ts';
import type { Derivatives } from './loss.ts';
import { createSplitter, type Split, type Sums } from './split.ts';
import type { Terms } from './terms.ts';

/** Some of the rows of a tree, from `start` to `end` in the grower's order; a leaf, or divided. */
export interface Node {
  readonly sums: Sums;
  readonly start: number;
  readonly end: number;
  division: { readonly split: Split; readonly left: Node; readonly right: Node } | null;
}

export interface Grower {
  /** The rows of the tree grown last, leaf by leaf. */
  readonly order: Uint32Array;
  grow(rows: Uint32Array, used: Uint32Array): Node;
}

/** A leaf that can be divided, with how. */
interface Open {
  readonly node: Node;
  readonly split: Split;
  readonly histogram: Histogram;
}

/**
 * Grows trees leaf by leaf: of all leaves the one whose best split lowers the loss most is divided
 * next (Ke et al. 2017). Of two children the smaller is counted and the larger is what remains. All
 * buffers are made once and used for every tree; the derivatives are read anew for each.
 */
export function createGrower(
  columns: readonly BinnedColumn[],
  derivatives: Derivatives,
  terms: Terms,
): Grower {
  const rowsInAll = derivatives.gradients.length;
  const layout = layOut(columns, rowsInAll);
  const pool = createPool(layout.size);
  const findSplit = createSplitter(columns, layout, terms);
  const order = new Uint32Array(rowsInAll);
  const partition = createPartition(order, columns);

  function countRows({ start, end }: Node): Histogram {
    const histogram = pool.take();
    count(histogram, order.subarray(start, end), derivatives, layout);
    return histogram;
  }

  function open(node: Node, histogram: Histogram, used: Uint32Array): Open[] {
    const split = findSplit(histogram, node.sums, used);
    if (split) return [{ node, split, histogram }];
    pool.giveBack(histogram);
    return [];
  }

  /** Divides a leaf in two; answers which of the two can be divided in turn. */
  function divide({ node, split, histogram }: Open, isLast: boolean, used: Uint32Array): Open[] {
    const middle = partition(node.start, node.end, split);
    const left = leafOf(split.left, node.start, middle);
    const right = leafOf(split.right, middle, node.end);
    node.division = { split, left, right };
    const [smaller, larger] = left.sums.mass < right.sums.mass ? [left, right] : [right, left];
    if (isLast || larger.sums.mass < 2 * terms.minMass) {
      pool.giveBack(histogram);
      return [];
    }
    const counted = countRows(smaller);
    subtract(histogram, counted);
    return [...open(smaller, counted, used), ...open(larger, histogram, used)];
  }

  return {
    order,
    grow(rows, used) {
      order.set(rows);
      const root = leafOf(totalOf(rows, derivatives), 0, rows.length);
      let leaves = open(root, countRows(root), used);
      for (let grown = 2; grown <= terms.maxLeaves && leaves.length > 0; grown += 1) {
        const best = leaves.reduce((a, b) => (b.split.gain > a.split.gain ? b : a));
        leaves = leaves.filter((leaf) => leaf !== best);
        leaves.push(...divide(best, grown === terms.maxLeaves, used));
      }
      for (const { histogram } of leaves) pool.giveBack(histogram);
      return root;
    },
  };
}

const leafOf = (sums: Sums, start: number, end: number): Node => ({
  sums,
  start,
  end,
  division: null,
});

/** What all rows of a tree bring together, bound by nothing. */
function totalOf(rows: Uint32Array, { gradients, masses }: Derivatives): Sums {
  let gradient = 0;
  let mass = 0;
  for (let i = 0; i < rows.length; i += 1) {
    gradient += gradients[rows[i] as number] as number;
    mass += masses[rows[i] as number] as number;
  }
  return { gradient, mass, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
}

/**
 * Brings the rows that go left before those that go right, and answers where the right begins. Each
 * side keeps its order, and no step depends on a guess: a row is written to both sides, and only the
 * side it belongs to moves on.
 */
function createPartition(order: Uint32Array, columns: readonly BinnedColumn[]) {
  const aside = new Uint32Array(order.length);
  const goesLeft = new Uint8Array(256);
  return (start: number, end: number, { column, bin, missingRight }: Split): number => {
    const { codes, missingBin } = columns[column] as BinnedColumn;
    goesLeft.fill(1, 0, bin + 1).fill(0, bin + 1);
    goesLeft[missingBin] = missingRight ? 0 : 1;
    let left = start;
    let right = 0;
    for (let i = start; i < end; i += 1) {
      const row = order[i] as number;
      const isLeft = goesLeft[codes[row] as number] as number;
      order[left] = row;
      aside[right] = row;
      left += isLeft;
      right += 1 - isLeft;
    }
    order.set(aside.subarray(0, right), left);
    return left;
  };
}

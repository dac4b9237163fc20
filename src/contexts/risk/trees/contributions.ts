import { goesRight } from './score.ts';
import type { Trees } from './trees.ts';

export interface Contributions {
  /** The mean score of the rows the trees were grown on. */
  readonly base: number;
  /** By column, by how much its value moved the score; with `base` they add up to it. */
  readonly values: Float64Array;
}

/**
 * What each column contributed to the score of a row: its Shapley value in the game where a column
 * that is not in play is averaged over, as the rows of the training divided at each split. Exact, in
 * time of leaves × depth² a tree (Lundberg, Erion & Lee 2018, algorithm 2).
 */
export function contributionsOf(trees: Trees, row: Float64Array): Contributions {
  const values = new Float64Array(trees.names.length);
  const paths: Path[] = [];
  let base = trees.base;
  for (const root of trees.roots) {
    base += meanOf(trees, root);
    descend(trees, row, values, paths, root, 0, null, { column: -1, zero: 1, one: 1 });
  }
  return { base, values };
}

function meanOf(trees: Trees, node: number): number {
  const { column, value, cover } = trees;
  if ((column[node] as number) < 0) return value[node] as number;
  const left = node + 1;
  const right = node + (trees.right[node] as number);
  const share = (cover[left] as number) / (cover[node] as number);
  return share * meanOf(trees, left) + (1 - share) * meanOf(trees, right);
}

/** A column on the way to a node: what share passes with the column out of play, and in play. */
interface Step {
  readonly column: number;
  readonly zero: number;
  readonly one: number;
}

/**
 * The steps to a node, each column once, and the weights: `weights[n]` is the share of all orders of
 * play, weighed by the rows that pass, in which n of these columns are in play.
 */
interface Path {
  length: number;
  readonly columns: Int32Array;
  readonly zeros: Float64Array;
  readonly ones: Float64Array;
  readonly weights: Float64Array;
}

function descend(
  trees: Trees,
  row: Float64Array,
  values: Float64Array,
  paths: Path[],
  node: number,
  depth: number,
  parent: Path | null,
  step: Step,
): void {
  const path = copyOf(parent, paths, depth);
  extend(path, step);
  const column = trees.column[node] as number;
  if (column < 0) {
    addLeaf(values, path, trees.value[node] as number);
    return;
  }
  const earlier = takeOut(path, column);
  const left = node + 1;
  const right = node + (trees.right[node] as number);
  const taken = goesRight(trees, node, row) ? right : left;
  for (const child of [left, right]) {
    const share = (trees.cover[child] as number) / (trees.cover[node] as number);
    descend(trees, row, values, paths, child, depth + 1, path, {
      column,
      zero: earlier.zero * share,
      one: child === taken ? earlier.one : 0,
    });
  }
}

/** A path of its own for each depth, made when a tree first gets there. */
function copyOf(parent: Path | null, paths: Path[], depth: number): Path {
  const path = paths[depth] ?? emptyPath(depth + 1);
  paths[depth] = path;
  path.length = parent?.length ?? 0;
  if (!parent) return path;
  for (let i = 0; i < parent.length; i += 1) {
    path.columns[i] = parent.columns[i] as number;
    path.zeros[i] = parent.zeros[i] as number;
    path.ones[i] = parent.ones[i] as number;
    path.weights[i] = parent.weights[i] as number;
  }
  return path;
}

const emptyPath = (room: number): Path => ({
  length: 0,
  columns: new Int32Array(room),
  zeros: new Float64Array(room),
  ones: new Float64Array(room),
  weights: new Float64Array(room),
});

function extend(path: Path, { column, zero, one }: Step): void {
  const { columns, zeros, ones, weights } = path;
  const last = path.length;
  path.length += 1;
  columns[last] = column;
  zeros[last] = zero;
  ones[last] = one;
  weights[last] = last === 0 ? 1 : 0;
  for (let i = last - 1; i >= 0; i -= 1) {
    const weight = weights[i] as number;
    weights[i + 1] = (weights[i + 1] as number) + (one * weight * (i + 1)) / (last + 1);
    weights[i] = (zero * weight * (last - i)) / (last + 1);
  }
}

/** Undoes an earlier step about the same column, and answers what it was. */
function takeOut(path: Path, column: number): Pick<Step, 'zero' | 'one'> {
  const { columns, zeros, ones, weights } = path;
  const at = columns.subarray(0, path.length).indexOf(column);
  if (at < 0) return { zero: 1, one: 1 };
  const zero = zeros[at] as number;
  const one = ones[at] as number;
  const last = path.length - 1;
  let ahead = weights[last] as number;
  for (let i = last - 1; i >= 0; i -= 1) {
    const weight = weights[i] as number;
    if (one === 0) weights[i] = (weight * (last + 1)) / (zero * (last - i));
    else {
      const undone = (ahead * (last + 1)) / ((i + 1) * one);
      weights[i] = undone;
      ahead = weight - (undone * zero * (last - i)) / (last + 1);
    }
  }
  for (const list of [columns, zeros, ones]) list.copyWithin(at, at + 1, path.length);
  path.length = last;
  return { zero, one };
}

/** Gives each column on the way to a leaf its part of the leaf's value. */
function addLeaf(values: Float64Array, path: Path, value: number): void {
  for (let i = 1; i < path.length; i += 1) {
    const column = path.columns[i] as number;
    const difference = (path.ones[i] as number) - (path.zeros[i] as number);
    const part = weightWithout(path, i) * difference * value;
    values[column] = (values[column] as number) + part;
  }
}

/** The sum of the weights were the step `at` undone; nothing is changed. */
function weightWithout({ length, zeros, ones, weights }: Path, at: number): number {
  const zero = zeros[at] as number;
  const one = ones[at] as number;
  const last = length - 1;
  let ahead = weights[last] as number;
  let sum = 0;
  for (let i = last - 1; i >= 0; i -= 1) {
    const weight = weights[i] as number;
    if (one === 0) sum += weight / (zero * (last - i));
    else {
      const undone = ahead / ((i + 1) * one);
      sum += undone;
      ahead = weight - undone * zero * (last - i);
    }
  }
  return sum * (last + 1);
}

import assert from 'node:assert/strict';
import type { Matrix, Trees } from './trees.ts';

/** Rows scored together: enough that a tree is seldom fetched, few enough to stay near. */
const BLOCK = 256;

/** The log-odds of one row, its values in the order of the names. */
export function scoreRow(trees: Trees, row: Float64Array): number {
  assert.equal(row.length, trees.names.length, 'A row has a value, or NaN, for each name.');
  const { column, value, right } = trees;
  let score = trees.base;
  for (const root of trees.roots) {
    let node = root;
    while ((column[node] as number) >= 0) {
      node += goesRight(trees, node, row) ? (right[node] as number) : 1;
    }
    score += value[node] as number;
  }
  return score;
}

/** On which side of a split a row goes. */
export function goesRight(
  { column, value, missingRight }: Trees,
  node: number,
  row: Float64Array,
): boolean {
  const seen = row[column[node] as number] as number;
  return Number.isNaN(seen) ? missingRight[node] === 1 : seen > (value[node] as number);
}

/**
 * The log-odds of every row. It takes the rows block by block, each block through all trees, so that
 * block and tree stay near; the sums are those of `scoreRow` to the bit.
 */
export function scoreRows(trees: Trees, matrix: Matrix): Float64Array {
  assert.deepEqual(matrix.names, trees.names, 'A matrix has the columns its trees were grown on.');
  const flat = flatten(trees);
  const block = new Float64Array(BLOCK * 2 * matrix.names.length);
  const scores = new Float64Array(matrix.rows).fill(trees.base);
  for (let first = 0; first < matrix.rows; first += BLOCK) {
    const part = scores.subarray(first, first + BLOCK);
    load(block, matrix, first, part.length);
    for (const root of trees.roots) addScores(part, flat, root, block);
  }
  return scores;
}

interface Flat {
  /** How many numbers a row has in a block. */
  readonly width: number;
  readonly asked: Int32Array;
  readonly value: Float64Array;
  readonly right: Int32Array;
}

/**
 * A row stands twice in a block: first with +∞ and then with -∞ for what is missing. A split asks the
 * copy whose infinity goes the way it sends missing values, and need not ask whether one is missing.
 */
function load(block: Float64Array, { columns }: Matrix, first: number, rows: number): void {
  const width = 2 * columns.length;
  columns.forEach((values, c) => {
    for (let i = 0; i < rows; i += 1) {
      const seen = values[first + i] as number;
      const isMissing = Number.isNaN(seen);
      block[i * width + c] = isMissing ? Number.POSITIVE_INFINITY : seen;
      block[i * width + columns.length + c] = isMissing ? Number.NEGATIVE_INFINITY : seen;
    }
  });
}

const flatten = ({ names, column, value, right, missingRight }: Trees): Flat => ({
  width: 2 * names.length,
  asked: Int32Array.from(column, (c, node) =>
    c < 0 || missingRight[node] === 1 ? c : c + names.length,
  ),
  value: Float64Array.from(value),
  right: Int32Array.from(right),
});

function addScores(
  scores: Float64Array,
  { width, asked, value, right }: Flat,
  root: number,
  block: Float64Array,
): void {
  for (let i = 0; i < scores.length; i += 1) {
    const row = i * width;
    let node = root;
    let column = asked[node] as number;
    while (column >= 0) {
      const isLeft = (block[row + column] as number) <= (value[node] as number);
      node += isLeft ? 1 : (right[node] as number);
      column = asked[node] as number;
    }
    scores[i] = (scores[i] as number) + (value[node] as number);
  }
}

// A selected declaration is explained: each value's part in the score, against the definition itself.
import { expect, test } from 'vitest';
import { contributionsOf } from './contributions.ts';
import { options, rowOf, shipments } from './fixtures.ts';
import { goesRight, scoreRow } from './score.ts';
import { trainTrees } from './train.ts';
import type { Trees } from './trees.ts';

/** The score a row may expect when only the columns in play are known. */
function expected(trees: Trees, row: Float64Array, inPlay: ReadonlySet<number>): number {
  const visit = (node: number): number => {
    const column = trees.column[node] ?? -1;
    const { cover, value } = trees;
    if (column < 0) return value[node] ?? Number.NaN;
    const [left, right] = [node + 1, node + (trees.right[node] ?? 0)];
    if (inPlay.has(column)) return visit(goesRight(trees, node, row) ? right : left);
    const share = (cover[left] ?? 0) / (cover[node] ?? 0);
    return share * visit(left) + (1 - share) * visit(right);
  };
  return trees.roots.reduce((sum, root) => sum + visit(root), trees.base);
}

/** Shapley 1953: the mean over all orders of play of what a column adds when it comes in. */
function shapley(trees: Trees, row: Float64Array): number[] {
  const columns = trees.names.map((_, c) => c);
  const orders = permutations(columns);
  return columns.map((column) => {
    const added = orders.map((order) => {
      const before = order.slice(0, order.indexOf(column));
      const without = expected(trees, row, new Set(before));
      return expected(trees, row, new Set([...before, column])) - without;
    });
    return added.reduce((a, b) => a + b, 0) / orders.length;
  });
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

const { matrix, labels } = shipments(600, { missing: 0.1 });
const trees = trainTrees({ matrix, labels }, { ...options, trees: 12, leaves: 12 });
const rows = Array.from({ length: 40 }, (_, i) => rowOf(matrix, i * 13));

test('contributions are the Shapley values of their definition, missing values included', () => {
  for (const row of rows) {
    const { values } = contributionsOf(trees, row);
    shapley(trees, row).forEach((value, column) => {
      expect(values[column]).toBeCloseTo(value, 10);
    });
  }
});

test('base and contributions add up to the score, and the base is the mean score', () => {
  for (const row of rows) {
    const { base, values } = contributionsOf(trees, row);
    expect(values.reduce((a, b) => a + b, base)).toBeCloseTo(scoreRow(trees, row), 10);
  }
  const scores = Array.from({ length: matrix.rows }, (_, row) =>
    scoreRow(trees, rowOf(matrix, row)),
  );
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  expect(contributionsOf(trees, rowOf(matrix, 0)).base).toBeCloseTo(mean, 10);
});

test('a column no tree asks about contributes nothing', () => {
  const constant = { ...matrix, columns: matrix.columns.with(2, new Float64Array(matrix.rows)) };
  const without = trainTrees({ matrix: constant, labels }, options);
  expect(contributionsOf(without, rowOf(constant, 3)).values[2]).toBe(0);
});

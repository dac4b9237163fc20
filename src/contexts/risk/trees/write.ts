import type { BinnedColumn } from './bins.ts';
import { rowsIn } from './grid.ts';
import type { Node } from './grow.ts';
import { leafValue } from './split.ts';
import type { Terms } from './terms.ts';
import type { Trees } from './trees.ts';

/** Writes a grown tree down as plain numbers: thresholds instead of bins, log-odds instead of sums. */
export function writeTree(
  root: Node,
  names: readonly string[],
  columns: readonly BinnedColumn[],
  terms: Terms,
): Trees {
  const column: number[] = [];
  const value: number[] = [];
  const right: number[] = [];
  const missingRight: number[] = [];
  const cover: number[] = [];
  const perUnit = (terms.learningRate * terms.grid.hessian) / terms.grid.gradient;

  const write = ({ sums, division }: Node): void => {
    const place = column.length;
    cover.push(rowsIn(sums.mass, terms.grid));
    right.push(0);
    if (division === null) {
      column.push(-1);
      value.push(leafValue(sums, terms) * perUnit + 0); // Never a negative zero: JSON has none.
      missingRight.push(0);
      return;
    }
    const { split } = division;
    const { thresholds } = columns[split.column] as BinnedColumn;
    column.push(split.column);
    // Behind the last threshold only missing values remain for the right: every number goes left.
    value.push(thresholds[split.bin] ?? Number.MAX_VALUE);
    missingRight.push(split.missingRight ? 1 : 0);
    write(division.left);
    right[place] = column.length - place;
    write(division.right);
  };
  write(root);
  return { names, base: 0, roots: [0], column, value, right, missingRight, cover };
}

/** Several ensembles as one, after a common base. */
export function joinTrees(names: readonly string[], base: number, parts: readonly Trees[]): Trees {
  let end = 0;
  const roots = parts.flatMap((part) => {
    const shifted = part.roots.map((root) => root + end);
    end += part.column.length;
    return shifted;
  });
  return {
    names: [...names],
    base,
    roots,
    column: parts.flatMap((part) => part.column),
    value: parts.flatMap((part) => part.value),
    right: parts.flatMap((part) => part.right),
    missingRight: parts.flatMap((part) => part.missingRight),
    cover: parts.flatMap((part) => part.cover),
  };
}

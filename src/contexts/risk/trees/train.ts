import assert from 'node:assert/strict';
import { binColumns } from './bins.ts';
import { createGrower, type Node } from './grow.ts';
import { baseOf, derive, lossOf } from './loss.ts';
import { drawer, randomFrom } from './random.ts';
import { scoreRows } from './score.ts';
import { termsOf } from './terms.ts';
import type { Matrix, TreeOptions, Trees } from './trees.ts';
import { joinTrees, writeTree } from './write.ts';

export interface TrainingInput {
  readonly matrix: Matrix;
  /** 0 or 1 by row. */
  readonly labels: Uint8Array;
  readonly weights?: Float64Array;
  readonly valid?: { readonly matrix: Matrix; readonly labels: Uint8Array };
}

/**
 * Learns the log-odds of a label by gradient boosting on the logistic loss (Friedman 2001): each
 * tree is a step from the current scores towards a lower loss. The same input and seed give the same
 * trees to the bit, on every machine.
 */
export function trainTrees(
  { matrix, labels, weights, valid }: TrainingInput,
  options: TreeOptions,
  onTree?: (trees: number, validLoss: number | null) => void,
): Trees {
  check(matrix, labels, weights, options);
  const { rows, names } = matrix;
  const maxWeight = weights ? weights.reduce((a, b) => Math.max(a, b)) : 1;
  const terms = termsOf(options, names, rows, maxWeight);
  const columns = binColumns(matrix, options.maxBins);
  const derivatives = { gradients: new Float64Array(rows), masses: new Float64Array(rows) };
  const grower = createGrower(columns, derivatives, terms);
  const random = randomFrom(options.seed);
  const drawRows = drawer(rows, options.rowShare ?? 1, random);
  const drawColumns = drawer(names.length, options.columnShare ?? 1, random);

  const base = baseOf(labels, weights);
  const scores = new Float64Array(rows).fill(base);
  const patience = watch(valid, base, options.stopAfter ?? Number.POSITIVE_INFINITY);
  const trees: Trees[] = [];
  while (trees.length < options.trees && !patience.isOver()) {
    derive(derivatives, scores, labels, weights, terms.grid);
    const drawn = drawRows();
    const root = grower.grow(drawn, drawColumns());
    const tree = writeTree(root, names, columns, terms);
    if (drawn.length < rows) add(scores, scoreRows(tree, matrix));
    else addLeaves(scores, root, tree, grower.order);
    trees.push(tree);
    onTree?.(trees.length, patience.lossWith(tree));
  }
  const kept = options.stopAfter === undefined ? trees.length : patience.best();
  return joinTrees(names, base, trees.slice(0, kept));
}

/** Follows the loss on rows that the trees are not grown on, to end where more trees do not help. */
function watch(valid: TrainingInput['valid'], base: number, stopAfter: number) {
  const scores = new Float64Array(valid?.matrix.rows ?? 0).fill(base);
  let least = Number.POSITIVE_INFINITY;
  let best = 0;
  let seen = 0;
  return {
    isOver: () => seen - best >= stopAfter,
    /** After how many trees the loss was least; without such rows, after all. */
    best: () => best,
    lossWith(tree: Trees): number | null {
      seen += 1;
      if (!valid) {
        best = seen;
        return null;
      }
      add(scores, scoreRows(tree, valid.matrix));
      const loss = lossOf(scores, valid.labels);
      if (loss < least) {
        least = loss;
        best = seen;
      }
      return loss;
    },
  };
}

function add(scores: Float64Array, more: Float64Array): void {
  for (let row = 0; row < scores.length; row += 1) {
    scores[row] = (scores[row] as number) + (more[row] as number);
  }
}

/** What a tree says of the rows it was grown on: the grower left them in the order of its leaves. */
function addLeaves(scores: Float64Array, root: Node, tree: Trees, order: Uint32Array): void {
  let place = 0;
  const visit = ({ start, end, division }: Node): void => {
    const value = tree.value[place] as number;
    place += 1;
    if (division) {
      visit(division.left);
      visit(division.right);
      return;
    }
    for (let i = start; i < end; i += 1) {
      const row = order[i] as number;
      scores[row] = (scores[row] as number) + value;
    }
  };
  visit(root);
}

function check(
  { rows, names, columns }: Matrix,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  { maxBins, leaves, stopAfter }: TreeOptions,
): void {
  assert(rows > 0 && names.length > 0, 'There is nothing to learn from.');
  assert.equal(columns.length, names.length, 'Each column has a name.');
  assert(
    columns.every((column) => column.length === rows),
    'Columns are equally long.',
  );
  assert.equal(labels.length, rows, 'Each row has a label.');
  assert(weights === undefined || weights.length === rows, 'Each row has a weight.');
  assert(weights === undefined || weights.every((one) => one >= 0), 'No weight is below zero.');
  assert(maxBins >= 2 && maxBins <= 255, 'A bin is a number of one byte.');
  assert(leaves >= 2, 'A tree of one leaf says nothing.');
  assert(stopAfter === undefined || stopAfter >= 1, 'Training ends after a tree, not before.');
}

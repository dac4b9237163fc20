import {
  type Matrix,
  scoreRows,
  type TreeOptions,
  type Trees,
  trainTrees,
} from '../trees/index.ts';
import { logistic } from './calibration.ts';
import type { ModelCard, Schema } from './contract.ts';
import { createEncoder, type Encoder, type Knowledge } from './encoder.ts';
import { logLoss } from './figures.ts';
import { fitEncoder } from './fit-encoder.ts';
import { findKeys, findParts } from './key-search.ts';
import type { LabelledRows } from './rows.ts';

/** How far a training is; `done` and `of` count trees while they grow. */
export interface TrainingProgress {
  readonly step: 'search' | 'encode' | 'grow' | 'judge';
  readonly done: number;
  readonly of: number;
}

/** Trees grown on one choice of facts, the best of what was tried on the choosing rows. */
export interface Attempt {
  readonly schema: Schema;
  readonly knowledge: Knowledge;
  readonly encoder: Encoder;
  /** The choosing rows as the trees see them. */
  readonly judged: Matrix;
  readonly trees: Trees;
  readonly leaves: number;
  readonly logLoss: number;
  readonly candidates: ModelCard['training']['candidates'];
}

const TREES_MAX = 400;
const SHARED: Omit<TreeOptions, 'leaves' | 'minLeafRows' | 'seed'> = {
  ...{ trees: TREES_MAX, learningRate: 0.06, l2: 0, maxBins: 255, stopAfter: 20 },
};
/** Rows that a leaf stands on at least; of few rows, a fiftieth. */
const minLeafRows = (rows: number): number => Math.max(1, Math.min(20, Math.floor(rows / 50)));
/** What is tried; the choosing rows say which is best. */
const LEAVES_TRIED = [15, 31] as const;

/**
 * Finds keys, encodes and grows trees, from `fit` alone; how many trees, and how large, is chosen on
 * `choose`.
 */
export function attempt(
  fit: LabelledRows,
  choose: LabelledRows,
  seed: number,
  onProgress: (progress: TrainingProgress) => void,
): Attempt {
  onProgress({ step: 'search', done: 0, of: 1 });
  const found = findKeys(fit, findParts(fit));
  onProgress({ step: 'encode', done: 0, of: 1 });
  const { schema, knowledge, matrix } = fitEncoder(fit, found);
  const encoder = createEncoder(schema, knowledge);
  const judged = encoder.encodeRows(choose);
  const of = LEAVES_TRIED.length * TREES_MAX;
  const tried = LEAVES_TRIED.map((leaves, place) => {
    const trees = trainTrees(
      {
        ...{ matrix, labels: fit.labels, ...(fit.weights && { weights: fit.weights }) },
        valid: { matrix: judged, labels: choose.labels },
      },
      { ...SHARED, leaves, minLeafRows: minLeafRows(fit.size), seed },
      (done) => onProgress({ step: 'grow', done: place * TREES_MAX + done, of }),
    );
    const probabilities = scoreRows(trees, judged).map(logistic);
    return { trees, leaves, logLoss: logLoss(probabilities, choose.labels) };
  });
  const best = tried.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  const candidates = tried.map(({ leaves, logLoss }) => ({ name: `${leaves} leaves`, logLoss }));
  return { schema, knowledge, encoder, judged, ...best, candidates };
}

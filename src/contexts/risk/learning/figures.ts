import { randomFrom } from '../trees/random.ts';
import { FIGURES, type FigureName, type Measures } from './contract.ts';

const CLIP = 1e-6;

/** Mean log-loss of probabilities, from a row on: what honest probabilities make least. */
export function logLoss(probabilities: Float64Array, labels: Uint8Array, from = 0): number {
  let sum = 0;
  for (let row = from; row < labels.length; row += 1) {
    const p = Math.min(Math.max(probabilities[row] as number, CLIP), 1 - CLIP);
    sum -= Math.log(labels[row] === 1 ? p : 1 - p);
  }
  return sum / Math.max(labels.length - from, 1);
}

/** Rows to be judged: what ranks them, what they were said to be, and what they were. */
export interface Judged {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  readonly labels: Uint8Array;
}

/** Equal-width bins of the calibration error (Naeini et al. 2015). */
export const CALIBRATION_BINS = 10;
const TOP_SHARES = { 1: 0.01, 2: 0.02, 5: 0.05, 10: 0.1 } as const;

export const binOf = (probability: number): number =>
  Math.min(Math.floor(probability * CALIBRATION_BINS), CALIBRATION_BINS - 1);

/** Rows in falling order of score, with where each run of equal scores begins. */
interface Ranking {
  readonly order: Int32Array;
  readonly runs: Int32Array;
}

function rank(scores: Float64Array): Ranking {
  const order = Int32Array.from(scores.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  );
  const runs: number[] = [];
  for (let place = 0; place < order.length; place += 1) {
    if (place === 0 || scores[order[place] as number] !== scores[order[place - 1] as number])
      runs.push(place);
  }
  return { order, runs: Int32Array.from([...runs, order.length]) };
}

/**
 * The figures of rows that each count `weights` times. Rows of equal score count as if drawn from
 * their run by lot: the figures then depend on no order of the file.
 */
function weighted(judged: Judged, { order, runs }: Ranking, weights: Int32Array | null) {
  const { labels, probabilities } = judged;
  const stated = new Float64Array(CALIBRATION_BINS);
  const found = new Float64Array(CALIBRATION_BINS);
  let rows = 0;
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    const p = probabilities[row] as number;
    const bin = binOf(p);
    rows += weight;
    positives += weight * (labels[row] as number);
    stated[bin] = (stated[bin] as number) + weight * p;
    found[bin] = (found[bin] as number) + weight * (labels[row] as number);
  }
  const tops = Object.values(TOP_SHARES).map((share) => Math.max(1, Math.round(rows * share)));
  const caught = new Float64Array(tops.length);
  let seen = 0;
  let seenPositives = 0;
  let pairs = 0;
  for (let run = 0; run + 1 < runs.length; run += 1) {
    let count = 0;
    let hits = 0;
    for (let place = runs[run] as number; place < (runs[run + 1] as number); place += 1) {
      const row = order[place] as number;
      const weight = weights === null ? 1 : (weights[row] as number);
      count += weight;
      hits += weight * (labels[row] as number);
    }
    if (count === 0) continue;
    pairs += (count - hits) * (seenPositives + hits / 2);
    for (const [top, size] of tops.entries()) {
      const taken = Math.min(Math.max(size - seen, 0), count);
      caught[top] = (caught[top] as number) + (taken / count) * hits;
    }
    seen += count;
    seenPositives += hits;
  }
  const precision = (top: number): number => (caught[top] as number) / (tops[top] as number);
  const ece = stated.reduce((sum, s, bin) => sum + Math.abs(s - (found[bin] as number)), 0) / rows;
  return {
    auc: pairs / (positives * (rows - positives)),
    precision_at_1: precision(0),
    precision_at_2: precision(1),
    precision_at_5: precision(2),
    precision_at_10: precision(3),
    recall_at_10: (caught[3] as number) / positives,
    ece,
  } satisfies Record<FigureName, number>;
}

const SAMPLES = 400;
const LEVEL = 0.95;

/** The figures, each with its percentile bootstrap interval (Efron 1979), the same for a seed. */
export function measure(judged: Judged, seed = 1): Measures {
  const size = judged.labels.length;
  const ranking = rank(judged.scores);
  const values = weighted(judged, ranking, null);
  const random = randomFrom(seed);
  const weights = new Int32Array(size);
  const samples = Object.fromEntries(FIGURES.map((name) => [name, [] as number[]]));
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    weights.fill(0);
    for (let draw = 0; draw < size; draw += 1) {
      const row = Math.floor(random() * size);
      weights[row] = (weights[row] as number) + 1;
    }
    const drawn = weighted(judged, ranking, weights);
    for (const name of FIGURES) if (Number.isFinite(drawn[name])) samples[name]?.push(drawn[name]);
  }
  return Object.fromEntries(
    FIGURES.map((name) => {
      const sorted = (samples[name] ?? []).sort((a, b) => a - b);
      const at = (share: number): number =>
        sorted[Math.round(share * (sorted.length - 1))] ?? values[name];
      const tail = (1 - LEVEL) / 2;
      // Drawing anew adds noise, and noise can only raise a calibration error: hold the value itself.
      const low = Math.min(at(tail), values[name]);
      return [name, { value: values[name], low, high: Math.max(at(1 - tail), values[name]) }];
    }),
  ) as Measures;
}

/** The area under the ROC curve of one column, ties counted half; missing values rank lowest. */
export function aucOf(scores: Float64Array, labels: Uint8Array): number {
  const known = scores.map((score) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score));
  const judged = { scores: known, probabilities: new Float64Array(labels.length), labels };
  return weighted(judged, rank(known), null).auc;
}

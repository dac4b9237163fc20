import { readFileSync } from 'node:fs';
import { FEATURES } from './among.ts';

/**
 * Two logistic models, fitted by `bench/identify/fit.ts` on withheld names of one half of the substances
 * and reported on the other: how likely a name is the one meant, and how sure the first of several is.
 */
interface Weights {
  readonly rank: readonly number[];
  readonly sure: readonly number[];
  /** From this probability an answer is given; below it the answer is *unknown*. */
  readonly threshold: number;
}

const weights = JSON.parse(
  readFileSync(new URL('./confidence.json', import.meta.url), 'utf8'),
) as Weights;

export const THRESHOLD = weights.threshold;

const place = (name: (typeof FEATURES)[number]): number => FEATURES.indexOf(name);
const CARRIED = [
  ...['same', 'conflict', 'locantsDiffer', 'cosine', 'spelling', 'length', 'sameParts'],
  ...['knownInQuery', 'knownInName', 'unknownInQuery', 'unknownInName'],
  ...['multipliersDiffer', 'multipliersMissing', 'stereoDiffer', 'onlySlip', 'lists'],
  ...['sameAtoms', 'sameHeavyAtoms', 'otherAtoms', 'sameAtomsAndPlaces'],
  ...['sameStructure', 'otherStructure'],
].map((name) => place(name as (typeof FEATURES)[number]));

/** How near a name is to the one meant, as the surety of an answer sees it: linear, so that it holds for short lists too. */
export function rankOf(features: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i += 1)
    sum += (weights.rank[i] ?? 0) * (features[i] as number);
  return sum;
}

/** What the second model sees of the first answer and of its rivals. */
export function surenessFeatures(
  best: Float64Array,
  rank: number,
  second: number,
  rivals: number,
): number[] {
  const margin = Math.max(-6, Math.min(6, rank - second));
  return [1, rank, margin, Math.min(rivals, 5) / 5, ...CARRIED.map((i) => best[i] as number)];
}

/** The probability that the first answer is right. */
export function surenessOf(features: readonly number[]): number {
  return sigmoid(features.reduce((sum, value, i) => sum + value * (weights.sure[i] ?? 0), 0));
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

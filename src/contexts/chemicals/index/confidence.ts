import { readFileSync } from 'node:fs';
import { FEATURES } from './among.ts';
import { dot } from './net.ts';

/**
 * Two linear models, fitted by `bench/identify/fit.ts` on withheld names of one half of the substances
 * and reported on the other: how near a name is to the one meant, and how sure the first of several is.
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
export const rankOf = (features: ArrayLike<number>): number => dot(weights.rank, features);

/**
 * What the second model sees of the first answer and of its rivals.
 *
 * @param rank how near the first is; `others` how near the rest are, in any order.
 */
export function surenessFeatures(
  best: ArrayLike<number>,
  rank: number,
  others: readonly number[],
): number[] {
  const second = others.reduce((most, other) => Math.max(most, other), -8);
  const rivals = 1 + others.filter((other) => other > rank - 1).length;
  const margin = Math.max(-6, Math.min(6, rank - second));
  return [1, rank, margin, Math.min(rivals, 5) / 5, ...CARRIED.map((i) => best[i] as number)];
}

/** The probability that the first answer is right. */
export const surenessOf = (features: readonly number[]): number =>
  sigmoid(dot(weights.sure, features));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

import type { Leakage, LeakageStratum } from './contract.ts';
import { clopperPearson, fayFeuer, type Range } from './intervals.ts';

const LEVEL = 0.95;

/**
 * Estimates what slips through the release lane from the consignments that were drawn from it at
 * random. Each stratum is one logged probability of being drawn; within it those drawn speak for
 * all, so its share is weighted by all that were eligible (the stratified form of the estimator of
 * Horvitz and Thompson, which weights each finding by the inverse of its probability). One stratum
 * has the exact interval of Clopper and Pearson, several that of Fay and Feuer.
 *
 * Selections that a model or a person chose say nothing here, however many they are.
 */
export function estimateLeakage(strata: readonly LeakageStratum[]): Leakage {
  const spoken = strata.filter(({ examined }) => examined > 0);
  const released = total(strata, 'eligible') - total(strata, 'drawn');
  const eligible = total(spoken, 'eligible');
  const weighted = spoken.map(({ eligible: all, examined, found }) => ({
    found,
    weight: all / eligible / examined,
  }));
  const rate =
    spoken.length === 0
      ? null
      : weighted.reduce((sum, { found, weight }) => sum + found * weight, 0);
  const [only] = spoken;
  const isOne = spoken.length === 1 && only !== undefined;
  const range = isOne
    ? clopperPearson(only.found, only.examined, LEVEL)
    : fayFeuer(weighted, LEVEL);
  return {
    rate,
    interval: rate === null ? null : { ...bounded(range), level: LEVEL },
    released,
    leaked: rate === null ? null : rate * released,
    method: isOne ? 'clopperPearson' : 'fayFeuer',
    strata: [...strata].sort((a, b) => a.rate - b.rate),
    unspokenFor: total(strata, 'eligible') - eligible,
  };
}

const bounded = ({ low, high }: Range): Range => ({ low, high: Math.min(1, high) });

const total = (strata: readonly LeakageStratum[], of: 'eligible' | 'drawn'): number =>
  strata.reduce((sum, stratum) => sum + stratum[of], 0);

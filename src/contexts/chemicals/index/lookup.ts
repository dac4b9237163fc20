import { canonicalOf } from '../reading/canonical.ts';
import { compositionOfName } from '../reading/composition.ts';
import { compare, take } from './compare.ts';
import { rankOf, sigmoid, surenessFeatures, surenessOf } from './confidence.ts';
import type { NameIndex } from './name-index.ts';

/** A substance a name may mean. */
export interface Meant {
  readonly substance: number;
  /** The name of the index that answered. */
  readonly name: number;
  readonly rank: number;
  readonly score: number;
  readonly isExact: boolean;
}

const NEAREST = 64;

export interface Judged {
  readonly substance: number;
  readonly name: number;
  readonly rank: number;
  readonly features: Float64Array;
}

/**
 * The substances a normalised name may mean, best first, no more than `limit`. The first one's score is the
 * probability that it is right; the others share what is left in proportion to their odds.
 */
export function lookUp(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
  limit: number,
): Meant[] {
  const judged = judge(index, listsOf, normalised);
  const [best] = judged;
  if (!best) return [];
  const rivals = judged.filter(({ rank }) => rank > best.rank - 1).length;
  const second = judged[1]?.rank ?? -8;
  const sure = surenessOf(surenessFeatures(best.features, best.rank, second, rivals));
  return judged.slice(0, limit).map(({ substance, name, rank }, place) => ({
    ...{ substance, name, rank },
    score: place === 0 ? sure : Math.min(sure, (1 - sure) * sigmoid(rank - best.rank + 1)),
    isExact: false,
  }));
}

/** The nearest names, the best of each substance, in order of their rank. */
export function judge(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
): Judged[] {
  const best = new Map<number, Judged>();
  for (const { name, features } of comparisons(index, listsOf, normalised)) {
    const substance = index.substanceOf(name);
    const rank = rankOf(features);
    const known = best.get(substance);
    if (!known || rank > known.rank) best.set(substance, { substance, name, rank, features });
  }
  return [...best.values()].sort((a, b) => b.rank - a.rank || a.substance - b.substance);
}

/** The nearest names of the index, and how each compares with the one asked. */
export function comparisons(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
): { readonly name: number; readonly features: Float64Array }[] {
  const canonical = canonicalOf(normalised);
  const query = take(canonical, compositionOfName(canonical));
  const cosines = new Map(
    index.near(canonical, query.atoms, NEAREST).map(({ name, cosine }) => [name, cosine]),
  );
  for (const name of index.exact(canonical).slice(0, NEAREST)) cosines.set(name, 1);
  return [...cosines].map(([name, cosine]) => ({
    name,
    features: compare(
      ...([
        query,
        take(index.canonicalOf(name), index.atomsOf(name)),
        cosine,
        index.weightOf,
      ] as const),
      listsOf(index.substanceOf(name)),
    ),
  }));
}

/** Substances with a name spelt just so, letters and digits in canonical spelling; those most lists have first. */
export function lookUpExact(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
  limit: number,
): Meant[] {
  const canonical = canonicalOf(normalised);
  const bySubstance = new Map<number, number>();
  for (const name of index.exact(canonical)) {
    const substance = index.substanceOf(name);
    if (!bySubstance.has(substance)) bySubstance.set(substance, name);
  }
  const all = [...bySubstance].sort((a, b) => listsOf(b[0]) - listsOf(a[0]) || a[0] - b[0]);
  const lead = listsOf(all[0]?.[0] ?? 0) - listsOf(all[1]?.[0] ?? 0);
  const first = all.length === 1 ? 0.98 : lead > 0 ? 0.93 : 0.78;
  return all.slice(0, limit).map(([substance, name], place) => ({
    ...{ substance, name, rank: 9 - place, isExact: true },
    score: place === 0 ? first : (0.98 - first) / place,
  }));
}

import { canonicalOf, squash } from '../reading/canonical.ts';
import { compositionOfName } from '../reading/composition.ts';
import { takeApart } from '../reading/morphemes.ts';
import { normalise } from '../reading/normalise.ts';
import { structureOfName } from '../reading/structure/structure.ts';
import { amongOthers, type Compared } from './among.ts';
import { compare, take } from './compare.ts';
import { rankOf, sigmoid, surenessFeatures, surenessOf } from './confidence.ts';
import type { NameIndex } from './name-index.ts';
import { orderOf } from './order.ts';

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
  /** What the order is by. */
  readonly order: number;
  /** What surety is by. */
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
  by = orderOf,
): Meant[] {
  const judged = judge(index, listsOf, normalised, by);
  const [best, ...others] = judged;
  if (!best) return [];
  const ranks = others.map(({ rank }) => rank);
  const sure = surenessOf(surenessFeatures(best.features, best.rank, ranks));
  return judged.slice(0, limit).map(({ substance, name, rank, order }, place) => ({
    ...{ substance, name, rank },
    score: place === 0 ? sure : Math.min(sure, (1 - sure) * sigmoid(order - best.order + 1)),
    isExact: false,
  }));
}

/** The nearest names, the best of each substance, in their order. */
export function judge(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
  by: (features: Float64Array) => number,
): Judged[] {
  const best = new Map<number, Judged>();
  for (const { name, substance, features } of comparisons(index, listsOf, normalised)) {
    const order = by(features);
    const known = best.get(substance);
    if (known && order <= known.order) continue;
    best.set(substance, { substance, name, order, rank: rankOf(features), features });
  }
  return [...best.values()].sort((a, b) => b.order - a.order || a.substance - b.substance);
}

/** The nearest names of the index, and how each compares with the one asked. */
export function comparisons(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
): Compared[] {
  const canonical = canonicalOf(normalised);
  const atoms = compositionOfName(canonical);
  const query = take(canonical, atoms, atoms ? structureOfName(canonical, atoms) : 0);
  const cosines = new Map(
    index
      .near(canonical, atoms, query.structure, NEAREST)
      .map(({ name, cosine }) => [name, cosine]),
  );
  for (const name of index.exact(canonical).slice(0, NEAREST)) cosines.set(name, 1);
  const compared = [...cosines].map(([name, cosine]) => {
    const substance = index.substanceOf(name);
    const known = take(index.canonicalOf(name), index.atomsOf(name), index.structureOf(name));
    return {
      ...{ name, substance },
      features: compare(query, known, cosine, index.weightOf, listsOf(substance)),
    };
  });
  return amongOthers(compared, index.namesOf);
}

/** Substances with a name spelt just so, letters and digits in canonical spelling: first those that a list spells as it stands, of them those most lists have. */
export function lookUpExact(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
  limit: number,
): Meant[] {
  const canonical = canonicalOf(normalised);
  const bySubstance = new Map<number, number>();
  const spelling = squash(normalised);
  const literally = new Set<number>();
  for (const name of index.exact(canonical)) {
    const substance = index.substanceOf(name);
    if (!bySubstance.has(substance)) bySubstance.set(substance, name);
    if (squash(normalise(index.textOf(name))) === spelling) literally.add(substance);
  }
  const weight = (substance: number): number =>
    listsOf(substance) + (literally.has(substance) ? 100 : 0);
  const all = [...bySubstance].sort((a, b) => weight(b[0]) - weight(a[0]) || a[0] - b[0]);
  const lead = weight(all[0]?.[0] ?? 0) - weight(all[1]?.[0] ?? 0);
  // What two substances are called alike, with nothing between them, is told and left open: every other guess was wrong.
  const first = all.length === 1 ? 0.98 : lead > 0 ? 0.93 : 0.6;
  return all.slice(0, limit).map(([substance, name], place) => ({
    ...{ substance, name, rank: 9 - place, isExact: true },
    score: place === 0 ? first : (0.98 - first) / place,
  }));
}

/** How sure it is that a substance is meant whose name tells the same structure and the same hand, where no other does. */
const SAME_STRUCTURE = 0.93;

/**
 * Substances a name of which tells the same structure; of several, those of the same hand, then those most lists have.
 * Where two are left it is not told which, and none is sure.
 */
export function lookUpStructure(
  index: NameIndex,
  listsOf: (substance: number) => number,
  normalised: string,
  limit: number,
): Meant[] {
  const canonical = canonicalOf(normalised);
  const atoms = compositionOfName(canonical);
  const structure = atoms ? structureOfName(canonical, atoms) : 0;
  if (!atoms || structure === 0) return [];
  const hand = takeApart(canonical).stereo.join();
  const best = new Map<number, { name: number; weight: number }>();
  for (const name of index.ofStructure(atoms, structure)) {
    const substance = index.substanceOf(name);
    const isSameHand = takeApart(index.canonicalOf(name)).stereo.join() === hand;
    const weight = (isSameHand ? 100 : 0) + listsOf(substance);
    if (weight > (best.get(substance)?.weight ?? -1)) best.set(substance, { name, weight });
  }
  const all = [...best].sort((a, b) => b[1].weight - a[1].weight || a[0] - b[0]);
  const isOne = all.filter(([, { weight }]) => weight >= 100).length === 1;
  return all.slice(0, limit).map(([substance, { name }], place) => ({
    ...{ substance, name, rank: 8 - place, isExact: false },
    score: (isOne && place === 0 ? SAME_STRUCTURE : 0.6) / (place + 1),
  }));
}

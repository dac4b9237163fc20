import type { Quantity } from '../quantity.ts';
import { spotKey } from '../stocktake/differences.ts';
import { type Candidate, idOf, shapeOf } from './candidate.ts';
import { CAUSES_MAX, closuresOf, type Term } from './closures.ts';
import type { Cause } from './contract.ts';
import type { Differing } from './evidence.ts';

/** A candidate as one spot sees it. */
export interface Reading extends Term {
  readonly candidate: Candidate;
  /** How many counted spots it speaks of: one story that must hold at each of them. */
  readonly spots: number;
}

export interface Chosen {
  readonly target: Differing;
  readonly explained: readonly Reading[];
  /** What may be behind the rest: sets to choose between, each by itself. */
  readonly possible: readonly (readonly Reading[])[];
  /** Whether the quantity is closed, or nearly: then what is not among the causes is not one. */
  readonly isClosed: boolean;
  /** False when there were more sums than could be tried. */
  readonly isWhole: boolean;
}

/** Most sets that are shown as possible of one difference. */
const POSSIBLE_MAX = 8;
/** Hits by mere chance that are expected, above which a hit proves nothing. */
const CHANCE_MAX = 0.02;
/** A story that must fit at several spots is that much harder to hit by chance. */
const CHANCE_MAX_SHARED = 0.3;
/** A quantity that was read off a difference fits that difference whatever it is: the other one must say it all. */
const CHANCE_MAX_MIRROR = 0.005;
/** More in the scrap than was said came from somewhere; where the rest closes beside it, it came from there. */
const CHANCE_BESIDE_MIRROR: Partial<Readonly<Record<Cause, number>>> = { scrapNotDeclared: 0.05 };
/** A strong cause stands although some rest is left, when the rest is this small beside what was handled. */
const REST_SHARE = 0.005;
/** … and the cause that much larger than the rest could be. */
const CAUSE_OVER_REST = 4;

/** For every difference the causes that its records prove, and those they merely allow. */
export function choose(
  differences: readonly Differing[],
  candidates: readonly Candidate[],
  fitting: (done: number, of: number) => void = () => {},
): Chosen[] {
  const readings = readingsOf(candidates);
  const chosen = new Map<string, Chosen>();
  let taken: ReadonlySet<string> = new Set();
  let refused: ReadonlySet<string> = new Set();
  let open: readonly Differing[] = differences;
  for (let round = 0; round < ROUNDS_MAX && open.length > 0; round += 1) {
    for (const [done, target] of open.entries()) {
      if (done % TOLD_EACH === 0) fitting(done, open.length);
      const here = (readings.get(spotKey(target)) ?? []).filter(({ id }) => !refused.has(id));
      chosen.set(spotKey(target), resolve(target, here, taken));
    }
    const agreed = agree(readings, chosen, taken, refused);
    open = differences.filter((it) => agreed.changed.has(spotKey(it)));
    ({ taken, refused } = agreed);
  }
  return withoutSharedRecords(differences.map((it) => chosen.get(spotKey(it)) as Chosen));
}

const ROUNDS_MAX = 12;
/** Differences taken apart between two words of progress. */
const TOLD_EACH = 50;

function readingsOf(candidates: readonly Candidate[]): Map<string, Reading[]> {
  const bySpot = new Map<string, Reading[]>();
  for (const candidate of candidates) {
    const here = new Map<string, Quantity>();
    for (const effect of candidate.effects) {
      const key = spotKey(effect);
      here.set(key, (here.get(key) ?? 0) + effect.quantity);
    }
    const { slack, uses } = candidate;
    const same = { candidate, slack, uses, id: idOf(candidate), shape: shapeOf(candidate) };
    for (const [key, quantity] of here) {
      if (quantity === 0) continue;
      const reading: Reading = { ...same, quantity, spots: here.size };
      const list = bySpot.get(key);
      if (list) list.push(reading);
      else bySpot.set(key, [reading]);
    }
  }
  for (const list of bySpot.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1));
  return bySpot;
}

const total = (set: readonly Reading[]): Quantity => set.reduce((sum, it) => sum + it.quantity, 0);

/**
 * One difference by itself. First what is certain; then the fewest strong causes that close the rest exactly; then
 * with documented ones; then strong ones that leave a rest as small as counting leaves. A fit that is not the
 * only one, or that chance would give as well, is possible and no more.
 */
function resolve(
  target: Differing,
  readings: readonly Reading[],
  taken: ReadonlySet<string>,
): Chosen {
  const certain = withoutConflicts(
    readings.filter((it) => it.candidate.grade === 'certain' || taken.has(it.id)),
  );
  const used = new Set(certain.flatMap(({ uses }) => uses));
  const free = readings.filter(
    (it) => !certain.includes(it) && !it.uses.some((record) => used.has(record)),
  );
  const rest = target.difference - total(certain);
  const graded = (...grades: readonly string[]) =>
    free.filter((it) => grades.includes(it.candidate.grade));
  const strong = graded('strong');
  const documented = graded('strong', 'documented');
  const done = (explained: readonly Reading[], isClosed: boolean): Chosen => ({
    ...{ target, explained, isClosed, possible: [], isWhole: true },
  });

  if (rest === 0) return done(certain, true);
  const possible: (readonly Reading[])[] = [];
  let isWhole = true;
  // What was read off a difference is tried with what is strong alone, where few sums could fit by chance.
  const mirrored = documented.filter((it) => strong.includes(it) || it.candidate.isMirror);
  for (const terms of ofGrowingSize(strong, mirrored, documented)) {
    const fit = closuresOf(terms, rest);
    if (isProof(fit)) return done([...certain, ...(fit.sets[0] ?? [])], true);
    possible.push(...fit.sets);
    isWhole &&= fit.isWhole;
  }
  const seenElsewhere = withMirror(documented, rest);
  if (seenElsewhere) return done([...certain, ...seenElsewhere], true);
  const doubtful = someOf(certain, taken, target.difference);
  if (doubtful) return { ...done(doubtful, true), possible: [certain] };
  const tolerance = restAllowed(target);
  const large = strong.filter(
    (it) => !it.candidate.isEstimate && Math.abs(it.quantity) >= CAUSE_OVER_REST * tolerance,
  );
  const nearly = closuresOf(large, rest, tolerance);
  const [best = []] = nearly.sets;
  if (best.length > 0 && isProof(nearly)) return done([...certain, ...best], true);
  possible.push(...nearly.sets, ...closuresOf(free, rest).sets, ...strong.map((it) => [it]));
  return { ...done(certain, false), possible: distinct(possible), isWhole };
}

/**
 * A story whose quantity was read off another spot, and what closes the rest beside it: the other spot says how much, so
 * that only the rest has to fit here. The only such story, and not by chance.
 */
function withMirror(terms: readonly Reading[], rest: Quantity): readonly Reading[] | null {
  const found: (readonly Reading[])[] = [];
  for (const mirror of terms.filter(({ candidate }) => candidate.isMirror)) {
    const others = terms.filter(
      (it) => !it.candidate.isMirror && !it.uses.some((record) => mirror.uses.includes(record)),
    );
    const { sets, chance, isWhole } = closuresOf(others, rest - mirror.quantity);
    const [only, another] = sets;
    if (!only || !isWhole) continue;
    const max = CHANCE_BESIDE_MIRROR[mirror.candidate.cause] ?? CHANCE_MAX_MIRROR;
    if (another || chance > max) return null;
    found.push([mirror, ...only]);
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

const ofGrowingSize = (
  ...pools: readonly (readonly Reading[])[]
): readonly (readonly Reading[])[] =>
  pools.filter((pool, at) => pools[at + 1]?.length !== pool.length);

/** Of each more that only the difference accuses, the fit must be so much harder to hit. */
const HARDER_EACH = 10;

function isProof({ sets, chance, isWhole }: ReturnType<typeof closuresOf<Reading>>): boolean {
  const [only, another] = sets;
  if (!only || another || !isWhole) return false;
  if (only.some(({ candidate }) => candidate.isMirror)) return chance <= CHANCE_MAX_MIRROR;
  const isShared = only.some(({ spots }) => spots > 1);
  const accused = only.filter((it) => it.spots === 1 && it.candidate.grade === 'documented');
  const max = isShared ? CHANCE_MAX_SHARED : CHANCE_MAX;
  return chance <= max / HARDER_EACH ** Math.max(0, accused.length - 1);
}

/** What counting and rounding leave of any part: a share of what was there. */
const restAllowed = ({ book, counted }: Differing): Quantity =>
  Math.round(Math.max(Math.abs(book), counted) * REST_SHARE);

/** Records that contradict each other, where leaving some of them out is what closes the difference. */
function someOf(
  certain: readonly Reading[],
  taken: ReadonlySet<string>,
  difference: Quantity,
): readonly Reading[] | null {
  if (certain.length === 0 || certain.length > CAUSES_MAX) return null;
  if (certain.some(({ id }) => taken.has(id))) return null;
  const { sets, chance } = closuresOf(certain, difference);
  const [only, another] = sets;
  return only && !another && chance <= CHANCE_MAX_MIRROR ? only : null;
}

function withoutConflicts(readings: readonly Reading[]): readonly Reading[] {
  const used = new Set<string>();
  return readings.filter(({ uses }) => {
    if (uses.some((record) => used.has(record))) return false;
    for (const record of uses) used.add(record);
    return true;
  });
}

function distinct(sets: readonly (readonly Reading[])[]): (readonly Reading[])[] {
  const byShape = new Map<string, readonly Reading[]>();
  for (const set of sets) {
    const shape = set
      .map((it) => it.shape)
      .sort()
      .join('\n');
    if (set.length > 0 && !byShape.has(shape)) byShape.set(shape, set);
  }
  return [...byShape.values()].slice(0, POSSIBLE_MAX);
}

/**
 * A story of several spots must hold at all of them. What one spot proves settles a doubt at another; what a spot
 * that is closed has no room for is no cause anywhere.
 */
function agree(
  readings: ReadonlyMap<string, readonly Reading[]>,
  chosen: ReadonlyMap<string, Chosen>,
  taken: ReadonlySet<string>,
  refused: ReadonlySet<string>,
) {
  const votes = new Map<string, { spots: string[]; yes: number; no: number }>();
  /** Stories that no record contradicts: one spot alone does not speak for many. */
  const doubted = new Set<string>();
  for (const [key, list] of readings) {
    const { explained, isClosed } = chosen.get(key) as Chosen;
    const ids = new Set(explained.map(({ id }) => id));
    for (const { id, spots, candidate } of list) {
      if (spots === 1 || candidate.grade === 'certain' || refused.has(id)) continue;
      const vote = votes.get(id) ?? { spots: [], yes: 0, no: 0 };
      if (candidate.grade === 'documented') doubted.add(id);
      vote.spots.push(key);
      if (ids.has(id)) vote.yes += 1;
      else if (isClosed) vote.no += 1;
      votes.set(id, vote);
    }
  }
  const next = { taken: new Set(taken), refused: new Set(refused), changed: new Set<string>() };
  for (const [id, { spots, yes, no }] of votes) {
    const isRefused = no > 0 && no >= yes;
    const isHeard = doubted.has(id) ? yes * SPOTS_FOR_ONE >= spots.length : yes > 0;
    if (!isRefused && (!isHeard || yes === spots.length || taken.has(id))) continue;
    next[isRefused ? 'refused' : 'taken'].add(id);
    if (isRefused) next.taken.delete(id);
    for (const spot of spots) next.changed.add(spot);
  }
  return next;
}

/** Of how many spots of a documented story one has to prove it. */
const SPOTS_FOR_ONE = 3;

/** Holds the promise that no record is a cause twice, whatever was agreed between spots. */
function withoutSharedRecords(all: readonly Chosen[]): Chosen[] {
  const usedBy = new Map<string, Set<string>>();
  const holds = new Map<string, number>();
  for (const { explained } of all)
    for (const { id, uses } of explained) {
      holds.set(id, (holds.get(id) ?? 0) + 1);
      for (const record of uses) usedBy.set(record, (usedBy.get(record) ?? new Set()).add(id));
    }
  const isSound = ({ id, uses, spots, candidate }: Reading): boolean =>
    uses.every((record) => usedBy.get(record)?.size === 1) &&
    (candidate.grade === 'certain' || holds.get(id) === spots);
  return all.map((chosen) => {
    const explained = chosen.explained.filter(isSound);
    if (explained.length === chosen.explained.length) return chosen;
    const possible = distinct([chosen.explained, ...chosen.possible]);
    return { ...chosen, explained, possible, isClosed: false };
  });
}

import type { Disguise } from '../contract.ts';
import { lookUp, lookUpExact, lookUpStructure, type Meant } from '../index/lookup.ts';
import { englishOf } from '../reading/chinese.ts';
import { joinHan, lookAlikes, oneLookAlike } from '../reading/disguise.ts';
import { parentsOf } from '../reading/forms.ts';
import { compositionOf } from '../reading/formula.ts';
import type { Remarks } from '../reading/remarks.ts';
import { type Found, isSure } from './answer.ts';
import type { Held } from './held.ts';
import { shareIn, spot } from './spot.ts';

/** One component of a text, and what it may be. */
export interface One {
  readonly found: readonly Found[];
  /** The name is the whole of the text, and not spotted in it. */
  readonly isWhole: boolean;
  readonly disguises: readonly Disguise[];
}

export const MAX_CANDIDATES = 8;
/** A longer text is no name: names are looked for within it. */
const MAX_NAME = 300;
/** How much of its certainty a name keeps that was read from Chinese. */
const TRANSLATED = 0.97;
/** What a name keeps at least that is found only once the signs put into it are taken out: nobody writes so by habit. */
const PULLED_APART = 0.8;
const NOTHING: One = { found: [], isWhole: true, disguises: [] };

/**
 * One substance: by the name as it stands, without its remarks, by formula, as a salt, with a slip of the pen put
 * right, by likeness, as it was disguised, and last by what stands within it. The first way that is sure is taken;
 * where none is, what is nearest by likeness comes first, for a part of a name is oftener another substance.
 */
export function findOne(
  held: Held,
  text: string,
  { rest }: Remarks,
  component: number,
  query: string,
): One {
  const finder = finderOf(held, component);
  const joined = joinHan(rest);
  const parents = finder.bySalt(joined);
  const tried: One[] = [];
  for (const way of waysOf(finder, text, rest, joined, query, parents)) {
    const one = way();
    if (isSure(one.found)) return withParents(one, parents);
    if (one.found.length > 0) tried.push(one);
  }
  return unsure(tried);
}

type Finder = ReturnType<typeof finderOf>;
const whole = (found: readonly Found[]): One => ({ ...NOTHING, found });
const within = (found: readonly Found[]): One => ({ ...NOTHING, found, isWhole: false });

/** A name, and behind it in brackets another of the same substance or letters that stand for it: `bisphenol A (BPA)`. */
const SAID_TWICE = /^([^()]*[a-z]{3}.*?) \(((?:[^()]|\([^()]*\))*[a-z]{2}(?:[^()]|\([^()]*\))*)\)$/;

/** Cheap and certain ways first; nothing is looked up before it is its turn. */
function* waysOf(
  { exact, saidTwice, byFormula, byStructure, bySlip, alike, spotted, pulledApart }: Finder,
  text: string,
  rest: string,
  joined: string,
  query: string,
  parents: readonly Found[],
): Iterable<() => One> {
  const isPulledApart = joined !== rest;
  const english = englishOf(joined);
  const disguised = (kind: Disguise['kind'], read: string): One => ({
    found: lessSure(exact(read), kind === 'inserted' ? 1 : 0.9),
    isWhole: true,
    disguises: [{ kind, seen: rest, read }],
  });
  if (!isPulledApart) yield () => whole(exact(text));
  if (!isPulledApart && rest !== text) yield () => whole(exact(rest));
  const twice = SAID_TWICE.exec(rest);
  if (twice) yield () => whole(saidTwice(twice[1] ?? '', twice[2] ?? ''));
  yield () => whole(byFormula(query));
  if (isPulledApart) yield () => disguised('inserted', joined);
  if (english !== null) yield () => whole(lessSure(exact(english), TRANSLATED));
  yield () => whole(parents);
  yield () => whole(byStructure(english ?? joined));
  yield () => whole(bySlip(joined, exact));
  if (english !== null) yield () => whole(lessSure(alike(english), TRANSLATED));
  yield () => whole(alike(joined));
  for (const read of oneLookAlike(joined)) yield () => disguised('lookAlike', read);
  yield () => disguised('lookAlike', lookAlikes(joined));
  if (isPulledApart) yield () => pulledApart(rest, joined);
  yield () => within(spotted(rest));
  if (isPulledApart) yield () => within(spotted(joined));
  yield () => within(bySlip(joined, spotted));
}

/** A salt that is named by a list has its own number; what its parent's lists say of salts holds for it as well. */
function withParents(one: One, parents: readonly Found[]): One {
  if (one.found[0]?.forms.length || !one.isWhole) return one;
  return { ...one, found: [...one.found, ...parents] };
}

function unsure(tried: readonly One[]): One {
  const near = tried.find(({ found }) => found[0]?.by === 'likeness');
  const first = near ?? tried[0];
  if (!first) return NOTHING;
  const top = first.found[0]?.score ?? 0;
  const others = tried.filter((one) => one !== first).flatMap(({ found }) => found);
  return {
    ...first,
    found: [
      ...first.found,
      ...others.map((one) => ({ ...one, score: Math.min(one.score, 0.9 * top) })),
    ],
  };
}

const lessSure = (found: readonly Found[], share: number): Found[] =>
  found.map((one) => ({ ...one, score: one.score * share }));

function finderOf({ knowledge, index, vocabulary, byFormula, asked }: Held, component: number) {
  const lists = (substance: number): number => knowledge.substances[substance]?.lists ?? 1;
  const casOf = (substance: number): string | null => knowledge.substances[substance]?.cas ?? null;
  const named = (meant: readonly Meant[]): Found[] =>
    meant.map(({ substance, name, score, isExact }) => ({
      ...{ substance, cas: casOf(substance), matched: index.textOf(name), score },
      by: isExact ? ('name' as const) : ('likeness' as const),
      ...{ component, forms: [] },
    }));
  const near = (name: string): readonly Meant[] => {
    const known = asked.get(name) ?? lookUp(index, lists, name, MAX_CANDIDATES);
    asked.set(name, known);
    return known;
  };
  const exact = (name: string): Found[] => named(lookUpExact(index, lists, name, MAX_CANDIDATES));
  const spots = new Map<string, readonly Spot[]>();
  /** Asked of one text by two ways, and dear: every run of its words or Han is looked up. */
  const spotsOf = (text: string): readonly Spot[] => {
    const known = spots.get(text) ?? spottedIn(text, exact);
    spots.set(text, known);
    return known;
  };

  return {
    exact,
    alike: (name: string): Found[] =>
      name === '' || name.length > MAX_NAME ? [] : named(near(name)),
    /** By the name and by what its brackets say: where both are known they must agree, else one of them may be an abbreviation. */
    saidTwice(name: string, again: string): Found[] {
      const first = exact(name);
      const second = again.split(/[;,] /).flatMap(exact);
      const both = first.filter(({ substance }) =>
        second.some((one) => one.substance === substance),
      );
      if (both.length > 0) return both;
      if (first.length > 0) return lessSure(first, second.length > 0 ? 0.7 : 0.96);
      // What stands behind a name nobody knows may as well be what the goods are dissolved in: told, and not sure.
      return lessSure(second.slice(0, MAX_CANDIDATES), 0.7);
    },
    byStructure: (name: string): Found[] =>
      name.length > MAX_NAME ? [] : named(lookUpStructure(index, lists, name, MAX_CANDIDATES)),
    /** A salt or hydrate, by its parent: only where a list that has the parent takes in its salts. */
    bySalt(name: string): Found[] {
      for (const { name: parent, forms } of parentsOf(name)) {
        const found = exact(parent).filter(({ substance }) =>
          knowledge.substances[substance ?? -1]?.entries.some(({ salts }) => salts),
        );
        if (found.length > 0) return lessSure(found, 0.85).map((one) => ({ ...one, forms }));
      }
      return [];
    },
    bySlip(name: string, find: (right: string) => Found[]): Found[] {
      const right = name.length > MAX_NAME ? null : vocabulary.corrected(name);
      return right === null ? [] : lessSure(find(right), 0.88);
    },
    byFormula(query: string): Found[] {
      const word = query.trim().split(/[\s,;]/)[0] ?? '';
      const isFormula = word.length >= 2 && /\d|[A-Z].*[A-Z]/.test(word);
      const composition = isFormula ? compositionOf(word) : null;
      const having = composition ? (byFormula.get(composition) ?? []) : [];
      return having
        .toSorted((a, b) => lists(b) - lists(a))
        .slice(0, MAX_CANDIDATES)
        .map((substance) => ({
          ...{ substance, cas: casOf(substance), matched: word, component, forms: [] },
          ...{ score: having.length === 1 ? 0.9 : 0.6 / having.length, by: 'formula' as const },
        }));
    },
    spotted: (text: string): Found[] =>
      spotsOf(text)
        .flatMap(({ found, share }) => lessSure(found, share))
        .sort((a, b) => b.score - a.score),
    /** Names within a text that are there only when the signs between its characters are not. */
    pulledApart(seen: string, text: string): One {
      const apart = spotsOf(text).filter(({ name, share }) => share >= 0.5 && !seen.includes(name));
      return {
        found: apart
          .flatMap(({ found, share }) => lessSure(found, Math.max(share, PULLED_APART)))
          .sort((a, b) => b.score - a.score),
        isWhole: false,
        disguises: apart.map(({ name }) => ({ kind: 'inserted', seen, read: name })),
      };
    },
  };
}

/** A known name within a text, what it may be, and how much of its certainty is left there. */
interface Spot {
  readonly name: string;
  readonly found: readonly Found[];
  readonly share: number;
}

function spottedIn(text: string, exact: (name: string) => Found[]): Spot[] {
  const known = new Map<string, Found[]>();
  const isKnown = (name: string): boolean => {
    if (!known.has(name)) known.set(name, exact(name));
    return (known.get(name)?.length ?? 0) > 0;
  };
  return spot(text, isKnown).map((one) => ({
    name: one.name,
    found: (known.get(one.name) ?? []).slice(0, 1),
    share: shareIn(one),
  }));
}

import type { LocalDate } from '../../../kernel/dates.ts';
import type {
  Component,
  Disguise,
  Identification,
  ListEntry,
  ReadingProblem,
} from '../contract.ts';
import { rankOf } from '../index/confidence.ts';
import { lookUp, lookUpExact, type Meant } from '../index/lookup.ts';
import { buildNameIndex, type IndexedName } from '../index/name-index.ts';
import { gatherVocabulary } from '../index/vocabulary.ts';
import { joinLists, type Knowledge, type SourceList } from '../lists/knowledge.ts';
import { canonicalOf } from '../reading/canonical.ts';
import { englishOf } from '../reading/chinese.ts';
import { readCodes } from '../reading/codes.ts';
import { MAX_COMPONENTS, recipeIn, saysMixture, saysShares, split } from '../reading/components.ts';
import { unmask } from '../reading/disguise.ts';
import { compositionOf } from '../reading/formula.ts';
import { hasHan, MAX_TEXT, normalise } from '../reading/normalise.ts';
import { type Remarks, readRemarks, tidied } from '../reading/remarks.ts';
import { type Found, gather, isSure, type Shown } from './answer.ts';
import { findOne, MAX_CANDIDATES, type One } from './find.ts';
import { type Held, inForce } from './held.ts';

/** What identifies goods by the lists it was built from. */
export interface Identifier {
  /** The names and substances it knows, and the bytes its index takes. */
  readonly size: { readonly names: number; readonly substances: number; readonly bytes: number };
  /** What the goods are; list entries are those in force on `on`, all when it is left out. */
  identify(text: string, on?: LocalDate): Identification;
  /** What the lists say of a substance, by its CAS number. */
  entriesOf(cas: string, on?: LocalDate): readonly ListEntry[];
  /** Whether the shipping names are loaded, the best for a text and how sure it is. */
  shippingNamesLike(text: string, limit: number): { un: string; name: string; score: number }[];
}

/** Builds an identifier from lists; of two that name a substance the earlier gives the name it is shown by. */
export function createIdentifier(lists: readonly SourceList[]): Identifier {
  const knowledge = joinLists(lists);
  const index = buildNameIndex(knowledge.names.flatMap(inBothLanguages));
  const shipping = buildNameIndex(
    knowledge.shipping.map(({ name }, substance) => ({ text: name, substance })),
  );
  const byCas = new Map(knowledge.substances.map((known, i) => [known.cas, i]));
  const held: Held = {
    knowledge,
    index,
    shipping,
    vocabulary: gatherVocabulary(index.size, (name) => normalise(index.textOf(name))),
    shippingWords: gatherVocabulary(shipping.size, (name) => normalise(shipping.textOf(name))),
    byCas,
    byFormula: formulae(knowledge),
    hs6: new Map(),
    asked: new Map(),
  };
  joinTariff(held);
  return {
    size: {
      names: index.size + shipping.size,
      substances: knowledge.substances.length,
      bytes: index.bytes + shipping.bytes,
    },
    identify: (text, on) => identify({ ...held, asked: new Map() }, text, on ?? null),
    entriesOf: (cas, on) =>
      (knowledge.substances[byCas.get(cas) ?? -1]?.entries ?? []).filter((entry) =>
        inForce(entry, on ?? null),
      ),
    shippingNamesLike: (text, limit) =>
      nameShipping(held, normalise(text), limit).map(({ substance, score }) => ({
        un: knowledge.shipping[substance]?.un ?? '',
        name: knowledge.shipping[substance]?.name ?? '',
        score,
      })),
  };
}

/** A Chinese name that can be read stands in the index in English as well: so a list in one language answers in the other. */
function inBothLanguages(name: IndexedName): IndexedName[] {
  const english = hasHan(name.text) ? englishOf(normalise(name.text)) : null;
  return english ? [name, { ...name, reading: canonicalOf(english) }] : [name];
}

function formulae({ substances }: Knowledge): Map<string, number[]> {
  const by = new Map<string, number[]>();
  substances.forEach((known, i) => {
    for (const formula of known.formulae) {
      const composition = compositionOf(formula);
      if (composition) by.set(composition, [...(by.get(composition) ?? []), i].slice(0, 50));
    }
  });
  return by;
}

function joinTariff({ knowledge, index, hs6 }: Held): void {
  for (const { name, hs6: code } of knowledge.tariff)
    for (const found of index.exact(canonicalOf(normalise(name)))) {
      const substance = index.substanceOf(found);
      hs6.set(substance, (hs6.get(substance) ?? new Set()).add(code));
    }
}

/** Shipping names that differ in the state of the goods alone are told apart by it, which substances are not. */
function nameShipping(
  { shipping, shippingWords, knowledge }: Held,
  normalised: string,
  limit: number,
): Meant[] {
  if (knowledge.shipping.length === 0 || normalised === '') return [];
  const exact = lookUpExact(shipping, () => 1, normalised, 8 * limit);
  const right = shippingWords.corrected(normalised);
  const found =
    exact.length > 0 ? exact : lookUp(shipping, () => 1, right ?? normalised, 4 * limit, rankOf);
  const state = statesIn(normalised);
  const differs = ({ name }: Meant): number => (statesIn(shipping.textOf(name)) === state ? 0 : 1);
  const best = found[0]?.rank ?? 0;
  const tied = (one: Meant): boolean => one.isExact || one.rank > best - 0.6;
  const ordered = [
    ...found.filter(tied).sort((a, b) => differs(a) - differs(b) || b.rank - a.rank),
    ...found.filter((one) => !tied(one)),
  ];
  return ordered.slice(0, limit).map((one, i) => ({ ...one, score: found[i]?.score ?? one.score }));
}

const statesIn = (name: string): string =>
  (
    name
      .toLowerCase()
      .match(/solid|liquid|solution|anhydrous|molten|gas|refrigerated|dry|wetted|stabilized/g) ?? []
  )
    .sort()
    .join();

function identify(held: Held, query: string, on: LocalDate | null): Identification {
  const { text, disguises } = unmask(normalise(query));
  const codes = readCodes(text);
  const name = tidied(codes.rest);
  const problems: ReadingProblem[] = [...codes.problems];
  if (query.length > MAX_TEXT)
    problems.push({ code: 'chemicals.text_cut', seen: String(query.length) });
  const read = readParts(held, name, query);
  if (read.leftOut > 0)
    problems.push({ code: 'chemicals.components_left_out', seen: String(read.leftOut) });
  const found = [...byNumber(held, codes.cas, codes.un, name), ...read.found];
  const shown: Shown = {
    query,
    components: read.components,
    cas: codes.cas,
    un: codes.un,
    remarks: read.remarks,
    disguises: [...disguises, ...read.disguises],
    isMixture: read.components.length > 1 || saysMixture(name),
    problems,
    // Wetted and dry go by different numbers.
    shippingNames: nameShipping(
      held,
      read.remarks.isTamed ? name : (read.components[0]?.name ?? name),
      3,
    ),
  };
  return gather(held, found, shown, on, MAX_CANDIDATES);
}

/** CAS numbers are sure even of substances no list has; a UN number is, where one substance alone has it. */
function byNumber(
  { byCas, knowledge }: Held,
  cas: readonly string[],
  un: readonly string[],
  name: string,
): Found[] {
  const found: Found[] = cas.map((number) => ({
    substance: byCas.get(number) ?? null,
    cas: number,
    ...{ score: 0.99, by: 'cas' as const, matched: name || number, component: 0, forms: [] },
  }));
  if (found.length > 0) return found;
  for (const number of un) {
    const having = knowledge.substances.flatMap((known, i) =>
      known.un.includes(number) ? [i] : [],
    );
    for (const substance of having.slice(0, 3))
      found.push({
        ...{ substance, cas: knowledge.substances[substance]?.cas ?? null, matched: `UN${number}` },
        ...{ score: having.length === 1 ? 0.85 : 0.5 / having.length },
        ...{ by: 'un' as const, component: 0, forms: [] },
      });
  }
  return found;
}

interface PartsRead {
  readonly components: Component[];
  readonly found: readonly Found[];
  readonly remarks: Remarks;
  readonly disguises: readonly Disguise[];
  readonly leftOut: number;
}

/** The text as one name if it is one; else its components, each by itself. */
function readParts(held: Held, name: string, query: string): PartsRead {
  const remarks = readRemarks(name);
  const recipe = remarks.isTamed ? null : recipeIn(name);
  if (recipe !== null) {
    const read = readPieces(held, split(recipe, true), remarks);
    if (isSure(read.found)) return read;
  }
  const whole = findOne(held, name, remarks, 0, query);
  const one: PartsRead = {
    components: name === '' ? [] : [componentOf(name, remarks, whole)],
    ...{ found: whole.found, disguises: whole.disguises, remarks, leftOut: 0 },
  };
  const mayBeMixed = saysMixture(name) || saysShares(name);
  if (isSure(whole.found) && (whole.isWhole || !mayBeMixed)) return one;
  if (ONE_SUBSTANCE.test(name) || remarks.isTamed) return one;
  const pieces = [split(name, false), split(name, true)].filter(({ length }) => length > 1);
  for (const piece of pieces) {
    const read = readPieces(held, piece, remarks);
    const sure = read.components.filter((_, i) =>
      isSure(read.found.filter(({ component }) => component === i)),
    );
    if (sure.length > 1) return read;
  }
  return one;
}

/** Names that have `with` and commas in them, and are of one substance; and names of the CA index, turned round. */
const ONE_SUBSTANCE =
  /^[a-z][^;]*,\s?(?:\S+-(?:,|$)|\S+-\s)|compounds? with|reaction products?|esters?,|salts?$|derivs|adducts?|complex(?:es)? with|polymers? with/;

function readPieces(held: Held, pieces: readonly string[], remarks: Remarks): PartsRead {
  const components: Component[] = [];
  const found: Found[] = [];
  const disguises: Disguise[] = [];
  for (const piece of pieces.slice(0, MAX_COMPONENTS)) {
    const own = readRemarks(piece);
    if (own.rest === '') continue;
    const one = findOne(held, piece, own, components.length, '');
    found.push(...one.found);
    disguises.push(...one.disguises);
    components.push(componentOf(piece, own, one));
  }
  const leftOut = Math.max(0, pieces.length - MAX_COMPONENTS);
  return { components, found, disguises, remarks, leftOut };
}

const componentOf = (
  seen: string,
  { rest, concentration }: Remarks,
  { found }: One,
): Component => ({
  seen: seen.slice(0, 300),
  name: rest.slice(0, 300),
  concentration,
  forms: [...(found[0]?.forms ?? [])],
});

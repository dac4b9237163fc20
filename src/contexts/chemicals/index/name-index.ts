import type { Atoms } from '../reading/atoms.ts';
import { canonicalOf, squash } from '../reading/canonical.ts';
import { compositionOfName } from '../reading/composition.ts';
import { takeApart } from '../reading/morphemes.ts';
import { normalise } from '../reading/normalise.ts';
import { structureOfName } from '../reading/structure/structure.ts';
import { GRAM_SPACE, gramsOf } from './grams.ts';

/** A name of a substance, as some list has it. */
export interface IndexedName {
  readonly text: string;
  /** The substance's place among those of the lists. */
  readonly substance: number;
  /** How it is read, where not as it stands: a Chinese name in English. */
  readonly reading?: string;
}

/** A name that shares grams with what was asked, and how much: the cosine of their weighted grams. */
export interface Near {
  readonly name: number;
  readonly cosine: number;
}

export interface NameIndex {
  readonly size: number;
  readonly bytes: number;
  textOf(name: number): string;
  canonicalOf(name: number): string;
  substanceOf(name: number): number;
  /** How many names of a substance it has. */
  namesOf(substance: number): number;
  /** Names that are the same letters and digits in their canonical spelling. */
  exact(canonical: string): number[];
  /** The nearest by grams, best first, and after them the nearest of those that have the same atoms. */
  near(canonical: string, atoms: Atoms | null, structure: number, limit: number): Near[];
  /** The atoms of a name, where it could be read. */
  atomsOf(name: number): Atoms | null;
  /** The number of its structure; 0 where it could not be read. */
  structureOf(name: number): number;
  /** Names that tell the same structure, no more than are compared. */
  ofStructure(atoms: Atoms, structure: number): number[];
  /** How much a part of names says, by how few have it. */
  weightOf(part: string): number;
}

const MAX_GRAMS = 400;
/** A gram that more than this share of the names have says nothing that is worth its reading. */
const COMMON = 0.12;
/** One that more than this share have adds to names that share a rarer one, and brings no others. */
const FREQUENT = 0.02;
/** Names whose parts are counted; of more, every so many. */
const COUNTED = 24_000;

/**
 * Builds an index of names: for each gram the names that have it, in one array, and a table from spellings
 * to names. Nothing in it is an object a name; it is read by many and never changed.
 */
export function buildNameIndex(names: readonly IndexedName[]): NameIndex {
  const canonicals = names.map(({ text, reading }) => reading ?? canonicalOf(normalise(text)));
  const substances = Uint32Array.from(names, ({ substance }) => substance);
  const counts = countNames(substances);
  const postings = buildPostings(canonicals);
  const spellings = buildSpellings(canonicals);
  const compositions = buildCompositions(canonicals);
  const weights = countParts(canonicals);
  const scratch = new Uint32Array(MAX_GRAMS);
  const scores = new Float32Array(names.length);

  function near(canonical: string, atoms: Atoms | null, structure: number, limit: number): Near[] {
    const count = gramsOf(canonical, scratch);
    const { starts, members, idf, norms } = postings;
    const grams = Array.from(scratch.subarray(0, count)).sort((a, b) => sizeOf(a) - sizeOf(b));
    const touched: number[] = [];
    let own = 0;
    const [frequent, common] = [FREQUENT, COMMON].map((share) =>
      Math.max(400, names.length * share),
    );
    grams.forEach((gram, place) => {
      const weight = (idf[gram] as number) ** 2;
      const size = sizeOf(gram);
      own += weight;
      if (place > 3 && size > (common as number)) return;
      const isNew = place <= 3 || size <= (frequent as number);
      for (let at = starts[gram] as number; at < (starts[gram + 1] as number); at += 1) {
        const name = members[at] as number;
        const score = scores[name] as number;
        if (score > 0) scores[name] = score + weight;
        else if (isNew) {
          touched.push(name);
          scores[name] = weight;
        }
      }
    });
    const norm = Math.sqrt(own) || 1;
    const best = largest(
      touched,
      limit,
      (name) => (scores[name] as number) / (norms[name] as number),
    );
    const isomers = atoms
      ? compositions.having(
          atoms,
          structure,
          (name) => (scores[name] as number) / (norms[name] as number),
        )
      : [];
    for (const name of touched) scores[name] = 0;
    const found = new Map([...best, ...isomers].map(({ item, value }) => [item, value]));
    return [...found].map(([name, value]) => ({ name, cosine: Math.min(1, value / norm) }));
  }
  const sizeOf = (gram: number): number =>
    (postings.starts[gram + 1] as number) - (postings.starts[gram] as number);

  return {
    size: names.length,
    bytes:
      postings.bytes +
      spellings.bytes +
      compositions.bytes +
      scores.byteLength +
      substances.byteLength +
      counts.byteLength,
    atomsOf: compositions.of,
    structureOf: compositions.structureOf,
    ofStructure: compositions.ofStructure,
    textOf: (name) => names[name]?.text ?? '',
    canonicalOf: (name) => canonicals[name] ?? '',
    substanceOf: (name) => substances[name] ?? 0,
    namesOf: (substance) => counts[substance] ?? 0,
    exact: (canonical) => spellings.find(canonical),
    near,
    weightOf: (part) => weights.get(part) ?? (part.startsWith('?') ? unknownWeight(part) : 8),
  };
}

function countNames(substances: Uint32Array): Uint16Array {
  let last = 0;
  for (const substance of substances) last = Math.max(last, substance);
  const counts = new Uint16Array(last + 1);
  for (const substance of substances)
    counts[substance] = Math.min(0xffff, (counts[substance] as number) + 1);
  return counts;
}

const unknownWeight = (part: string): number => Math.min(9, 2 + part.length);

interface Postings {
  /** Where each gram's names begin in `members`; one more at the end. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
  readonly idf: Float32Array;
  /** The length of each name's vector. */
  readonly norms: Float32Array;
  readonly bytes: number;
}

function buildPostings(canonicals: readonly string[]): Postings {
  const scratch = new Uint32Array(MAX_GRAMS);
  const starts = new Uint32Array(GRAM_SPACE + 1);
  let all = new Uint32Array(canonicals.length * 24 + 1024);
  const counts = new Uint16Array(canonicals.length);
  let used = 0;
  canonicals.forEach((canonical, name) => {
    const count = gramsOf(canonical, scratch);
    if (used + count > all.length) all = grown(all);
    all.set(scratch.subarray(0, count), used);
    used += count;
    counts[name] = count;
    for (let i = 0; i < count; i += 1) {
      const slot = (scratch[i] as number) + 1;
      starts[slot] = (starts[slot] as number) + 1;
    }
  });
  const idf = new Float32Array(GRAM_SPACE);
  for (let gram = 0; gram < GRAM_SPACE; gram += 1) {
    idf[gram] = Math.log(1 + canonicals.length / (1 + (starts[gram + 1] as number)));
    starts[gram + 1] = (starts[gram + 1] as number) + (starts[gram] as number);
  }
  const members = new Uint32Array(used);
  const filled = starts.slice(0, GRAM_SPACE);
  const norms = new Float32Array(canonicals.length);
  let at = 0;
  for (let name = 0; name < canonicals.length; name += 1) {
    let sum = 0;
    for (let i = 0; i < (counts[name] as number); i += 1, at += 1) {
      const gram = all[at] as number;
      members[filled[gram] as number] = name;
      filled[gram] = (filled[gram] as number) + 1;
      sum += (idf[gram] as number) ** 2;
    }
    norms[name] = Math.sqrt(sum) || 1;
  }
  const bytes = starts.byteLength + members.byteLength + idf.byteLength + norms.byteLength;
  return { starts, members, idf, norms, bytes };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** A hash table from a name's letters and digits to the names spelt so: two integers a name. */
function buildSpellings(canonicals: readonly string[]) {
  const bits = Math.max(4, Math.ceil(Math.log2(canonicals.length + 1)));
  const heads = new Int32Array(2 ** bits).fill(-1);
  const next = new Int32Array(canonicals.length);
  const slotOf = (spelling: string): number => hashOf(spelling) >>> (32 - bits);
  canonicals.forEach((canonical, name) => {
    const slot = slotOf(squash(canonical));
    next[name] = heads[slot] as number;
    heads[slot] = name;
  });
  return {
    bytes: heads.byteLength + next.byteLength,
    find(canonical: string): number[] {
      const spelling = squash(canonical);
      if (spelling === '') return [];
      const found: number[] = [];
      for (let name = heads[slotOf(spelling)] as number; name >= 0; name = next[name] as number)
        if (squash(canonicals[name] ?? '') === spelling) found.push(name);
      return found.reverse();
    },
  };
}

/** How many names of the same atoms are compared, the nearest by grams. */
const ISOMERS = 24;
const MOST_ISOMERS = 4_000;
/** Names of one structure that are looked at. */
const MOST_ALIKE = 200;

/** The atoms of each name that can be read, and a hash table from the atoms to the names. */
function buildCompositions(canonicals: readonly string[]) {
  const bits = Math.max(4, Math.ceil(Math.log2(canonicals.length + 1)));
  const heads = new Int32Array(2 ** bits).fill(-1);
  const next = new Int32Array(canonicals.length);
  const heavy = new Float64Array(canonicals.length);
  const hydrogen = new Int16Array(canonicals.length);
  const structures = new Float64Array(canonicals.length);
  const slotOf = (of: number): number =>
    Math.imul((of % 0x7fff_ffff) | 0, 0x9e3779b1) >>> (32 - bits);
  canonicals.forEach((canonical, name) => {
    const atoms = compositionOfName(canonical);
    if (!atoms || atoms.heavy <= 0) return;
    heavy[name] = atoms.heavy;
    hydrogen[name] = atoms.hydrogen;
    structures[name] = structureOfName(canonical, atoms);
    const slot = slotOf(atoms.heavy);
    next[name] = heads[slot] as number;
    heads[slot] = name;
  });
  return {
    bytes:
      heads.byteLength +
      next.byteLength +
      heavy.byteLength +
      hydrogen.byteLength +
      structures.byteLength,
    structureOf: (name: number): number => structures[name] as number,
    ofStructure(atoms: Atoms, structure: number): number[] {
      const found: number[] = [];
      let at = heads[slotOf(atoms.heavy)] as number;
      for (let seen = 0; at >= 0 && seen < MOST_ISOMERS; at = next[at] as number, seen += 1)
        if (structures[at] === structure) found.push(at);
      return found.slice(0, MOST_ALIKE);
    },
    of: (name: number): Atoms | null =>
      heavy[name] === 0
        ? null
        : { heavy: heavy[name] as number, hydrogen: hydrogen[name] as number },
    having(atoms: Atoms, structure: number, weigh: (name: number) => number): Valued[] {
      const found: number[] = [];
      const same: number[] = [];
      let at = heads[slotOf(atoms.heavy)] as number;
      for (let seen = 0; at >= 0 && seen < MOST_ISOMERS; at = next[at] as number, seen += 1)
        if (heavy[at] !== atoms.heavy) continue;
        else if (structure !== 0 && structures[at] === structure) same.push(at);
        else if (hydrogen[at] === atoms.hydrogen) found.push(at);
      return [...largest(same, ISOMERS, weigh), ...largest(found, ISOMERS, weigh)];
    },
  };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
}

function countParts(canonicals: readonly string[]): Map<string, number> {
  const step = Math.max(1, Math.ceil(canonicals.length / COUNTED));
  const counts = new Map<string, number>();
  let counted = 0;
  for (let name = 0; name < canonicals.length; name += step, counted += 1)
    for (const part of new Set(takeApart(canonicals[name] ?? '').parts))
      counts.set(part, (counts.get(part) ?? 0) + 1);
  for (const [part, count] of counts) {
    if (part.startsWith('?') && count < 3) counts.delete(part);
    else counts.set(part, Math.min(9, Math.max(0.8, Math.log(1 + counted / count))));
  }
  return counts;
}

interface Valued {
  readonly item: number;
  readonly value: number;
}

/** The `limit` items with the largest values, largest first: a heap whose root is the least kept. */
function largest(
  items: readonly number[],
  limit: number,
  weigh: (item: number) => number,
): Valued[] {
  const heap: Valued[] = [];
  for (const item of items) {
    const value = weigh(item);
    if (heap.length < limit) {
      heap.push({ item, value });
      if (heap.length === limit) heap.sort((a, b) => a.value - b.value);
    } else if (value > (heap[0] as Valued).value) replaceLeast(heap, { item, value });
  }
  return heap.sort((a, b) => b.value - a.value || a.item - b.item);
}

function replaceLeast(heap: Valued[], valued: Valued): void {
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (
      child + 1 < heap.length &&
      (heap[child + 1] as Valued).value < (heap[child] as Valued).value
    )
      child += 1;
    if ((heap[child] as Valued).value >= valued.value) break;
    heap[parent] = heap[child] as Valued;
    parent = child;
  }
  heap[parent] = valued;
}

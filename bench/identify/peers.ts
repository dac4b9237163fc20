import UFuzzy from '@leeoniya/ufuzzy';
import { Document } from 'flexsearch';
import MiniSearch from 'minisearch';
import { canonical } from '../../src/contexts/chemicals/reading/canonical.ts';
import type { SourceName } from './withheld.ts';

/** A library that searches names, over the same names in the same normalised spelling. */
export interface Peer {
  readonly name: string;
  /** CAS numbers, best first, each once. */
  search(name: string): string[];
}

const WORD = /[a-z]+|\d+|\p{Script=Han}/gu;
const wordsOf = (text: string): string[] => text.match(WORD) ?? [];

export function peersOf(names: readonly SourceName[]): Peer[] {
  const texts = names.map(({ name }) => canonical(name));
  const casOf = (ids: readonly number[]): string[] => [
    ...new Set(ids.map((id) => names[id]?.cas ?? '')),
  ];
  return [miniSearch(texts, casOf), flexSearch(texts, casOf), uFuzzy(texts, casOf)];
}

type CasOf = (ids: readonly number[]) => string[];

function miniSearch(texts: readonly string[], casOf: CasOf): Peer {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: wordsOf,
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return {
    name: 'minisearch',
    search: (name) =>
      casOf(
        index
          .search(canonical(name))
          .slice(0, 50)
          .map(({ id }) => id as number),
      ),
  };
}

function flexSearch(texts: readonly string[], casOf: CasOf): Peer {
  const index = new Document({
    document: { id: 'id', index: ['text'] },
    tokenize: 'forward',
    encode: wordsOf,
  });
  texts.forEach((text, id) => {
    index.add({ id, text });
  });
  return {
    name: 'flexsearch',
    search: (name) =>
      casOf(
        index
          .search(canonical(name), { limit: 50, suggest: true })
          .flatMap(({ result }) => result as number[]),
      ),
  };
}

function uFuzzy(texts: readonly string[], casOf: CasOf): Peer {
  const haystack = [...texts];
  const search = new UFuzzy({ intraMode: 1 });
  return {
    name: 'ufuzzy',
    search(name) {
      const needle = canonical(name);
      const [ids, info, order] = search.search(haystack, needle, 1, 1_000);
      if (!ids) return [];
      const ranked = order && info ? order.map((i) => info.idx[i] ?? 0) : ids;
      return casOf(ranked.slice(0, 50));
    },
  };
}

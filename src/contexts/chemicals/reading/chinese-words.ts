import { CHAIN_ENDINGS, PREFIXES, STEMS, WORDS } from './chinese-parts.ts';

/** Two columns of a table, `甲 meth|乙 eth`: the second may have spaces. */
export const entriesOf = (table: string): [string, string][] =>
  table
    .split(/[|\n]/)
    .filter((entry) => entry.trim() !== '')
    .map((entry) => [entry.slice(0, entry.indexOf(' ')), entry.slice(entry.indexOf(' ') + 1)]);

/** A chain by itself: only before a locant, as in 丁-2-酮. */
const CHAIN = '*';
const LEXICON = new Map<string, string>();
for (const [han, english] of [...entriesOf(WORDS), ...entriesOf(PREFIXES)])
  if (!LEXICON.has(han)) LEXICON.set(han, english);
for (const [han, stem] of STEMS) {
  for (const [ending, english] of entriesOf(CHAIN_ENDINGS))
    if (!LEXICON.has(han + ending)) LEXICON.set(han + ending, stem + english);
  if (!LEXICON.has(han)) LEXICON.set(han, `${CHAIN}${stem}`);
}
const LONGEST = Math.max(...[...LEXICON.keys()].map((han) => han.length));
const WRITING = /[a-z\d ,.'()[\]+:-]/;
const MAX_WORD = 80;

/**
 * A word of substitutive nomenclature in English: Chinese names its parts in the same order. `null` where a character
 * is none of chemistry.
 */
export function englishWord(han: string): string | null {
  const tokens = han.length > MAX_WORD ? null : cut(han);
  if (!tokens) return null;
  let word = '';
  for (const [i, token] of tokens.entries()) {
    if (!token.startsWith(CHAIN)) word += parted(word, token);
    else if (tokens[i + 1]?.[0] !== '-') return null;
    else word += `${token.slice(1)}${joint(suffixAfter(tokens, i))}`;
  }
  return tidied(word);
}

/** A prefix of its own, as in 2,6-di-tert-butyl-p-cresol, has a hyphen before it. */
const parted = (word: string, token: string): string =>
  /^[a-z]+-$/.test(token) && /[a-z)]$/.test(word) ? `-${token}` : token;

const joint = (suffix: string): string =>
  /^(?:ene|yne)/.test(suffix) ? '' : /^(?:di|tri)(?:ene|yne)/.test(suffix) ? 'a' : 'an';

const suffixAfter = (tokens: readonly string[], i: number): string =>
  tokens.slice(i + 1).find((token) => /^[a-z]{2}/.test(token)) ?? '';

const tidied = (word: string): string =>
  word
    .replace(
      /(?<=[a-z])(ane|ene|yne)((?:-[\d,']+-)?)(?=(?:ol|one|al|amine|imine|yl|amide|oic|oyl)(?![a-z]*ane))/g,
      (_, bond, at) => `${bond.slice(0, 2)}${at}`,
    )
    .replace(/(?<![a-z])(di|tri|tetra)\(/g, (_, times) => `${TIMES[times]}(`)
    .replace(/(?<=[)\d])\((?=\))/g, '(')
    .replace(/--+/g, '-')
    .replace(/ {2,}/g, ' ')
    .trim();

const TIMES: Readonly<Record<string, string>> = { di: 'bis', tri: 'tris', tetra: 'tetrakis' };

/** The fewest entries of the lexicon that make up the text. */
function cut(text: string): string[] | null {
  const best: ({
    readonly cost: number;
    readonly from: number;
    readonly english: string;
  } | null)[] = new Array(text.length + 1).fill(null);
  best[0] = { cost: 0, from: 0, english: '' };
  for (let start = 0; start < text.length; start += 1) {
    const so = best[start];
    if (!so) continue;
    const offer = (end: number, cost: number, english: string): void => {
      const known = best[end];
      if (!known || so.cost + cost <= known.cost)
        best[end] = { cost: so.cost + cost, from: start, english };
    };
    const sign = text[start] ?? '';
    if (WRITING.test(sign)) {
      offer(start + 1, 0, sign);
      continue;
    }
    for (let length = 1; length <= LONGEST && start + length <= text.length; length += 1) {
      const english = LEXICON.get(text.slice(start, start + length));
      const isPlaced =
        length > 2 && text.startsWith('环氧', start) && /\d-$/.test(text.slice(0, start));
      if (english !== undefined && !isPlaced)
        offer(start + length, english.startsWith(CHAIN) ? 1.5 : 1, english);
    }
  }
  if (!best[text.length]) return null;
  const tokens: string[] = [];
  for (let end = text.length; end > 0; end = best[end]?.from ?? 0)
    tokens.push(best[end]?.english ?? '');
  return tokens.reverse();
}

/** A whole entry of the lexicon. */
export const englishEntry = (han: string): string | undefined => {
  const english = LEXICON.get(han);
  return english?.startsWith(CHAIN) ? undefined : english;
};

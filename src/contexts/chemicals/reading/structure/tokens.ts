import { cut, type Part, ringsAt } from './skeletons.ts';

/** A word of a name in the order it is read: places, parts, what stands in brackets, and breaks. */
export type Token =
  | { readonly is: 'places'; readonly places: readonly string[] }
  | { readonly is: 'part'; readonly part: Part }
  | { readonly is: 'bracket'; readonly text: string }
  | { readonly is: 'added'; readonly places: readonly string[] }
  | { readonly is: 'rings'; readonly bridges: readonly number[] };

const PLACE =
  "(?:\\d+[a-g]?(?![a-z])|(?:n|o|s|p|alpha|beta|gamma|omega)(?![a-z]))'*(?:\\(\\d+h\\))?";
const PLACES = new RegExp(`${PLACE}(?:,${PLACE})*-`, 'y');
const INDICATED = /\d+[a-h]?h(?:,\d+[a-h]?h)*-/y;
const HAND = /(?:cis|trans|rac|meso|dl|d|l|r|s|e|z|exo|endo|sym|threo|erythro|\(\+-\)|\([+-]\))-/y;
const HAND_IN_BRACKETS =
  /^(?:[\d'a-h,]*(?:[rsezdl]|cis|trans|alpha|beta)[,\d'rsez-]*|[+-]+|\d*[a-h]?h(?:,\d+h)*|[rsez]{1,2}|\d+:\d+)$/;

/** `null` where a sign or letters stand that cannot be read. */
export function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charCodeAt(at);
    const isLetter = sign >= 97 && sign <= 122;
    const end = isLetter ? endOfRun(text, at) : at;
    if (
      isLetter &&
      (end - at > 6 || !(text[end] !== undefined && BEHIND_PLACE.includes(text[end])))
    ) {
      const parts = cut(text.slice(at, end));
      if (!parts) return null;
      for (const part of parts) tokens.push({ is: 'part', part });
      at = end;
    } else if (sign === HYPHEN) at += 1;
    else {
      const to = readSigns(tokens, text, at, end);
      if (to < 0) return null;
      at = to;
    }
  }
  return tokens;
}

const HYPHEN = 45;
/** What stands behind a place or a hand, and behind few short words else. */
const BEHIND_PLACE = "-,'(";

/** Places, hands, brackets, and short words before a hyphen; answers where it ends, -1 where it is none of them. */
function readSigns(tokens: Token[], text: string, at: number, endOfWord: number): number {
  const found = match(PLACES, text, at);
  if (found !== null) {
    const ring = ringWithPlaces(text, at, found);
    const added = [...found.matchAll(/(\d+)h\)/g)].map(([, place = '']) => place);
    if (added.length > 0) tokens.push({ is: 'added', places: added });
    tokens.push(ring ? { is: 'part', part: ring.part } : { is: 'places', places: placesIn(found) });
    return ring ? ring.end : at + found.length;
  }
  const left = match(INDICATED, text, at) ?? match(HAND, text, at);
  if (left !== null) return at + left.length;
  if (endOfWord > at) {
    const parts = cut(text.slice(at, endOfWord));
    if (!parts) return -1;
    for (const part of parts) tokens.push({ is: 'part', part });
    return endOfWord;
  }
  if (!'([{'.includes(text[at] as string)) return -1;
  const end = closing(text, at);
  if (end < 0) return -1;
  bracket(tokens, text.slice(at + 1, end));
  return end + 1;
}

function bracket(tokens: Token[], inner: string): void {
  if (/^\d+(?:\.\d+){2}$/.test(inner))
    tokens.push({ is: 'rings', bridges: inner.split('.').map(Number) });
  else if (!HAND_IN_BRACKETS.test(inner)) tokens.push({ is: 'bracket', text: inner });
}

const match = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

/** `1,3-dioxolan`: the places belong to the ring's own name. */
function ringWithPlaces(
  text: string,
  at: number,
  found: string,
): { part: Part; end: number } | null {
  const start = at + found.length;
  const end = endOfRun(text, start);
  const known = ringsAt(found);
  if (!known) return null;
  for (const { name, part } of known)
    if (end >= at + name.length && text.startsWith(name, at))
      return { part, end: at + name.length };
  return null;
}

const placesIn = (found: string): string[] =>
  found
    .slice(0, -1)
    .replace(/\(\d+h\)/g, '')
    .split(',');

function endOfRun(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) >= 97 && text.charCodeAt(end) <= 122) end += 1;
  return end;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if ('([{'.includes(text[at] as string)) depth += 1;
    else if (')]}'.includes(text[at] as string)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

import { distance } from 'fastest-levenshtein';
import type { Problems } from './problems.ts';
import { type Element, keyOf, placeOf } from './xml.ts';

/**
 * Gives misspelt elements the name they were meant to have: the one word of the standard that is a letter
 * away, or two where the word is long. Names with digits are codes and are left alone: `INV211` is no
 * slip of `INV201`. The standards misspell words themselves (`DelcareFlag`, `acturalPaid`), so that
 * a sender who spells well is understood here too.
 */
export function mendSpelling(
  roots: readonly Element[],
  words: Vocabulary,
  problems: Problems,
): void {
  const meant = new Map<string, string | null>();
  const mend = (element: Element): void => {
    let mended = meant.get(element.key);
    if (mended === undefined) {
      mended = meant.size < WORDS_MAX ? nearest(element.key, words) : null;
      meant.set(element.key, mended);
      if (mended !== null) {
        problems.warning('messages.misspelt', () => placeOf(element), {
          seen: element.name,
          params: { meant: words.names.get(mended) ?? mended },
        });
      }
    }
    if (mended !== null) element.key = mended;
  };
  const visit = (element: Element): void => {
    if (!isAmong(words, element)) mend(element);
    for (const child of element.children) visit(child);
  };
  for (const root of roots) visit(root);
}

function isAmong(words: Vocabulary, { key, word }: Element): boolean {
  if (key !== word.key) return words.names.has(key);
  if (word.foundIn === words) return true;
  if (!words.names.has(key)) return false;
  word.foundIn = words;
  return true;
}

/** Most unknown names that are looked at; a message that has more does not misspell, it is another thing. */
const WORDS_MAX = 300;
const SHORTEST = 6;
const LONGEST = 60;
const LONG = 9;

function nearest(key: string, { byLength }: Vocabulary): string | null {
  if (key.length < SHORTEST || key.length > LONGEST || /\d/.test(key)) return null;
  const allowed = key.length >= LONG ? 2 : 1;
  let best = allowed + 1;
  let found: string | null = null;
  for (let length = key.length - allowed; length <= key.length + allowed; length += 1) {
    for (const word of byLength.get(length) ?? []) {
      const apart = distance(key, word);
      if (apart < best) {
        best = apart;
        found = word;
      } else if (apart === best) found = null;
    }
  }
  return found;
}

/** The words of a standard by their keys, and those that can be misspelt by their length. */
export interface Vocabulary {
  readonly names: ReadonlyMap<string, string>;
  readonly byLength: ReadonlyMap<number, readonly string[]>;
}

export function vocabularyOf(words: Iterable<string>): Vocabulary {
  const names = new Map([...words].map((word) => [keyOf(word), word]));
  const byLength = new Map<number, string[]>();
  for (const key of names.keys()) {
    if (/\d/.test(key)) continue;
    byLength.set(key.length, [...(byLength.get(key.length) ?? []), key]);
  }
  return { names, byLength };
}

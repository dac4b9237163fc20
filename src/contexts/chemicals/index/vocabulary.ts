import { distance } from 'fastest-levenshtein';
import { compositionOfName } from '../reading/composition.ts';
import { segment } from '../reading/morphemes.ts';

/** The words of all names, to tell a slip of the pen from a word that means something. */
export interface Vocabulary {
  /** The text with each word that is a slip put right; `null` where none is, or it is not clear of what. */
  corrected(text: string): string | null;
}

const SHORTEST = 5;
/** From this length two slips in a word are still the same word. */
const LONG = 13;
const WORD = /[a-z]{5,}/g;

/** Gathers the words of normalised names. */
export function gatherVocabulary(count: number, spelt: (name: number) => string): Vocabulary {
  const known = new Map<string, number>();
  for (let name = 0; name < count; name += 1)
    for (const [word] of spelt(name).matchAll(WORD)) known.set(word, (known.get(word) ?? 0) + 1);
  const words = groupByEdge(known.keys());

  function meantBy(word: string): string | null {
    if (word.length < SHORTEST || word.length > 60 || known.has(word)) return null;
    const parts = segment(word);
    const isWellFormed = parts.every((part) => !part.startsWith('?'));
    const allowed = word.length >= LONG && !isWellFormed ? 2 : 1;
    let best: { word: string; slips: number; count: number } | null = null;
    let isClear = true;
    for (let length = word.length - allowed; length <= word.length + allowed; length += 1)
      for (const other of words(length, word)) {
        const slips = slipsBetween(word, other);
        if (slips > allowed || (best && slips > best.slips)) continue;
        if (isWellFormed && meansOther(parts, segment(other))) continue;
        const count = known.get(other) ?? 0;
        if (best && best.slips === slips) {
          isClear = count >= 3 * best.count || best.count >= 3 * count;
          if (count < best.count) continue;
        } else isClear = true;
        best = { word: other, slips, count };
      }
    return best && isClear && !areOtherAtoms(word, best.word) ? best.word : null;
  }

  return {
    corrected(text) {
      let isChanged = false;
      const right = text.replace(/[a-z]{3,}/g, (word) => {
        const meant = isAcid(word, text) ? 'acid' : meantBy(word);
        if (meant !== null) isChanged = true;
        return meant ?? word;
      });
      return isChanged ? right : null;
    },
  };
}

/** Words of a length that begin or end as a given word does: a slip leaves one of its ends right. */
function groupByEdge(words: Iterable<string>) {
  const groups = new Map<string, string[]>();
  const put = (key: string, word: string): void => {
    const group = groups.get(key);
    if (group) group.push(word);
    else groups.set(key, [word]);
  };
  for (const word of words) {
    put(`${word.length}^${word[0]}`, word);
    put(`${word.length}${word.at(-1)}$`, word);
  }
  return function* (length: number, word: string): Iterable<string> {
    yield* groups.get(`${length}^${word[0]}`) ?? [];
    for (const other of groups.get(`${length}${word.at(-1)}$`) ?? [])
      if (other[0] !== word[0]) yield other;
  };
}

/** Two words whose atoms are known and differ are two substances: `nonanone` is no slip for `nonenone`. */
function areOtherAtoms(a: string, b: string): boolean {
  const [left, right] = [compositionOfName(a), compositionOfName(b)];
  return (
    left !== null &&
    right !== null &&
    (left.heavy !== right.heavy || left.hydrogen !== right.hydrogen)
  );
}

/** Whether two words of known parts differ in what they mean, not in a letter too many: `ethyl` is no slip for `methyl`. */
function meansOther(a: readonly string[], b: readonly string[]): boolean {
  const weighty = (of: readonly string[], but: readonly string[]): string[] =>
    of.filter((part) => part.length > 2 && !but.includes(part));
  const [left, right] = [weighty(a, b), weighty(b, a)];
  return left.some((one) =>
    right.some((other) => !one.startsWith(other) && !other.startsWith(one)),
  );
}

/** The commonest short word of names, last but for a form: `aicd`, `acd`. */
const isAcid = (word: string, text: string): boolean =>
  word.length < 6 &&
  word !== 'acid' &&
  text.endsWith(` ${word}`) &&
  slipsBetween(word, 'acid') === 1;

/** Letters put in, left out or changed; two neighbours exchanged are one slip. */
function slipsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  if (edits !== 2 || a.length !== b.length) return edits;
  let first = 0;
  while (a[first] === b[first]) first += 1;
  const isExchange = a[first] === b[first + 1] && a[first + 1] === b[first];
  return isExchange && a.slice(first + 2) === b.slice(first + 2) ? 1 : edits;
}

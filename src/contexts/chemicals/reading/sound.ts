/**
 * A name as it sounds, in whichever European language it is spelt and however often a letter is doubled: `saccharina` as
 * `saccharin`, `fosforpentachlorid` as `phosphorus pentachloride` but for its middle. Of a name in canonical spelling; what
 * sounds alike may still be two substances.
 */
export function soundOf(canonical: string): string {
  let sound = '';
  for (const [word] of canonical.matchAll(WORD)) sound += soundOfWord(word);
  return sound;
}

const WORD = /[a-z]+|\d+|\p{Script=Han}/gu;

const known = new Map<string, string>();
/** Words that are kept in mind, no more than these. */
const MOST_KNOWN = 20_000;

function soundOfWord(word: string): string {
  const heard = known.get(word);
  if (heard !== undefined) return heard;
  const sound = word
    .replace(/ae|oe/g, 'e')
    .replace(/ph/g, 'f')
    .replace(/c(?=[eiy])|z/g, 's')
    .replace(/ck|[kq]/g, 'c')
    .replace(/[yj]/g, 'i')
    .replace(/h/g, '')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=..)(?:[aeiou]+|um|us|en)$/, '');
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(word, sound);
  return sound;
}

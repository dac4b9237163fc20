/** Digits, the 26 letters and one for everything else that is not Han. */
const SIGNS = 37;
const LATIN_GRAMS = SIGNS ** 3;
const HASHED_BITS = 17;
/** How many different grams there can be: Latin trigrams each in its place, Han and locants hashed. */
export const GRAM_SPACE = LATIN_GRAMS + 2 ** HASHED_BITS;

const hashed = (a: number, b: number): number =>
  LATIN_GRAMS +
  ((Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) >>> (32 - HASHED_BITS)) >>> 0);

const signOf = (code: number): number => {
  if (code >= 97 && code <= 122) return code - 96;
  if (code >= 48 && code <= 57) return code - 48 + 27;
  return 0;
};

/**
 * The grams of a name in canonical spelling, each once: trigrams of its letters with an edge before and
 * after, Han characters singly and in pairs, and its locants each by itself, so that `2-propanol` and
 * `propan-2-ol` have the same. Written to `into`; answers how many.
 */
export function gramsOf(name: string, into: Uint32Array): number {
  let count = 0;
  let a = 0;
  let b = 0;
  let han = 0;
  let digits = 0;
  let letters = 0;
  const add = (gram: number): void => {
    if (count < into.length) {
      into[count] = gram;
      count += 1;
    }
  };
  for (let i = 0; i <= name.length; i += 1) {
    const code = i < name.length ? name.charCodeAt(i) : 0;
    const isDigit = code >= 48 && code <= 57;
    if (isDigit) {
      digits = digits * 10 + code - 48;
      continue;
    }
    if (digits > 0) add(hashed(7, digits % 1000));
    digits = 0;
    if (code >= 97 && code <= 122) {
      const c = signOf(code);
      add((a * SIGNS + b) * SIGNS + c);
      a = b;
      b = c;
      han = 0;
      letters += 1;
    } else if (code > 0x2e7f) {
      add(hashed(1, code));
      if (han !== 0) add(hashed(han, code));
      han = code;
    }
  }
  if (letters > 0) add((a * SIGNS + b) * SIGNS);
  return uniqueOf(into, count);
}

function uniqueOf(grams: Uint32Array, count: number): number {
  const sorted = grams.subarray(0, count).sort();
  let kept = 0;
  for (let i = 0; i < count; i += 1) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) {
      grams[kept] = sorted[i] as number;
      kept += 1;
    }
  }
  return kept;
}

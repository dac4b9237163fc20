import type { FactValue } from '../../facts/index.ts';
import type { KeyPart } from './contract.ts';

/** Digits by which two computed amounts count as the same: a price per kilogram carries rounding dust. */
const AMOUNT_DIGITS = 9;

/** A fact's value as a word of a key. Missing is a word of its own: `null`. */
export function wordOf(value: FactValue | undefined, characters: number | null): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return Number.isSafeInteger(value)
      ? String(value)
      : String(Number(value.toPrecision(AMOUNT_DIGITS)));
  }
  const word = String(value);
  return characters === null ? word : word.slice(0, characters);
}

export const partName = ({ fact, characters }: KeyPart): string =>
  characters === null ? fact : `${fact}:${characters}`;

/** The words of one part, numbered from 1; 0 is a missing value, -1 a word never seen. */
export interface Dictionary {
  codeOf(word: string | null): number;
}

export function createDictionary(words: readonly string[]): Dictionary {
  const codes = new Map(words.map((word, index) => [word, index + 1]));
  return { codeOf: (word) => (word === null ? 0 : (codes.get(word) ?? -1)) };
}

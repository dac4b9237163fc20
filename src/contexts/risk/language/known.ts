import { isLocalDate } from '../../../kernel/dates.ts';
import type { FactType, FactValue } from '../../facts/index.ts';

/**
 * Whether a value is a fact of this type. Anything else is *missing*: nothing, `null`, a number
 * that is none or has no end, a text where a number belongs. The one notion of missing that all
 * ways of evaluating a rule share.
 */
export function isKnown(type: FactType, value: FactValue | undefined): boolean {
  switch (type) {
    case 'number':
      return Number.isFinite(value);
    case 'integer':
      return Number.isSafeInteger(value);
    case 'text':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isLocalDate(value);
  }
}

/** How many characters a text has as CEL counts them: 𠀀 is one, though JavaScript says two. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at += 1)
    if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) count -= 1;
  return count;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

import type { Problem } from './scope.ts';

/** What a text literal says, where it ends, and what is wrong with it. */
export interface TextLiteral {
  readonly value: string;
  readonly to: number;
  readonly faults: readonly Problem[];
}

const START = /([bBrR]{0,2})("""|'''|"|')/y;
const ESCAPE =
  /\\(?:[xX][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-3][0-7]{2}|[abfnrtv\\?"'`])/y;
const SINGLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * Reads CEL's text literals, all forms of them: either quote, once or thrice, raw or with escapes;
 * `null` when none starts here. A literal that is not closed ends with its line, or with the text
 * when its quotes are threefold.
 */
export function readText(text: string, at: number): TextLiteral | null {
  START.lastIndex = at;
  const start = START.exec(text);
  if (!start) return null;
  const [opening, letters = '', quote = ''] = start;
  const isRaw = /r/i.test(letters);
  const faults: Problem[] = [];
  const fault = (code: string, from: number, to: number, params: Problem['params'] = {}): void => {
    faults.push({ code, from, to, params });
  };
  if (letters !== '' && !/^r$/i.test(letters))
    fault('risk.rule_outside_language', at, at + letters.length, { seen: letters });

  let value = '';
  let here = at + opening.length;
  while (!text.startsWith(quote, here)) {
    const character = text.charAt(here);
    const isOver = character === '' || (quote.length === 1 && /[\n\r]/.test(character));
    if (isOver) {
      fault('risk.rule_text_not_closed', at, here, { quote });
      return { value, to: here, faults };
    }
    if (character !== '\\' || isRaw) {
      value += character;
      here += 1;
      continue;
    }
    ESCAPE.lastIndex = here;
    const written = ESCAPE.exec(text)?.[0];
    const meant = written === undefined ? null : meaningOf(written);
    const to = here + (written?.length ?? 2);
    if (meant === null) fault('risk.rule_escape', here, to, { seen: text.slice(here, to) });
    value += meant ?? '';
    here = to;
  }
  if (/\p{Surrogate}/u.test(value)) fault('risk.rule_text_malformed', at, here + quote.length);
  return { value, to: here + quote.length, faults };
}

/** What an escape stands for; `null` when that is no character: a surrogate, or beyond the last. */
function meaningOf(written: string): string | null {
  const letter = written.charAt(1);
  if (/[xXuU]/.test(letter)) return character(Number.parseInt(written.slice(2), 16));
  if (/[0-3]/.test(letter)) return character(Number.parseInt(written.slice(1), 8));
  return SINGLE[letter] ?? letter;
}

function character(codePoint: number): string | null {
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return isSurrogate || codePoint > 0x10ffff ? null : String.fromCodePoint(codePoint);
}

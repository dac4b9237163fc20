import type { Problem } from './scope.ts';
import { readText } from './text-literal.ts';

/** A piece of the text, with its place in UTF-16 units. */
export type Token = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'name' | 'symbol'; readonly text: string }
  | { readonly kind: 'number' | 'integer'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'end' }
);

const BLANK = /(?:[ \t\n\f\r]|\/\/[^\n]*)+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
/** The letters that follow a number at once belong to it, and make it none: `5u`, `12kg`. */
const NUMBER =
  /(?:0[xX][0-9A-Fa-f]+|[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+(?:[eE][+-]?[0-9]+)?)([A-Za-z_]\w*)?/y;
const WHOLE = /^(?:0[xX][0-9A-Fa-f]+|[0-9]+)$/;
const SYMBOL = /&&|\|\||==|!=|<=|>=|[-+*/%<>!()[\]{},.?:]/y;

/**
 * Cuts a text into tokens. What cannot be read is a problem at its place, and the rest is read on,
 * so that an author sees all of them at once. The last token is always the end.
 */
export function tokenise(text: string): { tokens: Token[]; problems: Problem[] } {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  let at = 0;

  const match = (shape: RegExp): RegExpExecArray | null => {
    shape.lastIndex = at;
    return shape.exec(text);
  };
  const problem = (code: string, to: number, params: Problem['params']): void => {
    problems.push({ code, from: at, to, params });
  };

  while (true) {
    at += match(BLANK)?.[0].length ?? 0;
    if (at >= text.length) break;
    const from = at;

    const literal = readText(text, at);
    if (literal) {
      problems.push(...literal.faults);
      at = literal.to;
      tokens.push({ kind: 'text', value: literal.value, from, to: at });
      continue;
    }

    const number = match(NUMBER);
    if (number) {
      const [digits, tail] = number;
      const to = from + digits.length;
      const kind = WHOLE.test(digits) ? 'integer' : 'number';
      const value = Number(digits);
      const limit = kind === 'integer' ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
      if (tail) problem('risk.rule_number', to, { seen: digits });
      else if (value > limit) problem('risk.rule_number_too_large', to, { limit });
      at = to;
      tokens.push({ kind, value, from, to });
      continue;
    }

    const word = match(NAME) ?? match(SYMBOL);
    if (word) {
      at += word[0].length;
      const kind = /^[A-Za-z_]/.test(word[0]) ? 'name' : 'symbol';
      tokens.push({ kind, text: word[0], from, to: at });
      continue;
    }

    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    problem('risk.rule_character', at + character.length, { seen: character });
    at += character.length;
  }
  tokens.push({ kind: 'end', from: text.length, to: text.length });
  return { tokens, problems };
}

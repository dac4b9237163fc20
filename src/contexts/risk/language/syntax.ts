/**
 * A text as it was written: no names looked up, no types known. Every node has its place, so that
 * the checker can say where something is wrong.
 */
export type Syntax = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'number' | 'integer'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Syntax[] }
  /** A dotted name: `goods.hs6`. */
  | { readonly kind: 'name'; readonly name: string }
  /** `size(x)`; with a target, `x.startsWith(y)`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly target: Syntax | null;
      readonly arguments: readonly Syntax[];
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Syntax }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Syntax;
      readonly right: Syntax;
    }
  /** Two operands or more: a chain of one operator is one node, however long. */
  | {
      readonly kind: 'chain';
      readonly operator: '&&' | '||';
      readonly operands: readonly Syntax[];
    }
);

export type BinaryOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/';

export const MAX_CHARACTERS = 10_000;
export const MAX_NESTING = 64;
export const MAX_NODES = 2_000;
export const MAX_LIST_ITEMS = 200;

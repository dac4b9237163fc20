import type { FactType } from '../../facts/index.ts';

/** Raised when the meaning of a text changes; whoever keeps a rule keeps this beside its text. */
export const LANGUAGE_VERSION = 1;

/**
 * A checked rule: a question about facts whose answer is true, false or unknown. Only the checker
 * makes one, so every emitter may rely on types that agree, on facts and lists that exist, and on
 * divisors that are not zero wherever the quotient matters. It is plain JSON, and holds no places
 * of the text: two texts of one meaning and layout apart have one expression.
 */
export type Expression =
  | Question
  | { readonly kind: 'not'; readonly operand: Expression }
  /** Two operands or more, none of them of the same kind: `a && (b && c)` has three. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Expression[] };

/** A part of a rule that no `!`, `&&` or `||` holds together. */
export type Question =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** A boolean fact, standing for itself. */
  | { readonly kind: 'flag'; readonly fact: string }
  /** Whether the fact is known, as a value of its type; never unknown itself. */
  | { readonly kind: 'has'; readonly type: FactType; readonly fact: string }
  | Comparison
  | TextTest
  /** The name of the list stands without its `lists.` */
  | { readonly kind: 'inList'; readonly value: Value; readonly list: string }
  | { readonly kind: 'oneOf'; readonly value: Value; readonly values: readonly Literal[] };

/**
 * Both sides are of one type, but that a literal may be an integer beside a number or a number
 * beside an integer: `declaration.netMass > 5`, `declaration.lines < 2.5`.
 */
export interface Comparison {
  readonly kind: 'compare';
  /** Texts know `==` and `!=` only. */
  readonly operator: ComparisonOperator;
  readonly left: Value;
  readonly right: Value;
}

export interface TextTest {
  readonly kind: 'textTest';
  readonly test: TextTestName;
  readonly text: Value;
  readonly part: Value;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type TextTestName = 'startsWith' | 'endsWith' | 'contains';
export type ArithmeticOperator = '+' | '-' | '*' | '/';

/** The type of a value, in the words of the vocabulary. CEL calls them double, int, string, timestamp. */
export type ValueType = Exclude<FactType, 'boolean'>;

/** Something to compare. */
export type Value =
  | Literal
  | { readonly kind: 'fact'; readonly type: ValueType; readonly fact: string }
  | {
      readonly kind: 'arithmetic';
      readonly type: 'number';
      readonly operator: ArithmeticOperator;
      readonly left: Value;
      readonly right: Value;
    }
  | { readonly kind: 'negate'; readonly type: 'number'; readonly operand: Value }
  /** `double(declaration.lines)`: an integer as a number, to calculate with. */
  | { readonly kind: 'toNumber'; readonly type: 'number'; readonly operand: Value }
  /** The length of a text in code points. */
  | { readonly kind: 'size'; readonly type: 'integer'; readonly text: Value };

/** Numbers are finite and never −0; integers are safe; a date is a `LocalDate`; texts are well formed. */
export type Literal =
  | { readonly kind: 'literal'; readonly type: 'number' | 'integer'; readonly value: number }
  | { readonly kind: 'literal'; readonly type: 'text' | 'date'; readonly value: string };

/** The parts of a node in the order of the text. */
export function partsOf(node: Expression | Value): readonly (Expression | Value)[] {
  switch (node.kind) {
    case 'constant':
    case 'flag':
    case 'has':
    case 'literal':
    case 'fact':
      return [];
    case 'not':
    case 'negate':
    case 'toNumber':
      return [node.operand];
    case 'and':
    case 'or':
      return node.operands;
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right];
    case 'textTest':
      return [node.text, node.part];
    case 'inList':
      return [node.value];
    case 'oneOf':
      return [node.value, ...node.values];
    case 'size':
      return [node.text];
  }
}

/** Every fact the rule speaks of, in the order of the text. */
export const factsOf = (expression: Expression): readonly string[] => [
  ...typesOf(expression).keys(),
];

/**
 * The facts whose absence can leave the rule, or a value, unknown: those it reads. A fact that is
 * only asked for with `has()` is not among them.
 */
export const readsOf = (node: Expression | Value): readonly string[] =>
  collect(node, (part) => (part.kind === 'fact' || part.kind === 'flag' ? part.fact : null));

/** Every fact the rule speaks of, with the type it takes the fact to have. */
export function typesOf(expression: Expression): ReadonlyMap<string, FactType> {
  const types = new Map<string, FactType>();
  const visit = (node: Expression | Value): void => {
    if (node.kind === 'fact' || node.kind === 'has') types.set(node.fact, node.type);
    if (node.kind === 'flag') types.set(node.fact, 'boolean');
    partsOf(node).forEach(visit);
  };
  visit(expression);
  return types;
}

/** Every named list the rule asks, in the order of the text. */
export const listsOf = (expression: Expression): readonly string[] =>
  collect(expression, (node) => (node.kind === 'inList' ? node.list : null));

/** How many nodes an expression has: what it costs to keep, to read and to compile. */
export function sizeOf(node: Expression | Value): number {
  return partsOf(node).reduce((sum, part) => sum + sizeOf(part), 1);
}

function collect(
  root: Expression | Value,
  nameOf: (node: Expression | Value) => string | null,
): readonly string[] {
  const names = new Set<string>();
  const visit = (node: Expression | Value): void => {
    const name = nameOf(node);
    if (name !== null) names.add(name);
    partsOf(node).forEach(visit);
  };
  visit(root);
  return [...names];
}

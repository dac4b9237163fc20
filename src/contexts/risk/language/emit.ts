import { type Expression, type Question, readsOf, type Value } from './ast.ts';

/** How generated code names what it works with. */
export interface Names {
  /** The value of a fact that is known. */
  fact(name: string): string;
  literal(value: string | number): string;
  /** A list's values, as a Set. */
  list(name: string): string;
  /** A condition that holds when none of these facts is missing. */
  known(reads: readonly string[]): string;
}

/** Every question an expression asks, in the order of the text. */
export function questionsOf(expression: Expression): readonly Question[] {
  switch (expression.kind) {
    case 'not':
      return questionsOf(expression.operand);
    case 'and':
    case 'or':
      return expression.operands.flatMap(questionsOf);
    default:
      return [expression];
  }
}

/** True or not, as JavaScript: the meaning of an expression none of whose facts is missing. */
export function plainCode(expression: Expression, names: Names): string {
  switch (expression.kind) {
    case 'not':
      return `!${plainCode(expression.operand, names)}`;
    case 'and':
    case 'or':
      return joined(
        expression.kind,
        expression.operands.map((operand) => plainCode(operand, names)),
      );
    default:
      return questionCode(expression, names);
  }
}

/**
 * True, false or `null` for unknown. Where nothing is missing it is an ordinary condition; only where
 * something is, it is asked twice, whether it is certainly true and whether it is certainly false.
 */
export function truthCode(expression: Expression, names: Names): string {
  const plain = plainCode(expression, names);
  const reads = readsOf(expression);
  if (reads.length === 0) return plain;
  const [isTrue, isFalse] = [true, false].map((outcome) => certainCode(expression, outcome, names));
  return `${names.known(reads)} ? ${plain} : ${isTrue} ? true : ${isFalse} ? false : null`;
}

/**
 * Whether the expression has this outcome for certain, whatever the missing facts may be. Asked for
 * both outcomes this is Kleene's logic in ordinary conditions: neither holds where it is unknown.
 */
function certainCode(expression: Expression, outcome: boolean, names: Names): string {
  switch (expression.kind) {
    case 'not':
      return certainCode(expression.operand, !outcome, names);
    case 'and':
    case 'or': {
      const parts = expression.operands.map((operand) => certainCode(operand, outcome, names));
      return joined(outcome === (expression.kind === 'and') ? 'and' : 'or', parts);
    }
    default: {
      const code = questionCode(expression, names);
      const decided = outcome ? code : `!${code}`;
      const reads = readsOf(expression);
      return reads.length === 0 ? decided : joined('and', [names.known(reads), decided]);
    }
  }
}

/** A question written out; like all code here it is whole in itself and needs no brackets around. */
export function questionCode(question: Question, names: Names): string {
  switch (question.kind) {
    case 'constant':
      return String(question.value);
    case 'flag':
      return names.fact(question.fact);
    case 'has':
      return names.known([question.fact]);
    case 'compare': {
      const { operator } = question;
      const sign = operator === '==' || operator === '!=' ? `${operator}=` : operator;
      return `(${valueCode(question.left, names)} ${sign} ${valueCode(question.right, names)})`;
    }
    case 'textTest': {
      const test = question.test === 'contains' ? 'includes' : question.test;
      return `${valueCode(question.text, names)}.${test}(${valueCode(question.part, names)})`;
    }
    case 'inList':
      return `${names.list(question.list)}.has(${valueCode(question.value, names)})`;
    case 'oneOf': {
      const value = valueCode(question.value, names);
      const tests = question.values.map((each) => `${value} === ${valueCode(each, names)}`);
      return joined('or', tests);
    }
  }
}

function valueCode(value: Value, names: Names): string {
  switch (value.kind) {
    case 'literal':
      return names.literal(value.value);
    case 'fact':
      return names.fact(value.fact);
    case 'arithmetic':
      return `(${valueCode(value.left, names)} ${value.operator} ${valueCode(value.right, names)})`;
    case 'negate':
      return `(-${valueCode(value.operand, names)})`;
    case 'toNumber':
      return valueCode(value.operand, names);
    case 'size':
      return `size(${valueCode(value.text, names)})`;
  }
}

/** The value itself, written into the source. */
export const literalCode = (value: string | number): string =>
  typeof value === 'string' ? quote(value) : `(${value})`;

const joined = (kind: 'and' | 'or', parts: readonly string[]): string =>
  `(${parts.join(kind === 'and' ? ' && ' : ' || ')})`;

/** As a literal of JavaScript. Two separators of Unicode could end a line there, but not in JSON. */
export const quote = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

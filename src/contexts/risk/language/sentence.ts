import type { Label } from '../../facts/index.ts';
import type { Comparison, Expression, Literal, Value } from './ast.ts';
import { inverseOf } from './guard.ts';
import type { Scope } from './scope.ts';
import { english, mandarin, type Wording } from './wording.ts';

/** A rule, or a part of one, read aloud in both languages, with the labels and units of its facts. */
export const sentenceOf = (node: Expression | Value, scope: Scope): Label => ({
  zh: say(node, mandarin, scope),
  en: say(node, english, scope),
});

const say = (node: Expression | Value, words: Wording, scope: Scope): string =>
  isValue(node) ? sayValue(node, words, scope) : sayCondition(node, true, words, scope);

/** Says that a condition holds, or that it does not: languages negate a verb, not a sentence. */
function sayCondition(
  expression: Expression,
  holds: boolean,
  words: Wording,
  scope: Scope,
): string {
  const value = (node: Value): string => sayValue(node, words, scope);
  const label = (fact: string): string => labelOf(fact, words, scope);
  switch (expression.kind) {
    case 'constant':
      return words.constant(expression.value === holds);
    case 'flag':
      return words.flag(label(expression.fact), holds);
    case 'has':
      return words.has(label(expression.fact), holds);
    case 'not':
      return sayCondition(expression.operand, !holds, words, scope);
    case 'and':
    case 'or': {
      const operands = expression.operands.map((operand) => {
        const text = sayCondition(operand, true, words, scope);
        return operand.kind === 'and' || operand.kind === 'or' ? words.bracket(text) : text;
      });
      const text = operands.join(words.joint[expression.kind]);
      return holds ? text : words.deny(text);
    }
    case 'compare':
      return sayComparison(expression, holds, words, scope);
    case 'textTest':
      return words.textTest(expression.test, value(expression.text), value(expression.part), holds);
    case 'inList':
      return words.inList(value(expression.value), expression.list, holds);
    case 'oneOf': {
      const unit = unitOf(expression.value, scope);
      const values = expression.values.map((each) => sayLiteral(each, unit, words));
      return words.oneOf(value(expression.value), values, holds);
    }
  }
}

function sayComparison(
  { operator, left, right }: Comparison,
  holds: boolean,
  words: Wording,
  scope: Scope,
): string {
  const side = (value: Value, other: Value): string =>
    value.kind === 'literal'
      ? sayLiteral(value, unitOf(other, scope), words)
      : sayValue(value, words, scope);
  const sign = holds ? operator : inverseOf(operator);
  const type = left.kind === 'literal' ? right.type : left.type;
  return words.compare(side(left, right), type, sign, side(right, left));
}

function sayValue(value: Value, words: Wording, scope: Scope): string {
  const inner = (operand: Value): string => {
    const text = sayValue(operand, words, scope);
    return operand.kind === 'arithmetic' || operand.kind === 'negate' ? words.bracket(text) : text;
  };
  switch (value.kind) {
    case 'literal':
      return sayLiteral(value, null, words);
    case 'fact':
      return labelOf(value.fact, words, scope);
    case 'arithmetic': {
      const { operator, left, right } = value;
      if (operator === '*' && right.kind === 'literal')
        return words.times(inner(left), Number(right.value));
      if (operator === '*' && left.kind === 'literal')
        return words.times(inner(right), Number(left.value));
      return words.arithmetic(operator, inner(left), inner(right));
    }
    case 'negate':
      return words.negate(inner(value.operand));
    case 'toNumber':
      return sayValue(value.operand, words, scope);
    case 'size':
      return words.size(inner(value.text));
  }
}

function sayLiteral(literal: Literal, unit: string | null, words: Wording): string {
  switch (literal.type) {
    case 'number':
    case 'integer':
      return words.amount(literal.value, unit);
    case 'text':
      return words.quote(literal.value);
    case 'date':
      return words.day(literal.value);
  }
}

const labelOf = (fact: string, words: Wording, scope: Scope): string =>
  scope.facts.get(fact)?.label[words.language] ?? fact;

/** What a figure beside this value is counted in. */
const unitOf = (value: Value, scope: Scope): string | null =>
  value.kind === 'fact' ? (scope.facts.get(value.fact)?.unit ?? null) : null;

const isValue = (node: Expression | Value): node is Value =>
  node.kind === 'literal' ||
  node.kind === 'fact' ||
  node.kind === 'arithmetic' ||
  node.kind === 'negate' ||
  node.kind === 'toNumber' ||
  node.kind === 'size';

import type { FactSet } from '../../facts/index.ts';
import {
  type ArithmeticOperator,
  type ComparisonOperator,
  type Expression,
  readsOf,
  type TextTestName,
  typesOf,
  type Value,
} from './ast.ts';
import { codePoints, isKnown } from './known.ts';
import type { Lists } from './scope.ts';

/** What a rule, or a part of one, says of one set of facts; `null` is unknown. */
export type Truth = boolean | null;

export interface Verdict {
  readonly outcome: Truth;
  /** For an unknown outcome, the facts it reads that were missing; else nothing. */
  readonly missing: readonly string[];
}

/**
 * What a rule means, said as plainly as can be. Every emitter is tested against this, and the
 * explanation an officer reads is made of it; where many decisions are made, the emitters are used.
 */
export function evaluateRule(expression: Expression, facts: FactSet, lists: Lists): Verdict {
  const outcome = truthOf(expression, facts, lists);
  if (outcome !== null) return { outcome, missing: [] };
  const types = typesOf(expression);
  const missing = readsOf(expression).filter((name) => {
    const type = types.get(name);
    return type !== undefined && !isKnown(type, facts[name]);
  });
  return { outcome, missing };
}

/** Kleene's logic: an unknown operand leaves the whole unknown unless another one decides it. */
export function truthOf(expression: Expression, facts: FactSet, lists: Lists): Truth {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'flag': {
      const value = facts[expression.fact];
      return typeof value === 'boolean' ? value : null;
    }
    case 'has':
      return isKnown(expression.type, facts[expression.fact]);
    case 'not': {
      const outcome = truthOf(expression.operand, facts, lists);
      return outcome === null ? null : !outcome;
    }
    case 'and':
    case 'or': {
      const deciding = expression.kind === 'or';
      const outcomes = expression.operands.map((operand) => truthOf(operand, facts, lists));
      if (outcomes.includes(deciding)) return deciding;
      return outcomes.includes(null) ? null : !deciding;
    }
    case 'compare': {
      const left = resolve(expression.left, facts);
      const right = resolve(expression.right, facts);
      return left === null || right === null ? null : compare(expression.operator, left, right);
    }
    case 'textTest': {
      const text = resolve(expression.text, facts);
      const part = resolve(expression.part, facts);
      return text === null || part === null ? null : testText(expression.test, text, part);
    }
    case 'inList': {
      const value = resolve(expression.value, facts);
      return value === null ? null : listOf(lists, expression.list).has(value);
    }
    case 'oneOf': {
      const value = resolve(expression.value, facts);
      return value === null ? null : expression.values.some((each) => each.value === value);
    }
  }
}

/** The value, or `null` when a fact it needs is missing. Calculated, it may be NaN or infinite. */
export function resolve(value: Value, facts: FactSet): string | number | null {
  switch (value.kind) {
    case 'literal':
      return value.value;
    case 'fact': {
      const found = facts[value.fact];
      return isKnown(value.type, found) ? (found as string | number) : null;
    }
    case 'arithmetic': {
      const left = resolve(value.left, facts);
      const right = resolve(value.right, facts);
      if (left === null || right === null) return null;
      return calculate(value.operator, Number(left), Number(right));
    }
    case 'negate': {
      const operand = resolve(value.operand, facts);
      return operand === null ? null : -Number(operand);
    }
    case 'toNumber':
      return resolve(value.operand, facts);
    case 'size': {
      const text = resolve(value.text, facts);
      return text === null ? null : codePoints(String(text));
    }
  }
}

/** The values of a named list; a rule is only ever evaluated beside the lists it was checked with. */
export function listOf(lists: Lists, name: string): ReadonlySet<string | number> {
  const list = lists.get(name);
  if (!list) throw new Error(`The rule asks the list ${name}, which was not handed over.`);
  return list.values as ReadonlySet<string | number>;
}

/** IEEE 754, as in CEL: NaN is not less, not greater, not equal, and so it is unequal. */
function compare(
  operator: ComparisonOperator,
  left: string | number,
  right: string | number,
): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function testText(test: TextTestName, text: string | number, part: string | number): boolean {
  switch (test) {
    case 'startsWith':
      return String(text).startsWith(String(part));
    case 'endsWith':
      return String(text).endsWith(String(part));
    case 'contains':
      return String(text).includes(String(part));
  }
}

function calculate(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

import type { Comparison, ComparisonOperator, Expression, Value } from './ast.ts';
import { printRule } from './print.ts';

/**
 * What a divisor is known by while a rule is checked: its text, without what cannot make it zero.
 * A guard on `declaration.lines` so covers a division by `double(declaration.lines)`.
 */
export function divisorKey(value: Value): string {
  if (value.kind === 'negate' || value.kind === 'toNumber') return divisorKey(value.operand);
  return printRule(value);
}

/**
 * The divisors that cannot be zero once the condition has had this outcome. It knows comparisons
 * with a literal and what `!`, `&&` and `||` make of them; whatever else might prove it is left
 * out, since the author can always write the guard.
 */
export function provenBy(condition: Expression, outcome: boolean): readonly string[] {
  if (condition.kind === 'not') return provenBy(condition.operand, !outcome);
  if (condition.kind === 'and' || condition.kind === 'or') {
    const allHaveIt = outcome === (condition.kind === 'and');
    return allHaveIt ? condition.operands.flatMap((operand) => provenBy(operand, outcome)) : [];
  }
  if (condition.kind !== 'compare') return [];
  const { operator, left, right } = condition;
  const holds = outcome ? operator : inverseOf(operator);
  if (excludesZero(holds, right)) return [divisorKey(left)];
  return excludesZero(MIRRORED[holds], left) ? [divisorKey(right)] : [];
}

/** Whether no zero stands in this relation to the bound. */
function excludesZero(operator: Comparison['operator'], bound: Value): boolean {
  if (bound.kind !== 'literal' || typeof bound.value !== 'number') return false;
  switch (operator) {
    case '==':
      return bound.value !== 0;
    case '!=':
      return bound.value === 0;
    case '<':
      return bound.value <= 0;
    case '<=':
      return bound.value < 0;
    case '>':
      return bound.value >= 0;
    case '>=':
      return bound.value > 0;
  }
}

/** What holds of two known values when this does not. */
export const inverseOf = (operator: ComparisonOperator): ComparisonOperator => INVERSE[operator];

const INVERSE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

import type { Expression, Literal, Value } from './ast.ts';

/** How tightly a node binds, as in CEL's grammar; a looser one inside a tighter one is bracketed. */
const BINDS = {
  or: 1,
  and: 2,
  relation: 3,
  sum: 4,
  product: 5,
  unary: 6,
  whole: 7,
} as const;

/**
 * The text of a rule, exactly CEL's syntax. Reading it again gives the same expression, so that a
 * rule drawn in the condition builder and one typed by hand are one thing.
 */
export function printRule(node: Expression | Value): string {
  switch (node.kind) {
    case 'constant':
      return String(node.value);
    case 'flag':
    case 'fact':
      return node.fact;
    case 'literal':
      return printLiteral(node);
    case 'has':
      return `has(${node.fact})`;
    case 'toNumber':
      return `double(${printRule(node.operand)})`;
    case 'size':
      return `size(${printRule(node.text)})`;
    case 'not':
      return `!${inside(node.operand, BINDS.unary)}`;
    case 'negate':
      return `-${inside(node.operand, BINDS.unary)}`;
    case 'and':
      return node.operands.map((operand) => inside(operand, BINDS.relation)).join(' && ');
    case 'or':
      return node.operands.map((operand) => inside(operand, BINDS.and)).join(' || ');
    case 'compare':
      return `${inside(node.left, BINDS.sum)} ${node.operator} ${inside(node.right, BINDS.sum)}`;
    case 'arithmetic': {
      const own = bindingOf(node);
      return `${inside(node.left, own)} ${node.operator} ${inside(node.right, own + 1)}`;
    }
    case 'textTest':
      return `${inside(node.text, BINDS.whole)}.${node.test}(${printRule(node.part)})`;
    case 'inList':
      return `${inside(node.value, BINDS.sum)} in lists.${node.list}`;
    case 'oneOf':
      return `${inside(node.value, BINDS.sum)} in [${node.values.map(printLiteral).join(', ')}]`;
  }
}

function inside(node: Expression | Value, binds: number): string {
  const text = printRule(node);
  return bindingOf(node) < binds ? `(${text})` : text;
}

function bindingOf(node: Expression | Value): number {
  switch (node.kind) {
    case 'or':
      return BINDS.or;
    case 'and':
      return BINDS.and;
    case 'compare':
    case 'inList':
    case 'oneOf':
      return BINDS.relation;
    case 'arithmetic':
      return node.operator === '+' || node.operator === '-' ? BINDS.sum : BINDS.product;
    case 'not':
    case 'negate':
      return BINDS.unary;
    case 'literal':
      // The sign of a negative number is an operator to CEL.
      return typeof node.value === 'number' && node.value < 0 ? BINDS.unary : BINDS.whole;
    case 'constant':
    case 'flag':
    case 'fact':
    case 'has':
    case 'toNumber':
    case 'size':
    case 'textTest':
      return BINDS.whole;
  }
}

function printLiteral(literal: Literal): string {
  switch (literal.type) {
    case 'integer':
      return String(literal.value);
    case 'number': {
      const digits = String(literal.value);
      return /[.e]/.test(digits) ? digits : `${digits}.0`;
    }
    case 'text':
      return JSON.stringify(literal.value);
    case 'date':
      return `timestamp(${JSON.stringify(`${literal.value}T00:00:00Z`)})`;
  }
}

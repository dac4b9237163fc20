import type {
  ComparisonOperator,
  Expression,
  Literal,
  TextTestName,
  Value,
} from '../../../../../../src/contexts/risk/language/ast.ts';

/**
 * A condition as the builder and the decision table show it: groups of plain comparisons. Every
 * condition is a text of the rule language; not every text is one of these, and those are edited as
 * text.
 */
export interface Group {
  readonly kind: 'group';
  readonly join: 'and' | 'or';
  readonly parts: readonly Part[];
}
export type Part = Group | Row;

/** One line: a fact, how it is compared, and with what. */
export interface Row {
  readonly kind: 'row';
  readonly fact: string;
  readonly operator: Operator;
  readonly with: Operand;
}

export type Operator =
  | ComparisonOperator
  | TextTestName
  | 'in'
  | 'notIn'
  | 'known'
  | 'unknown'
  | 'isTrue'
  | 'isFalse';

/** What a fact is compared with. A number is kept as it was typed. */
export type Operand =
  | { readonly kind: 'none' }
  | { readonly kind: 'text' | 'date' | 'number'; readonly value: string }
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly list: string }
  /** `0.5 * peers.priceMedian`; without a factor, the fact itself. */
  | { readonly kind: 'fact'; readonly fact: string; readonly factor: string | null };

export const NONE: Operand = { kind: 'none' };

/** The condition as a group, or `null` where only its text can say it. */
export function conditionOf(expression: Expression): Group | null {
  const part = partOf(expression);
  if (!part) return null;
  return part.kind === 'group' ? part : { kind: 'group', join: 'and', parts: [part] };
}

const DENIED: Partial<Record<Operator, Operator>> = {
  ...{ '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' },
  ...{ in: 'notIn', known: 'unknown', isTrue: 'isFalse' },
};

function partOf(expression: Expression): Part | null {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.operands.map(partOf);
      if (!parts.every((part) => part !== null)) return null;
      return { kind: 'group', join: expression.kind, parts };
    }
    case 'not': {
      const part = partOf(expression.operand);
      const denied = part?.kind === 'row' ? DENIED[part.operator] : undefined;
      return part?.kind === 'row' && denied ? { ...part, operator: denied } : null;
    }
    case 'flag':
      return { kind: 'row', fact: expression.fact, operator: 'isTrue', with: NONE };
    case 'has':
      return { kind: 'row', fact: expression.fact, operator: 'known', with: NONE };
    case 'inList':
      return rowOf(expression.value, 'in', { kind: 'list', list: expression.list });
    case 'oneOf':
      return rowOf(expression.value, 'in', manyOf(expression.values));
    case 'compare':
      return rowOf(expression.left, expression.operator, operandOf(expression.right));
    case 'textTest':
      return rowOf(expression.text, expression.test, operandOf(expression.part));
    case 'constant':
      return null;
  }
}

function rowOf(value: Value, operator: Operator, operand: Operand | null): Row | null {
  if (value.kind !== 'fact' || operand === null) return null;
  return { kind: 'row', fact: value.fact, operator, with: operand };
}

function manyOf(values: readonly Literal[]): Operand {
  const texts = values.map(({ value }) => String(value));
  const isText = values.every(({ type }) => type === 'text');
  return isText ? { kind: 'texts', values: texts } : { kind: 'numbers', values: texts };
}

function operandOf(value: Value): Operand | null {
  if (value.kind === 'literal') {
    const kind = value.type === 'integer' ? 'number' : value.type;
    return { kind, value: String(value.value) };
  }
  if (value.kind === 'fact') return { kind: 'fact', fact: value.fact, factor: null };
  if (value.kind !== 'arithmetic' || value.operator !== '*') return null;
  const { left, right } = value;
  if (left.kind !== 'literal' || right.kind !== 'fact') return null;
  return { kind: 'fact', fact: right.fact, factor: String(left.value) };
}

/** The text of a condition, a line for each of its parts. */
export function textOf(group: Group): string {
  return textOfGroup(group, '');
}

function textOfGroup({ join, parts }: Group, indent: string): string {
  const between = join === 'and' ? ' &&\n' : ' ||\n';
  return parts
    .map((part) => {
      if (part.kind === 'row') return `${indent}${textOfRow(part)}`;
      if (part.parts.length === 0) return `${indent}true`;
      return `${indent}(\n${textOfGroup(part, `${indent}  `)}\n${indent})`;
    })
    .join(between);
}

function textOfRow({ fact, operator, with: operand }: Row): string {
  const said = textOfOperand(operand);
  switch (operator) {
    case 'known':
      return `has(${fact})`;
    case 'unknown':
      return `!has(${fact})`;
    case 'isTrue':
      return fact;
    case 'isFalse':
      return `!${fact}`;
    case 'in':
      return `${fact} in ${said}`;
    case 'notIn':
      return `!(${fact} in ${said})`;
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return `${fact}.${operator}(${said})`;
    default:
      return `${fact} ${operator} ${said}`;
  }
}

function textOfOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'none':
      return '';
    case 'text':
      return JSON.stringify(operand.value);
    case 'date':
      return `timestamp("${operand.value}T00:00:00Z")`;
    case 'number':
      return numeral(operand.value);
    case 'texts':
      return `[${operand.values.map((value) => JSON.stringify(value)).join(', ')}]`;
    case 'numbers':
      return `[${operand.values.map(numeral).join(', ')}]`;
    case 'list':
      return `lists.${operand.list}`;
    case 'fact':
      return operand.factor === null
        ? operand.fact
        : `${decimalNumeral(operand.factor)} * ${operand.fact}`;
  }
}

/** What is no number is said to the language as it stands: it then says what is wrong, in place. */
const numeral = (typed: string): string => typed.trim() || '""';
const decimalNumeral = (typed: string): string =>
  /^-?\d+$/.test(typed.trim()) ? `${typed.trim()}.0` : numeral(typed);

/** Whether a line still waits for its value: with an empty text it would hit everything, or nothing. */
export function isUnfinished({ parts }: Group): boolean {
  return parts.some((part) => {
    if (part.kind === 'group') return isUnfinished(part);
    const { with: operand } = part;
    if ('values' in operand) return operand.values.length === 0;
    return 'value' in operand && operand.value.trim() === '';
  });
}

/** A condition as rows of alternatives, each a set of lines that hold together; `null` when deeper. */
export function tableOf(group: Group): readonly (readonly Row[])[] | null {
  const alternatives = group.join === 'or' ? group.parts : [group];
  const rows = alternatives.map((part) => {
    if (part.kind === 'row') return [part];
    if (part.join === 'or' && part.parts.length > 1) return null;
    return part.parts.every((each) => each.kind === 'row') ? (part.parts as readonly Row[]) : null;
  });
  return rows.every((row) => row !== null) ? rows : null;
}

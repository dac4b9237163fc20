import type { FactType } from '../../facts/index.ts';
import type { ComparisonOperator, Expression, Literal, TextTestName, Value } from './ast.ts';
import type { List, Lists } from './scope.ts';

export type SqlDialect = 'duckdb' | 'clickhouse';

/** The SQL that reads a fact, as `readColumn` writes it. */
export type ColumnOf = (fact: string) => string;

/**
 * What may stand to the right of `in` for a named list too large to be written out, such as
 * `(select value from …)`; `null` for a list that is to be written out.
 */
export type ListQuery = (name: string, list: List) => string | null;

/**
 * A rule as a condition of SQL that is true, false or `null` exactly where the rule is true, false
 * or unknown. SQL's own `and`, `or`, `not` and comparisons are Kleene's; all else is made so:
 *
 * - Numbers are doubles: a literal carries an exponent, because DuckDB reads `0.21000000000000002`
 *   as a decimal and would lose its last bit.
 * - NaN that arises in calculating is known and unlike everything, which DuckDB, where it is the
 *   greatest number and equal to itself, must be told.
 * - Lengths are counted in code points, and texts compared and searched code point by code point.
 *
 * Literals are quoted here and come from a checked expression; nothing an author typed is pasted.
 */
export function toSql(
  expression: Expression,
  dialect: SqlDialect,
  columnOf: ColumnOf,
  lists: Lists,
  listQuery: ListQuery = () => null,
): string {
  const speak = DIALECTS[dialect];

  const condition = (node: Expression): string => {
    switch (node.kind) {
      case 'constant':
        return String(node.value);
      case 'flag':
        return columnOf(node.fact);
      case 'has':
        return `(${columnOf(node.fact)} is not null)`;
      case 'not':
        return `(not ${condition(node.operand)})`;
      case 'and':
      case 'or':
        return `(${node.operands.map(condition).join(` ${node.kind} `)})`;
      case 'compare':
        return `(${compare(node.operator, node.left, node.right)})`;
      case 'textTest':
        return speak.textTest(node.test, value(node.text), value(node.part));
      case 'inList':
        return inList(member(node.value), node.list);
      case 'oneOf':
        return isOneOf(member(node.value), node.values.map(literal));
    }
  };

  const compare = (operator: ComparisonOperator, left: Value, right: Value): string => {
    const [one, other] = [value(left), value(right)];
    const compared = `${one} ${SQL_OPERATORS[operator]} ${other}`;
    const calculated = [left, right].some(isCalculated);
    return calculated ? speak.calculated(compared, operator === '!=', one, other) : compared;
  };

  const member = (node: Value): string =>
    node.type === 'number' ? speak.member(value(node)) : value(node);

  const inList = (item: string, name: string): string => {
    const list = lists.get(name);
    if (list === undefined) throw new Error(`The list ${name} is not among those given.`);
    const query = listQuery(name, list);
    if (query !== null) return `(${item} in ${query})`;
    const values = [...list.values].map((each) =>
      typeof each === 'string' ? speak.text(each) : number(each),
    );
    return isOneOf(item, values);
  };

  const value = (node: Value): string => {
    switch (node.kind) {
      case 'literal':
        return literal(node);
      case 'fact':
        return columnOf(node.fact);
      case 'arithmetic':
        return `(${value(node.left)} ${node.operator} ${value(node.right)})`;
      case 'negate':
        return `(- ${value(node.operand)})`;
      case 'toNumber':
        return speak.double(value(node.operand));
      case 'size':
        return speak.size(value(node.text));
    }
  };

  const literal = (node: Literal): string => {
    switch (node.type) {
      case 'number':
        return number(node.value);
      case 'integer':
        return node.value < 0 ? `(${node.value})` : String(node.value);
      case 'text':
        return speak.text(node.value);
      case 'date':
        return speak.date(node.value);
    }
  };

  return condition(expression);
}

/**
 * Reads a column as a fact of its type is read: `null` is missing, and so is NaN or infinity; decimals,
 * which SQL would calculate with exactly, become doubles.
 */
export const readColumn = (column: string, type: FactType, dialect: SqlDialect): string =>
  type === 'number' ? DIALECTS[dialect].number(column) : column;

interface Dialect {
  text(text: string): string;
  date(day: string): string;
  double(sql: string): string;
  /** A column of numbers as doubles, with what is not finite as `null`. */
  number(column: string): string;
  /** A number to be looked for in a list, with −0 as 0. */
  member(number: string): string;
  size(text: string): string;
  textTest(test: TextTestName, text: string, part: string): string;
  /** A comparison whose sides may be NaN: `whenNaN` if one of them is and both are known. */
  calculated(compared: string, whenNaN: boolean, left: string, right: string): string;
}

const DIALECTS: Readonly<Record<SqlDialect, Dialect>> = {
  duckdb: {
    // A statement ends at NUL, so that one cannot be written.
    text: (text) =>
      text.includes('\0') ? `(${text.split('\0').map(quote).join(' || chr(0) || ')})` : quote(text),
    date: (day) => `date '${day}'`,
    double: (sql) => `cast(${sql} as double)`,
    number: (column) => `case when isfinite(${column}) then cast(${column} as double) end`,
    member: (number) => number,
    size: (text) => `length(${text})`,
    textTest: (test, text, part) => `${DUCKDB_TESTS[test]}(${text}, ${part})`,
    calculated: (compared, whenNaN, left, right) =>
      `case when (isnan(${left}) or isnan(${right})) and ${left} is not null and ${right} is not null` +
      ` then ${whenNaN} else ${compared} end`,
  },
  clickhouse: {
    text: (text) => quote(text.replaceAll('\\', '\\\\').replaceAll('\0', '\\0')),
    date: (day) => `toDate32('${day}')`,
    double: (sql) => `toFloat64(${sql})`,
    number: (column) => `if(isFinite(${column}), toFloat64(${column}), null)`,
    // It compares the bits of what it looks for with those of the list.
    member: (number) => `(${number} + 0e+0)`,
    size: (text) => `lengthUTF8(${text})`,
    textTest: (test, text, part) =>
      test === 'contains' ? `(position(${text}, ${part}) > 0)` : `${test}(${text}, ${part})`,
    calculated: (compared) => compared,
  },
};

const DUCKDB_TESTS: Readonly<Record<TextTestName, string>> = {
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  contains: 'contains',
};

const SQL_OPERATORS: Readonly<Record<ComparisonOperator, string>> = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The shortest digits that read back as the same double. */
const number = (value: number): string =>
  value < 0 ? `(${value.toExponential()})` : value.toExponential();

/** In nothing, a known value is not; SQL has no way to write an empty list. */
const isOneOf = (item: string, values: readonly string[]): string =>
  values.length > 0
    ? `(${item} in (${values.join(', ')}))`
    : `(case when ${item} is not null then false end)`;

/** Whether calculating may have made NaN of known numbers. */
const isCalculated = (node: Value): boolean =>
  node.kind === 'arithmetic' || (node.kind === 'negate' && isCalculated(node.operand));

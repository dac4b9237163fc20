import {
  type CelInput,
  celEnv,
  celList,
  celMap,
  isCelError,
  parse,
  plan,
  run,
} from '@bufbuild/cel';
import type { Fact, FactSet, FactType, FactValue } from '../../src/contexts/facts/index.ts';
import type { Expression } from '../../src/contexts/risk/language/ast.ts';
import { type Column, compileColumns } from '../../src/contexts/risk/language/columns.ts';
import { truthOf } from '../../src/contexts/risk/language/interpret.ts';
import { compileRules } from '../../src/contexts/risk/language/javascript.ts';
import { isKnown } from '../../src/contexts/risk/language/known.ts';
import { printRule } from '../../src/contexts/risk/language/print.ts';
import type { Lists, Scope } from '../../src/contexts/risk/language/scope.ts';
import { readColumn, toSql } from '../../src/contexts/risk/language/sql.ts';
import {
  type Analytics,
  type Cell,
  quoteName,
  type TableColumn,
} from '../../src/platform/analytics/analytics.ts';

/** Rules and the rows they are all asked about. */
export interface Batch {
  readonly rules: readonly Expression[];
  readonly rows: readonly FactSet[];
  readonly scope: Scope;
  readonly lists: Lists;
}

/** By rule and row (`rule * rows + row`): 1 is true, 0 false, 2 unknown. */
export type Verdicts = Uint8Array;
export const UNKNOWN = 2;

/** One way of evaluating rules. */
export type Judge = (batch: Batch) => Verdicts | Promise<Verdicts>;

/** The in-house reading of what a rule means. */
export const interpreted: Judge = ({ rules, rows, lists }) =>
  byPair(rules, rows, (rule) => (row) => truthOf(rule, row, lists));

/**
 * `@bufbuild/cel`, which knows nothing of us but the text of the rule. CEL has no unknown: a fact that
 * is missing for us is a field that is not there for it, and selecting that is an error, which its
 * `&&` and `||` absorb as Kleene's do. An error of CEL and an unknown of ours are therefore one verdict.
 */
export const oracle: Judge = ({ rules, rows, scope, lists }) => {
  const listed = celMap(
    new Map([...lists].map(([name, { values }]) => [name, celList([...values])])),
  );
  const bindings = rows.map((row) => ({ ...nestForCel(row, scope), lists: listed }));
  return withoutStacks(() =>
    byPair(rules, bindings, (rule) => {
      const evaluate = plan(celEnv(), parse(printRule(rule)));
      return (row) => {
        const result = evaluate(row);
        if (isCelError(result)) return null;
        if (typeof result === 'boolean') return result;
        throw new Error(`CEL finds no truth in ${printRule(rule)}.`);
      };
    }),
  );
};

/** Each error of CEL would note where in the machine it arose, at ten times the cost of the rest. */
function withoutStacks<Result>(work: () => Result): Result {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

export const compiled: Judge = ({ rules, rows, lists }) => {
  const program = compileRules(rules, lists);
  const verdicts = new Uint8Array(rules.length * rows.length);
  rows.forEach((row, at) => {
    const { hits, notEvaluated } = program.evaluate(row);
    for (const rule of hits) verdicts[rule * rows.length + at] = 1;
    for (const { rule } of notEvaluated) verdicts[rule * rows.length + at] = UNKNOWN;
  });
  return verdicts;
};

export const columnar: Judge = ({ rules, rows, scope, lists }) => {
  const columns = new Map(
    [...scope.facts.values()].map(({ name, type }) => [name, columnOf(rows, name, type)]),
  );
  const { hits, unknown } = compileColumns(rules, lists).evaluate(columns, rows.length);
  const verdicts = new Uint8Array(rules.length * rows.length);
  rules.forEach((_, rule) => {
    for (let row = 0; row < rows.length; row += 1) {
      const isUnknown = bitOf(unknown[rule], row);
      verdicts[rule * rows.length + row] = isUnknown ? UNKNOWN : bitOf(hits[rule], row);
    }
  });
  return verdicts;
};

const bitOf = (bits: Int32Array | undefined, row: number): number =>
  ((bits?.[row >>> 5] ?? 0) >>> (row & 31)) & 1;

function columnOf(rows: readonly FactSet[], name: string, type: FactType): Column {
  const known = rows.map((row) => {
    const value = row[name] ?? null;
    return isKnown(type, value) ? value : null;
  });
  switch (type) {
    case 'number':
    case 'integer':
      return { kind: 'number', values: Float64Array.from(known, (value) => numberOf(value)) };
    case 'boolean':
      return {
        kind: 'flag',
        values: Int8Array.from(known, (value) => (value === null ? -1 : Number(value))),
      };
    case 'text':
    case 'date': {
      const codes = new Map<FactValue, number>([[null, -1]]);
      for (const value of known) if (!codes.has(value)) codes.set(value, codes.size - 1);
      const dictionary = [...codes.keys()].flatMap((value) =>
        value === null ? [] : String(value),
      );
      return {
        kind: 'text',
        codes: Int32Array.from(known, (value) => codes.get(value) ?? -1),
        dictionary,
      };
    }
  }
}

const numberOf = (value: FactValue): number => (value === null ? Number.NaN : Number(value));

function byPair<Row>(
  rules: readonly Expression[],
  rows: readonly Row[],
  prepare: (rule: Expression) => (row: Row) => boolean | null,
): Verdicts {
  const verdicts = new Uint8Array(rules.length * rows.length);
  let at = 0;
  for (const rule of rules) {
    const truthOfRow = prepare(rule);
    for (const row of rows) {
      const truth = truthOfRow(row);
      verdicts[at] = truth === null ? UNKNOWN : Number(truth);
      at += 1;
    }
  }
  return verdicts;
}

/** `goods.hs6` is the field `hs6` of the map `goods`, and is in it when it is known. */
function nestForCel(row: FactSet, scope: Scope): Record<string, CelInput> {
  const groups = new Map<string, Map<string, CelInput>>();
  for (const { name, type } of scope.facts.values()) {
    const [group = '', field = ''] = name.split('.');
    const fields = groups.get(group) ?? new Map();
    groups.set(group, fields);
    const value = row[name] ?? null;
    if (isKnown(type, value)) fields.set(field, celValue(value, type));
  }
  return Object.fromEntries([...groups].map(([group, fields]) => [group, celMap(fields)]));
}

function celValue(value: FactValue, type: FactType): CelInput {
  if (type === 'integer') return BigInt(Number(value));
  if (type !== 'date') return value;
  const midnight = run(`timestamp("${value}T00:00:00Z")`);
  if (isCelError(midnight)) throw midnight;
  return midnight;
}

/** A verdict is one digit to the base of three: so many of them fit into one 32-bit integer. */
const PACKED = 19;

/** The SQL of each rule, over a table of DuckDB that keeps even NaN and infinity as they come. */
export const duckdb =
  (analytics: Analytics): Judge =>
  async ({ rules, rows, scope, lists }) => {
    await writeTable(analytics, [...scope.facts.values()], rows);
    const verdicts = new Uint8Array(rules.length * rows.length);
    // A query of many rules would set aside memory for every part of every one of them at once.
    for (let first = 0; first < rules.length; first += PACKED) {
      const digits = rules.slice(first, first + PACKED).map((rule, place) => {
        const sql = toSql(rule, 'duckdb', (fact) => quoteName(fact), lists);
        return `coalesce(cast((${sql}) as integer), ${UNKNOWN}) * ${3 ** place}`;
      });
      const answer = await analytics.query(`select ${digits.join(' + ')} from known order by row`);
      answer.rows.forEach(([pack], row) => {
        let rest = Number(pack);
        for (let rule = first; rule < first + digits.length; rule += 1) {
          verdicts[rule * rows.length + row] = rest % 3;
          rest = Math.floor(rest / 3);
        }
      });
    }
    return verdicts;
  };

const COLUMN_TYPES: Readonly<Record<FactType, [TableColumn['type'], sql: string]>> = {
  number: ['real', 'double'],
  integer: ['integer', 'bigint'],
  text: ['text', 'varchar'],
  boolean: ['boolean', 'boolean'],
  date: ['date', 'date'],
};

async function writeTable(
  analytics: Analytics,
  facts: readonly Fact[],
  rows: readonly FactSet[],
): Promise<void> {
  const columns = facts.map(({ name, type }) => `${quoteName(name)} ${COLUMN_TYPES[type][1]}`);
  await analytics.run(`create or replace table fact (row bigint, ${columns.join(', ')})`);
  const read = facts.map(({ name, type }) => {
    const quoted = quoteName(name);
    return `${readColumn(quoted, type, 'duckdb')} as ${quoted}`;
  });
  await analytics.run(`create or replace view known as select row, ${read.join(', ')} from fact`);
  await analytics.append(
    'fact',
    [
      { name: 'row', type: 'integer' },
      ...facts.map(({ name, type }) => ({ name, type: COLUMN_TYPES[type][0] })),
    ],
    rows.map((row, index) => [index, ...facts.map((fact) => cellOf(row[fact.name], fact.type))]),
  );
}

/** A typed column cannot hold what is of another type; a number that is none, it can. */
function cellOf(value: FactValue | undefined, type: FactType): Cell {
  if (type === 'number') return typeof value === 'number' ? value : null;
  return value !== undefined && isKnown(type, value) ? value : null;
}

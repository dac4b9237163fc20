import { quoteText } from '../../../platform/analytics/analytics.ts';
import type { Mapping } from '../contract.ts';
import { columnName, type ResolvedColumn } from '../mapping.ts';

/**
 * How one mapped column is read, as SQL. Both ways of reading a file, the fast one that stops at the
 * first fault and the careful one that sets rows aside, are written from this one description, so
 * that they cannot disagree on a value.
 */
export interface Parsing {
  readonly to: string;
  readonly from: string;
  /** The column of a dataset's table, and its type there. */
  readonly name: string;
  readonly sqlType: string;
  readonly isLabel: boolean;
  /** What is wrong with the value, each as a condition and a code; both are SQL. */
  readonly faults: readonly { readonly when: string; readonly code: string }[];
}

/** Text → cleaned `x` → decoded `k` → parsed `p`, each named by the column's place. */
interface Layers {
  readonly cleaned: string;
  readonly decoded: string;
  readonly parsed: string;
}

/** The reading of a whole row: `select` takes raw text columns and gives the layers' columns. */
export interface RowParsing {
  readonly columns: readonly Parsing[];
  /**
   * Nests the layers over a relation whose raw columns are named as `rawName` says. Trimming is a
   * third of the work: whoever has made sure that there are no outer blanks need not.
   */
  readonly over: (
    relation: string,
    carried: readonly string[],
    blanks?: 'trimmed' | 'none',
  ) => string;
}

export const rawName = (index: number): string => `c${index}`;
export const valueName = (index: number): string => `p${index}`;
export const seenName = (index: number): string => `x${index}`;

export function rowParsing(mapping: Mapping, resolved: readonly ResolvedColumn[]): RowParsing {
  const parts = resolved.map((item, index) => ({
    layers: layersOf(item, index),
    parsing: parsingOf(mapping, item, index),
  }));
  const named = (letter: string, sql: string, index: number): string =>
    `${sql} as ${letter}${index}`;
  return {
    columns: parts.map(({ parsing }) => parsing),
    over: (relation, carried, blanks = 'trimmed') => {
      const cleaned = parts.map(({ layers }, i) =>
        named('x', blanks === 'none' ? `nullif(${rawName(i)}, '')` : layers.cleaned, i),
      );
      const decoded = parts.map(({ layers }, i) => named('k', layers.decoded, i));
      const parsed = parts.map(({ layers }, i) => named('p', layers.parsed, i));
      const x = parts.map((_, i) => `x${i}`);
      const k = parts.map((_, i) => `k${i}`);
      const first = `select ${[...carried, ...cleaned].join(', ')} from ${relation}`;
      const second = `select ${[...carried, ...x, ...decoded].join(', ')} from (${first})`;
      return `select ${[...carried, ...x, ...k, ...parsed].join(', ')} from (${second})`;
    },
  };
}

function layersOf({ column }: ResolvedColumn, index: number): Layers {
  const x = `x${index}`;
  return {
    cleaned: `nullif(trim(${rawName(index)}), '')`,
    decoded: column.codes ? codeLookup(column.codes, x) : x,
    parsed: parsedSql(column, `k${index}`),
  };
}

function codeLookup(codes: Readonly<Record<string, string>>, x: string): string {
  const entries = Object.entries(codes);
  const from = entries.map(([code]) => quoteText(code)).join(', ');
  const to = entries.map(([, meaning]) => quoteText(meaning)).join(', ');
  return `map([${from}], [${to}])[${x}]`;
}

function parsedSql(column: ResolvedColumn['column'], k: string): string {
  switch (column.type) {
    case 'text': {
      const padded =
        column.padTo === undefined
          ? k
          : `case when length(${k}) < ${column.padTo} then lpad(${k}, ${column.padTo}, '0') else ${k} end`;
      return column.keep === undefined ? padded : `left(${padded}, ${column.keep})`;
    }
    case 'boolean':
      return `case lower(${k}) when 'true' then true when '1' then true
        when 'false' then false when '0' then false end`;
    case 'date': {
      const iso = `try_strptime(${k}, '%Y-%m-%d')`;
      const parsed = column.format
        ? `coalesce(try_strptime(${k}, ${quoteText(column.format)}), ${iso})`
        : iso;
      return `cast(${parsed} as date)`;
    }
    case 'integer':
      return column.factor === undefined
        ? `try_cast(${numberText(column, k)} as bigint)`
        : `try_cast(${scaled(column, k)} as bigint)`;
    case 'decimal':
      return column.factor === undefined
        ? `try_cast(${numberText(column, k)} as ${sqlTypeOf(column)})`
        : `try_cast(${scaled(column, k)} as ${sqlTypeOf(column)})`;
  }
}

/** Multiplies exactly: 27 digits by at most 11 stay within the engine's 38. */
const scaled = (column: ResolvedColumn['column'], k: string): string =>
  `(try_cast(${numberText(column, k)} as decimal(27, 9)) * ${column.factor})`;

/** The number as the engine reads it: no thousands marks, a point for the decimals. */
function numberText(column: ResolvedColumn['column'], k: string): string {
  const { thousands, decimalMark } = column;
  let text = k;
  if (thousands !== undefined) {
    const mark = thousands === '.' ? '\\.' : thousands;
    const point = decimalMark ?? '\\.';
    const grouped = `^[+-]?(\\d{1,3}(${mark}\\d{3})+|\\d+)(${point}\\d+)?$`;
    text = `case when regexp_matches(${k}, ${quoteText(grouped)})
      then replace(${k}, ${quoteText(thousands)}, '') end`;
  }
  return decimalMark === undefined ? text : `replace(${text}, ${quoteText(decimalMark)}, '.')`;
}

function sqlTypeOf(column: ResolvedColumn['column']): string {
  switch (column.type) {
    case 'text':
      return 'varchar';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'integer':
      return 'bigint';
    case 'decimal':
      return column.decimals === undefined ? 'decimal(38, 10)' : `decimal(18, ${column.decimals})`;
  }
}

function parsingOf(mapping: Mapping, { column, from }: ResolvedColumn, index: number): Parsing {
  const [x, k, p] = [`x${index}`, `k${index}`, `p${index}`];
  const faults: { when: string; code: string }[] = [];
  const fault = (when: string, code: string) => faults.push({ when, code: quoteText(code) });
  const isNeeded = column.required || column.to === mapping.id || column.to === mapping.date;
  if (isNeeded) fault(`${x} is null`, 'pool.value_missing');
  if (column.codes) fault(`${x} is not null and ${k} is null`, 'pool.unknown_code');
  const isUnread = `${k} is not null and ${p} is null`;
  switch (column.type) {
    case 'text':
      break;
    case 'boolean':
      fault(isUnread, 'pool.not_a_boolean');
      break;
    case 'date':
      fault(isUnread, 'pool.not_a_date');
      fault(`${p} not between date '1900-01-01' and date '2999-12-31'`, 'pool.not_a_date');
      break;
    case 'integer':
    case 'decimal':
      faults.push(...numberFaults(column, k, p));
  }
  const { min, max } = column;
  if (min !== undefined) fault(`${p} < ${min}`, 'pool.below_least');
  if (max !== undefined) fault(`${p} > ${max}`, 'pool.above_greatest');
  return {
    to: column.to,
    from,
    name: columnName(column.to),
    sqlType: sqlTypeOf(column),
    isLabel: mapping.labels.includes(column.to),
    faults,
  };
}

function numberFaults(
  column: ResolvedColumn['column'],
  k: string,
  p: string,
): { when: string; code: string }[] {
  const text = numberText(column, k);
  const faults = [
    {
      when: `${k} is not null and ${p} is null`,
      code: `case when regexp_matches(${text}, '^[+-]?\\d+(\\.\\d*)?$')
        then 'pool.number_too_large' else 'pool.not_a_number' end`,
    },
  ];
  if (column.type === 'integer') {
    const isWhole = `regexp_matches(${text}, '^[+-]?\\d+(\\.0*)?$')`;
    // Nearly all numbers read back as they were written; only the others need a closer look.
    const isRewritten = `cast(${p} as varchar) <> ${k}`;
    faults.push({ when: `${isRewritten} and not ${isWhole}`, code: `'pool.not_whole'` });
  } else if (column.decimals === undefined) {
    const places = column.factor === undefined ? 10 : 9;
    const length = `length(rtrim(${text}, '0')) - strpos(${text}, '.')`;
    faults.push({
      when: `length(${text}) > ${places} and strpos(${text}, '.') > 0 and ${length} > ${places}`,
      code: `'pool.too_many_decimals'`,
    });
  }
  return faults;
}

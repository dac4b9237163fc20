import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seen } from '../../../kernel/refusal.ts';
import {
  type AnalyticsWriter,
  quoteName,
  quoteText,
} from '../../../platform/analytics/analytics.ts';
import type { Mapping } from '../contract.ts';
import { csvLine } from '../csv.ts';
import { type ResolvedColumn, resolveColumns } from '../mapping.ts';
import { formatOf, openSource, type Source, type SourceRecord } from '../records.ts';
import { type RowParsing, rawName, rowParsing, seenName, valueName } from './parsing.ts';

/** A row that was set aside: one entry for each thing that is wrong with it. */
export interface Reject {
  readonly line: number;
  readonly column: string;
  readonly seen: string;
  readonly code: string;
  /** The row as it stood in the file. */
  readonly row: string;
}

export interface Staged {
  readonly table: string;
  readonly parsing: RowParsing;
  /** The column of the staging table that holds this fact. */
  readonly staged: (to: string) => string;
}

export interface StageOptions {
  readonly table: string;
  /** Seen by this writer only, and gone with it. */
  readonly isTemporary: boolean;
  /** Where the rows may be written down on their way. */
  readonly folder: string;
  readonly isWithLabels: boolean;
}

const isGood = 'len(faults) = 0';

/**
 * Reads a file into a staging table, every row with its line, its values and what is wrong with it.
 * Nothing here stops at a bad row; a file that cannot be read at all, or lacks a column, is refused.
 */
export async function stage(
  writer: AnalyticsWriter,
  file: string,
  mapping: Mapping,
  options: StageOptions,
): Promise<Staged> {
  const { relation, resolved } =
    formatOf(file, mapping) === 'parquet'
      ? await parquetRelation(writer, file, mapping)
      : await textRelation(file, mapping, join(options.folder, 'rows.csv'));
  const wanted = resolved.map((item, index) => ({ item, index }));
  const parsing = rowParsing(mapping, resolved);
  const columns = parsing.columns;
  const values = columns.map((column, index) => `${valueName(index)} as ${quoteName(column.to)}`);
  const kept = wanted.flatMap(({ index }) =>
    options.isWithLabels || !columns[index]?.isLabel ? [values[index] ?? ''] : [],
  );
  await writer.run(`
    create ${options.isTemporary ? 'temporary ' : ''}table ${options.table} as
    select line, row, ${kept.join(', ')}, ${faultsSql(parsing, options.isWithLabels)} as faults
    from (${parsing.over(relation, ['line', 'row', 'fault_code', 'fault_seen'])})`);
  const staged = { table: options.table, parsing, staged: (to: string) => quoteName(to) };
  await setDuplicatesAside(writer, staged, mapping);
  return staged;
}

function faultsSql(parsing: RowParsing, isWithLabels: boolean): string {
  const entry = (column: string, seen: string, code: string): string =>
    `{'column': ${column}, 'seen': ${seen}, 'code': ${code}}`;
  const entries = parsing.columns.flatMap(({ faults, from, isLabel }, index) =>
    isLabel && !isWithLabels
      ? []
      : faults.map(
          ({ when, code }) =>
            `case when ${when} then ${entry(quoteText(from), `coalesce(${seenName(index)}, '')`, code)} end`,
        ),
  );
  return `case when fault_code is not null
    then [${entry(`''`, 'fault_seen', 'fault_code')}]
    else list_filter([${entries.join(',\n')}], lambda f: f is not null) end`;
}

/** The first row with an id stands; a later one with the same id is set aside. */
async function setDuplicatesAside(
  writer: AnalyticsWriter,
  { table, staged, parsing }: Staged,
  mapping: Mapping,
): Promise<void> {
  const id = staged(mapping.id);
  const from = parsing.columns.find(({ to }) => to === mapping.id)?.from ?? '';
  await writer.run(`
    update ${table} set faults = [{'column': ${quoteText(from)}, 'seen': ${id}, 'code': 'pool.duplicate_id'}]
    where ${isGood} and line not in (select min(line) from ${table} where ${isGood} group by ${id})`);
}

/** Sets aside the staged rows whose id already stands in a dataset's table. */
export async function setKnownAside(
  writer: AnalyticsWriter,
  { table, staged, parsing }: Staged,
  mapping: Mapping,
  dataset: { readonly table: string; readonly idColumn: string },
): Promise<void> {
  const id = staged(mapping.id);
  const from = parsing.columns.find(({ to }) => to === mapping.id)?.from ?? '';
  await writer.run(`
    update ${table} set faults = [{'column': ${quoteText(from)}, 'seen': ${id}, 'code': 'pool.duplicate_id'}]
    where ${isGood} and ${id} in (select ${dataset.idColumn} from ${dataset.table})`);
}

export async function countStaged(
  reader: Pick<AnalyticsWriter, 'query'>,
  table: string,
): Promise<{ rows: number; rejected: number }> {
  const { rows } = await reader.query(
    `select count(*) filter (where ${isGood}), count(*) filter (where not ${isGood}) from ${table}`,
  );
  const [good, bad] = rows[0] ?? [];
  return { rows: Number(good), rejected: Number(bad) };
}

export async function* readRejects(
  reader: Pick<AnalyticsWriter, 'stream'>,
  table: string,
): AsyncIterable<Reject> {
  const chunks = reader.stream(`
    select line, f.column, f.seen, f.code, row
    from (select line, row, unnest(faults) as f from ${table} where not ${isGood})
    order by line`);
  for await (const chunk of chunks) {
    for (const [line, column, seen, code, row] of chunk) {
      yield {
        line: Number(line),
        column: String(column),
        seen: String(seen),
        code: String(code),
        row: String(row),
      };
    }
  }
}

export const goodRows = (table: string): string => `(select * from ${table} where ${isGood})`;

interface Relation {
  readonly relation: string;
  readonly resolved: readonly ResolvedColumn[];
}

/** Writes the wanted columns with their lines to a plain table of text that the engine reads fast. */
async function textRelation(file: string, mapping: Mapping, to: string): Promise<Relation> {
  const source = await openSource(file, mapping);
  const resolved = resolveColumns(mapping, source.columns);
  const indexes = resolved.map(({ from }) => source.columns.indexOf(from));
  await pipeline(Readable.from(stagedLines(source, indexes)), createWriteStream(to));
  const raw = indexes.map((_, index) => `'${rawName(index)}': 'varchar'`);
  const columns = [
    "'line': 'bigint'",
    "'row': 'varchar'",
    "'fault_code': 'varchar'",
    "'fault_seen': 'varchar'",
    ...raw,
  ];
  const relation = `read_csv(${quoteText(to)}, columns = {${columns.join(', ')}},
    auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n')`;
  return { relation, resolved };
}

async function* stagedLines(source: Source, indexes: readonly number[]): AsyncIterable<string> {
  for await (const batch of source.records()) {
    let text = '';
    for (const { line, row, fault, values } of batch.map(bounded)) {
      const wanted = indexes.map((index) => values[index] ?? null);
      text += csvLine([line, row, fault?.code ?? null, fault?.seen ?? null, ...wanted]);
    }
    if (text !== '') yield text;
  }
}

/** Long enough for any declaration; short enough that a row, staged, fits the engine's line buffer. */
const ROW_CHARACTERS_MAX = 200_000;

function bounded(record: SourceRecord): SourceRecord {
  const { line, row } = record;
  if (row.length <= ROW_CHARACTERS_MAX) return record;
  const fault = { code: 'pool.record_too_long', seen: String(row.length) };
  return { line, row: seen(row), values: [], fault };
}

/** Parquet holds typed columns; they are read as text once, so that one way of parsing serves all. */
async function parquetRelation(
  writer: AnalyticsWriter,
  file: string,
  mapping: Mapping,
): Promise<Relation> {
  const read = `read_parquet(${quoteText(file)}, file_row_number = true)`;
  const { columns } = await writer.query(`select * from ${read} limit 0`);
  const resolved = resolveColumns(
    mapping,
    columns.map(({ name }) => name),
  );
  const raw = resolved.map(
    ({ from }, index) => `cast(${quoteName(from)} as varchar) as ${rawName(index)}`,
  );
  const row = `concat_ws(chr(9), ${resolved.map(({ from }) => `coalesce(cast(${quoteName(from)} as varchar), '')`).join(', ')})`;
  const relation = `(select file_row_number + 1 as line, ${row} as row,
    cast(null as varchar) as fault_code, cast(null as varchar) as fault_seen, ${raw.join(', ')}
    from ${read})`;
  return { relation, resolved };
}

import assert from 'node:assert/strict';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../../../../platform/analytics/analytics.ts';
import type { FactValue } from '../../../facts/index.ts';
import type { Column } from '../../language/index.ts';
import {
  type ColumnArray,
  type ColumnArrayOf,
  readColumnFile,
  readDictionaryFile,
  writeColumnFile,
  writeDictionaryFile,
} from './column-files.ts';
import { codesOf, columnKind, factColumn, type Part, type RelationFact } from './snapshot.ts';

/** What a part says of its rows beside their facts. Days count from 1970-01-01. */
export interface RowColumns {
  readonly days: Int32Array;
  readonly offices: TextColumn;
  readonly isSampled: Int8Array;
  readonly marks: Uint8Array;
  /** The rows that have a mark. */
  readonly marked: Int32Array;
}

type TextColumn = Extract<Column, { kind: 'text' }>;

interface ShownRow {
  readonly subject: string;
  readonly day: string;
  readonly office: string | null;
  readonly lane: string | null;
  readonly values: Readonly<Record<string, FactValue>>;
}

interface PartReader {
  read(
    part: Part,
    facts: readonly RelationFact[],
  ): Promise<{ readonly rows: RowColumns; readonly facts: Map<string, Column> }>;
  /** Some rows as they were, in the order asked. */
  show(part: Part, rows: readonly number[], facts: readonly RelationFact[]): Promise<ShownRow[]>;
}

const MEMORY_MEGABYTES = 512;

/** Reads parts of a snapshot straight into typed arrays, by the engine's vectors. */
export async function openPartReader(marks: string): Promise<PartReader> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${MEMORY_MEGABYTES}MB`,
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`attach ${quoteText(marks)} as marks (read_only)`);
  let attached: string | null = null;

  const attach = async ({ file }: Part): Promise<void> => {
    if (attached === file) return;
    if (attached !== null) await connection.run('detach part');
    await connection.run(`attach ${quoteText(file)} as part (read_only)`);
    attached = file;
  };

  /** Columns of a part: from their files, or from the engine into their files. */
  const readColumns = async (
    part: Part,
    readings: readonly Reading[],
  ): Promise<Map<string, ColumnArray>> => {
    const fileOf = ({ name }: Reading): string => `${part.file}.${name}`;
    const found = new Map<string, ColumnArray>();
    const others: Reading[] = [];
    for (const reading of readings) {
      const values = readColumnFile(fileOf(reading), reading.array, part.rows);
      if (values) found.set(reading.name, values);
      else others.push(reading);
    }
    if (others.length === 0) return found;
    await attach(part);
    const arrays = await queryColumns(connection, part.rows, others);
    for (const [index, reading] of others.entries()) {
      const values = as(reading.array, arrays[index]);
      writeColumnFile(fileOf(reading), values);
      found.set(reading.name, values);
    }
    return found;
  };

  const textColumn = async (part: Part, name: string, codes: Int32Array): Promise<TextColumn> => {
    const file = `${part.file}.${name}.json`;
    const known = readDictionaryFile(file);
    if (known) return { kind: 'text', codes, dictionary: known };
    await attach(part);
    const dictionary = await wordsOf(connection, name);
    writeDictionaryFile(file, dictionary);
    return { kind: 'text', codes, dictionary };
  };

  const factOf = (
    part: Part,
    { column, type }: RelationFact,
    values: ColumnArray | undefined,
  ): Column | Promise<Column> => {
    switch (columnKind(type)) {
      case 'text':
        return textColumn(part, factColumn(column), as(Int32Array, values));
      case 'number':
        return { kind: 'number', values: as(Float64Array, values) };
      case 'flag':
        return { kind: 'flag', values: as(Int8Array, values) };
    }
  };

  return {
    async read(part, wanted) {
      const arrays = await readColumns(part, [DAY, OFFICE, IS_SAMPLED, ...wanted.map(readingOf)]);
      const facts = new Map<string, Column>();
      for (const fact of wanted) {
        facts.set(fact.fact, await factOf(part, fact, arrays.get(factColumn(fact.column))));
      }
      const office = as(Int32Array, arrays.get(OFFICE.name));
      const rows = {
        days: as(Int32Array, arrays.get(DAY.name)),
        offices: await textColumn(part, OFFICE.name, office),
        isSampled: as(Int8Array, arrays.get(IS_SAMPLED.name)),
        ...(await readMarks(connection, part)),
      };
      return { rows, facts };
    },

    async show(part, rows, facts) {
      if (rows.length === 0) return [];
      await attach(part);
      const values = facts.map(({ column, type }) =>
        columnKind(type) === 'text' ? `${factColumn(column)}::varchar` : factColumn(column),
      );
      const result = await connection.runAndReadAll(
        `select rowid, subject::varchar, day::varchar, office::varchar, lane::varchar,
           ${['null', ...values].join(', ')}
         from part.row where rowid in (${rows.join(', ')})`,
      );
      const found = new Map(
        result.getRows().map(([row, subject, day, office, lane, _, ...seen]) => [
          Number(row),
          {
            ...{ subject: String(subject), day: String(day) },
            ...{ office: textOrNull(office), lane: textOrNull(lane) },
            values: Object.fromEntries(
              facts.map(({ fact }, index) => [fact, (seen[index] ?? null) as FactValue]),
            ),
          },
        ]),
      );
      return rows.flatMap((row) => found.get(row) ?? []);
    },
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const codeSql = (name: string): string => `coalesce(enum_code(${name})::integer, -1)`;

/** A column to read: its values lie in the engine's vectors as in an array of this kind. */
interface Reading {
  readonly name: string;
  readonly sql: string;
  readonly array: ColumnArrayOf;
}

const DAY: Reading = {
  name: 'day',
  sql: `date_diff('day', date '1970-01-01', day)::integer`,
  array: Int32Array,
};
const OFFICE: Reading = { name: 'office', sql: codeSql('office'), array: Int32Array };
const IS_SAMPLED: Reading = { name: 'is_sampled', sql: 'is_sampled::tinyint', array: Int8Array };

function readingOf({ column, type }: RelationFact): Reading {
  const name = factColumn(column);
  switch (columnKind(type)) {
    case 'text':
      return { name, sql: codeSql(name), array: Int32Array };
    case 'number':
      return { name, sql: `coalesce(${name}, 'nan'::double)`, array: Float64Array };
    case 'flag':
      return { name, sql: `coalesce(${name}::tinyint, -1::tinyint)`, array: Int8Array };
  }
}

/** Vectors hold their values as they lie in memory: they are copied whole, never one by one. */
async function queryColumns(
  connection: DuckDBConnection,
  rows: number,
  readings: readonly Reading[],
): Promise<ColumnArray[]> {
  const arrays = readings.map(({ array }) => new array(rows));
  const columns = readings.map(({ sql }) => sql).join(', ');
  const result = await connection.stream(`select ${columns} from part.row`);
  let row = 0;
  for await (const chunk of result) {
    arrays.forEach((array, index) => {
      const { items } = chunk.getColumnVector(index) as unknown as { items: ColumnArray };
      array.set(items.subarray(0, chunk.rowCount), row);
    });
    row += chunk.rowCount;
  }
  return arrays;
}

function as<A extends ColumnArray>(
  kind: new (rows: number) => A,
  values: ColumnArray | undefined,
): A {
  assert(values instanceof kind, 'A column is read into the array it was asked into.');
  return values;
}

async function readMarks(
  connection: DuckDBConnection,
  part: Part,
): Promise<Pick<RowColumns, 'marks' | 'marked'>> {
  const marks = new Uint8Array(part.rows);
  const marked = new Int32Array(part.rows);
  const result = await connection.stream(
    `select ("row" - ${part.from})::integer, mark from marks.mark
     where "row" >= ${part.from} and "row" < ${part.from + part.rows}`,
  );
  let count = 0;
  for await (const chunk of result) {
    const rows = chunk.getColumnVector(0) as unknown as { items: Int32Array };
    const values = chunk.getColumnVector(1) as unknown as { items: Uint8Array };
    marked.set(rows.items.subarray(0, chunk.rowCount), count);
    for (let i = 0; i < chunk.rowCount; i += 1) marks[rows.items[i] ?? 0] = values.items[i] ?? 0;
    count += chunk.rowCount;
  }
  return { marks, marked: marked.subarray(0, count) };
}

async function wordsOf(connection: DuckDBConnection, column: string): Promise<string[]> {
  const result = await connection.runAndReadAll(
    `select unnest(enum_range(null::part.${codesOf(column)}))`,
  );
  return (result.getColumns()[0] ?? []).map(String);
}

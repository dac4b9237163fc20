import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as otherWork } from 'node:timers/promises';
import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBValue,
  version,
} from '@duckdb/node-api';
import { createTurn } from '../turn.ts';
import {
  type Analytics,
  type AnalyticsReader,
  type AnalyticsWriter,
  type Answer,
  type AnswerColumn,
  type Cell,
  type Parameters,
  quoteName,
  type TableColumn,
} from './analytics.ts';
import { columnTypeOf, fromCell, toCell } from './cells.ts';
import { createReaders } from './readers.ts';

export interface DuckdbOptions {
  /** The database file, or `:memory:`. */
  readonly file: string;
  /** Buffers only: the engine spills to disk beyond it. A port's machine runs more than the pool. */
  readonly memoryMegabytes?: number;
  readonly threads?: number;
}

/** Rows of one chunk, as the engine has them, and values handed over before others get their turn. */
const APPEND_ROWS = 2048;
const APPEND_CELLS = 8_192;
/** What buffers are cut to at rest: enough to write a checkpoint. */
const RESTING_MEGABYTES = 32;

/**
 * Opens DuckDB on one file. What is committed survives `kill -9`: each commit is in the write-ahead
 * log, forced to disk, before it is acknowledged. The engine never reaches out to the network for
 * extensions.
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Analytics> {
  const { file, memoryMegabytes = 512, threads = 2 } = options;
  if (file !== ':memory:') await mkdir(dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${memoryMegabytes}MB`,
    threads: String(threads),
    // Freed pages go back to the system by themselves; else they would wait for the next allocation.
    allocator_background_threads: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const writing = await instance.connect();
  const inTurn = createTurn();
  const writer = writerOn(writing);

  const readers = createReaders(instance);

  return {
    engine: `duckdb ${version().replace(/^v/, '')}`,
    async query(sql, parameters) {
      const reader = await readers.take();
      let isWhole = false;
      try {
        const answer = await readAtOnce(reader, sql, parameters);
        isWhole = true;
        return answer;
      } finally {
        readers.giveBack(reader, isWhole);
      }
    },
    async *stream(sql, parameters) {
      const reader = await readers.take();
      let isWhole = false;
      try {
        await reader.run('begin transaction');
        yield* streamOn(reader, sql, parameters);
        await reader.run('commit');
        isWhole = true;
      } finally {
        readers.giveBack(reader, isWhole);
      }
    },
    run: (sql, parameters) => inTurn(() => writer.run(sql, parameters)),
    append: (table, columns, rows) =>
      inTurn(() => transact(writing, () => writer.append(table, columns, rows))),
    transaction: (work) => inTurn(() => transact(writing, () => work(writer))),
    checkpoint: () => inTurn(async () => void (await writing.run('checkpoint'))),
    whileStill: (work) =>
      inTurn(async () => {
        await writing.run('checkpoint');
        return work(file);
      }),
    bytes: () => (file === ':memory:' ? Promise.resolve(null) : sizeOf(file)),
    rest: () =>
      inTurn(async () => {
        readers.rest();
        if (readers.inUse() > 0) return;
        const limit = (megabytes: number) => writing.run(`set memory_limit = '${megabytes}MB'`);
        // What is pinned cannot be given back; the engine then says no and keeps its limit.
        await limit(Math.min(RESTING_MEGABYTES, memoryMegabytes)).catch(() => undefined);
        await limit(memoryMegabytes);
      }),
    close: () =>
      inTurn(async () => {
        readers.close();
        writing.closeSync();
        instance.closeSync();
      }),
  };
}

async function transact<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin transaction');
  try {
    const result = await work();
    await connection.run('commit');
    return result;
  } catch (error) {
    // The rollback's own failure would hide why the work failed; an aborted transaction refuses it.
    await connection.run('rollback').catch(() => undefined);
    throw error;
  }
}

function writerOn(connection: DuckDBConnection): AnalyticsWriter & AnalyticsReader {
  return {
    query: async (sql, parameters) => answerOf(await connection.stream(sql, bindable(parameters))),
    stream: (sql, parameters) => streamOn(connection, sql, parameters),
    async run(sql, parameters) {
      const result = await connection.run(sql, bindable(parameters));
      return result.rowsChanged;
    },
    append: (table, columns, rows) => appendRows(connection, table, columns, rows),
  };
}

async function appendRows(
  connection: DuckDBConnection,
  table: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map((column) => column.name);
  const expected = await columnNames(connection, table);
  if (names.join('\n') !== expected.join('\n')) {
    throw new TypeError(`${table} has the columns ${expected.join(', ')}, not ${names.join(', ')}`);
  }
  const { schema, name } = splitTable(table);
  const appender = await connection.createAppender(name, schema);
  try {
    const types = columns.map((_, index) => appender.columnType(index));
    const chunk = DuckDBDataChunk.create(types);
    const size = Math.min(APPEND_ROWS, Math.ceil(APPEND_CELLS / columns.length));
    for (let from = 0; from < rows.length; from += size) {
      if (from > 0) await otherWork();
      const part = rows.slice(from, from + size);
      chunk.setColumns(
        columns.map((column, index) =>
          part.map((row) => fromCell(row[index] ?? null, column.type)),
        ),
      );
      appender.appendDataChunk(chunk);
      chunk.reset();
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

const splitTable = (table: string): { schema: string; name: string } => {
  const dot = table.indexOf('.');
  return dot < 0
    ? { schema: 'main', name: table }
    : { schema: table.slice(0, dot), name: table.slice(dot + 1) };
};

async function columnNames(connection: DuckDBConnection, table: string): Promise<string[]> {
  const { schema, name } = splitTable(table);
  const result = await connection.run(
    `select * from ${quoteName(schema)}.${quoteName(name)} limit 0`,
  );
  return result.columnNames();
}

/**
 * Plans and answers within one transaction. Planned before a commit of the writer and run after it, a
 * query would be answered wrongly: the plan relies on what the tables held.
 */
async function readAtOnce(
  reader: DuckDBConnection,
  sql: string,
  parameters?: Parameters,
): Promise<Answer> {
  if (parameters === undefined) return answerOf(await reader.run(sql));
  await reader.run('begin transaction');
  const answer = await answerOf(await reader.stream(sql, bindable(parameters)));
  await reader.run('commit');
  return answer;
}

async function answerOf(result: DuckDBResult): Promise<Answer> {
  const columns = columnsOf(result);
  const rows: Cell[][] = [];
  for await (const chunk of result) rows.push(...chunkRows(chunk));
  return { columns, rows };
}

async function* streamOn(
  connection: DuckDBConnection,
  sql: string,
  parameters?: Parameters,
): AsyncIterable<readonly (readonly Cell[])[]> {
  const result = await connection.stream(sql, bindable(parameters));
  for await (const chunk of result) yield chunkRows(chunk);
}

function columnsOf(result: DuckDBResult): AnswerColumn[] {
  return result.columnNames().map((name, index) => ({
    name,
    type: columnTypeOf(result.columnTypeId(index), result.columnType(index).alias),
  }));
}

function chunkRows(chunk: DuckDBDataChunk): Cell[][] {
  const columns = chunk.getColumns();
  return Array.from({ length: chunk.rowCount }, (_, row) =>
    columns.map((column) => toCell(column[row] ?? null)),
  );
}

function bindable(
  parameters: Parameters | undefined,
): DuckDBValue[] | Record<string, DuckDBValue> | undefined {
  if (parameters === undefined) return undefined;
  return Array.isArray(parameters)
    ? [...(parameters as readonly Cell[])]
    : { ...(parameters as Readonly<Record<string, Cell>>) };
}

/** What stands on disk: the file and its write-ahead log. */
async function sizeOf(file: string): Promise<number> {
  let bytes = 0;
  for (const path of [file, `${file}.wal`]) {
    bytes += await stat(path).then(
      (found) => found.size,
      () => 0,
    );
  }
  return bytes;
}

// The process behind the analysts' SQL page. It holds a copy of the pool and nothing else: no
// settings, no secrets, no connection. Whatever a question does to it, it is ended and started anew.
import { constants, copyFile } from 'node:fs/promises';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import type { Cell } from '../../../platform/analytics/analytics.ts';
import { columnTypeOf, toCell } from '../../../platform/analytics/cells.ts';
import type { SqlAnswer } from '../contract.ts';

export interface SqlLimits {
  readonly rows: number;
  readonly bytes: number;
  readonly cellCharacters: number;
  readonly memoryMegabytes: number;
}

export type ToSqlProcess =
  | {
      readonly kind: 'open';
      readonly from: string;
      readonly copy: string;
      readonly limits: SqlLimits;
    }
  | { readonly kind: 'ask'; readonly sql: string };

export type FromSqlProcess =
  | { readonly kind: 'copied' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly problem: string }
  | { readonly kind: 'refused'; readonly code: string; readonly problem: string }
  | { readonly kind: 'answer'; readonly answer: Pick<SqlAnswer, 'columns' | 'rows' | 'truncated'> };

/** The process may hold this much beyond the engine's own limit: JavaScript, and strings in flight. */
const BEYOND_ENGINE_MEGABYTES = 400;
const WATCH_MS = 100;
/** Tells the parent that the process ended itself for want of memory. */
export const EXIT_TOO_LARGE = 70;

let connection: DuckDBConnection | null = null;
let limits: SqlLimits | null = null;

const send = (message: FromSqlProcess): void => void process.send?.(message);

async function open(message: Extract<ToSqlProcess, { kind: 'open' }>): Promise<void> {
  limits = message.limits;
  await copyFile(message.from, message.copy, constants.COPYFILE_FICLONE);
  send({ kind: 'copied' });
  const { memoryMegabytes } = message.limits;
  const instance = await DuckDBInstance.create(message.copy, {
    access_mode: 'READ_ONLY',
    // Set in this order: once external access is off, the temporary folder cannot be changed.
    temp_directory: '',
    max_temp_directory_size: '0KB',
    memory_limit: `${memoryMegabytes}MB`,
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    enable_external_access: 'false',
  });
  connection = await instance.connect();
  await connection.run('set lock_configuration = true');
  const most = (memoryMegabytes + BEYOND_ENGINE_MEGABYTES) * 1024 * 1024;
  setInterval(() => {
    if (process.memoryUsage.rss() > most) process.exit(EXIT_TOO_LARGE);
  }, WATCH_MS).unref();
  send({ kind: 'ready' });
}

async function ask(sql: string): Promise<FromSqlProcess> {
  if (!connection || !limits) return { kind: 'broken', problem: 'not open' };
  const refused = (code: string, problem = ''): FromSqlProcess => ({
    kind: 'refused',
    code,
    problem,
  });
  let statement: DuckDBPreparedStatement;
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count > 1) return refused('pool.sql_many_statements');
    statement = await statements.prepare(0);
  } catch (error) {
    return explained(error);
  }
  const isReading =
    statement.statementType === StatementType.SELECT ||
    statement.statementType === StatementType.EXPLAIN;
  if (!isReading) return refused('pool.sql_not_a_question', kindOf(statement.statementType));
  if (statement.parameterCount > 0) return refused('pool.sql_has_parameters');
  try {
    return { kind: 'answer', answer: await read(statement, limits) };
  } catch (error) {
    return explained(error);
  }
}

const kindOf = (type: StatementType): string =>
  Object.entries(StatementType).find(([, value]) => value === type)?.[0] ?? String(type);

async function read(
  statement: DuckDBPreparedStatement,
  { rows: most, bytes: mostBytes, cellCharacters }: SqlLimits,
): Promise<Pick<SqlAnswer, 'columns' | 'rows' | 'truncated'>> {
  const result = await statement.stream();
  const columns = result.columnNames().map((name, index) => ({
    name,
    type: columnTypeOf(result.columnTypeId(index), result.columnType(index).alias) as string,
  }));
  const rows: Cell[][] = [];
  let bytes = 0;
  for await (const chunk of result) {
    for (const row of chunk.getRows()) {
      const cells = row.map((value) => shortened(toCell(value), cellCharacters));
      bytes += JSON.stringify(cells).length;
      if (rows.length >= most || bytes > mostBytes) return { columns, rows, truncated: true };
      rows.push(cells);
    }
  }
  return { columns, rows, truncated: false };
}

const shortened = (cell: Cell, most: number): Cell =>
  typeof cell === 'string' && cell.length > most ? `${cell.slice(0, most)}…` : cell;

/** The engine's message says best what is wrong with the SQL; its advice on settings is not for here. */
function explained(error: unknown): FromSqlProcess {
  const message = error instanceof Error ? error.message : String(error);
  const [problem = ''] = message.split(/\n\n(?:Possible solutions|See also)/);
  if (message.startsWith('Permission Error') || /configuration has been locked/.test(message)) {
    return { kind: 'refused', code: 'pool.sql_not_permitted', problem: '' };
  }
  if (message.startsWith('Out of Memory') || /exceeds the maximum/.test(message)) {
    return { kind: 'refused', code: 'pool.sql_too_large', problem: '' };
  }
  return { kind: 'refused', code: 'pool.sql_wrong', problem: problem.slice(0, 1000) };
}

process.on('message', (message: ToSqlProcess) => {
  const broken = (error: unknown): void =>
    send({ kind: 'broken', problem: error instanceof Error ? error.message : String(error) });
  if (message.kind === 'open') open(message).catch(broken);
  else ask(message.sql).then(send, broken);
});
// The parent is gone, however that came: nobody will ask again.
process.on('disconnect', () => process.exit(0));

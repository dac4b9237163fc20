import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Actor } from '../identity/index.ts';
import type { Dataset, ImportJob, SqlAnswer } from './contract.ts';
import { loadMapping } from './mapping.ts';
import type { Pool } from './service.ts';

/**
 * The pool as the command line uses it. One process owns a data folder: with no server on it the
 * command opens the pool itself, otherwise it asks the server.
 */
export interface PoolAccess {
  /** Resolves when the import has ended, well or not. */
  importFile(path: string, mapping: string): Promise<ImportJob>;
  askSql(sql: string): Promise<SqlAnswer>;
  datasets(): Promise<Dataset[]>;
  rebuild(): Promise<void>;
}

export interface PoolCommandDeps {
  /** Opens the pool, whichever way, for the length of one piece of work. */
  withPool<T>(work: (pool: PoolAccess) => Promise<T>): Promise<T>;
  print(line: string): void;
}

const LOOK_EVERY_MS = 200;

async function ended(job: ImportJob, look: () => Promise<ImportJob>): Promise<ImportJob> {
  let latest = job;
  while (latest.state === 'running') {
    await pause(LOOK_EVERY_MS);
    latest = await look();
  }
  return latest;
}

/** The pool in this process. A mapping may be one's own, by path. */
export const directPool = (pool: Pool, actor: Actor): PoolAccess => ({
  importFile: async (path, mapping) => {
    const job = await pool.importFile(actor, {
      name: basename(path),
      mapping: await loadMapping(mapping),
      content: createReadStream(path, { highWaterMark: 1 << 20 }),
    });
    return ended(job, () => pool.importJob(actor, job.id));
  },
  askSql: (sql) => pool.askSql(actor, sql),
  datasets: () => pool.datasets(actor),
  rebuild: () => pool.rebuildTables(actor),
});

/** Sends one request to the server and gives its JSON answer; refusals come back as `Refused`. */
export type Ask = (
  method: 'GET' | 'POST',
  path: string,
  body?: unknown | ReadableStream,
) => Promise<unknown>;

/** The pool behind a running server. Mappings are the shipped ones: the server reads no path of ours. */
export const remotePool = (ask: Ask): PoolAccess => ({
  importFile: async (path, mapping) => {
    const query = new URLSearchParams({ mapping, name: basename(path) });
    const job = (await ask(
      'POST',
      `/api/pool/imports?${query}`,
      createReadStream(path, { highWaterMark: 1 << 20 }),
    )) as ImportJob;
    return ended(
      job,
      async () =>
        (await ask('GET', `/api/pool/imports/${encodeURIComponent(job.id)}`)) as ImportJob,
    );
  },
  askSql: async (sql) => (await ask('POST', '/api/pool/sql', { sql })) as SqlAnswer,
  datasets: async () =>
    ((await ask('GET', '/api/pool/datasets')) as { datasets: Dataset[] }).datasets,
  rebuild: async () => void (await ask('POST', '/api/pool/rebuild', {})),
});

/** `jianghai pool import|query|status|rebuild` */
export function poolCommand({ withPool, print }: PoolCommandDeps): Command {
  const pool = new Command('pool').description('the data pool');
  const asJson = ['--json', 'print the outcome as JSON'] as const;
  pool
    .command('import <file>')
    .description('bring a file into the pool; bad rows are set aside with the reason')
    .requiredOption('--mapping <name>', 'a shipped mapping, or the path of your own')
    .option(...asJson)
    .action(async (file: string, options: { mapping: string; json?: boolean }) => {
      const job = await withPool((access) => access.importFile(file, options.mapping));
      if (options.json) print(JSON.stringify(job));
      else for (const line of importLines(job)) print(line);
      if (job.state === 'refused') process.exitCode = 1;
      if (job.state === 'failed') process.exitCode = 2;
    });
  pool
    .command('query <sql>')
    .description('ask a snapshot of the pool; it reads and changes nothing')
    .option(...asJson)
    .action(async (sql: string, options: { json?: boolean }) => {
      const answer = await withPool((access) => access.askSql(sql));
      if (options.json) return print(JSON.stringify(answer));
      const header = answer.columns.map(({ name }) => name);
      for (const row of [header, ...answer.rows]) print(row.map((cell) => cell ?? '').join('\t'));
      if (answer.truncated) print('…');
    });
  pool
    .command('status')
    .description('datasets: rows, rows set aside, freshness, failed checks')
    .option(...asJson)
    .action(async (options: { json?: boolean }) => {
      const datasets = await withPool((access) => access.datasets());
      if (options.json) return print(JSON.stringify(datasets));
      for (const line of datasets.map(statusLine)) print(line);
    });
  pool
    .command('rebuild')
    .description('drop the event tables and fill them anew from the event log')
    .action(() => withPool((access) => access.rebuild()));
  return pool;
}

function* importLines(job: ImportJob): Iterable<string> {
  for (const { code, seen = '' } of job.refusals) yield `${code} ${seen}`.trim();
  if (job.state !== 'done') return;
  if (job.repeated) yield `此文件已导入过，没有新增 · imported before, nothing added: ${job.id}`;
  yield `${job.rows} 行导入 · rows imported, ${job.rejected} 行剔除 · set aside`;
}

function statusLine({ name, rows, freshAt, quality, lineage }: Dataset): string {
  const rejected = lineage.reduce((sum, source) => sum + source.rejected, 0);
  const failed = quality.filter(({ passed }) => !passed).map((check) => check.name);
  const checks = failed.length === 0 ? '✓' : `✗ ${failed.join(' ')}`;
  return [name, rows, rejected, freshAt ?? '–', checks].join('\t');
}

// DuckDB behind the port: the common stories, and what is its own — the file, the lock, `kill -9`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TableColumn } from './analytics.ts';
import { SQL_TYPES } from './cells.ts';
import { describeAnalytics } from './conformance.ts';
import { openDuckdb } from './duckdb.ts';

const createTable = (table: string, columns: readonly TableColumn[]): string =>
  `create table ${table} (${columns.map((c) => `"${c.name}" ${SQL_TYPES[c.type]}`).join(', ')})`;

describeAnalytics('DuckDB', () => openDuckdb({ file: ':memory:' }), createTable);

describe('a pool file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jianghai-analytics-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('keeps what was committed when its process is killed', async () => {
    const file = join(folder, 'pool.duckdb');
    const program = `
      import { openDuckdb } from ${JSON.stringify(new URL('./duckdb.ts', import.meta.url).href)};
      const analytics = await openDuckdb({ file: ${JSON.stringify(file)} });
      await analytics.run('create table entry (id bigint)');
      for (let id = 0; ; id++) {
        await analytics.append('entry', [{ name: 'id', type: 'integer' }], [[id], [id]]);
        process.stdout.write(id + '\\n');
      }`;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'exit');
    let acknowledged = -1;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 40) child.kill('SIGKILL');
    }
    await exited;
    const analytics = await openDuckdb({ file });
    const { rows } = await analytics.query(
      'select count(*), max(id), min(times) from (select id, count(*) as times from entry group by id)',
    );
    await analytics.close();
    const [count, last, times] = rows[0] ?? [];
    expect(Number(last)).toBeGreaterThanOrEqual(acknowledged);
    expect(count).toBe(Number(last) + 1);
    expect(times).toBe(2);
  });

  test('stands in one file, whole, while a copy is made', async () => {
    const file = join(folder, 'pool.duckdb');
    const analytics = await openDuckdb({ file });
    await analytics.run('create table entry as select range as id from range(1000)');
    const order: string[] = [];
    const still = analytics.whileStill(async (path) => {
      order.push('copying');
      expect(path).toBe(file);
      expect((await stat(`${file}.wal`).catch(() => null))?.size ?? 0).toBe(0);
      order.push('copied');
    });
    const writing = analytics
      .run('insert into entry values (-1)')
      .then(() => order.push('written'));
    await Promise.all([still, writing]);
    expect(order).toEqual(['copying', 'copied', 'written']);
    expect(await analytics.bytes()).toBeGreaterThan(1000);
    await analytics.close();
  });
});

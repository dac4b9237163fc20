// An analyst, or whoever holds an analyst's account, asks the SQL page. What may be asked is
// answered from a snapshot; whatever reaches for files, settings, other statements, or too much time
// or memory is refused with the reason, and the next question is answered all the same.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '../../kernel/refusal.ts';
import type { Analytics } from '../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { testFolder } from '../../platform/testing.ts';
import { createSqlPage, type SqlPage } from './store/sql-page.ts';

let place: Awaited<ReturnType<typeof testFolder>>;
let analytics: Analytics;
let page: SqlPage;
let secret: string;
beforeAll(async () => {
  place = await testFolder();
  secret = join(place.folder, 'secret.csv');
  await writeFile(secret, 'a,b\n1,2\n');
  analytics = await openDuckdb({ file: join(place.folder, 'pool.duckdb') });
  await analytics.run(
    'create table entry as select range as id, 1.50::decimal(9, 2) as amount from range(9)',
  );
  page = createSqlPage({
    analytics,
    folder: join(place.folder, 'snapshots'),
    now: () => '2026-11-22T00:00:00.000Z',
    limits: {
      questionMs: 6_000,
      rows: 100,
      bytes: 100_000,
      cellCharacters: 50,
      memoryMegabytes: 64,
    },
  });
});
afterAll(async () => {
  await page.stop();
  await analytics.close();
  await place.remove();
});

const codeOf = async (sql: string): Promise<string> => {
  try {
    await page.ask(sql);
    return 'answered';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.refusals[0]?.code ?? '';
  }
};

test('a question is answered from a snapshot, with exact numbers', async () => {
  expect(await page.ask('select count(*) as n, sum(amount) as total from entry;')).toMatchObject({
    columns: [
      { name: 'n', type: 'integer' },
      { name: 'total', type: 'decimal' },
    ],
    rows: [[9, '13.5']],
    truncated: false,
    snapshotAt: '2026-11-22T00:00:00.000Z',
  });
  await analytics.run('insert into entry values (9, 1)');
  expect((await page.ask('select count(*) from entry')).rows).toEqual([[9]]);
});

const NOT_PERMITTED = 'pool.sql_not_permitted';
const NO_QUESTION = 'pool.sql_not_a_question';
test.each([
  ["select * from read_csv('SECRET')", NOT_PERMITTED],
  ["select * from read_text('/etc/passwd')", NOT_PERMITTED],
  ["select * from read_json_objects('/proc/self/environ')", NOT_PERMITTED],
  ["select * from read_parquet('https://example.org/x.parquet')", NOT_PERMITTED],
  ["select * from glob('/*')", NOT_PERMITTED],
  ["select * from sniff_csv('SECRET')", NOT_PERMITTED],
  ["select * from query('select * from read_csv(''SECRET'')')", NOT_PERMITTED],
  ["select * from 'SECRET'", NOT_PERMITTED],
  ["select getenv('HOME')", 'pool.sql_wrong'],
  ["copy entry to 'SECRET'", NOT_PERMITTED],
  ["copy (select 1) to '/dev/stdout'", NOT_PERMITTED],
  ["attach 'SECRET.duckdb' as other", NO_QUESTION],
  ["export database 'SECRET'", NOT_PERMITTED],
  ['install httpfs', NO_QUESTION],
  ['load httpfs', NO_QUESTION],
  ['set enable_external_access = true', NO_QUESTION],
  ['reset lock_configuration', NO_QUESTION],
  ["pragma memory_limit = '100GB'", NO_QUESTION],
  ['pragma enable_profiling', NO_QUESTION],
  ['call enable_logging()', NO_QUESTION],
  ['checkpoint', NO_QUESTION],
  ['create table mine as select 1', NO_QUESTION],
  ['create temp table mine as select 1', NO_QUESTION],
  ['insert into entry values (1, 1)', NO_QUESTION],
  ['update entry set id = 0', NO_QUESTION],
  ['drop table entry', NO_QUESTION],
  ['begin transaction', NO_QUESTION],
  ['prepare q as select 1', NO_QUESTION],
  ['select 1; drop table entry', 'pool.sql_many_statements'],
  ['explain analyze insert into entry values (1, 1)', 'pool.sql_wrong'],
  ['select ?', 'pool.sql_has_parameters'],
  ['-- nothing', 'pool.sql_wrong'],
  ['selekt 1', 'pool.sql_wrong'],
])('%s is refused', async (sql, code) => {
  expect(await codeOf(sql.replaceAll('SECRET', secret))).toBe(code);
  expect(await codeOf('select 1')).toBe('answered');
});

test('no more rows, bytes or characters than the page can show', async () => {
  const many = await page.ask('select * from range(1000000)');
  expect([many.rows.length, many.truncated]).toEqual([100, true]);
  const wide = await page.ask(
    `select range, repeat('x', 40) as a, repeat('y', 1000) as b from range(100)`,
  );
  expect(wide.rows[0]?.[2]).toBe(`${'y'.repeat(50)}…`);
  const heavy = await page.ask(
    `select ${Array.from({ length: 60 }, (_, i) => `repeat('x', 40) as c${i}`)} from range(100)`,
  );
  expect(heavy.truncated).toBe(true);
});

test('a question that takes too long, or too much memory, is ended; the next is answered', async () => {
  expect(
    await codeOf('select sum(a.range * b.range) from range(1000000) a, range(1000000) b'),
  ).toBe('pool.sql_too_slow');
  expect(await codeOf('select 1')).toBe('answered');
  const greedy = await codeOf('select list(range) from range(1000000000000)');
  expect(['pool.sql_too_large', 'pool.sql_too_slow']).toContain(greedy);
  expect(await codeOf('select 1')).toBe('answered');
}, 60_000);

test('questions beyond what can wait are refused, not piled up', async () => {
  const codes = await Promise.all(Array.from({ length: 20 }, () => codeOf('select 1')));
  expect(codes.filter((code) => code === 'answered').length).toBe(8);
  expect(new Set(codes)).toEqual(new Set(['answered', 'pool.sql_busy']));
});

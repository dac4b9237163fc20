// People come to the pool through its service: an analyst imports a file and asks about it, a
// declarant is turned away, and who asked what stands in the audit.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Analytics } from '../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../platform/analytics/duckdb.ts';
import { systemClock } from '../../platform/clock.ts';
import { append, readAfter } from '../../platform/event-log/event-log.ts';
import { silentLog } from '../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { testFolder } from '../../platform/testing.ts';
import type { Actor, Role } from '../identity/index.ts';
import { createPool, type Pool } from './service.ts';
import { sailedTable, sailing } from './testing.ts';

let database: TestDatabase;
let place: Awaited<ReturnType<typeof testFolder>>;
let analytics: Analytics;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  place = await testFolder();
  analytics = await openDuckdb({ file: join(place.folder, 'pool.duckdb') });
  pool = await createPool({
    db: database.db,
    analytics,
    folder: place.folder,
    clock: systemClock,
    log: silentLog,
    tables: [sailedTable],
    readAfter,
  });
});
afterAll(async () => {
  await pool.stop();
  await analytics.close();
  await place.remove();
  await database.drop();
});

const actor = (...roles: Role[]): Actor => ({
  personId: 'p1',
  name: 'Wang',
  postId: 'post1',
  organisationId: '2200',
  roles,
  offices: [],
  mayBackdate: false,
  via: 'session',
});
const analyst = actor('riskAnalyst');

const SAMPLE = new URL('./mappings/jianghai-declarations.sample.csv', import.meta.url);
async function bring(path: string | URL) {
  const job = await pool.importFile(analyst, {
    name: 'declarations.csv',
    mapping: 'jianghai-declarations',
    content: createReadStream(path),
  });
  for (;;) {
    const latest = await pool.importJob(analyst, job.id);
    if (latest.state !== 'running') return latest;
    await pause(20);
  }
}

test('an analyst imports the sample of our own template and finds it in the catalogue', async () => {
  expect(await bring(SAMPLE)).toMatchObject({
    state: 'done',
    rows: 2,
    rejected: 0,
    repeated: false,
  });
  expect(await bring(SAMPLE)).toMatchObject({ state: 'done', rows: 2, repeated: true });
  expect(await pool.importJobs(analyst)).toHaveLength(1);
  const dataset = await pool.dataset(analyst, 'flat_declaration');
  expect(dataset.rows).toBe(2);
  expect(dataset.quality.every(({ passed }) => passed)).toBe(true);
  const answer = await pool.askSql(
    analyst,
    'select goods_hs6, goods_value, declaration_filing, party_importer_grade, goods_preference from flat_declaration order by 1',
  );
  expect(answer.rows).toEqual([
    ['390761', '120000', 'standard', 'advancedCertified', '22'],
    ['851660', '48600', 'advance', 'regular', null],
  ]);
});

test('rows that were set aside can be fetched, and a refused file says why', async () => {
  const lines = (await text(createReadStream(SAMPLE))).split('\n');
  const bad = await place.write(
    'bad.csv',
    [
      lines[0],
      lines[1]
        ?.replace('D-2026-0001', 'D-3')
        .replace('JP', 'JP')
        .replace('2026-07-01', '2026-13-01'),
      lines[2]?.replace('D-2026-0002', 'D-4'),
      '',
    ].join('\n'),
  );
  const job = await bring(bad);
  expect(job).toMatchObject({ state: 'done', rows: 1, rejected: 1 });
  expect(await text(await pool.rejects(analyst, job.id))).toContain('pool.not_a_date');
  const refused = await bring(await place.write('wrong.csv', 'a,b\n1,2\n'));
  expect(refused.state).toBe('refused');
  expect(refused.refusals[0]?.code).toBe('pool.column_missing');
  await expect(pool.rejects(analyst, refused.id)).rejects.toThrow('pool.no_rejects');
  await expect(
    pool.importFile(analyst, {
      name: 'x',
      mapping: '../../../etc/passwd',
      content: createReadStream(bad),
    }),
  ).rejects.toThrow('pool.mapping_unknown');
});

test('events are fed, and fed anew when the operator asks', async () => {
  await append(
    database.db,
    [1, 2, 3].map((seq) => sailing(seq)),
  );
  await pool.catchUp();
  expect((await pool.dataset(analyst, 'ship_sailed')).rows).toBe(3);
  await pool.rebuildTables(actor('operator'));
  expect(await pool.dataset(analyst, 'ship_sailed')).toMatchObject({ kind: 'events', rows: 3 });
  expect((await pool.datasets(analyst)).map(({ name }) => name)).toEqual([
    'ship_sailed',
    'flat_declaration',
  ]);
});

test('whom the permissions do not name is turned away', async () => {
  const declarant = actor('declarant');
  await expect(pool.datasets(declarant)).rejects.toThrow('identity.not_permitted');
  await expect(pool.askSql(declarant, 'select 1')).rejects.toThrow('identity.not_permitted');
  await expect(pool.askSql(actor('operator'), 'select 1')).rejects.toThrow(
    'identity.not_permitted',
  );
  await expect(pool.rebuildTables(analyst)).rejects.toThrow('identity.not_permitted');
});

test('who imported and who asked what is in the audit', async () => {
  const { rows } = await sql<{ operation: string; detail: Record<string, unknown> }>`
    select operation, detail from identity.audit where person_id = 'p1'`.execute(database.db);
  const operations = rows.map(({ operation }) => operation);
  expect(operations).toEqual(expect.arrayContaining(['pool.import', 'pool.sql', 'pool.rebuild']));
  expect(rows.find(({ operation }) => operation === 'pool.sql')?.detail.sql).toMatch(/^select/);
});

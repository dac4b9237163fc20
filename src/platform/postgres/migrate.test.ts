// A database grows by numbered files, each once, in order, and its history cannot be rewritten.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { listMigrations, migrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  database = await testDatabase('empty');
});
afterAll(() => database.drop());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jianghai-migrate-'));
  await write('0001_shelf.sql', 'create schema shop; create table shop.shelf (label text);');
});
afterEach(async () => {
  await sql`drop schema if exists shop cascade`.execute(database.db);
  await sql`delete from platform.migration`.execute(database.db);
  await rm(directory, { recursive: true });
});

const write = (name: string, text: string): Promise<void> => writeFile(join(directory, name), text);
const run = (): Promise<void> => migrate(database.db, [{ schema: 'shop', directory }], silentLog);

test('files are applied once and in order', async () => {
  await write('0002_rows.sql', "insert into shop.shelf values ('tea');");
  await run();
  await run();
  const { rows } = await sql`select label from shop.shelf`.execute(database.db);
  expect(rows).toEqual([{ label: 'tea' }]);
  expect((await listMigrations(database.db)).map((each) => each.name)).toEqual([
    '0001_shelf.sql',
    '0002_rows.sql',
  ]);
});

test('several programs may start at once', async () => {
  await Promise.all([run(), run(), run()]);
  expect(await listMigrations(database.db)).toHaveLength(1);
});

test('a file that fails leaves nothing of itself behind, and what came before it stays', async () => {
  await write('0002_wrong.sql', "insert into shop.shelf values ('tea'); select nonsense;");
  await expect(run()).rejects.toThrow('nonsense');
  const { rows } = await sql`select label from shop.shelf`.execute(database.db);
  expect(rows).toEqual([]);
  expect(await listMigrations(database.db)).toHaveLength(1);
});

test('an applied file that changed is refused, and named', async () => {
  await run();
  await write(
    '0001_shelf.sql',
    'create schema shop; create table shop.shelf (label text, width int);',
  );
  await expect(run()).rejects.toMatchObject({
    kind: 'conflict',
    refusals: [
      { code: 'platform.migration_changed', params: { schema: 'shop', name: '0001_shelf.sql' } },
    ],
  });
});

test('a database that a newer program migrated is refused', async () => {
  await write('0002_later.sql', 'select 1;');
  await run();
  await rm(join(directory, '0002_later.sql'));
  await expect(run()).rejects.toMatchObject({
    refusals: [{ code: 'platform.database_is_newer', params: { name: '0002_later.sql' } }],
  });
});

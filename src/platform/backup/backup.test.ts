// A backup taken while work goes on comes back whole elsewhere; a damaged one is refused before it touches anything.
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { type MigrationSource, migrate } from '../postgres/migrate.ts';
import { createPool } from '../postgres/open.ts';
import { type TestDatabase, testDatabase } from '../postgres/testing.ts';
import { backup } from './backup.ts';
import type { BackupManifest } from './manifest.ts';
import { restore } from './restore.ts';

const SHOP = `
  create schema shop;
  create table shop.item (
    id bigint generated always as identity primary key,
    shelf text not null,
    above bigint references shop.item,
    label text,
    width numeric(38, 10),
    area numeric generated always as (width * width) stored,
    detail jsonb,
    made_by xid8 not null default pg_current_xact_id()
  );
  create table shop.a_note (
    item bigint not null references shop.item deferrable initially deferred,
    scan bytea,
    written timestamptz,
    day date
  );
  create function shop.refuse() returns trigger language plpgsql as $$ begin raise 'A note is never changed.'; end $$;
  create trigger never before update or delete or truncate on shop.a_note execute function shop.refuse();
  insert into shop.item (shelf) values ('seed');
`;
const ROWS = `
  insert into shop.item (shelf, above, label, width, detail)
  select 's' || n, case when n > 1 then n - 1 end, E'tab\\tnew\\nline \\\\ 铅封 ' || n, n / 7.0, jsonb_build_object('n', n)
  from generate_series(1, 500) as n;
  insert into shop.a_note select id, decode('00ff5c0a', 'hex'), '2026-02-28T16:00:00.123456Z', '2026-02-28' from shop.item;
`;

let folder: string;
let databases: TestDatabase[];
let pools: pg.Pool[];
let sources: MigrationSource[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-backup-'));
  databases = [];
  pools = [];
  sources = [{ schema: 'shop', directory: join(folder, 'migrations') }];
  await mkdir(join(folder, 'migrations'));
  await writeFile(join(folder, 'migrations/0001_item.sql'), SHOP);
  await mkdir(join(folder, 'store/ab'), { recursive: true });
  await writeFile(join(folder, 'store/ab/seal.jpg'), Buffer.from([1, 2, 3]));
  await mkdir(join(folder, 'store/.incoming'));
  await writeFile(join(folder, 'store/.incoming/half'), 'half');
  await writeFile(join(folder, 'secret'), 'thirty-two');
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await Promise.all(databases.map((database) => database.drop()));
  await rm(folder, { recursive: true });
});

async function emptyDatabase(): Promise<TestDatabase & { pool: pg.Pool }> {
  const database = await testDatabase('empty');
  const pool = createPool({ connectionString: database.url }, silentLog);
  databases.push(database);
  pools.push(pool);
  return { ...database, pool };
}

async function filledShop(): Promise<TestDatabase & { pool: pg.Pool }> {
  const shop = await emptyDatabase();
  await migrate(shop.db, sources, silentLog);
  await sql.raw(ROWS).execute(shop.db);
  return shop;
}

const take = (pool: pg.Pool): Promise<BackupManifest> =>
  backup({
    pool,
    folder: join(folder, 'backup'),
    files: { store: join(folder, 'store'), secret: join(folder, 'secret') },
    at: '2026-03-01T00:00:00.000Z',
  });

async function bring(target: TestDatabase & { pool: pg.Pool }): Promise<BackupManifest> {
  const { db, pool } = target;
  const files = { store: join(folder, 'new/store'), secret: join(folder, 'new/secret') };
  const afterRestore = ["update shop.item set made_by = '3'"];
  return restore(
    { db, pool, folder: join(folder, 'backup'), files, sources, afterRestore },
    silentLog,
  );
}

async function contentOf(database: TestDatabase): Promise<unknown> {
  const items = await sql`
    select id, shelf, above, label, width, area, detail from shop.item order by id
  `.execute(database.db);
  const notes = await sql`select * from shop.a_note order by item`.execute(database.db);
  return { items: items.rows, notes: notes.rows };
}

test('the same rows, files and sequences come back in a fresh cluster', async () => {
  const shop = await filledShop();
  const manifest = await take(shop.pool);
  expect(manifest.tables.map(({ table, rows }) => [table, rows])).toEqual([
    ['item', 501],
    ['a_note', 501],
  ]);

  const target = await emptyDatabase();
  await bring(target);
  expect(await contentOf(target)).toEqual(await contentOf(shop));
  expect(await readFile(join(folder, 'new/store/ab/seal.jpg'))).toEqual(Buffer.from([1, 2, 3]));
  expect(await readFile(join(folder, 'new/secret'), 'utf8')).toBe('thirty-two');
  expect(await readdir(join(folder, 'new/store'))).toEqual(['ab']);

  const next = await sql<{ id: string }>`
    insert into shop.item (shelf) values ('next') returning id
  `.execute(target.db);
  expect(next.rows).toEqual([{ id: '502' }]);
  const renumbered = await sql`select from shop.item where made_by = '3'`.execute(target.db);
  expect(renumbered.rows).toHaveLength(501);
  await expect(sql`delete from shop.a_note`.execute(target.db)).rejects.toThrow('never changed');
});

test('work that goes on during the backup is in it wholly or not at all', async () => {
  const shop = await filledShop();
  let isOver = false;
  const working = (async () => {
    while (!isOver) {
      await sql`
        with item as (insert into shop.item (shelf) values ('during') returning id)
        insert into shop.a_note (item) select id from item
      `.execute(shop.db);
    }
  })();
  const manifest = await take(shop.pool);
  isOver = true;
  await working;
  const [items, notes] = manifest.tables;
  expect(items?.rows).toBe(notes?.rows);
  const target = await emptyDatabase();
  await bring(target);
});

test('an older backup is restored at its own level, then brought up to the present one', async () => {
  const shop = await filledShop();
  await take(shop.pool);
  await writeFile(
    join(folder, 'migrations/0002_rename.sql'),
    'alter table shop.item rename column shelf to place;',
  );
  const target = await emptyDatabase();
  await bring(target);
  const { rows } = await sql`select place from shop.item where id = 2`.execute(target.db);
  expect(rows).toEqual([{ place: 's1' }]);
});

test('a backup of a newer program is refused', async () => {
  await writeFile(join(folder, 'migrations/0002_later.sql'), 'select 1;');
  const shop = await filledShop();
  await take(shop.pool);
  await rm(join(folder, 'migrations/0002_later.sql'));
  await expect(bring(await emptyDatabase())).rejects.toMatchObject({
    refusals: [{ code: 'platform.backup_is_newer', params: { name: '0002_later.sql' } }],
  });
});

test.each(['tables/shop.item.copy.gz', 'files/store/ab/seal.jpg', 'files/secret', 'manifest.json'])(
  'one flipped byte in %s is found and named, and nothing is touched',
  async (path) => {
    const shop = await filledShop();
    await take(shop.pool);
    await flipByte(join(folder, 'backup', path));
    const target = await emptyDatabase();
    await expect(bring(target)).rejects.toMatchObject({
      kind: 'invalid',
      refusals: [{ code: 'platform.backup_damaged', params: { file: path } }],
    });
    const { rows } = await sql`select from pg_namespace where nspname = 'shop'`.execute(target.db);
    expect(rows).toEqual([]);
  },
);

test('a missing file is found and named', async () => {
  const shop = await filledShop();
  await take(shop.pool);
  await rm(join(folder, 'backup/tables/shop.a_note.copy.gz'));
  await expect(bring(await emptyDatabase())).rejects.toMatchObject({
    refusals: [{ params: { file: 'tables/shop.a_note.copy.gz' } }],
  });
});

test('neither a database nor a folder that holds something is overwritten, nor is a backup', async () => {
  const shop = await filledShop();
  await take(shop.pool);
  await expect(take(shop.pool)).rejects.toMatchObject({
    refusals: [{ code: 'platform.backup_exists' }],
  });
  await expect(bring(shop)).rejects.toMatchObject({
    refusals: [{ code: 'platform.database_not_empty' }],
  });
  await mkdir(join(folder, 'new/store/cd'), { recursive: true });
  await expect(bring(await emptyDatabase())).rejects.toMatchObject({
    refusals: [{ code: 'platform.folder_not_empty' }],
  });
});

test('a backup that fails leaves no folder that looks like one', async () => {
  const shop = await filledShop();
  await sql`drop table platform.migration`.execute(shop.db);
  await expect(take(shop.pool)).rejects.toThrow();
  expect((await readdir(folder)).filter((name) => name.startsWith('backup'))).toEqual([]);
});

async function flipByte(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  const at = Math.floor((await handle.stat()).size / 2);
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  byte.writeUInt8(byte.readUInt8(0) ^ 1);
  await handle.write(byte, 0, 1, at);
  await handle.close();
}

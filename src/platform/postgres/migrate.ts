import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Refused } from '../../kernel/refusal.ts';
import type { Log } from '../log.ts';
import type { Db } from './transaction.ts';

/** A schema and the folder of its numbered files: `0001_name.sql`, `0002_name.sql` … */
export interface MigrationSource {
  readonly schema: string;
  readonly directory: string;
}

/** One migration, by content: the backup's manifest lists these too. */
export interface Migration {
  readonly schema: string;
  readonly name: string;
  readonly sha256: string;
}

interface MigrationFile extends Migration {
  readonly text: string;
}

/** Any constant will do; two programs that migrate one database must use the same. */
const LOCK = 7_214_918_053;

/**
 * Brings the database to the program's level. Forward only: a file that was applied is history, and
 * neither changes nor goes away. Each file is one transaction; an advisory lock lets several
 * programs start at once. With `upTo`, only those migrations are applied: the level of a backup.
 */
export async function migrate(
  db: Db,
  sources: readonly MigrationSource[],
  log: Log,
  upTo?: readonly Migration[],
): Promise<void> {
  const all = (await Promise.all(sources.map(readSource))).flat();
  const files = upTo ? onlyThose(all, upTo) : all;
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
    try {
      await createLedger(connection);
      for (const file of pending(files, await listMigrations(connection))) {
        await apply(connection, file);
        log.info({ schema: file.schema, migration: file.name }, 'Migrated.');
      }
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

/** What has been applied, in order. */
export async function listMigrations(db: Db): Promise<Migration[]> {
  const { rows } = await sql<Migration>`
    select schema, name, sha256 from platform.migration order by position
  `.execute(db);
  return rows;
}

async function readSource({ schema, directory }: MigrationSource): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(directory, name), 'utf8');
      return { schema, name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function createLedger(db: Db): Promise<void> {
  await sql`
    create schema if not exists platform;
    create table if not exists platform.migration (
      schema text not null,
      name text not null,
      sha256 text not null,
      position integer generated always as identity,
      applied_at timestamptz not null default now(),
      constraint migration_pkey primary key (schema, name)
    );
    comment on schema platform is 'What the machine keeps for itself: migrations, events, jobs.';
    comment on table platform.migration is 'The migrations applied to this database, once each.';
    comment on column platform.migration.schema is 'The schema the migration belongs to.';
    comment on column platform.migration.name is 'The name of its file.';
    comment on column platform.migration.sha256 is 'The hash of its file when applied: an applied file never changes.';
    comment on column platform.migration.position is 'Order of application.';
    comment on column platform.migration.applied_at is 'When it was applied.';
  `.execute(db);
}

function onlyThose(files: readonly MigrationFile[], wanted: readonly Migration[]): MigrationFile[] {
  const known = new Map(files.map((file) => [keyOf(file), file]));
  return wanted.map((migration) => {
    const file = known.get(keyOf(migration));
    if (file?.sha256 === migration.sha256) return file;
    const { schema, name } = migration;
    const code = file ? 'platform.migration_changed' : 'platform.backup_is_newer';
    throw new Refused('conflict', { code, params: { schema, name } });
  });
}

/** The files still to apply, after making sure that history is as we know it. */
function pending(files: readonly MigrationFile[], applied: readonly Migration[]): MigrationFile[] {
  const known = new Map(files.map((file) => [keyOf(file), file]));
  const schemas = new Set(files.map((file) => file.schema));
  for (const entry of applied) {
    const file = known.get(keyOf(entry));
    const params = { schema: entry.schema, name: entry.name };
    if (!file && schemas.has(entry.schema)) {
      throw new Refused('conflict', { code: 'platform.database_is_newer', params });
    }
    if (file && file.sha256 !== entry.sha256) {
      throw new Refused('conflict', { code: 'platform.migration_changed', params });
    }
  }
  const done = new Set(applied.map(keyOf));
  return files.filter((file) => !done.has(keyOf(file)));
}

const keyOf = ({ schema, name }: Migration): string => `${schema}/${name}`;

async function apply(connection: Db, { schema, name, sha256, text }: MigrationFile): Promise<void> {
  await connection.transaction().execute(async (tx) => {
    await sql.raw(text).execute(tx);
    await sql`
      insert into platform.migration (schema, name, sha256) values (${schema}, ${name}, ${sha256})
    `.execute(tx);
  });
}

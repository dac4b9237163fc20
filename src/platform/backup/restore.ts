import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Refused } from '../../kernel/refusal.ts';
import { explainFullDisk } from '../disk.ts';
import { hashFile } from '../files.ts';
import type { Log } from '../log.ts';
import { type MigrationSource, migrate } from '../postgres/migrate.ts';
import type { Db } from '../postgres/transaction.ts';
import { copyFile, isThere } from './backup.ts';
import { type BackupManifest, damaged, readManifest } from './manifest.ts';
import { columnsOf, listTables, nameOf, quoted } from './tables.ts';

export interface RestoreRequest {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** The backup. */
  readonly folder: string;
  /** Where each place of the backup goes; places not named stay behind. */
  readonly files: Readonly<Record<string, string>>;
  readonly sources: readonly MigrationSource[];
  /** Statements to run once the rows are in, for what does not carry over to another cluster. */
  readonly afterRestore: readonly string[];
  readonly onProgress?: (what: string) => void;
}

/**
 * Puts a backup into an empty database and empty folders. Every byte of it is checked before
 * anything is touched. The database is first brought to the level the backup was made at, then
 * filled in one transaction, then brought on to the program's own level.
 */
export async function restore(request: RestoreRequest, log: Log): Promise<BackupManifest> {
  const { db, pool, folder, sources } = request;
  const manifest = await readManifest(folder);
  await checkBytes(folder, manifest);
  await checkEmpty(pool, Object.values(request.files));
  try {
    await copyPlaces(request, manifest);
    await migrate(db, sources, log, manifest.migrations);
    await fill(request, manifest);
    await migrate(db, sources, log);
    return manifest;
  } catch (error) {
    throw explainFullDisk(error, folder);
  }
}

/** Names the first file that is not what the manifest says. */
async function checkBytes(folder: string, manifest: BackupManifest): Promise<void> {
  for (const { path, bytes, sha256 } of [...manifest.tables, ...manifest.files]) {
    const found = await hashFile(join(folder, path)).catch(() => null);
    if (found?.bytes !== bytes || found.sha256 !== sha256) throw damaged(path);
  }
}

async function checkEmpty(pool: pg.Pool, places: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1 limit 1
  `);
  const [table] = rows;
  if (table) {
    throw new Refused('conflict', {
      code: 'platform.database_not_empty',
      params: { table: table.name },
    });
  }
  for (const place of places) {
    if ((await isThere(place)) && !(await isEmptyFolder(place))) {
      throw new Refused('conflict', {
        code: 'platform.folder_not_empty',
        params: { folder: place },
      });
    }
  }
}

async function isEmptyFolder(place: string): Promise<boolean> {
  if (!(await stat(place)).isDirectory()) return false;
  return (await readdir(place)).every((name) => name.startsWith('.'));
}

async function copyPlaces(
  { folder, files, onProgress }: RestoreRequest,
  manifest: BackupManifest,
): Promise<void> {
  for (const [place, target] of Object.entries(files)) {
    for (const { path } of manifest.files.filter((file) => file.place === place)) {
      await copyFile(join(folder, path), join(target, relative(join('files', place), path)));
    }
    onProgress?.(place);
  }
}

async function fill(
  { pool, folder, afterRestore, onProgress }: RestoreRequest,
  manifest: BackupManifest,
): Promise<void> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    const tables = await listTables(client);
    // The rows were let in once, by rules of their own day; a trigger must neither judge nor change them again.
    for (const table of tables)
      await client.query(`alter table ${nameOf(table)} disable trigger user`);
    // What migrations themselves put in is in the backup too.
    if (tables.length > 0) await client.query(`truncate ${tables.map(nameOf).join(', ')}`);
    for (const entry of manifest.tables) {
      const columns = columnsOf(entry);
      const rows = client.query(copyFrom(`copy ${nameOf(entry)} (${columns}) from stdin`));
      await pipeline(createReadStream(join(folder, entry.path)), createGunzip(), rows);
      if (rows.rowCount !== entry.rows) throw damaged(entry.path);
      onProgress?.(`${entry.schema}.${entry.table}`);
    }
    for (const { schema, name, lastValue, isCalled } of manifest.sequences) {
      const sequence = `${quoted(schema)}.${quoted(name)}`;
      await client.query('select setval($1::regclass, $2, $3)', [sequence, lastValue, isCalled]);
    }
    for (const statement of afterRestore) await client.query(statement);
    // Of rows that refer to each other, the last check is made at commit; a table is altered only after it.
    await client.query('set constraints all immediate');
    for (const table of tables)
      await client.query(`alter table ${nameOf(table)} enable trigger user`);
    await client.query('commit');
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
  // The planner knows nothing of what has just come in.
  await pool.query('analyze');
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Instant } from '../../kernel/dates.ts';
import { Refused } from '../../kernel/refusal.ts';
import { isErrno } from '../claim.ts';
import { explainFullDisk, syncFolder } from '../disk.ts';
import type { Migration } from '../postgres/migrate.ts';
import { type BackupManifest, writeManifest } from './manifest.ts';
import { columnsOf, listSequences, listTables, nameOf, type Table } from './tables.ts';

type TableEntry = BackupManifest['tables'][number];
type FileEntry = BackupManifest['files'][number];

export interface BackupRequest {
  readonly pool: pg.Pool;
  /** The folder to make; it must not exist. */
  readonly folder: string;
  /** Files to take along: a name for each place, and the file or folder that stands there. */
  readonly files: Readonly<Record<string, string>>;
  readonly at: Instant;
  /** Told after each table and place, for a progress bar. */
  readonly onProgress?: (what: string) => void;
}

/**
 * Copies the database, as it stands at one moment, and the files beside it. The server may go on
 * working. The folder appears under its name only when all of it is there and on the disk.
 */
export async function backup(request: BackupRequest): Promise<BackupManifest> {
  const { folder } = request;
  const unfinished = `${folder}.unfinished`;
  if (await isThere(folder)) {
    throw new Refused('conflict', { code: 'platform.backup_exists', params: { folder } });
  }
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(join(unfinished, 'tables'), { recursive: true, mode: 0o700 });
  try {
    const database = await copyDatabase(request, unfinished);
    // After the database: a file is stored before the row that names it, so none can be missing.
    const files = await copyPlaces(request, unfinished);
    const manifest: BackupManifest = { format: 1, madeAt: request.at, ...database, files };
    await writeManifest(unfinished, manifest);
    await syncFolder(unfinished);
    await rename(unfinished, folder);
    await syncFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw explainFullDisk(error, folder);
  }
}

async function copyDatabase(
  { pool, onProgress }: BackupRequest,
  folder: string,
): Promise<Pick<BackupManifest, 'migrations' | 'tables' | 'sequences'>> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const { rows: migrations } = await client.query<Migration>(
      'select schema, name, sha256 from platform.migration order by position',
    );
    const tables: TableEntry[] = [];
    for (const table of await listTables(client)) {
      tables.push(await copyTable(client, table, folder));
      onProgress?.(`${table.schema}.${table.table}`);
    }
    const sequences = await listSequences(client);
    await client.query('commit');
    return { migrations, tables, sequences };
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection left in the middle of a copy is of no use to anybody else.
    client.release(failure);
  }
}

async function copyTable(client: pg.ClientBase, table: Table, folder: string): Promise<TableEntry> {
  const path = join('tables', `${table.schema}.${table.table}.copy.gz`);
  const rows = client.query(copyTo(`copy ${nameOf(table)} (${columnsOf(table)}) to stdout`));
  const meter = measure();
  await pipeline(rows, createGzip({ level: 3 }), meter, createOutput(join(folder, path)));
  return {
    schema: table.schema,
    table: table.table,
    columns: [...table.columns],
    rows: rows.rowCount ?? 0,
    path,
    ...meter.result(),
  };
}

async function copyPlaces(
  { files, onProgress }: BackupRequest,
  folder: string,
): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (const [place, source] of Object.entries(files)) {
    for (const from of await filesIn(source)) {
      const path = join('files', place, relative(source, from));
      entries.push({ place, path, ...(await copyFile(from, join(folder, path))) });
    }
    onProgress?.(place);
  }
  return entries;
}

/** Copies a file, hashing what passes. */
export async function copyFile(
  from: string,
  to: string,
): Promise<{ bytes: number; sha256: string }> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const meter = measure();
  await pipeline(createReadStream(from), meter, createOutput(to));
  return meter.result();
}

const createOutput = (path: string) => createWriteStream(path, { mode: 0o600, flush: true });

function measure(): Transform & { result(): { bytes: number; sha256: string } } {
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  return Object.assign(meter, { result: () => ({ bytes, sha256: hash.digest('hex') }) });
}

/** Every file of a place, a single file included; names that start with a dot are still coming in. */
async function filesIn(place: string): Promise<string[]> {
  if (!(await isThere(place))) return [];
  if (!(await stat(place)).isDirectory()) return [place];
  const found: string[] = [];
  for (const entry of await readdir(place, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await filesIn(join(place, entry.name))));
    else if (entry.isFile()) found.push(join(place, entry.name));
  }
  return found.sort();
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

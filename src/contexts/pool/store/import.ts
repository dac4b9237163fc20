import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Instant } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import {
  type Analytics,
  type AnalyticsReader,
  type AnalyticsWriter,
  quoteName,
  quoteText,
} from '../../../platform/analytics/analytics.ts';
import type { FileStore } from '../../../platform/files.ts';
import type { Label } from '../../facts/index.ts';
import type { Mapping } from '../contract.ts';
import { csvLine, harmless } from '../csv.ts';
import { columnName, resolveColumns } from '../mapping.ts';
import { formatOf, readHeader, type SourceFormat } from '../records.ts';
import { type RowParsing, rawName, rowParsing, seenName, valueName } from './parsing.ts';
import {
  countStaged,
  goodRows,
  type Reject,
  readRejects,
  setKnownAside,
  stage,
} from './staging.ts';

export interface ImportDeps {
  readonly analytics: Analytics;
  readonly files: FileStore;
  /** Where the rejects files stand. */
  readonly folder: string;
  readonly now: () => Instant;
  /** A refusal in both languages, for the rejects file. */
  readonly say: (refusal: Refusal) => Label;
}

export interface Import {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  readonly mapping: string;
  readonly version: number;
  readonly dataset: string;
  readonly rows: number;
  readonly rejected: number;
  readonly at: Instant;
  /** The same bytes through the same mapping were there already. */
  readonly repeated: boolean;
  /** Whether the file was read the fast way, without a look at single rows. */
  readonly isClean: boolean;
}

/** Largest file taken in. */
export const IMPORT_BYTES_MAX = 20 * 1024 ** 3;

/** The same bytes through the same mapping are one import, whoever brings them and how often. */
export const importId = (sha256: string, mapping: Mapping): string =>
  `${mapping.name}-${mapping.version}-${sha256.slice(0, 16)}`;

export async function prepareImports(analytics: Analytics): Promise<void> {
  await analytics.run('create schema if not exists catalogue');
  await analytics.run(`create table if not exists catalogue.dataset (
    name varchar primary key, mapping json not null)`);
  await analytics.run(`create table if not exists catalogue.import (
    id varchar primary key, file varchar not null, sha256 varchar not null,
    mapping varchar not null, version integer not null, dataset varchar not null,
    rows bigint not null, rejected bigint not null, imported_at timestamp not null,
    is_clean boolean not null)`);
}

/** Keeps a file's bytes, by their hash: what was imported can always be read again. */
export function keepFile(
  deps: Pick<ImportDeps, 'files'>,
  content: Readable,
): Promise<{ id: string; bytes: number }> {
  return deps.files.put(content, IMPORT_BYTES_MAX);
}

/**
 * Brings a kept file into its dataset. A clean file is read by one statement, at nearly the engine's
 * own speed; at the first fault that is undone and the file is read again row by row, the bad rows
 * set aside. Rows and lineage are committed together.
 */
export async function importKept(
  deps: ImportDeps,
  kept: { readonly id: string; readonly name: string },
  mapping: Mapping,
): Promise<Import> {
  const { analytics, files } = deps;
  const known = await findImport(analytics, kept.id, mapping);
  if (known) return { ...known, repeated: true };
  const path = files.pathOf(kept.id);
  const format = formatOf(kept.name, mapping);
  const entry = {
    id: importId(kept.id, mapping),
    file: kept.name,
    sha256: kept.id,
    mapping: mapping.name,
    version: mapping.version,
    dataset: mapping.dataset,
    at: deps.now(),
    repeated: false,
  };
  const quick = format === 'csv' ? await importClean(deps, path, mapping, entry) : null;
  return quick ?? importCarefully(deps, path, format, mapping, entry);
}

type Entry = Omit<Import, 'rows' | 'rejected' | 'isClean'>;

/** `null` when the file is not clean. What is wrong with it is found out by the careful reading. */
async function importClean(
  { analytics }: ImportDeps,
  path: string,
  mapping: Mapping,
  entry: Entry,
): Promise<Import | null> {
  const { delimiter, columns } = await readHeader(path, mapping);
  const resolved = resolveColumns(mapping, columns);
  const parsing = rowParsing(mapping, resolved);
  const read = columns.map((_, index) => `'f${index}': 'varchar'`);
  const raw = resolved.map(({ from }, index) => `f${columns.indexOf(from)} as ${rawName(index)}`);
  const relation = `(select ${raw.join(', ')} from read_csv(${quoteText(path)},
    columns = {${read.join(', ')}}, auto_detect = false, header = true,
    delim = ${quoteText(delimiter)}, quote = '"', escape = '"'))`;
  const values = parsing.columns.map(({ name }, i) => `${valueName(i)} as ${quoteName(name)}`);
  try {
    return await analytics.transaction(async (writer) => {
      await prepareDataset(writer, mapping);
      const rows = await writer.run(`
        insert into ${quoteName(mapping.dataset)} by name
        select case when ${isFaulty(parsing)} then error('not clean') else ${quoteText(entry.id)} end
          as "import", ${[...values, ...constantsOf(mapping)].join(', ')}
        from (${parsing.over(relation, [], 'none')})`);
      if (await hasTwins(writer, mapping, entry)) throw new NotClean();
      return await record(writer, { ...entry, rows, rejected: 0, isClean: true });
    });
  } catch (error) {
    if (error instanceof Refused) throw error;
    return null;
  }
}

/** Thrown to undo the fast reading; the careful reading says what is wrong. */
class NotClean extends Error {}

/** What ends the fast reading. One condition for the whole row is cheaper than one for each value. */
function isFaulty({ columns }: RowParsing): string {
  const conditions = columns.flatMap(({ faults, sqlType }, index) => {
    const x = seenName(index);
    // Numbers and dates that read at all read the same with blanks around them; text would keep them.
    const isPadded = [`starts_with(${x}, ' ')`, `ends_with(${x}, ' ')`];
    return [...faults.map(({ when }) => `(${when})`), ...(sqlType === 'varchar' ? isPadded : [])];
  });
  return conditions.join(' or ');
}

const constantsOf = (mapping: Mapping): string[] =>
  Object.entries(mapping.constants).map(
    ([name, value]) => `${quoteText(value)} as ${quoteName(columnName(name))}`,
  );

/**
 * An id twice in what was just brought, or in it and in what was there before. Ids are told apart by
 * their hashes: two that happen to share one only send the file to the careful reading.
 */
async function hasTwins(writer: AnalyticsWriter, mapping: Mapping, entry: Entry): Promise<boolean> {
  const table = quoteName(mapping.dataset);
  const id = quoteName(columnName(mapping.id));
  const { rows } = await writer.query(
    `select count(*) <> count(distinct hash(${id})) or exists (
       select 1 from ${table} where "import" <> $entry and ${id} in
         (select ${id} from ${table} where "import" = $entry))
     from ${table} where "import" = $entry`,
    { entry: entry.id },
  );
  return rows[0]?.[0] === true;
}

async function importCarefully(
  deps: ImportDeps,
  path: string,
  format: SourceFormat,
  mapping: Mapping,
  entry: Entry,
): Promise<Import> {
  const { analytics } = deps;
  await mkdir(deps.folder, { recursive: true });
  const folder = await mkdtemp(join(deps.folder, 'reading-'));
  const table = 'staged';
  try {
    return await analytics.transaction(async (writer) => {
      await prepareDataset(writer, mapping);
      const staged = await stage(
        writer,
        path,
        { ...mapping, format },
        {
          table,
          isTemporary: true,
          folder,
          isWithLabels: true,
        },
      );
      await setKnownAside(writer, staged, mapping, {
        table: quoteName(mapping.dataset),
        idColumn: quoteName(columnName(mapping.id)),
      });
      const values = staged.parsing.columns.map(
        ({ to, name }) => `${quoteName(to)} as ${quoteName(name)}`,
      );
      await writer.run(`
        insert into ${quoteName(mapping.dataset)} by name
        select ${[`${quoteText(entry.id)} as "import"`, ...values, ...constantsOf(mapping)].join(', ')}
        from ${goodRows(table)} order by line`);
      const counted = await countStaged(writer, table);
      if (counted.rejected > 0) {
        await writeRejects(readRejects(writer, table), rejectsFile(deps, entry.id), deps.say);
      }
      await writer.run(`drop table ${table}`);
      return record(writer, { ...entry, ...counted, isClean: false });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const rejectsFile = ({ folder }: Pick<ImportDeps, 'folder'>, id: string): string =>
  join(folder, 'rejects', `${id}.csv`);

/** Writes rows that were set aside for whoever mends them: where, what was seen, why, and the row. */
export async function writeRejects(
  rejects: AsyncIterable<Reject>,
  file: string,
  say: ImportDeps['say'],
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Readable.from(rejectLines(rejects, say)), createWriteStream(file));
}

async function* rejectLines(
  rejects: AsyncIterable<Reject>,
  say: ImportDeps['say'],
): AsyncIterable<string> {
  yield `\uFEFF${csvLine(['line', 'column', 'seen', 'code', 'zh', 'en', 'row'])}`;
  for await (const { line, column, seen, code, row } of rejects) {
    const { zh, en } = say({ code, seen, params: { column, line } });
    const cells = [column, seen, code, zh, en, row].map(harmless);
    yield csvLine([line, ...cells]);
  }
}

/** Makes the dataset's table, or checks that the one there is what the mapping fills. */
async function prepareDataset(writer: AnalyticsWriter, mapping: Mapping): Promise<void> {
  const all = rowParsing(
    mapping,
    mapping.columns.map((column) => ({ column, from: '' })),
  );
  const wanted = [
    { name: 'import', type: 'varchar' },
    ...all.columns.map(({ name, sqlType }) => ({ name, type: sqlType })),
    ...Object.keys(mapping.constants).map((name) => ({ name: columnName(name), type: 'varchar' })),
  ];
  const { rows } = await writer.query(
    `select name, mapping from catalogue.dataset where name = ?`,
    [mapping.dataset],
  );
  if (rows.length === 0) {
    const columns = wanted.map(({ name, type }) => `${quoteName(name)} ${type}`);
    try {
      await writer.run(`create table ${quoteName(mapping.dataset)} (${columns.join(', ')})`);
    } catch (error) {
      throw nameTaken(mapping, error);
    }
    await writer.run('insert into catalogue.dataset values (?, ?)', [
      mapping.dataset,
      JSON.stringify(mapping),
    ]);
    return;
  }
  const table = await writer.query(
    `select column_name, lower(data_type) from duckdb_columns()
     where schema_name = 'main' and table_name = ? order by column_index`,
    [mapping.dataset],
  );
  const describe = (columns: readonly { name: string; type: string }[]): string =>
    columns.map(({ name, type }) => `${name} ${type.replaceAll(' ', '')}`).join(', ');
  const there = describe(
    table.rows.map(([name, type]) => ({ name: String(name), type: String(type) })),
  );
  if (there !== describe(wanted)) {
    throw new Refused('conflict', {
      code: 'pool.dataset_differs',
      params: { dataset: mapping.dataset, there, wanted: describe(wanted) },
    });
  }
}

function nameTaken(mapping: Mapping, error: unknown): Error {
  if (!(error instanceof Error) || !/already exists/i.test(error.message)) return error as Error;
  return new Refused('conflict', {
    code: 'pool.dataset_name_taken',
    params: { dataset: mapping.dataset },
  });
}

async function record(writer: AnalyticsWriter, done: Import): Promise<Import> {
  const { id, file, sha256, mapping, version, dataset, rows, rejected, at, isClean } = done;
  await writer.run(
    'insert into catalogue.import values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamp, ?)',
    [id, file, sha256, mapping, version, dataset, rows, rejected, at.replace(/Z$/, ''), isClean],
  );
  return done;
}

async function findImport(
  reader: AnalyticsReader,
  sha256: string,
  mapping: Mapping,
): Promise<Import | null> {
  const id = importId(sha256, mapping);
  return (await listImports(reader)).find((one) => one.id === id) ?? null;
}

/** What was imported, the newest first. */
export async function listImports(reader: AnalyticsReader): Promise<Import[]> {
  const { rows } = await reader.query(
    `select id, file, sha256, mapping, version, dataset, rows, rejected, imported_at, is_clean
     from catalogue.import order by imported_at desc, id`,
  );
  return rows.map(
    ([id, file, sha256, mapping, version, dataset, rowCount, rejected, at, isClean]) => ({
      id: String(id),
      file: String(file),
      sha256: String(sha256),
      mapping: String(mapping),
      version: Number(version),
      dataset: String(dataset),
      rows: Number(rowCount),
      rejected: Number(rejected),
      at: String(at),
      repeated: false,
      isClean: isClean === true,
    }),
  );
}

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../../../../kernel/canonical.ts';
import {
  type Analytics,
  type AnalyticsReader,
  quoteName,
  quoteText,
} from '../../../../platform/analytics/analytics.ts';
import type { FactType } from '../../../facts/index.ts';
import type { Column } from '../../language/index.ts';

/**
 * A table of the pool that rules can be tried on: one row per thing decided about, a column per fact.
 * Rows are only ever appended. Everything in `sql` is an expression over the table.
 */
export interface Relation {
  readonly name: string;
  readonly table: string;
  readonly facts: readonly RelationFact[];
  readonly sql: {
    /** Tells rows apart: by it a copy is known to be a copy of this table. */
    readonly id: string;
    readonly subject: string;
    readonly day: string;
    readonly office: string;
    readonly lane: string;
    /** Whether the random sample chose it. */
    readonly isSampled: string;
  };
  /** A query for one text: the same text, the same rows and outcomes. */
  readonly state: string;
  /** A query for `row, mark` of every row that has a mark, of the rows before `rows`. */
  readonly marks: (rows: number) => string;
}

export interface RelationFact {
  readonly fact: string;
  readonly type: FactType;
  readonly column: string;
}

/** What is known of a row beside its facts, as bits. */
export const MARK = { superseded: 1, examined: 2, found: 4 } as const;

export interface Part {
  readonly file: string;
  readonly from: number;
  readonly rows: number;
}

/** A copy of a relation that other processes can read while the pool goes on. */
export interface Snapshot {
  readonly rows: number;
  readonly state: string;
  readonly parts: readonly Part[];
  readonly marks: string;
}

/** Rows of one file: few enough for one process to hold all their columns. */
const PART_ROWS = 500_000;

interface KeptPart extends Part {
  readonly first: string;
  readonly last: string;
}
interface Manifest {
  readonly definition: string;
  readonly rows: number;
  readonly state: string;
  readonly marks: string;
  readonly parts: readonly KeptPart[];
}

/**
 * Brings the copy of a relation up to date. DuckDB lets one process own a file, so what back-tests
 * read stands in files beside the pool: full ones are never written again, the last one and the marks
 * are made anew when the pool has moved. Texts are kept as codes of a dictionary, which is how the
 * compiled rules want them.
 */
export async function takeSnapshot(
  analytics: Analytics,
  relation: Relation,
  folder: string,
  partRows = PART_ROWS,
): Promise<Snapshot> {
  await mkdir(folder, { recursive: true });
  const kept = await keptManifest(analytics, relation, folder);
  const seen = await stateOf(analytics, relation);
  if (kept?.state === seen) return kept;

  const marks = join(folder, `marks-${contentHash(seen).slice(0, 16)}.duckdb`);
  const { rows, state } = await writeMarks(analytics, relation, marks);
  const parts = (kept?.parts ?? []).filter((part) => part.rows === partRows);
  for (let from = parts.length * partRows; from < rows; from += partRows) {
    parts.push(await writePart(analytics, relation, folder, from, Math.min(partRows, rows - from)));
  }
  const manifest = { definition: definitionOf(relation), rows, state, marks, parts };
  await writeFile(`${manifestFile(folder)}.partial`, JSON.stringify(manifest));
  await rename(`${manifestFile(folder)}.partial`, manifestFile(folder));
  await removeOthers(folder, [manifestFile(folder), marks, ...parts.map(({ file }) => file)]);
  return manifest;
}

const manifestFile = (folder: string): string => join(folder, 'manifest.json');
const definitionOf = ({ table, facts, sql }: Relation): string =>
  contentHash({ table, facts, sql, version: 1 });

/** What stands there, if it is a copy of this very table. */
async function keptManifest(
  reader: AnalyticsReader,
  relation: Relation,
  folder: string,
): Promise<Manifest | null> {
  const text = await readFile(manifestFile(folder), 'utf8').catch(() => null);
  if (text === null) return null;
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.definition !== definitionOf(relation)) return null;
  const ends = manifest.parts.flatMap(({ from, rows, first, last }) => [
    { row: from, id: first },
    { row: from + rows - 1, id: last },
  ]);
  if (ends.length === 0) return manifest;
  const { rows } = await reader.query(
    `select rowid, (${relation.sql.id})::varchar from ${quoteName(relation.table)}
     where rowid in (${ends.map(({ row }) => row).join(', ')})`,
  );
  const ids = new Map(rows.map(([row, id]) => [Number(row), id]));
  return ends.every(({ row, id }) => ids.get(row) === id) ? manifest : null;
}

async function stateOf(reader: AnalyticsReader, relation: Relation): Promise<string> {
  const { rows } = await reader.query(relation.state);
  return String(rows[0]?.[0] ?? '');
}

const ATTACHED = 'backtest_copy';

/** Runs `write` with a new file attached; the file has its name only when it is whole. */
async function writingFile<T>(
  analytics: Analytics,
  file: string,
  write: () => Promise<T>,
): Promise<T> {
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  await analytics.run(`attach ${quoteText(partial)} as ${ATTACHED}`);
  let result: T;
  try {
    result = await write();
    await analytics.run(`checkpoint ${ATTACHED}`);
  } finally {
    await analytics.run(`detach ${ATTACHED}`);
  }
  await rename(partial, file);
  return result;
}

/** The marks, the number of rows they are about and the state are those of one moment. */
async function writeMarks(
  analytics: Analytics,
  relation: Relation,
  file: string,
): Promise<Pick<Snapshot, 'rows' | 'state'>> {
  return writingFile(analytics, file, () =>
    analytics.transaction(async (writer) => {
      const counted = await writer.query(`select count(*) from ${quoteName(relation.table)}`);
      const rows = Number(counted.rows[0]?.[0]);
      await writer.run(
        `create table ${ATTACHED}.mark as
         select "row"::bigint as "row", mark::utinyint as mark from (${relation.marks(rows)})
         order by "row"`,
      );
      return { rows, state: await stateOf(writer, relation) };
    }),
  );
}

async function writePart(
  analytics: Analytics,
  relation: Relation,
  folder: string,
  from: number,
  rows: number,
): Promise<KeptPart> {
  const { sql, facts } = relation;
  const file = join(folder, `part-${from}-${rows}.duckdb`);
  const table = `(select * from ${quoteName(relation.table)}
    where rowid >= ${from} and rowid < ${from + rows})`;
  const coded = [
    { name: 'office', value: sql.office },
    { name: 'lane', value: sql.lane },
    ...facts.flatMap(({ column, type }) =>
      columnKind(type) === 'text'
        ? [{ name: factColumn(column), value: `${quoteName(column)}::varchar` }]
        : [],
    ),
  ];
  const plain = facts.flatMap(({ column, type }) =>
    columnKind(type) === 'text'
      ? []
      : [`${quoteName(column)}::${SQL_TYPE[columnKind(type)]} as ${factColumn(column)}`],
  );
  const texts = coded.map(({ name, value }) => `${value}::${typeName(name)} as ${name}`);
  return writingFile(analytics, file, () =>
    analytics.transaction(async (writer) => {
      for (const { name, value } of coded) {
        await writer.run(
          `create type ${typeName(name)} as enum (
             select distinct ${value} from ${table} where ${value} is not null order by 1)`,
        );
      }
      await writer.run(
        `create table ${ATTACHED}.row as
         select (${sql.id})::varchar as id, ${sql.subject} as subject, ${sql.day} as day,
           coalesce(${sql.isSampled}, false) as is_sampled, ${[...texts, ...plain].join(', ')}
         from ${table}`,
      );
      const ends = await writer.query(
        `select id from ${ATTACHED}.row where rowid in (0, ${rows - 1}) order by rowid`,
      );
      const [first, last = first] = ends.rows.map(([id]) => String(id));
      return { file, from, rows, first: first ?? '', last: last ?? '' };
    }),
  );
}

/** How compiled rules want the values of a type: days, like texts, as codes of a dictionary. */
export function columnKind(type: FactType): Column['kind'] {
  if (type === 'boolean') return 'flag';
  return type === 'text' || type === 'date' ? 'text' : 'number';
}

const SQL_TYPE: Readonly<Record<Column['kind'], string>> = {
  ...{ text: 'varchar', number: 'double', flag: 'boolean' },
};

const typeName = (name: string): string => `${ATTACHED}.${codesOf(name)}`;

/** The type that holds the dictionary of a text column of a part. */
export const codesOf = (name: string): string => `codes_${name}`;
/** A fact's column in a part: apart from the columns every part has. */
export const factColumn = (column: string): string => `fact_${column}`;

async function removeOthers(folder: string, wanted: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    // Beside a part stand the columns of it that back-tests have read.
    const isWanted = wanted.some((kept) => file === kept || file.startsWith(`${kept}.`));
    if (!isWanted) await rm(file, { force: true, recursive: true });
  }
}

export type { Analytics } from '../../../../platform/analytics/analytics.ts';

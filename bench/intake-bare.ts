import assert from 'node:assert/strict';
import pg from 'pg';
import { findRunning } from '../src/platform/postgres/embedded.ts';

/** Inserts rows of the tables a filing writes, and nothing else: the least that durability can cost. */
export interface Bare {
  /** Inserts every row those filings wrote once more, under other ids; answers filings per second. */
  insertAgain(ids: readonly string[], batch: number): Promise<number>;
  close(): Promise<void>;
}

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Finds the rows of some filings. */
  readonly where: string;
}

/** All tables a filing writes, with the columns it writes; the rest are defaults on both sides. */
const TABLES: readonly Table[] = [
  {
    name: 'clearance.declaration',
    columns: [],
    where: 'id = any($1)',
  },
  {
    name: 'platform.event',
    columns: ['stream', 'seq', 'kind', 'occurred_at', 'recorded_at', 'envelope', 'payload'],
    where: `stream = any(select 'declaration:' || id from unnest($1::text[]) as id)`,
  },
  {
    name: 'risk.decision',
    columns: ['id', 'subject', 'decided_on', 'lane', 'score', 'selected_by', 'facts', 'body'],
    where: 'subject = any($1)',
  },
  {
    name: 'identity.audit',
    columns: [
      'at',
      'person_id',
      'post_id',
      'organisation_id',
      'operation',
      'subjects',
      'outcome',
      'detail',
    ],
    where: `subjects && (select array_agg('declaration:' || id) from unnest($1::text[]) as id)`,
  },
];

let copies = 0;

/** Works beside the running server, in its database, with its settings. */
export async function openBare(dataFolder: string): Promise<Bare> {
  const address = await findRunning(dataFolder);
  assert(address, 'The server’s PostgreSQL is running.');
  const client = new pg.Client({ ...address });
  await client.connect();
  for (const setting of ['synchronous_commit', 'fsync']) {
    const { rows } = await client.query<Record<string, string>>(`show ${setting}`);
    assert.equal(rows[0]?.[setting], 'on', `${setting} must be on, on both sides.`);
  }
  return {
    async insertAgain(ids, batch) {
      copies += 1;
      const statements: pg.QueryConfig[][] = [];
      for (let from = 0; from < ids.length; from += batch) {
        const some = ids.slice(from, from + batch);
        statements.push(
          await Promise.all(TABLES.map((table) => copyOf(client, table, some, copies))),
        );
      }
      const started = performance.now();
      for (const inserts of statements) {
        await client.query('begin');
        for (const insert of inserts) await client.query(insert);
        await client.query('commit');
      }
      return ids.length / ((performance.now() - started) / 1000);
    },
    close: () => client.end(),
  };
}

/** One multi-row insert, parameters bound, of the same rows under other ids. */
async function copyOf(
  client: pg.Client,
  table: Table,
  ids: readonly string[],
  copy: number,
): Promise<pg.QueryConfig> {
  const columns = table.columns.length > 0 ? table.columns : await columnsOf(client, table.name);
  const { rows } = await client.query<Record<string, unknown>>(
    `select ${columns.map((column) => `${column}::text`).join()} from ${table.name} where ${table.where}`,
    [ids],
  );
  assert(rows.length > 0, `A filing writes to ${table.name}.`);
  const prefix = new RegExp(`\\b(${ids[0]?.split('-')[0]})-`, 'g');
  const values = rows.flatMap((row) =>
    columns.map((column) => {
      const value = row[column];
      if (typeof value !== 'string') return value ?? null;
      if (column === 'number') return `9${copy}${value.slice(String(copy).length + 1)}`;
      return value.replaceAll(prefix, `$1c${copy}-`);
    }),
  );
  const places = rows.map(
    (_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join()})`,
  );
  return { text: `insert into ${table.name} (${columns.join()}) values ${places.join()}`, values };
}

async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const [schema, name] = table.split('.');
  const { rows } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.columns
     where table_schema = $1 and table_name = $2 order by ordinal_position`,
    [schema, name],
  );
  return rows.map((row) => row.column_name);
}

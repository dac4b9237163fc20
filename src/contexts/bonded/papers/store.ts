import { sql } from 'kysely';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { PaperContent, PaperRow, PaperSearch } from './contract.ts';

interface Row {
  number: number;
  content: PaperContent;
  content_hash: string;
  received_at: Date;
  received_by: string;
}

const toPaper = (row: Row): PaperRow => ({
  ...row.content,
  ...{ number: row.number, receivedAt: row.received_at.toISOString(), receivedBy: row.received_by },
});

/** What is known of these ids: the hash of their content. */
export async function findHashes(
  db: Db,
  ledger: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; content_hash: string }>`
    select id, content_hash from bonded.paper
    where ledger = ${ledger} and id = any(${[...ids]}::text[])
  `.execute(db);
  return new Map(rows.map(({ id, content_hash }) => [id, content_hash]));
}

/** How many a ledger has. */
export async function count(db: Db, ledger: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(number), 0) as last from bonded.paper where ledger = ${ledger}
  `.execute(db);
  return rows[0]?.last ?? 0;
}

/** Adds papers behind the `known` that are there; the caller holds the ledger. */
export async function add(
  tx: Tx,
  ledger: string,
  known: number,
  papers: readonly { readonly content: PaperContent; readonly hash: string }[],
  received: { readonly at: string; readonly by: string },
): Promise<void> {
  const rows = papers.map(({ content, hash }, index) => ({
    ...{ number: known + index + 1, id: content.id, document: content.document },
    ...{ part: content.part, content, hash },
  }));
  await sql`
    insert into bonded.paper
      (ledger, number, id, document, part, content, content_hash, received_at, received_by)
    select ${ledger}, number, id, document, part, content, hash, ${received.at}::timestamptz,
      ${received.by}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (number int, id text,
      document text, part text, content json, hash text)
  `.execute(tx);
}

/** The first `head` of a ledger, in the order they came. */
export async function readAll(db: Db, ledger: string, head: number): Promise<PaperRow[]> {
  const { rows } = await sql<Row>`
    select * from bonded.paper where ledger = ${ledger} and number <= ${head} order by number
  `.execute(db);
  return rows.map(toPaper);
}

export async function list(
  db: Db,
  ledger: string,
  { document, part, cursor, limit }: PaperSearch,
): Promise<{ rows: PaperRow[]; next: number | null }> {
  const { rows } = await sql<Row>`
    select * from bonded.paper
    where ledger = ${ledger} and number > ${cursor ?? 0}
      and (${document ?? null}::text is null or document = ${document ?? null})
      and (${part ?? null}::text is null or part = ${part ?? null})
    order by number limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit).map(toPaper);
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null };
}

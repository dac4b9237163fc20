import { sql } from 'kysely';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { ConsumptionNote, NotePage, NoteSearch } from './contract.ts';

interface Row {
  number: number;
  content_hash: string;
  body: ConsumptionNote;
}
export interface KeptNote {
  readonly note: ConsumptionNote;
  readonly contentHash: string;
}

export async function find(db: Db, id: string): Promise<KeptNote | null> {
  const { rows } = await sql<Row>`
    select number, content_hash, body from bonded.consumption_note where id = ${id}
  `.execute(db);
  return rows[0] ? { note: rows[0].body, contentHash: rows[0].content_hash } : null;
}

/** The number of the next note of a ledger; the caller holds the ledger. */
export async function nextNumber(tx: Tx, ledger: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from bonded.consumption_note where ledger = ${ledger}
  `.execute(tx);
  return rows[0]?.next ?? 1;
}

export async function insert(tx: Tx, note: ConsumptionNote, contentHash: string): Promise<void> {
  await sql`
    insert into bonded.consumption_note
      (id, ledger, number, filing, content_hash, issued_at, body)
    values (${note.id}, ${note.ledger}, ${note.number}, ${note.filing}, ${contentHash},
      ${note.issuedAt}, ${JSON.stringify(note)})
  `.execute(tx);
}

export async function list(
  db: Db,
  ledger: string,
  { cursor, limit }: NoteSearch,
): Promise<NotePage> {
  const { rows } = await sql<Row>`
    select number, content_hash, body from bonded.consumption_note
    where ledger = ${ledger} and number > ${cursor ?? 0}
    order by number limit ${limit + 1}
  `.execute(db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map(({ body }) => body),
    next: rows.length > page.length ? (page.at(-1)?.number ?? null) : null,
  };
}

/** Which of these documents are lists of the ledger. */
export async function listsAmong(
  db: Db,
  ledger: string,
  documents: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ no: string }>`
    select no from bonded.list where ledger = ${ledger} and no = any(${[...documents]}::text[])
    order by no
  `.execute(db);
  return rows.map(({ no }) => no);
}

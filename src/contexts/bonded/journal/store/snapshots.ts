import { sql } from 'kysely';
import { sha256 } from '../../../../kernel/canonical.ts';
import type { Instant } from '../../../../kernel/dates.ts';
import { type Db, inTransaction } from '../../../../platform/postgres/transaction.ts';

/** A book as it stood after a row of its journal. */
export interface Snapshot {
  readonly ledger: string;
  readonly seq: number;
  /** SHA-256 of ledger, seq and text, in hexadecimal. */
  readonly sha256: string;
  readonly book: string;
}

/** The hash that a sound snapshot carries. */
export const hashOfSnapshot = ({ ledger, seq, book }: Omit<Snapshot, 'sha256'>): string =>
  sha256(`${ledger}\n${seq}\n${book}`);

/** So many are kept: should the newest be damaged, there is one before it. */
const KEPT = 2;

/** Keeps a snapshot and forgets those that are older than the newest few. */
export function saveSnapshot(db: Db, snapshot: Snapshot, takenAt: Instant): Promise<void> {
  const { ledger, seq, sha256, book } = snapshot;
  return inTransaction(db, async (tx) => {
    await sql`
      insert into bonded.snapshot (ledger, seq, sha256, book, taken_at)
      values (${ledger}, ${seq}, decode(${sha256}, 'hex'), ${book}, ${takenAt})
      on conflict (ledger, seq) do update
        set sha256 = excluded.sha256, book = excluded.book, taken_at = excluded.taken_at
    `.execute(tx);
    await sql`
      delete from bonded.snapshot
      where ledger = ${ledger} and seq not in (
        select seq from bonded.snapshot where ledger = ${ledger} order by seq desc limit ${KEPT})
    `.execute(tx);
  });
}

/** The newest snapshot at or before a row; `null` when there is none. */
export async function findSnapshot(db: Db, ledger: string, upTo: number): Promise<Snapshot | null> {
  const { rows } = await sql<{ seq: string; sha256: string; book: string }>`
    select seq, encode(sha256, 'hex') as sha256, book from bonded.snapshot
    where ledger = ${ledger} and seq <= ${upTo} order by seq desc limit 1
  `.execute(db);
  return rows[0] ? { ledger, ...rows[0], seq: Number(rows[0].seq) } : null;
}

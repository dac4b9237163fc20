import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../../../../kernel/dates.ts';
import { type Db, inTransaction } from '../../../../platform/postgres/transaction.ts';

/** A book as it stood after a row of its journal. */
export interface Snapshot {
  readonly ledger: string;
  readonly seq: number;
  /** SHA-256 of ledger, seq and bytes. */
  readonly sha256: Buffer;
  readonly book: Buffer;
}

/** So many are kept: should the newest be damaged, there is one before it. */
const KEPT = 2;

const hashing = (ledger: string, seq: number) =>
  createHash('sha256').update(`${ledger}\n${seq}\n`, 'utf8');

/** Whether a snapshot is what was written. */
export const isSound = ({ ledger, seq, sha256, book }: Snapshot): boolean =>
  hashing(ledger, seq).update(book).digest().equals(sha256);

/**
 * Keeps a snapshot, slice by slice as its bytes are made, and forgets those that are older than the newest few.
 * Between two slices others have their turn.
 */
export function saveSnapshot(
  db: Db,
  of: { readonly ledger: string; readonly seq: number; readonly takenAt: Instant },
  slices: Iterable<Buffer>,
): Promise<void> {
  const { ledger, seq, takenAt } = of;
  return inTransaction(db, async (tx) => {
    await sql`delete from bonded.snapshot_slice where ledger = ${ledger} and seq = ${seq}`.execute(
      tx,
    );
    const hash = hashing(ledger, seq);
    let count = 0;
    for (const bytes of slices) {
      hash.update(bytes);
      await sql`
        insert into bonded.snapshot_slice (ledger, seq, slice, bytes)
        values (${ledger}, ${seq}, ${count}, ${bytes})
      `.execute(tx);
      count += 1;
    }
    await sql`
      insert into bonded.snapshot (ledger, seq, sha256, slices, taken_at)
      values (${ledger}, ${seq}, ${hash.digest()}, ${count}, ${takenAt})
      on conflict (ledger, seq) do update
        set sha256 = excluded.sha256, slices = excluded.slices, taken_at = excluded.taken_at
    `.execute(tx);
    await sql`
      with kept as (
        select seq from bonded.snapshot where ledger = ${ledger} order by seq desc limit ${KEPT}),
      forgotten as (
        delete from bonded.snapshot where ledger = ${ledger} and seq not in (select seq from kept))
      delete from bonded.snapshot_slice where ledger = ${ledger} and seq not in (select seq from kept)
    `.execute(tx);
  });
}

/** The newest snapshot at or before a row; `null` when there is none. */
export async function findSnapshot(db: Db, ledger: string, upTo: number): Promise<Snapshot | null> {
  const { rows } = await sql<{ seq: string; sha256: Buffer; slices: number }>`
    select seq, sha256, slices from bonded.snapshot
    where ledger = ${ledger} and seq <= ${upTo} order by seq desc limit 1
  `.execute(db);
  const [found] = rows;
  if (!found) return null;
  const slices: Buffer[] = [];
  for (let slice = 0; slice < found.slices; slice += 1) {
    const { rows } = await sql<{ bytes: Buffer }>`
      select bytes from bonded.snapshot_slice
      where ledger = ${ledger} and seq = ${found.seq} and slice = ${slice}
    `.execute(db);
    slices.push(...rows.map(({ bytes }) => bytes));
  }
  const { sha256, seq } = found;
  return { ledger, seq: Number(seq), sha256, book: Buffer.concat(slices) };
}

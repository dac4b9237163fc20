import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';

/** The moments of a row of the journal, in milliseconds. */
export interface Moments {
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** Where a page of a journal stands, and between which moments: of both kinds, the earliest and the latest. */
export interface PageSpan {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly first: Moments;
  readonly last: Moments;
}

/** What a page's rows moved in all, packed as one row's movements. */
export interface PageTotals {
  readonly firstSeq: number;
  readonly totals: Buffer;
}

export interface Page extends PageSpan, PageTotals {}

/** Ledgers with so many sealed rows behind their last page. */
export async function listUnpaged(db: Db, rows: number): Promise<string[]> {
  const { rows: found } = await sql<{ ledger: string }>`
    with recursive step as (
      (select ledger from bonded.seal order by ledger limit 1)
      union all
      select (select ledger from bonded.seal where ledger > step.ledger order by ledger limit 1)
      from step where step.ledger is not null
    )
    select ledger from step
    where ledger is not null
      and (select last_seq from bonded.seal where ledger = step.ledger order by last_seq desc limit 1)
        >= ${rows} + coalesce(
          (select last_seq from bonded.journal_page
            where ledger = step.ledger order by last_seq desc limit 1), 0)
    order by ledger
  `.execute(db);
  return found.map(({ ledger }) => ledger);
}

/** The last row of a ledger's last page; 0 when there is none. */
export async function findLastPaged(db: Db, ledger: string): Promise<number> {
  const { rows } = await sql<{ last_seq: string }>`
    select last_seq from bonded.journal_page where ledger = ${ledger} order by last_seq desc limit 1
  `.execute(db);
  return Number(rows[0]?.last_seq ?? 0);
}

/** The end of the first link that ends at a row or behind it; `null` while it is not sealed. */
export async function findSealedEnd(db: Db, ledger: string, seq: number): Promise<number | null> {
  const { rows } = await sql<{ last_seq: string }>`
    select last_seq from bonded.seal
    where ledger = ${ledger} and last_seq >= ${seq} order by last_seq limit 1
  `.execute(db);
  return rows[0] ? Number(rows[0].last_seq) : null;
}

/** Keeps a page; where another process has kept one that begins with the same row, that one stays. */
export async function savePage(
  db: Db,
  page: { readonly ledger: string; readonly lastSeq: number } & PageTotals,
): Promise<void> {
  const { ledger, firstSeq, lastSeq, totals } = page;
  await sql`
    insert into bonded.journal_page (ledger, first_seq, last_seq,
      occurred_from, occurred_to, recorded_from, recorded_to, totals)
    select ${ledger}, ${firstSeq}, ${lastSeq},
      min(occurred_at), max(occurred_at), min(recorded_at), max(recorded_at), ${totals}
    from bonded.journal where ledger = ${ledger} and seq >= ${firstSeq} and seq <= ${lastSeq}
    on conflict (ledger, first_seq) do nothing
  `.execute(db);
}

interface StoredSpan {
  first_seq: string;
  last_seq: string;
  occurred_from: Date;
  occurred_to: Date;
  recorded_from: Date;
  recorded_to: Date;
}

const toSpan = (row: StoredSpan): PageSpan => ({
  firstSeq: Number(row.first_seq),
  lastSeq: Number(row.last_seq),
  first: { occurredAt: row.occurred_from.getTime(), recordedAt: row.recorded_from.getTime() },
  last: { occurredAt: row.occurred_to.getTime(), recordedAt: row.recorded_to.getTime() },
});

/** The pages of a journal up to a row, in order. */
export async function listSpans(db: Db, ledger: string, upTo: number): Promise<PageSpan[]> {
  const { rows } = await sql<StoredSpan>`
    select first_seq, last_seq, occurred_from, occurred_to, recorded_from, recorded_to
    from bonded.journal_page where ledger = ${ledger} and last_seq <= ${upTo} order by first_seq
  `.execute(db);
  return rows.map(toSpan);
}

/** The totals of these pages. */
export async function readTotals(
  db: Db,
  ledger: string,
  firstSeqs: readonly number[],
): Promise<PageTotals[]> {
  const { rows } = await sql<{ first_seq: string; totals: Buffer }>`
    select first_seq, totals from bonded.journal_page
    where ledger = ${ledger} and first_seq = any(${firstSeqs}::bigint[])
  `.execute(db);
  return rows.map(({ first_seq, totals }) => ({ firstSeq: Number(first_seq), totals }));
}

/** The page that begins behind a row, whole; `null` when there is none. */
export async function findPageAfter(db: Db, ledger: string, seq: number): Promise<Page | null> {
  const { rows } = await sql<StoredSpan & { totals: Buffer }>`
    select * from bonded.journal_page
    where ledger = ${ledger} and first_seq > ${seq} order by first_seq limit 1
  `.execute(db);
  return rows[0] ? { ...toSpan(rows[0]), totals: rows[0].totals } : null;
}

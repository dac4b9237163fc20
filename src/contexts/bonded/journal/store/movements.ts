import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { eachMovement, type Visit } from '../codec.ts';
import { readEntries, unlessDamaged } from './entries.ts';
import { listSpans, type Moments, type PageSpan, readTotals } from './pages.ts';

/** Rows of one question; what is asked of them comes in one piece each. */
const ROWS_AT_ONCE = 8_000;
/** Pages of one question. */
const PAGES_AT_ONCE = 32;
/** PostgreSQL counts microseconds from here. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

/** Told of a row that moved something: its packed movements stand in `bytes` from `start` to before `end`. */
export type VisitRow = (moments: Moments, bytes: Uint8Array, start: number, end: number) => void;

/** Somebody who adds up a whole journal, to whom lots do not matter. */
export interface Fold {
  readonly row: VisitRow;
  /**
   * Whether all moments from one to another are alike here, of either kind. The rows of such a page are told
   * as one, of its first moments.
   */
  isOne(first: Moments, last: Moments): boolean;
}

/**
 * Folds the movements of a journal up to a row, and nothing else of it: page by page as far as its pages are one to
 * this fold, row by row where they are not and behind them. They come in no order that is promised.
 */
export async function foldMovements(
  db: Db,
  ledger: string,
  upTo: number,
  fold: Fold,
): Promise<void> {
  const spans = await listSpans(db, ledger, upTo);
  const pages: PageSpan[] = [];
  let after = 0;
  const rowsUpTo = (end: number): Promise<void> =>
    end > after ? visitRows(db, ledger, { after, upTo: end }, fold.row) : Promise.resolve();
  for (const page of spans) {
    // A page that began before the end of another would be counted twice; `verifyJournal` names it.
    if (page.firstSeq <= after || !fold.isOne(page.first, page.last)) continue;
    await rowsUpTo(page.firstSeq - 1);
    pages.push(page);
    after = page.lastSeq;
  }
  await rowsUpTo(upTo);
  await visitPages(db, ledger, pages, fold.row);
}

async function visitPages(
  db: Db,
  ledger: string,
  pages: readonly PageSpan[],
  visit: VisitRow,
): Promise<void> {
  const momentsOf = new Map(pages.map(({ firstSeq, first }) => [firstSeq, first]));
  for (let from = 0; from < pages.length; from += PAGES_AT_ONCE) {
    const seqs = pages.slice(from, from + PAGES_AT_ONCE).map(({ firstSeq }) => firstSeq);
    for (const { firstSeq, totals } of await readTotals(db, ledger, seqs)) {
      const page = { ledger, seq: String(firstSeq) };
      unlessDamaged('bonded.journal_page_damaged', page, () =>
        visit(momentsOf.get(firstSeq) as Moments, totals, 0, totals.length),
      );
    }
  }
}

interface Batch {
  readonly lengths: Buffer | null;
  readonly occurred: Buffer | null;
  readonly recorded: Buffer | null;
  readonly bytes: Buffer | null;
}

/** Rows of a range in whatever order they stand, the same in all four answers. */
const readBatch = async (db: Db, ledger: string, after: number, upTo: number): Promise<Batch> => {
  const { rows } = await sql<Batch>`
    select string_agg(int4send(octet_length(movements)), '') as lengths,
      string_agg(timestamptz_send(occurred_at), '') as occurred,
      string_agg(timestamptz_send(recorded_at), '') as recorded,
      string_agg(movements, '') as bytes
    from bonded.journal
    where ledger = ${ledger} and seq > ${after} and seq <= ${upTo} and octet_length(movements) > 1
  `.execute(db);
  return rows[0] as Batch;
};

/** Reads row by row, which refuses the first one that is damaged by its number. */
async function nameDamaged(db: Db, ledger: string): Promise<void> {
  for await (const _ of readEntries(db, ledger, 0));
}

/** Rows behind one and up to another, so many at once. */
interface RowRange {
  readonly after: number;
  readonly upTo: number;
  readonly atOnce?: number;
}

/**
 * Visits the movements of rows, and nothing else of them: what folds a whole ledger reads millions. They come in no
 * order that is promised. The next batch is on its way while one is worked on.
 */
export async function visitRows(
  db: Db,
  ledger: string,
  { after: first, upTo, atOnce = ROWS_AT_ONCE }: RowRange,
  visit: VisitRow,
): Promise<void> {
  const ask = (after: number): Promise<Batch> | null => {
    if (after >= upTo) return null;
    const asked = readBatch(db, ledger, after, Math.min(upTo, after + atOnce));
    asked.catch(() => undefined);
    return asked;
  };
  let next = ask(first);
  for (let after = first; next !== null; ) {
    const batch = await next;
    after += atOnce;
    next = ask(after);
    try {
      visitBatch(batch, visit);
    } catch (error) {
      if (error instanceof RangeError) await nameDamaged(db, ledger);
      throw error;
    }
  }
}

function visitBatch({ lengths, occurred, recorded, bytes }: Batch, visit: VisitRow): void {
  if (!lengths || !occurred || !recorded || !bytes) return;
  const momentIn = (moments: Buffer, row: number): number =>
    Math.floor(Number(moments.readBigInt64BE(row * 8)) / 1000) + EPOCH_MS;
  let start = 0;
  for (let row = 0; row * 4 < lengths.length; row += 1) {
    const end = start + lengths.readInt32BE(row * 4);
    const moments = { occurredAt: momentIn(occurred, row), recordedAt: momentIn(recorded, row) };
    visit(moments, bytes, start, end);
    start = end;
  }
}

/** Tells of every movement of these production orders, in no order that is promised. */
export async function visitOrders(
  db: Db,
  ledger: string,
  orders: readonly string[],
  told: (order: string) => Visit,
): Promise<void> {
  const { rows } = await sql<{ seq: string; order_no: string; movements: Buffer }>`
    select seq, order_no, movements from bonded.journal
    where ledger = ${ledger} and order_no = any(${orders}::text[]) and octet_length(movements) > 1
  `.execute(db);
  for (const { seq, order_no, movements } of rows)
    unlessDamaged('bonded.journal_row_damaged', { ledger, seq }, () =>
      eachMovement(movements, told(order_no)),
    );
}

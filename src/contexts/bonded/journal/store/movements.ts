import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { readEntries } from './entries.ts';

/** Rows of one question; what is asked of them comes in one piece each. */
const BATCH_ROWS = 8_000;
/** PostgreSQL counts microseconds from here. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

/** The moments of a row of the journal, in milliseconds. */
export interface Moments {
  readonly occurredAt: number;
  readonly recordedAt: number;
}

/** Told of a row that moved something: its packed movements stand in `bytes` from `start` to before `end`. */
export type VisitRow = (moments: Moments, bytes: Uint8Array, start: number, end: number) => void;

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

/**
 * Visits the movements of a journal up to a row, and nothing else of it: what folds a whole ledger reads millions of
 * rows. They come in no order that is promised. The next batch is on its way while one is worked on.
 */
export async function visitMovements(
  db: Db,
  ledger: string,
  upTo: number,
  visit: VisitRow,
): Promise<void> {
  const ask = (after: number): Promise<Batch> | null => {
    if (after >= upTo) return null;
    const asked = readBatch(db, ledger, after, Math.min(upTo, after + BATCH_ROWS));
    asked.catch(() => undefined);
    return asked;
  };
  let next = ask(0);
  for (let after = 0; next !== null; ) {
    const batch = await next;
    after += BATCH_ROWS;
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

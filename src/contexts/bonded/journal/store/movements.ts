import { sql } from 'kysely';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { eachMovement, type Visit } from '../codec.ts';
import { readEntries } from './entries.ts';

/** Rows of one question; their movements come in one piece. */
const BATCH_ROWS = 4_000;

/** The moments of a row of the journal, in milliseconds. */
export interface Moments {
  readonly occurredAt: number;
  readonly recordedAt: number;
}

interface Batch {
  readonly last: string | null;
  readonly rows: string;
  readonly lengths: number[];
  readonly occurred: string[];
  readonly recorded: string[];
  readonly bytes: Buffer;
}

const readBatch = async (
  db: Db,
  ledger: string,
  after: number,
  upTo: number,
): Promise<Batch | undefined> => {
  const { rows } = await sql<Batch>`
    with batch as materialized (
      select seq, movements, octet_length(movements) as length,
        (extract(epoch from occurred_at) * 1000)::bigint as occurred,
        (extract(epoch from recorded_at) * 1000)::bigint as recorded
      from bonded.journal where ledger = ${ledger} and seq > ${after} and seq <= ${upTo}
      order by seq limit ${BATCH_ROWS})
    select max(seq) as last, count(*) as rows,
      coalesce(array_agg(length order by seq) filter (where length > 1), '{}') as lengths,
      coalesce(array_agg(occurred order by seq) filter (where length > 1), '{}') as occurred,
      coalesce(array_agg(recorded order by seq) filter (where length > 1), '{}') as recorded,
      coalesce(string_agg(movements, ''::bytea order by seq) filter (where length > 1), ''::bytea) as bytes
    from batch
  `.execute(db);
  return rows[0];
};

/** Reads row by row, which refuses the first one that is damaged by its number. */
async function nameDamaged(db: Db, ledger: string): Promise<void> {
  for await (const _ of readEntries(db, ledger, 0));
}

/**
 * Visits every movement of a journal up to a row, in order, and nothing else of it: what folds a whole ledger reads
 * millions of rows. The next batch is on its way while one is worked on.
 * @param of makes the visitor of a row from its moments.
 */
export async function visitMovements(
  db: Db,
  ledger: string,
  upTo: number,
  of: (moments: Moments) => Visit,
): Promise<void> {
  let batch = await readBatch(db, ledger, 0, upTo);
  while (batch?.last) {
    const isLast = Number(batch.rows) < BATCH_ROWS;
    const next = isLast ? null : readBatch(db, ledger, Number(batch.last), upTo);
    next?.catch(() => undefined);
    let at = 0;
    try {
      for (const [row, length] of batch.lengths.entries()) {
        const [occurredAt, recordedAt] = [Number(batch.occurred[row]), Number(batch.recorded[row])];
        eachMovement(batch.bytes.subarray(at, at + length), of({ occurredAt, recordedAt }));
        at += length;
      }
    } catch (error) {
      if (error instanceof RangeError) await nameDamaged(db, ledger);
      throw error;
    }
    batch = next ? await next : undefined;
  }
}

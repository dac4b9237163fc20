import { sql } from 'kysely';
import type { Db, Tx } from '../../../platform/postgres/transaction.ts';
import type { AlternativeInput, BomLineInput, SourcingInput } from './contract.ts';

/** A record as it was sent. */
export type BillRecord =
  | { readonly kind: 'line'; readonly content: BomLineInput }
  | { readonly kind: 'sourcing'; readonly content: SourcingInput }
  | { readonly kind: 'alternative'; readonly content: AlternativeInput };

export async function count(db: Db, ledger: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(number), 0) as last from bonded.bill_record where ledger = ${ledger}
  `.execute(db);
  return rows[0]?.last ?? 0;
}

/** Records behind a number up to another, in the order they came. */
export async function readBetween(
  db: Db,
  ledger: string,
  after: number,
  head: number,
): Promise<BillRecord[]> {
  const { rows } = await sql<BillRecord>`
    select kind, content from bonded.bill_record
    where ledger = ${ledger} and number > ${after} and number <= ${head} order by number
  `.execute(db);
  return rows;
}

/** Adds records behind the `known` that are there; the caller holds the ledger. */
export async function add(
  tx: Tx,
  ledger: string,
  known: number,
  records: readonly BillRecord[],
  received: { readonly at: string; readonly by: string },
): Promise<void> {
  const rows = records.map(({ kind, content }, index) => ({
    ...{ number: known + index + 1, kind, id: content.id },
    ...{ recordedAt: content.recordedAt, content },
  }));
  await sql`
    insert into bonded.bill_record
      (ledger, number, kind, id, recorded_at, content, received_at, received_by)
    select ${ledger}, number, kind, id, "recordedAt", content, ${received.at}::timestamptz,
      ${received.by}
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (number int, kind text, id text,
      "recordedAt" timestamptz, content json)
  `.execute(tx);
}

import { sql } from 'kysely';
import { type Db, leaveTo, type Tx } from '../../../../platform/postgres/transaction.ts';

export interface StoredPayment {
  readonly id: string;
  readonly hash: string;
  readonly answer: unknown;
}

/**
 * Claims payment ids, in order. One that another transaction has claimed meanwhile is not in the
 * answer: we waited for that transaction, so reading again will find its payment.
 */
export async function claimPayments(
  tx: Tx,
  payments: readonly { id: string; target: string; hash: string; at: string }[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into duty.payment (id, target, content_hash, answer, received_at)
    select id, target, hash, 'null', at
    from json_to_recordset(${JSON.stringify(payments)}::json)
      as row (id text, target text, hash text, at timestamptz)
    order by id
    on conflict (id) do nothing
    returning id
  `.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

export async function findPayments(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, StoredPayment>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<StoredPayment>`
    select id, content_hash as hash, answer from duty.payment where id = any(${[...ids]}::text[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Keeps what was answered; a payment that was refused was never received, and its id is free again. */
export async function answerPayments(
  tx: Tx,
  answers: readonly { id: string; answer: unknown }[],
  refused: readonly string[],
): Promise<void> {
  if (answers.length > 0) {
    await leaveTo(
      tx,
      sql`
        update duty.payment as p set answer = row.answer
        from json_to_recordset(${JSON.stringify(answers)}::json) as row (id text, answer jsonb)
        where p.id = row.id
      `,
    );
  }
  if (refused.length > 0) {
    await leaveTo(tx, sql`delete from duty.payment where id = any(${[...refused]}::text[])`);
  }
}

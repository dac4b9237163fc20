import { sql } from 'kysely';
import { contentHash } from '../../../../kernel/canonical.ts';
import type { Refusal } from '../../../../kernel/refusal.ts';
import { type Db, inTransaction } from '../../../../platform/postgres/transaction.ts';
import type { LedgerEvent } from '../../contract.ts';
import * as ledgers from '../../ledgers/store/ledgers.ts';

/** An event the ledger did not take, and why. */
export interface RefusedEvent {
  readonly event: LedgerEvent;
  readonly problems: readonly Refusal[];
}

interface KeptRefusal extends RefusedEvent {
  readonly number: number;
  readonly receivedAt: string;
  readonly receivedBy: string;
}

/** Keeps refused events behind those that are there, each content once: what is set aside is shown. */
export async function keepRefused(
  db: Db,
  ledger: string,
  refused: readonly RefusedEvent[],
  received: { readonly at: string; readonly by: string },
): Promise<void> {
  if (refused.length === 0) return;
  const rows = refused.map(({ event, problems }) => ({
    ...{ event: event.id, content: event, hash: contentHash(event), problems },
  }));
  await inTransaction(db, async (tx) => {
    await ledgers.lock(tx, ledger);
    await sql`
      insert into bonded.refused_event
        (ledger, number, event, content, content_hash, problems, received_at, received_by)
      select ${ledger}, last.number + row_number() over (order by row.place), event, content, hash,
        problems, ${received.at}::timestamptz, ${received.by}
      from (select coalesce(max(number), 0) as number from bonded.refused_event
          where ledger = ${ledger}) as last,
        (select distinct on (event, hash) given.*
          from rows from (json_to_recordset(${JSON.stringify(rows)}::json)
            as (event text, content json, hash text, problems json))
            with ordinality as given (event, content, hash, problems, place)
          order by event, hash, place) as row
      where not exists (select from bonded.refused_event as known
        where known.ledger = ${ledger} and known.event = row.event
          and known.content_hash = row.hash)
    `.execute(tx);
  });
}

export async function countRefused(db: Db, ledger: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(number), 0) as last from bonded.refused_event where ledger = ${ledger}
  `.execute(db);
  return rows[0]?.last ?? 0;
}

/** The first `head` of a ledger, in the order they came. */
export async function readRefused(db: Db, ledger: string, head: number): Promise<KeptRefusal[]> {
  const { rows } = await sql<{
    number: number;
    content: LedgerEvent;
    problems: Refusal[];
    received_at: Date;
    received_by: string;
  }>`
    select number, content, problems, received_at, received_by from bonded.refused_event
    where ledger = ${ledger} and number <= ${head} order by number
  `.execute(db);
  return rows.map(({ content, received_at, received_by, ...row }) => ({
    ...{ ...row, event: content },
    ...{ receivedAt: received_at.toISOString(), receivedBy: received_by },
  }));
}

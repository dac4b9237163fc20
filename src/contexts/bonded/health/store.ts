import { sql } from 'kysely';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { LedgerStatus } from '../ledgers/contract.ts';
import type { Visibility } from '../ledgers/store/ledgers.ts';
import type { HealthRow, HealthSearch } from './contract.ts';

export interface Times {
  readonly openedAt: string;
  readonly lastAt: string;
}

/** When the first and the last event of each of these orders happened. */
export async function timesOf(
  db: Db,
  ledger: string,
  orders: readonly string[],
): Promise<Map<string, Times>> {
  const { rows } = await sql<{ order_no: string; first: Date; last: Date }>`
    select order_no, min(occurred_at) as first, max(occurred_at) as last
    from bonded.journal
    where ledger = ${ledger} and order_no = any(${[...orders]}::text[])
    group by order_no
  `.execute(db);
  return new Map(
    rows.map(({ order_no, first, last }) => [
      order_no,
      { openedAt: first.toISOString(), lastAt: last.toISOString() },
    ]),
  );
}

export interface Sender {
  readonly actor: string;
  readonly events: number;
  /** On how many days what it told of happened. */
  readonly days: number;
  readonly lastOccurredAt: string;
  readonly lastReceivedAt: string;
}

/** Who wrote the last rows of a journal, but for the platform itself. */
export async function sendersOf(
  db: Db,
  ledger: string,
  { rows: span, platform }: { readonly rows: number; readonly platform: string },
): Promise<{ of: number; senders: Sender[] }> {
  const { rows } = await sql<{
    actor: string;
    events: number;
    days: number;
    occurred: Date;
    received: Date;
    of: number;
  }>`
    with last as (
      select coalesce(max(seq), 0) as seq from bonded.journal where ledger = ${ledger}
    )
    select actor, count(content)::integer as events,
      count(distinct (occurred_at at time zone 'Asia/Shanghai')::date)::integer as days,
      max(occurred_at) as occurred, max(recorded_at) as received, least(last.seq, ${span})::integer as of
    from bonded.journal cross join last
    where ledger = ${ledger} and journal.seq > last.seq - ${span} and actor <> ${platform}
    group by actor, last.seq
    order by received desc
  `.execute(db);
  return {
    of: rows[0]?.of ?? 0,
    senders: rows.map(({ actor, events, days, occurred, received }) => ({
      ...{ actor, events, days, lastOccurredAt: occurred.toISOString() },
      lastReceivedAt: received.toISOString(),
    })),
  };
}

interface Row {
  id: string;
  name: string;
  enterprise: string;
  office: string;
  status: LedgerStatus;
  change_pending: boolean;
  filings: number;
  received: Date | null;
  count_id: string | null;
  closed_at: Date | null;
  differing: number | null;
}

/** Ledgers within reach, each with the last word of its journal, of its counts and of its filings. */
export async function listHealth(
  db: Db,
  visible: Visibility,
  wanted: HealthSearch,
  { silentBefore, platform }: { readonly silentBefore: string; readonly platform: string },
): Promise<{ rows: HealthRow[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select ledger.id, ledger.name, ledger.enterprise, ledger.office, ledger.status,
      ledger.change_pending, waiting.filings, heard.received, counted.id as count_id,
      counted.closed_at, (counted.figures ->> 'differing')::integer as differing
    from bonded.ledger
    left join lateral (
      select recorded_at as received from bonded.journal
      where journal.ledger = ledger.id and actor <> ${platform}
      order by seq desc limit 1
    ) heard on true
    left join lateral (
      select id, closed_at, figures from bonded.stocktake
      where stocktake.ledger = ledger.id and stocktake.status = 'closed'
      order by number desc limit 1
    ) counted on true
    cross join lateral (
      select count(*)::integer as filings from bonded.filing
      where filing.ledger = ledger.id and waits_for_officer
    ) waiting
    where (${visible.organisation}::text is null or ledger.enterprise = ${visible.organisation})
      and (${visible.offices === null} or ledger.office = any(${[...(visible.offices ?? [])]}::text[]))
      and (${wanted.needs !== 'person'} or ledger.status = 'registered' or ledger.change_pending
        or waiting.filings > 0
        or (ledger.status = 'open' and heard.received < ${silentBefore}::timestamptz))
      and ledger.id > ${wanted.cursor ?? ''}
    order by ledger.id
    limit ${wanted.limit + 1}
  `.execute(db);
  const page = rows.slice(0, wanted.limit).map((row) => healthOf(row, silentBefore));
  return { rows: page, next: rows.length > page.length ? (page.at(-1)?.ledger ?? null) : null };
}

function healthOf(row: Row, silentBefore: string): HealthRow {
  const { id, name, enterprise, office, status, filings, received, count_id, closed_at } = row;
  return {
    ...{ ledger: id, name, enterprise, office, status, filingsWaiting: filings },
    isRegistrationWaiting: status === 'registered' || row.change_pending,
    lastReceivedAt: received?.toISOString() ?? null,
    isSilent: status === 'open' && received !== null && received < new Date(silentBefore),
    lastCount:
      count_id === null || closed_at === null
        ? null
        : { id: count_id, closedAt: closed_at.toISOString(), differing: row.differing ?? 0 },
  };
}

import assert from 'node:assert/strict';
import { sql } from 'kysely';
import type { Instant } from '../../kernel/dates.ts';
import { type EventRecord, eventId } from '../../kernel/event.ts';
import { type Db, leaveTo, type Tx } from '../postgres/transaction.ts';

/** Where a subscriber stands: opaque text, to be stored beside what the subscriber wrote. */
export type Cursor = string;
export const CURSOR_START: Cursor = '0:0';

interface EventRow {
  stream: string;
  seq: number;
  kind: string;
  /** As PostgreSQL writes a moment in UTC: `2026-07-01 08:00:00.12`. */
  occurred_at: string;
  recorded_at: string;
  envelope: Omit<EventRecord['envelope'], 'occurredAt' | 'recordedAt'>;
  payload: unknown;
}

const COLUMNS = sql`stream, seq, kind, (occurred_at at time zone 'UTC')::text as occurred_at,
  (recorded_at at time zone 'UTC')::text as recorded_at, envelope, payload`;

/**
 * Appends events in one statement. `(stream, seq)` is unique: two writers that read the same state
 * cannot both write, the second gets a unique violation and its transaction rolls back. They travel as
 * `jsonb`: as `json`, what is nested would be read twice.
 */
export async function append(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ stream, seq, kind, envelope, payload }) => {
    const { occurredAt, recordedAt, ...rest } = envelope;
    return { stream, seq, kind, o: occurredAt, r: recordedAt, e: rest, p: payload };
  });
  const statement = sql`
    insert into platform.event (stream, seq, kind, occurred_at, recorded_at, envelope, payload)
    select stream, seq, kind, o, r, e, p
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row(stream text, seq integer, kind text, o timestamptz, r timestamptz, e jsonb, p jsonb)
  `;
  await leaveTo(tx, statement);
}

/** The events of some streams, each in order; a stream without events is absent from the map. */
export async function readStreams(
  db: Db,
  streams: readonly string[],
): Promise<Map<string, EventRecord[]>> {
  const found = new Map<string, EventRecord[]>();
  if (streams.length === 0) return found;
  const { rows } = await sql<EventRow>`
    select ${COLUMNS}
    from platform.event
    where stream = any(${[...streams]}::text[])
    order by stream, seq
  `.execute(db);
  for (const row of rows) {
    const events = found.get(row.stream);
    if (events) events.push(toEvent(row));
    else found.set(row.stream, [toEvent(row)]);
  }
  return found;
}

export async function readStream(db: Db, stream: string): Promise<EventRecord[]> {
  return (await readStreams(db, [stream])).get(stream) ?? [];
}

/**
 * The next events after a cursor, in an order every reader agrees on. Events of transactions that
 * are still running, or that began after one still running, wait: a later commit can never slip in
 * behind a cursor. This is what lets a subscriber be exact without a second, outbox copy of each event.
 *
 * Given `kinds`, others are passed over. With fewer events than `limit` there are no more for now, and
 * the cursor stands at the oldest transaction still running: what was passed over is not read again.
 *
 * Events that one transaction wrote come in order. Of two transactions that wrote to one stream, the
 * later may come first; a reader to whom that matters looks at `seq`.
 */
export async function readAfter(
  db: Db,
  cursor: Cursor,
  limit: number,
  kinds?: readonly string[],
): Promise<Read> {
  const [transaction = '0', position = '0'] = cursor.split(':');
  const wanted = kinds ? sql`and kind = any(${[...kinds]}::text[])` : sql``;
  const { rows } = await sql<Found>`
    select horizon.transaction_id::text as horizon, event.*
    from (select pg_snapshot_xmin(pg_current_snapshot()) as transaction_id) as horizon
    left join lateral (
      select ${COLUMNS},
        transaction_id::text as transaction_id, position::text as position
      from platform.event
      where (transaction_id, position) > (${transaction}::xid8, ${position}::bigint)
        and transaction_id < horizon.transaction_id ${wanted}
      order by event.transaction_id, event.position
      limit ${limit}
    ) as event on true
  `.execute(db);
  const found = rows.filter((row) => row.stream !== null);
  const places = found.map((row) => `${row.transaction_id}:${row.position}`);
  const atLastEvent = places.at(-1) ?? cursor;
  // Who reads every kind stands at the last event read; who reads some need not read past the others again.
  const isAtHorizon = kinds !== undefined && found.length < limit;
  return {
    events: found.map(toEvent),
    places,
    cursor: isAtHorizon ? standingAt(rows) : atLastEvent,
    atLastEvent,
  };
}

/** Events as they were read, where each stands, and where to go on. */
export interface Read {
  readonly events: EventRecord[];
  readonly places: Cursor[];
  readonly cursor: Cursor;
  /** Of the last event that was read. */
  readonly atLastEvent: Cursor;
}

/** A place in the log as text that sorts as the log does. */
export const orderOf = (cursor: Cursor): string =>
  cursor
    .split(':')
    .map((part) => part.padStart(20, '0'))
    .join(':');

/** Every transaction that has committed by now has a smaller number. */
export async function nextTransaction(db: Db): Promise<bigint> {
  const { rows } = await sql<{ next: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next
  `.execute(db);
  return BigInt(rows[0]?.next ?? '0');
}

/** Every transaction with a smaller number has ended: up to here `readAfter` reads. */
export async function readingHorizon(db: Db): Promise<bigint> {
  const { rows } = await sql<{ horizon: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon
  `.execute(db);
  return BigInt(rows[0]?.horizon ?? '0');
}

type Found = EventRow & { horizon: string; transaction_id: string; position: string };

/** Behind every transaction before the horizon, and before all that the horizon itself writes. */
function standingAt([row]: readonly Found[]): Cursor {
  assert(row, 'The horizon is always there.');
  return `${row.horizon}:0`;
}

/**
 * For a restored backup: the new cluster counts transactions from the start again, so restored
 * events are given the oldest number of all, and positions in the order they were read in. A follower
 * stands where it stood; other subscribers begin anew from `CURSOR_START`.
 */
export const AFTER_RESTORE = `
  do $$ begin
    if to_regclass('platform.follower') is not null then
      update platform.follower set cursor = '1:' || (
        select count(*) from platform.event
        where (transaction_id, position)
          <= (split_part(cursor, ':', 1)::xid8, split_part(cursor, ':', 2)::bigint));
    end if;
  end $$;
  alter table platform.event alter column position set generated by default;
  update platform.event set transaction_id = '1', position = read.place
  from (
    select stream, seq, row_number() over (order by transaction_id, position) as place
    from platform.event
  ) as read
  where event.stream = read.stream and event.seq = read.seq;
  alter table platform.event alter column position set generated always;
`;

function toEvent(row: EventRow): EventRecord {
  return {
    id: eventId(row.stream, row.seq),
    stream: row.stream,
    seq: row.seq,
    kind: row.kind,
    envelope: {
      ...row.envelope,
      occurredAt: instantOf(row.occurred_at),
      recordedAt: instantOf(row.recorded_at),
    },
    payload: row.payload,
  };
}

/** To the millisecond, as every instant is; PostgreSQL leaves zeros at the end out. */
const instantOf = (text: string): Instant =>
  `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, 23).padEnd(3, '0')}Z`;

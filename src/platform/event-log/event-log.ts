import { sql } from 'kysely';
import type { EventRecord } from '../../kernel/event.ts';
import type { Db, Tx } from '../postgres/transaction.ts';

/** Where a subscriber stands: opaque text, to be stored beside what the subscriber wrote. */
export type Cursor = string;
export const CURSOR_START: Cursor = '0:0';

/** An event's id is its place: the stream and the sequence number in it. */
export const eventId = (stream: string, seq: number): string => `${stream}@${seq}`;

interface EventRow {
  stream: string;
  seq: number;
  kind: string;
  occurred_at: Date;
  recorded_at: Date;
  envelope: Omit<EventRecord['envelope'], 'occurredAt' | 'recordedAt'>;
  payload: unknown;
}

/**
 * Appends events in one statement. `(stream, seq)` is unique: two writers that read the same state
 * cannot both write, the second gets a unique violation and its transaction rolls back.
 */
export async function append(tx: Tx, events: readonly EventRecord[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ stream, seq, kind, envelope, payload }) => {
    const { occurredAt, recordedAt, ...rest } = envelope;
    return { stream, seq, kind, o: occurredAt, r: recordedAt, e: rest, p: payload };
  });
  await sql`
    insert into platform.event (stream, seq, kind, occurred_at, recorded_at, envelope, payload)
    select stream, seq, kind, o, r, e, p
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(stream text, seq integer, kind text, o timestamptz, r timestamptz, e jsonb, p jsonb)
  `.execute(tx);
}

/** The events of some streams, each in order; a stream without events is absent from the map. */
export async function readStreams(
  db: Db,
  streams: readonly string[],
): Promise<Map<string, EventRecord[]>> {
  const found = new Map<string, EventRecord[]>();
  if (streams.length === 0) return found;
  const { rows } = await sql<EventRow>`
    select stream, seq, kind, occurred_at, recorded_at, envelope, payload
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
 */
export async function readAfter(
  db: Db,
  cursor: Cursor,
  limit: number,
): Promise<{ events: EventRecord[]; cursor: Cursor }> {
  const [transaction = '0', position = '0'] = cursor.split(':');
  const { rows } = await sql<EventRow & { transaction_id: string; position: string }>`
    select stream, seq, kind, occurred_at, recorded_at, envelope, payload,
      transaction_id::text as transaction_id, position::text as position
    from platform.event
    where (transaction_id, position) > (${transaction}::xid8, ${position}::bigint)
      and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    order by event.transaction_id, event.position
    limit ${limit}
  `.execute(db);
  const last = rows.at(-1);
  return {
    events: rows.map(toEvent),
    cursor: last ? `${last.transaction_id}:${last.position}` : cursor,
  };
}

/**
 * For a restored backup: the new cluster counts transactions from the start again, so restored
 * events are given the oldest number of all. Subscribers then begin anew from `CURSOR_START`.
 */
export const AFTER_RESTORE = "update platform.event set transaction_id = '1'";

function toEvent(row: EventRow): EventRecord {
  return {
    id: eventId(row.stream, row.seq),
    stream: row.stream,
    seq: row.seq,
    kind: row.kind,
    envelope: {
      ...row.envelope,
      occurredAt: row.occurred_at.toISOString(),
      recordedAt: row.recorded_at.toISOString(),
    },
    payload: row.payload,
  };
}

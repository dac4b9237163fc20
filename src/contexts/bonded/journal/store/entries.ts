import { sql } from 'kysely';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { EventKind } from '../../contract.ts';
import type { Entry, Lot } from '../../engine/entry.ts';
import { decodeMovements, encodeMovements } from '../codec.ts';

/**
 * A row to be: what an event did, and in an event's first row the hash of the event as it came. Its movements are packed
 * at once: a second's worth of them as objects is what the collector would have to carry from place to place.
 */
export interface Recorded {
  readonly entry: Omit<Entry, 'movements'>;
  /** 32 bytes; `null` in later rows of a held event. */
  readonly content: Buffer | null;
  readonly movements: Buffer;
}

export const recordedOf = (entry: Entry, content: Buffer | null): Recorded => ({
  entry: {
    seq: entry.seq,
    event: entry.event,
    kind: entry.kind,
    outcome: entry.outcome,
    order: entry.order,
    occurredAt: entry.occurredAt,
    recordedAt: entry.recordedAt,
    actor: entry.actor,
    document: entry.document,
    lots: entry.lots,
    detail: entry.detail,
  },
  content,
  movements: encodeMovements(entry.movements),
});

export const entryOf = ({ entry, movements }: Recorded): Entry => ({
  ...entry,
  movements: decodeMovements(movements),
});

/** An event that was taken, and what became of it at once. */
export interface Taken {
  readonly content: Buffer;
  readonly seq: number;
  readonly outcome: Entry['outcome'];
}

const CONTENT_BYTES = 32;
const NO_CONTENT = Buffer.alloc(CONTENT_BYTES);

/**
 * Appends rows in one statement. Their numbers follow those in the journal: a number that is taken fails
 * the whole, which is what stops a writer that no longer knows where the journal ends.
 *
 * Bytes go over in one piece and are cut apart there, and everything else as one JSON: an array for each column would be
 * put into text value by value here, which is where time is short.
 */
export async function appendEntries(
  tx: Tx,
  ledger: string,
  recorded: readonly Recorded[],
): Promise<void> {
  if (recorded.length === 0) return;
  const packed = recorded.map(({ movements }) => movements);
  await sql`
    insert into bonded.journal (ledger, seq, event, content, kind, outcome, order_no, document,
      occurred_at, recorded_at, actor, movements, lots, detail)
    select ${ledger}, seq, event,
      case when "isFirst" then
        substring(${contentsOf(recorded)}::bytea from ((place - 1) * ${CONTENT_BYTES} + 1)::integer
          for ${CONTENT_BYTES})
      end,
      kind, outcome, "order", document, "occurredAt", "recordedAt", actor,
      substring(${Buffer.concat(packed)}::bytea from start for length), lots, detail
    from rows from (
      json_to_recordset(${JSON.stringify(rowsOf(recorded))}::json) as (seq bigint, event text,
        "isFirst" boolean, kind text, outcome text, "order" text, document text,
        "occurredAt" timestamptz, "recordedAt" timestamptz, actor text,
        start integer, length integer, lots json, detail json)
    ) with ordinality as given (seq, event, "isFirst", kind, outcome, "order", document,
      "occurredAt", "recordedAt", actor, start, length, lots, detail, place)
  `.execute(tx);
}

/** Each row without its bytes, and where its movements stand when all stand one behind the other, counted from 1. */
function rowsOf(recorded: readonly Recorded[]): object[] {
  let start = 1;
  return recorded.map(({ entry, content, movements: { length } }) => {
    const row = {
      seq: entry.seq,
      event: entry.event,
      isFirst: content !== null,
      kind: entry.kind,
      outcome: entry.outcome,
      order: entry.order,
      document: entry.document,
      occurredAt: entry.occurredAt,
      recordedAt: entry.recordedAt,
      actor: entry.actor,
      start,
      length,
      lots: entry.lots.length === 0 ? null : entry.lots,
      detail: entry.detail,
    };
    start += length;
    return row;
  });
}

const contentsOf = (recorded: readonly Recorded[]): Buffer =>
  Buffer.concat(recorded.map(({ content }) => content ?? NO_CONTENT));

/** Which of these events the ledger has taken, by their ids. */
export async function findTaken(
  db: Db,
  ledger: string,
  events: readonly string[],
): Promise<Map<string, Taken>> {
  const { rows } = await sql<{
    event: string;
    content: Buffer;
    seq: string;
    outcome: Taken['outcome'];
  }>`
    select event, content, seq, outcome from bonded.journal
    where ledger = ${ledger} and event = any(${events}::text[]) and content is not null
  `.execute(db);
  return new Map(
    rows.map(({ event, content, seq, outcome }) => [event, { content, seq: Number(seq), outcome }]),
  );
}

/** The last row of a ledger's journal; 0 when there is none. */
export async function findHead(db: Db, ledger: string): Promise<number> {
  const { rows } = await sql<{ seq: string }>`
    select seq from bonded.journal where ledger = ${ledger} order by seq desc limit 1
  `.execute(db);
  return Number(rows[0]?.seq ?? 0);
}

/** A row as PostgreSQL gives it. */
export interface StoredEntry {
  ledger: string;
  seq: string;
  event: string;
  content: Buffer | null;
  kind: EventKind;
  outcome: Entry['outcome'];
  order_no: string | null;
  document: string | null;
  occurred_at: Date;
  recorded_at: Date;
  actor: string;
  movements: Buffer;
  lots: Lot[] | null;
  detail: Record<string, unknown> | null;
}

function toEntry(row: StoredEntry): Entry {
  return {
    seq: Number(row.seq),
    event: row.event,
    kind: row.kind,
    outcome: row.outcome,
    order: row.order_no,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    actor: row.actor,
    document: row.document,
    movements: movementsOf(row),
    lots: row.lots ?? [],
    detail: row.detail,
  };
}

const movementsOf = ({ ledger, seq, movements }: StoredEntry): Entry['movements'] =>
  unlessDamaged('bonded.journal_row_damaged', { ledger, seq }, () => decodeMovements(movements));

/** @throws Refused with this code, naming the row or the page by its first, where its bytes cannot be read. */
export function unlessDamaged<T>(
  code: 'bonded.journal_row_damaged' | 'bonded.journal_page_damaged',
  params: { readonly ledger: string; readonly seq: string },
  read: () => T,
): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refused('conflict', { code, params });
  }
}

/** Rows after a number, in order: as many as asked for, or fewer at the end. */
export async function readRows(
  db: Db,
  ledger: string,
  after: number,
  limit: number,
): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select * from bonded.journal where ledger = ${ledger} and seq > ${after} order by seq limit ${limit}
  `.execute(db);
  return rows;
}

/** Rows of one question: large enough that asking costs little, small enough for any memory. */
const BATCH_ROWS = 1_000;

/** The journal after a number, in order and batch by batch; the next is on its way while one is worked on. */
export async function* readEntries(
  db: Db,
  ledger: string,
  after: number,
): AsyncGenerator<readonly Entry[]> {
  let rows = await readRows(db, ledger, after, BATCH_ROWS);
  while (rows.length > 0) {
    const isLast = rows.length < BATCH_ROWS;
    const next = isLast ? null : readRows(db, ledger, Number(rows.at(-1)?.seq), BATCH_ROWS);
    // Whoever stops half-way never asks what became of it.
    next?.catch(() => undefined);
    yield rows.map(toEntry);
    rows = next ? await next : [];
  }
}

/** What happened on one production order, in order: a page of it. */
export async function listByOrder(
  db: Db,
  ledger: string,
  order: string,
  page: { readonly after: number; readonly limit: number },
): Promise<Entry[]> {
  const { rows } = await sql<StoredEntry>`
    select * from bonded.journal
    where ledger = ${ledger} and order_no = ${order} and seq > ${page.after}
    order by seq limit ${page.limit}
  `.execute(db);
  return rows.map(toEntry);
}

/** All rows of these events, in order: one each, and another where it was held first. */
export async function listByEvents(
  db: Db,
  ledger: string,
  events: readonly string[],
): Promise<Entry[]> {
  const { rows } = await sql<StoredEntry>`
    select * from bonded.journal
      where ledger = ${ledger} and event = any(${events}::text[]) and content is not null
    union all
    select * from bonded.journal
      where ledger = ${ledger} and event = any(${events}::text[]) and content is null
    order by seq
  `.execute(db);
  return rows.map(toEntry);
}

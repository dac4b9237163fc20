import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Instant } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { EventLine, LedgerEvent } from '../contract.ts';
import type { Entry, Past } from '../engine/entry.ts';
import type { Replayed } from './open.ts';
import { findTaken, listByEvents, type Recorded, type Taken } from './store/entries.ts';

/** What the writer needs of a book. */
export interface Book extends Replayed {
  /** What is still to be read of the journal: the last entry of an event. Asked again with it, until nothing is. */
  needs(event: LedgerEvent, past: Past): { readonly as: keyof Past; readonly event: string } | null;
  /** Decides and does: entries, or a `Refused`, and then the book is as it was. */
  post(
    event: LedgerEvent,
    received: { readonly recordedAt: Instant; readonly actor: string },
    past: Past,
  ): readonly Entry[];
}

/** What became of one event. The same event sent again gets the same answer, and is a repeat. */
export type Answer =
  | {
      readonly event: string;
      readonly seq: number;
      readonly outcome: Entry['outcome'];
      readonly isRepeat: boolean;
    }
  | { readonly event: string; readonly refusals: readonly Refusal[] };

/** Events decided in order on one book, and what is to be written before anybody is answered. */
export interface Decisions {
  /** @throws whatever is not a refusal; the book is then not to be used any more. */
  decide(event: LedgerEvent, actor: string): Promise<Answer>;
  readonly recorded: readonly Recorded[];
}

/** Begins with what the journal knows of the events that are to be decided. */
export async function beginDeciding(
  deps: { readonly db: Db; readonly ledger: string; readonly book: Book },
  events: readonly LedgerEvent[],
  recordedAt: Instant,
): Promise<Decisions> {
  const { db, ledger, book } = deps;
  const ids = events.map(({ id }) => id).filter((id) => !isUnwritable(JSON.stringify(id)));
  const taken: Map<string, Taken> = await findTaken(db, ledger, ids);
  const last = new Map<string, Entry>();
  const recorded: Recorded[] = [];
  let { nextSeq } = book;

  const findLast = async (id: string): Promise<Entry | null> =>
    last.get(id) ?? (await listByEvents(db, ledger, [id])).at(-1) ?? null;
  const gather = async (event: LedgerEvent): Promise<Past> => {
    let past: Past = {};
    for (;;) {
      const needed = book.needs(event, past);
      if (!needed) return past;
      const entry = await findLast(needed.event);
      // An event to reverse may be one that never came; what the book itself noted was written.
      assert(entry || needed.as === 'reversed', `The journal lost event ${needed.event}.`);
      past = { ...past, [needed.as]: entry };
    }
  };
  const record = (entries: readonly Entry[], id: string, content: Buffer): Answer => {
    const first = entries.find(({ event }) => event === id);
    assert(first, `The book gave no entry of event ${id}.`);
    for (const entry of entries) {
      assert(entry.seq === nextSeq++, `Entry ${entry.seq} does not follow.`);
      recorded.push({ entry, content: entry === first ? content : null });
      last.set(entry.event, entry);
    }
    const { seq, outcome } = first;
    taken.set(id, { content, seq, outcome });
    return { event: id, seq, outcome, isRepeat: false };
  };

  const decide = async (sent: LedgerEvent, actor: string): Promise<Answer> => {
    // A moment is kept to the millisecond, and what is decided must be what is kept.
    const event = { ...sent, occurredAt: new Date(sent.occurredAt).toISOString() };
    const text = textOf(event);
    if (isUnwritable(text)) return refused(event.id, { code: 'bonded.text_unwritable' });
    const content = createHash('sha256').update(text).digest();
    const before = taken.get(event.id);
    if (before) return again(event.id, before, content);
    try {
      return record(
        book.post(event, { recordedAt, actor }, await gather(event)),
        event.id,
        content,
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      assert(book.nextSeq === nextSeq, 'A refused event left something behind.');
      return refused(event.id, ...error.refusals);
    }
  };
  return { decide, recorded };
}

const refused = (event: string, ...refusals: Refusal[]): Answer => ({ event, refusals });

function again(event: string, { content, seq, outcome }: Taken, now: Buffer): Answer {
  if (content.equals(now)) return { event, seq, outcome, isRepeat: true };
  return refused(event, {
    code: 'bonded.event_id_taken',
    path: 'id',
    seen: event,
    params: { seq },
  });
}

const HEAD = keysOf(LedgerEvent.omit({ lines: true }).shape);
const LINE = keysOf(EventLine.shape);

/** One text for one content, whatever order its fields came in: the values, each at its field's place. */
function textOf(event: LedgerEvent): string {
  const values: unknown[] = [];
  for (const field of HEAD) values.push(event[field]);
  for (const line of event.lines) for (const field of LINE) values.push(line[field]);
  return JSON.stringify(values);
}

/** In JSON: a NUL, or half of a character. PostgreSQL keeps neither. */
const UNWRITABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;
const isUnwritable = (json: string): boolean => json.includes('\\u') && UNWRITABLE.test(json);

function keysOf<Shape extends object>(shape: Shape): (keyof Shape)[] {
  return Object.keys(shape) as (keyof Shape)[];
}

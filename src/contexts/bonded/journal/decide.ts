import assert from 'node:assert/strict';
import type { Instant } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { LedgerEvent } from '../contract.ts';
import type { Entry, Past } from '../engine/entry.ts';
import { contentText, hashContent, isUnwritable } from './content.ts';
import { asKept } from './moment.ts';
import type { Replayed } from './open.ts';
import {
  entryOf,
  findTaken,
  listByEvents,
  type Recorded,
  recordedOf,
  type Taken,
} from './store/entries.ts';

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

/** What was decided, and the journal does not say yet. */
export interface Decided {
  readonly recorded: Recorded[];
  /** Of each event that was taken, what became of it. */
  readonly taken: Map<string, Taken>;
  /** The last row of each event. */
  readonly last: Map<string, Recorded>;
}

export const nothingDecided = (): Decided => ({
  ...{ recorded: [], taken: new Map(), last: new Map() },
});

export interface DecideDeps {
  readonly db: Db;
  readonly ledger: string;
  readonly book: Book;
}

/** Decides one event, and adds it to what was decided: at once, unless the journal must be read for it. */
type Decide = (event: LedgerEvent, actor: string) => Answer | Promise<Answer>;

/**
 * Begins with what the journal knows of the events that are to be decided.
 * @param into what was decided before them and is written with them.
 * @param before what is on its way to the disk meanwhile: the journal may know it by now, or not yet.
 * @returns a function that throws whatever is not a refusal; the book is then not to be used any more.
 */
export async function beginDeciding(
  deps: DecideDeps,
  events: readonly LedgerEvent[],
  recordedAt: Instant,
  into: Decided,
  before: Decided | null,
): Promise<Decide> {
  const { db, ledger, book } = deps;
  const ids = events.map(({ id }) => id).filter((id) => !isUnwritable(JSON.stringify(id)));
  const written: Map<string, Taken> = await findTaken(db, ledger, ids);
  const { recorded, taken, last } = into;
  let { nextSeq } = book;

  const findLast = async (id: string): Promise<Entry | null> => {
    const decided = last.get(id) ?? before?.last.get(id);
    return decided ? entryOf(decided) : ((await listByEvents(db, ledger, [id])).at(-1) ?? null);
  };
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
      const row = recordedOf(entry, entry === first ? content : null);
      recorded.push(row);
      last.set(entry.event, row);
    }
    const { seq, outcome } = first;
    taken.set(id, { content, seq, outcome });
    return { event: id, seq, outcome, isRepeat: false };
  };

  const post = (event: LedgerEvent, actor: string, content: Buffer, past: Past): Answer => {
    try {
      return record(book.post(event, { recordedAt, actor }, past), event.id, content);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      assert(book.nextSeq === nextSeq, 'A refused event left something behind.');
      return refused(event.id, ...error.refusals);
    }
  };

  return (sent, actor) => {
    const event = withKeptMoment(sent);
    const text = contentText(event);
    if (isUnwritable(text)) return refused(event.id, { code: 'bonded.text_unwritable' });
    const content = hashContent(text);
    const known = taken.get(event.id) ?? before?.taken.get(event.id) ?? written.get(event.id);
    if (known) return again(event.id, known, content);
    return book.needs(event, NOTHING)
      ? gather(event).then((past) => post(event, actor, content, past))
      : post(event, actor, content, NOTHING);
  };
}

const NOTHING: Past = {};

/** What is decided must be what is kept. */
function withKeptMoment(event: LedgerEvent): LedgerEvent {
  const occurredAt = asKept(event.occurredAt);
  return occurredAt === event.occurredAt ? event : { ...event, occurredAt };
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

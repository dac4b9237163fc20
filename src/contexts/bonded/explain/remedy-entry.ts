import { createHash } from 'node:crypto';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import type { EventAnswer } from '../books/contract.ts';
import type { Books } from '../books/service.ts';
import type { LedgerEvent } from '../contract.ts';
import { findTaken, listByEvents } from '../journal/store/entries.ts';
import { type LedgerBook, readLedgerBook } from '../ledgers/service/read.ts';
import type { CauseRow, ExplanationRow, RemedyEntered, RemedyEntry } from './contract.ts';
import { eventsOf } from './entering.ts';
import { postingOf } from './gathering/postings.ts';
import * as store from './store/runs.ts';

interface Named {
  readonly ledger: string;
  readonly stocktake: string;
  readonly row: ExplanationRow;
  /** When the last of it was counted: what happened unseen happened before. */
  readonly countedAt: string;
}

/**
 * Enters the remedy of a cause through the ledger's one writer, as the actor: nothing is entered that the actor could
 * not have sent. A reversal that is refused keeps what would stand in its place from being sent; entered again, nothing
 * is entered twice.
 */
export async function enterRemedy(
  {
    db,
    books,
    now,
  }: { readonly db: Db; readonly books: Pick<Books, 'post'>; readonly now: string },
  actor: Actor,
  named: Named,
  asked: RemedyEntry,
): Promise<RemedyEntered> {
  const { ledger } = named;
  const events = await draftOf(db, named, causeOf(named.row, asked), now);
  if (asked.dryRun) return { events, answers: [] };
  const taken = await findTaken(
    db,
    ledger,
    events.map(({ id }) => id),
  );
  const answers: EventAnswer[] = [];
  for (const event of events) {
    const before = taken.get(event.id);
    if (before) {
      const { outcome, seq } = before;
      answers.push({ event: event.id, outcome, seq, isRepeat: true, problems: [] });
      continue;
    }
    const sent = await books.post(actor, ledger, [event]);
    const problems = sent.flatMap((answer) =>
      answer.outcome === 'refused' ? (answer.problems as readonly Refusal[]) : [],
    );
    if (problems.length > 0) throw new Refused('conflict', problems);
    answers.push(...sent);
  }
  return { events, answers };
}

function causeOf(row: ExplanationRow, { cause, possible }: RemedyEntry): CauseRow {
  const causes = possible === null ? row.explained : row.possible[possible]?.causes;
  const found = causes?.[cause];
  if (found) return found;
  throw new Refused('not_found', { code: 'bonded.remedy_unknown', seen: `${row.number} ${cause}` });
}

async function draftOf(
  db: Db,
  { ledger, stocktake, row, countedAt }: Named,
  { remedy, records }: CauseRow,
  now: string,
): Promise<LedgerEvent[]> {
  const book = await readLedgerBook(db, ledger);
  const event = 'event' in remedy ? remedy.event : null;
  const [original] = event === null ? [] : await listByEvents(db, ledger, [event]);
  const posting = original ? postingOf(knownOf(book), original, false) : null;
  const [, paper] = /^paper:(.*)$/.exec(records[0] ?? '') ?? [];
  const seenAt = paper === undefined ? null : await store.paperAt(db, ledger, paper);
  const kinds = new Map(book.parts.map(({ part, kind }) => [part, kind]));
  const id = `FIX-${createHash('sha256')
    .update(JSON.stringify([stocktake, row.number, remedy]))
    .digest('hex')
    .slice(0, ID_DIGITS)}`;
  const events = eventsOf(remedy, {
    ...{ id, now, posting, happenedAt: seenAt ?? countedAt },
    kindOf: (part) => kinds.get(part) ?? null,
  });
  if (events) return events;
  throw new Refused('conflict', { code: 'bonded.remedy_not_an_event', seen: remedy.kind });
}

const ID_DIGITS = 24;

const knownOf = ({ ledger, parts }: LedgerBook) => ({
  ...{ sites: ledger.sites, parts, productOf: () => null },
  partOf: new Map(parts.map((part) => [part.part, part])),
});

import { z } from 'zod';
import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import type { Following } from '../../../platform/event-log/follow.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { envelopeAt } from '../../identity/index.ts';
import type { EventAnswer } from '../books/contract.ts';
import type { LedgerEvent } from '../contract.ts';
import { findParts } from '../ledgers/store/parts.ts';
import { WRITTEN_OFF } from '../writeoff/events.ts';
import { endOf } from '../writeoff/period.ts';
import * as filings from '../writeoff/store/filings.ts';
import { advance } from './advance.ts';
import type { ListPayloads, NewListEvent } from './events.ts';
import { POSTED, POSTED_BACK } from './events.ts';
import { matchOtherSide, RELEASED, REVOKED } from './known.ts';
import type { ListState } from './list.ts';
import { restOf } from './received.ts';
import type { PostingDeps } from './service.ts';
import * as store from './store/lists.ts';
import * as receipts from './store/receipts.ts';

const CROSSED = 'cargo.passportCompleted';
/** What of a completed passport lists go by. */
const Completed = z.object({
  passport: z.string(),
  papers: z.array(z.object({ kind: z.string(), no: z.string(), isComplete: z.boolean() })),
});

const nameOf = ({ stream }: EventRecord): string => stream.slice(stream.indexOf(':') + 1);

/**
 * What posts a list: its declaration is released, its goods have crossed. Each is told by an event of the log, and
 * brought to the list under the event's own time.
 */
export function postingFollowing(deps: PostingDeps): Following {
  return {
    name: 'bonded-lists',
    kinds: [RELEASED, REVOKED, CROSSED],
    handle: async (tx, events) => {
      await store.alone(tx);
      const declared = events.filter(({ kind }) => kind !== CROSSED).map(nameOf);
      const lists = await store.ofDeclarations(tx, declared);
      for (const event of events) {
        if (event.kind === CROSSED) await crossed(deps, tx, event);
        else await released(deps, tx, event, lists.get(nameOf(event)) ?? []);
      }
    },
  };
}

async function released(
  deps: PostingDeps,
  tx: Tx,
  event: EventRecord,
  lists: readonly string[],
): Promise<void> {
  const kind =
    event.kind === RELEASED
      ? ('bonded.listReleased' as const)
      : ('bonded.listReleaseRevoked' as const);
  const payload = { declaration: nameOf(event), evidence: event.id };
  for (const no of lists) await tell(deps, tx, no, event, { kind, payload });
}

async function crossed(deps: PostingDeps, tx: Tx, event: EventRecord): Promise<void> {
  const { passport, papers } = Completed.parse(event.payload);
  for (const { no, isComplete } of papers.filter(({ kind }) => kind === 'list')) {
    const at = event.envelope.occurredAt;
    const isNew = await store.keepCrossing(tx, no, { passport, isComplete, event: event.id, at });
    const payload = { passport, isComplete, evidence: event.id };
    if (isNew) await tell(deps, tx, no, event, { kind: 'bonded.listCrossed', payload });
  }
}

/**
 * A list that is over or written off is not told, nor of a release it has. One side of a posted transfer that loses its
 * release takes the other with it: both are posted, or neither.
 */
async function tell(
  deps: PostingDeps,
  tx: Tx,
  no: string,
  event: EventRecord,
  news: NewListEvent,
): Promise<void> {
  const [before] = await store.lock(tx, [no]);
  if (before?.status !== 'filed' || before.posting === 'writtenOff') return;
  const isPosted = before.posting === 'posted';
  if (isPosted && news.kind === 'bonded.listCrossed') return;
  const isReleased = before.conditions.some((it) => it.kind === 'released' && it.metAt !== null);
  if (news.kind === 'bonded.listReleased' && isReleased) return;
  if (news.kind === 'bonded.listReleaseRevoked' && !isReleased) return;
  const envelope = envelopeAt(event.envelope.occurredAt, deps.clock.now(), before.ledger);
  const caused = { ...envelope, cause: event.id };
  if (isPosted && news.kind === 'bonded.listReleaseRevoked')
    await takeBack(tx, before, news, caused);
  else await matchOtherSide(tx, await advance(tx, before, [news], caused), caused);
}

async function takeBack(
  tx: Tx,
  list: ListState,
  news: NewListEvent,
  envelope: Envelope,
): Promise<void> {
  const { otherSide, mode } = list.content;
  const apart = (of: string): NewListEvent => ({
    ...{ kind: 'bonded.listUnmatched', payload: { otherSide: of } },
  });
  if (otherSide === null || mode === 'reverse') {
    await advance(tx, list, [news], envelope);
    return;
  }
  const [other] = await store.lock(tx, [otherSide]);
  await advance(tx, list, [news, apart(otherSide)], envelope);
  if (other?.posting === 'posted') await advance(tx, other, [apart(list.no)], envelope);
}

/**
 * A posted list makes its one entry in the journal, and one that goes back its reversal, through the ledger's writer;
 * told twice, each is made once.
 */
export function entryFollowing(deps: PostingDeps): Following {
  return {
    name: 'bonded-list-entries',
    kinds: [POSTED, POSTED_BACK],
    handle: async (tx, events) => {
      for (const event of events) await enter(deps, tx, event);
    },
  };
}

async function enter(deps: PostingDeps, tx: Tx, posted: EventRecord): Promise<void> {
  const { event } = posted.payload as ListPayloads[typeof POSTED | typeof POSTED_BACK];
  const list = await store.find(tx, nameOf(posted));
  if (!list || event === null) return;
  const [answer] = await enterRest(deps, tx, list, event);
  const [before] = await store.lock(tx, [list.no]);
  if (!answer || !before) return;
  const { outcome, seq, problems } = answer;
  const entered: NewListEvent = {
    kind: 'bonded.listEntered',
    payload: { event: event.id, outcome, seq, problems },
  };
  const envelope = envelopeAt(posted.envelope.occurredAt, deps.clock.now(), list.ledger);
  await advance(tx, before, [entered], { ...envelope, cause: posted.id });
}

/** Enters a list's event; of goods that an ERP had moved under its number already, nothing more. */
async function enterRest(
  { books }: PostingDeps,
  tx: Tx,
  { ledger, no, content }: ListState,
  event: LedgerEvent,
): Promise<EventAnswer[]> {
  if (event.kind === 'reversed') return books.enter(ledger, [event]);
  const names = content.lines.map(({ part }) => part);
  const parts = await findParts(tx, ledger, names);
  const rest = restOf(event, parts, await receipts.movedUnder(tx, ledger, no));
  if (rest.lines.length > 0) return books.enter(ledger, [rest]);
  return [{ event: event.id, outcome: 'applied', seq: null, isRepeat: false, problems: [] }];
}

/** 核销: the lists of a period are written off with its filing. */
export function writtenOffFollowing(deps: PostingDeps): Following {
  return {
    name: 'bonded-lists-written-off',
    kinds: [WRITTEN_OFF],
    handle: async (tx, events) => {
      for (const event of events) {
        const filing = await filings.find(tx, nameOf(event));
        if (!filing) continue;
        const numbers = await store.postedBefore(tx, filing.ledger, endOf(filing.through));
        const at = event.envelope.occurredAt;
        const envelope = { ...envelopeAt(at, deps.clock.now(), filing.ledger), cause: event.id };
        const payload = { filing: filing.id };
        for (const list of await store.lock(tx, numbers))
          await advance(tx, list, [{ kind: 'bonded.listWrittenOff', payload }], envelope);
      }
    },
  };
}

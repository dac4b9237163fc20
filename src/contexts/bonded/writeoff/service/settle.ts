import type { EventRecord } from '../../../../kernel/event.ts';
import type { Following } from '../../../../platform/event-log/follow.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { MEETS_CONDITION } from '../../../duty/index.ts';
import { envelopeAt } from '../../../identity/index.ts';
import type { LedgerEvent } from '../../contract.ts';
import { filingOfBill, filingStream, type NewFilingEvent, WRITTEN_OFF } from '../events.ts';
import type { FilingState } from '../filing.ts';
import { endOf } from '../period.ts';
import * as store from '../store/filings.ts';
import * as rows from '../store/rows.ts';
import type { WriteOffDeps } from './deps.ts';
import { advance, loadHeld } from './filed.ts';

const PAID: (typeof MEETS_CONDITION)[number] = 'duty.settled';

/** A bill that is paid, or that a guarantee stands for, may be all a filing waits for. */
export function dutyFollowing(deps: WriteOffDeps): Following {
  return {
    name: 'bonded-filing-duty',
    kinds: MEETS_CONDITION,
    handle: async (tx, events) => {
      for (const event of events) await cover(deps, tx, event);
    },
  };
}

async function cover(deps: WriteOffDeps, tx: Tx, event: EventRecord): Promise<void> {
  const filing = filingOfBill(event.stream.slice(event.stream.indexOf(':') + 1));
  const known = filing === null ? null : await store.find(tx, filing);
  if (!known) return;
  const before = await loadHeld(tx, known.ledger, known.id);
  const by = event.kind === PAID ? ('paid' as const) : ('guaranteed' as const);
  if (!before.duty || before.duty.state === by || before.duty.state === 'paid') return;
  const envelope = envelopeAt(event.envelope.occurredAt, deps.clock.now(), known.ledger);
  const covered: NewFilingEvent = {
    kind: 'bonded.filingDutyCovered',
    payload: { by, evidence: event.id },
  };
  await advance(tx, before, [covered], { ...envelope, cause: event.id });
}

/**
 * A filing that is written off brings the book to what was counted (核增、核减), through the ledger's one writer and
 * under ids of its own: told twice, it happens once.
 */
export function adjustFollowing(deps: WriteOffDeps): Following {
  return {
    name: 'bonded-filing-entries',
    kinds: [WRITTEN_OFF],
    handle: async (tx, events) => {
      for (const event of events) await enter(deps, tx, event);
    },
  };
}

const LINE = { bonded: true } as const;

async function enter(deps: WriteOffDeps, tx: Tx, event: EventRecord): Promise<void> {
  const known = await store.find(tx, event.stream.slice(event.stream.indexOf(':') + 1));
  const adjustments = known ? await rows.adjustmentsOf(tx, known.id) : [];
  if (!known || adjustments.length === 0) return;
  const answers = await deps.books.enter(
    known.ledger,
    adjustments.map((each) => entryOf(known, each)),
  );
  const before = await loadHeld(tx, known.ledger, known.id);
  const entered: NewFilingEvent = {
    kind: 'bonded.filingEntered',
    payload: {
      events: answers.map(({ event: id, outcome, problems }) => ({
        ...{ event: id, outcome, problems: problems },
      })),
    },
  };
  const envelope = envelopeAt(event.envelope.occurredAt, deps.clock.now(), known.ledger);
  await advance(tx, before, [entered], { ...envelope, cause: event.id });
}

function entryOf(
  { id, through }: FilingState,
  { number, part, account, site, quantity }: rows.StoredAdjustment,
): LedgerEvent {
  const isShort = quantity.startsWith('-');
  const lastMoment = new Date(Date.parse(endOf(through)) - 1).toISOString();
  return {
    id: `${filingStream(id)}#${number}`,
    kind: isShort ? 'countedShort' : 'countedOver',
    ...{ occurredAt: lastMoment, document: filingStream(id), site },
    lines: [
      {
        ...{ part, quantity: isShort ? quantity.slice(1) : quantity, ...LINE },
        from: account as NonNullable<LedgerEvent['lines'][number]['from']>,
      },
    ],
  };
}

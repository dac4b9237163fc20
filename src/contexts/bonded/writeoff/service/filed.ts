import { type Envelope, place } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { closeCase } from '../../../cases/index.ts';
import { type Actor, type Permission, recordAudit } from '../../../identity/index.ts';
import type { LedgerInput } from '../../contract.ts';
import type { Filing } from '../contract.ts';
import { type FilingEvent, filingStream, type NewFilingEvent } from '../events.ts';
import { apply, type FilingState, fold, follow } from '../filing.ts';
import * as store from '../store/filings.ts';
import { toleranceOf } from '../tolerance.ts';
import type { Asked } from './draw.ts';

/** What of a filing everybody is shown. */
export function shown(state: FilingState): Filing {
  const { enterprise, office, contentHash, nextFrom, isApproved, ...filing } = state;
  return filing;
}

export const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'bonded.filing_not_found', seen: id });

/** A filing of a ledger as its events say it. */
export async function load(db: Db, ledger: string, id: string): Promise<FilingState> {
  const state = fold((await readStream(db, filingStream(id))) as FilingEvent[]);
  if (state?.ledger !== ledger) throw notFound(id);
  return state;
}

/** Held until the end of the transaction. */
export async function loadHeld(tx: Tx, ledger: string, id: string): Promise<FilingState> {
  await store.lock(tx, id);
  return load(tx, ledger, id);
}

/** Whom a filing concerns. */
export const concerns = ({ enterprise, office }: Pick<FilingState, 'enterprise' | 'office'>) => ({
  organisations: [enterprise],
  offices: [office],
});

/** Writes what was decided, and whatever follows of itself. */
export async function advance(
  tx: Tx,
  before: FilingState,
  decided: readonly NewFilingEvent[],
  envelope: Envelope,
): Promise<FilingState> {
  const step = (state: FilingState, news: readonly NewFilingEvent[]) => {
    const events = place(filingStream(state.id), state.version, [...news], envelope);
    return { events, now: (events as FilingEvent[]).reduce<FilingState>(apply, state) };
  };
  const said = step(before, decided);
  const followed = step(said.now, follow(said.now));
  const { now } = followed;
  await append(tx, [...said.events, ...followed.events]);
  await store.save(tx, now);
  if (now.caseId !== null && (now.status === 'writtenOff' || now.status === 'returned'))
    await closeCase(tx, now.caseId, now.status, envelope);
  return now;
}

export async function audit(
  tx: Tx,
  actor: Actor,
  { operation }: Permission,
  at: string,
  { id, status }: FilingState,
): Promise<void> {
  await recordAudit(tx, {
    ...{ actor, operation, subjects: [filingStream(id)], outcome: 'done', at },
    detail: { status },
  });
}

/** The same again as it was drafted: by the same journal, count and filing before it. */
export function askedOf(state: FilingState, ledger: LedgerInput, last: FilingState | null): Asked {
  const { kind, through, lastSeq, stocktake, tolerance } = state;
  return {
    ...{ ledger: ledger.id, kind, through, lastSeq, stocktake, tolerance, last },
    site: ledger.sites[0] ?? '',
  };
}

export const toleranceFor = ({ office }: LedgerInput, through: string) =>
  toleranceOf(office, through);

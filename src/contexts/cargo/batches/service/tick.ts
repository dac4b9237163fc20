import type { LocalDate } from '../../../../kernel/dates.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { envelopeOf, PLATFORM } from '../../../identity/index.ts';
import { isAlive } from '../application.ts';
import { monthDue, stateOn } from '../due-days.ts';
import * as applications from '../store/applications.ts';
import { openMonths } from '../store/movements.ts';
import { close, closingObjection, keep, openWork, type Work } from './applications.ts';
import { firstOverdue } from './declaring.ts';
import type { BatchDeps } from './deps.ts';
import { ageEntries } from './obligations.ts';

/** What a day did. */
export interface TickReport {
  readonly warned: number;
  readonly suspended: number;
  readonly expired: number;
  readonly closed: number;
  readonly entries: number;
}

/**
 * What the coming of a day does: warns of what is due, suspends what is overdue, expires what is over
 * and closes what has nothing left. The same day may be told any number of times, and days may be left
 * out: what is found is what would have been found.
 */
export function createTick(deps: BatchDeps) {
  return async (on: LocalDate): Promise<TickReport> => {
    const envelope = envelopeOf(deps, PLATFORM);
    const entries = await inTransaction(deps.db, (tx) => ageEntries(tx, on, envelope));
    const kinds: string[] = [];
    for (const { id } of await applications.listAlive(deps.db)) {
      kinds.push(
        ...(await inTransaction(deps.db, async (tx) => {
          await applications.lock(tx, [id]);
          const work = await openWork(tx, id, { ...envelope, consignment: id });
          await age(tx, work, on);
          if (work.events.length > 0) await keep(work);
          return work.events.map((event) => event.kind);
        })),
      );
    }
    const count = (kind: string): number => kinds.filter((each) => each === kind).length;
    return {
      warned: count('cargo.batchDueSoon'),
      suspended: count('cargo.batchSuspended'),
      expired: count('cargo.batchExpired'),
      closed: count('cargo.batchClosed'),
      entries,
    };
  };
}

async function age(tx: Tx, work: Work, on: LocalDate): Promise<void> {
  const { content } = work.state;
  if (!isAlive(work.state.status)) return;
  for (const { month } of await openMonths(tx, [work.state.id])) {
    const { dueOn, legalBasis } = monthDue(content.regime, month);
    if (stateOn(dueOn, on) !== 'dueSoon' || work.state.warnedMonths.includes(month)) continue;
    work.push({ kind: 'cargo.batchDueSoon', legalBasis, payload: { month, dueOn } });
  }
  const late = await firstOverdue(tx, work.state, on);
  if (late && !work.state.suspension) {
    const { month, dueOn, legalBasis } = late;
    const payload = { reason: 'monthOverdue', month, dueOn } as const;
    work.push({ kind: 'cargo.batchSuspended', legalBasis, payload });
  }
  if (on > content.validTo && work.state.status !== 'expired')
    work.push({ kind: 'cargo.batchExpired', payload: { validTo: content.validTo } });
  const isDone = work.state.status === 'expired' && !work.state.change;
  if (isDone && !(await closingObjection(work))) await close(work, 'expired');
}

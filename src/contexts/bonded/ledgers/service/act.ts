import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import { type Db, inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import * as ledgers from '../store/ledgers.ts';
import { concerns, notFound } from './registration.ts';

export interface ActDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** A ledger somebody may do this to. @throws Refused where there is none, or it is none of theirs. */
export async function ledgerFor(
  db: Db,
  actor: Actor,
  id: string,
  needed: Permission,
): Promise<ledgers.LedgerHead> {
  const head = await ledgers.find(db, id);
  if (!head) throw notFound(id);
  authorise(actor, needed, concerns(head));
  return head;
}

export function requireOpen({ id, status }: ledgers.LedgerHead): void {
  if (status === 'open') return;
  const refusal = { code: 'bonded.ledger_not_open', seen: id, params: { status } };
  throw new Refused('conflict', refusal);
}

/** One act on what hangs on an open ledger: under its lock, in one transaction, with a row in the audit. */
export function actOn<T>(
  deps: ActDeps,
  actor: Actor,
  id: string,
  needed: Permission,
  work: (tx: Tx, envelope: Envelope) => Promise<{ answer: T; subject: string; detail: object }>,
): Promise<T> {
  return inTransaction(deps.db, async (tx) => {
    const head = await ledgers.lock(tx, id);
    if (!head) throw notFound(id);
    authorise(actor, needed, concerns(head));
    requireOpen(head);
    const envelope = envelopeOf(deps, actor);
    const { answer, subject, detail } = await work(tx, envelope);
    await recordAudit(tx, {
      ...{ actor, operation: needed.operation, subjects: [subject], outcome: 'done' },
      ...{ at: envelope.recordedAt, detail: { ...detail } },
    });
    return answer;
  });
}

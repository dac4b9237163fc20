import type { z } from 'zod';
import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { type Envelope, place } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append, readStream } from '../../../../platform/event-log/event-log.ts';
import { type Db, inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  type Resource,
  recordAudit,
} from '../../../identity/index.ts';
import type { LedgerInput } from '../../contract.ts';
import type { Ledger, LedgerAnswer, LedgerChange, LedgerRegistration } from '../contract.ts';
import { type LedgerLifeEvent, ledgerStream, type NewLedgerLifeEvent } from '../events.ts';
import {
  apply,
  checkChange,
  checkContent,
  fold,
  isAsker,
  type LedgerAct,
  type LedgerState,
  objection,
} from '../ledger.ts';
import * as permission from '../permissions.ts';
import * as store from '../store/ledgers.ts';
import type { LedgerDeps } from './deps.ts';

type Said<S extends z.ZodType> = z.output<S>;

/** Registering, changing and answering: each act is one transaction under the ledger's lock. */
export function createRegistration(deps: LedgerDeps) {
  return {
    /** The same id with the same content is the same ledger; with other content it is refused. */
    async register(actor: Actor, said: Said<typeof LedgerRegistration>): Promise<Ledger> {
      const { ledger: content, occurredAt } = said;
      authorise(actor, permission.registerLedger, concerns(content));
      const envelope = envelopeOf(deps, actor, { occurredAt });
      requireSound(deps, content, envelope);
      const hash = contentHash(content);
      return inTransaction(deps.db, async (tx) => {
        const payload = { content, contentHash: hash };
        const decided: NewLedgerLifeEvent = { kind: 'bonded.ledgerRegistered', payload };
        const events = place(ledgerStream(content.id), 0, [decided], envelope);
        const state = known(fold(events as LedgerLifeEvent[]), content.id);
        if (!(await store.insert(tx, state))) return again(await load(tx, content.id), hash);
        await append(tx, events);
        await audit(tx, actor, permission.registerLedger, envelope, state.id, [decided.kind]);
        return shown(state);
      });
    },

    /** Asks for a change; what is in force stays so until an officer approves. */
    change: (actor: Actor, id: string, said: Said<typeof LedgerChange>): Promise<Ledger> =>
      perform(deps, actor, id, permission.registerLedger, 'change', said, (state, envelope) => {
        const { ledger: content, reason } = said;
        requireSound(deps, content, envelope);
        requireKept(state.content, content);
        const payload = { content, contentHash: contentHash(content), reason };
        return { kind: 'bonded.ledgerChangeAsked', payload };
      }),

    /** Approves or rejects, from another account. */
    answer: (actor: Actor, id: string, said: Said<typeof LedgerAnswer>): Promise<Ledger> =>
      perform(deps, actor, id, permission.answerLedger, 'answer', said, (state) => {
        if (isAsker(actor.personId, state))
          throw new Refused('forbidden', { code: 'bonded.ledger_another_account_answers' });
        return answered(state, said);
      }),
  };
}

function answered(state: LedgerState, said: Said<typeof LedgerAnswer>): NewLedgerLifeEvent {
  const { approve, note } = said;
  if (state.change === null) {
    const kind = approve ? 'bonded.ledgerApproved' : 'bonded.ledgerRejected';
    return { kind, payload: { note } };
  }
  if (!approve) return { kind: 'bonded.ledgerChangeRejected', payload: { note } };
  return { kind: 'bonded.ledgerChanged', payload: { note, content: state.change.content } };
}

async function perform(
  deps: LedgerDeps,
  actor: Actor,
  id: string,
  needed: Permission,
  act: LedgerAct,
  given: { occurredAt?: string | undefined },
  decide: (state: LedgerState, envelope: Envelope) => NewLedgerLifeEvent,
): Promise<Ledger> {
  return inTransaction(deps.db, async (tx) => {
    await store.lock(tx, id);
    const before = await load(tx, id);
    authorise(actor, needed, concerns(before.content));
    const against = objection(before, act);
    if (against) throw new Refused('conflict', against);
    const envelope = envelopeOf(deps, actor, given);
    const decided = decide(before, envelope);
    const events = place(ledgerStream(id), before.version, [decided], envelope);
    const state = (events as LedgerLifeEvent[]).reduce(apply, before);
    await append(tx, events);
    await store.save(tx, state);
    await audit(tx, actor, needed, envelope, id, [decided.kind]);
    return shown(state);
  });
}

function requireSound(deps: LedgerDeps, content: LedgerInput, { occurredAt }: Envelope): void {
  const problems = checkContent(content, localDateOf(occurredAt), deps.inForce);
  if (problems.length > 0) throw new Refused('invalid', problems);
}

function requireKept(before: LedgerInput, after: LedgerInput): void {
  const problems = checkChange(before, after);
  if (problems.length > 0) throw new Refused('invalid', problems);
}

export async function load(db: Db, id: string): Promise<LedgerState> {
  return known(fold((await readStream(db, ledgerStream(id))) as LedgerLifeEvent[]), id);
}

function known(state: LedgerState | null, id: string): LedgerState {
  if (!state) throw notFound(id);
  return state;
}

export const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'bonded.ledger_not_found', seen: id });

/** Whom a ledger concerns. */
export const concerns = ({
  enterprise,
  office,
}: Pick<LedgerInput, 'enterprise' | 'office'>): Resource => ({
  organisations: [enterprise],
  offices: [office],
});

function again(state: LedgerState, hash: string): Ledger {
  if (state.contentHash === hash) return shown(state);
  throw new Refused('conflict', {
    ...{ code: 'bonded.ledger_id_has_other_content', path: 'ledger.id', seen: state.id },
  });
}

export function shown(state: LedgerState): Ledger {
  const { contentHash: _, ...ledger } = state;
  return ledger;
}

export async function audit(
  tx: Tx,
  actor: Actor,
  { operation }: Permission,
  { recordedAt }: Envelope,
  id: string,
  events: readonly string[],
): Promise<void> {
  await recordAudit(tx, {
    ...{ actor, operation, subjects: [ledgerStream(id)], outcome: 'done', at: recordedAt },
    detail: { events },
  });
}

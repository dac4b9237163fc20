import type { LocalDate } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  isPermitted,
  reachOf,
  recordAudit,
} from '../../../identity/index.ts';
import type { Answer, Guarantee, GuaranteeInput, GuaranteeSearch } from '../../contract.ts';
import * as permission from '../../permissions.ts';
import { centsOf, yuanOf } from '../cents.ts';
import {
  type GuaranteeEvent,
  guaranteeStream,
  type NewGuaranteeEvent,
  placePosted,
} from '../events.ts';
import {
  answerGuarantee,
  applyGuarantee,
  closeGuarantee,
  type GuaranteeState,
  guaranteePosting,
} from '../guarantee.ts';
import { post } from '../store/bills.ts';
import * as store from '../store/guarantees.ts';
import { findBill } from '../store/reading.ts';
import { dayOf, type LedgerDeps } from './deps.ts';
import { secure } from './secure.ts';

/** Guarantees from application to their end. */
export function createGuarantees(deps: LedgerDeps) {
  async function audit(tx: Tx, actor: Actor, operation: string, state: GuaranteeState) {
    await recordAudit(tx, {
      actor,
      operation,
      subjects: [guaranteeStream(state.id)],
      outcome: 'done',
      detail: { status: state.status },
      at: deps.clock.now(),
    });
  }

  function step(
    actor: Actor,
    id: string,
    needed: typeof permission.answerGuarantee,
    said: { readonly occurredAt?: string | undefined },
    decide: (state: GuaranteeState) => NewGuaranteeEvent,
  ): Promise<Guarantee> {
    return inTransaction(deps.db, async (tx) => {
      const state = await store.lockGuarantee(tx, id);
      if (!state) throw notFound(id);
      authorise(actor, needed, { organisations: [state.payer], offices: [state.office] });
      const envelope = envelopeOf(deps, actor, { ...said, consignment: state.declaration });
      const next = await tell(tx, state, decide(state), envelope);
      await audit(tx, actor, needed.operation, next);
      return present(next);
    });
  }

  /** The bill may be there already, or come later: then filing finds the guarantee. */
  async function carryAtOnce(
    actor: Actor,
    declaration: string,
    said: { readonly occurredAt?: string | undefined },
  ): Promise<void> {
    const envelope = envelopeOf(deps, actor, { ...said, consignment: declaration });
    const there = await findBill(deps.db, declaration, dayOf(envelope));
    if (!there || there.isOverdue) return;
    await inTransaction(deps.db, (tx) => secure(tx, declaration, envelope, deps.tariff));
  }

  return {
    /** Applies for a guarantee; the same application again is the same guarantee. */
    async apply(actor: Actor, said: GuaranteeInput): Promise<Guarantee> {
      authorise(actor, permission.applyGuarantee, { organisations: [said.payer] });
      refuseUnsound(said);
      const { occurredAt: _, ...application } = said;
      const limit = yuanOf(centsOf(said.limit));
      const envelope = envelopeOf(deps, actor, { ...said, consignment: said.declaration });
      const payload = { ...application, limit };
      const applied: NewGuaranteeEvent = { kind: 'duty.guaranteeApplied', payload };
      return inTransaction(deps.db, async (tx) => {
        const event = placePosted(
          guaranteeStream(said.id),
          1,
          applied,
          envelope,
          [],
        ) as GuaranteeEvent;
        const state = applyGuarantee(null, event);
        if (!(await store.insertGuarantee(tx, state))) {
          const known = await store.lockGuarantee(tx, said.id);
          if (known && isSame(known, state)) return present(known);
          throw new Refused('conflict', {
            code: 'duty.guarantee_id_taken',
            path: 'id',
            seen: said.id,
          });
        }
        await append(tx, [event]);
        await audit(tx, actor, permission.applyGuarantee.operation, state);
        return present(state);
      });
    },

    /**
     * Approves or rejects, by another account than the applicant's. One given for a declaration
     * carries its bill at once.
     */
    async answer(actor: Actor, id: string, said: Answer): Promise<Guarantee> {
      const guarantee = await step(actor, id, permission.answerGuarantee, said, (state) =>
        answerGuarantee(state, said, actor.personId),
      );
      if (guarantee.status !== 'approved' || guarantee.declaration === null) return guarantee;
      await carryAtOnce(actor, guarantee.declaration, said);
      const carrying = await store.findGuarantee(deps.db, id);
      return carrying ? present(carrying) : guarantee;
    },

    close: (
      actor: Actor,
      id: string,
      said: { readonly note: string; readonly occurredAt?: string | undefined },
    ): Promise<Guarantee> =>
      step(actor, id, permission.closeGuarantee, said, (state) => closeGuarantee(state, said.note)),

    /** Ends what may no longer be used; what holds it keeps it. */
    async expire(tx: Tx, on: LocalDate, envelope: Envelope): Promise<number> {
      const ended = await store.lockEnded(tx, on);
      for (const state of ended) {
        await tell(tx, state, { kind: 'duty.guaranteeExpired', payload: { on } }, envelope);
      }
      return ended.length;
    },

    async list(
      actor: Actor,
      wanted: GuaranteeSearch,
    ): Promise<{ guarantees: Guarantee[]; mayAnswer: boolean }> {
      const reach = reachOf(actor, permission.readBills);
      const found = await store.listGuarantees(deps.db, {
        payers: reach.any ? null : reach.organisations,
        offices: reach.any ? null : reach.offices,
        payer: wanted.payer ?? null,
        status: wanted.status ?? null,
        limit: wanted.limit,
      });
      return {
        guarantees: found.map(present),
        mayAnswer: isPermitted(actor, permission.answerGuarantee),
      };
    },

    async get(actor: Actor, id: string): Promise<Guarantee> {
      const state = await store.findGuarantee(deps.db, id);
      if (!state) throw notFound(id);
      const resource = { organisations: [state.payer], offices: [state.office] };
      authorise(actor, permission.readBills, resource);
      return present(state);
    },
  };
}
export type GuaranteeActs = ReturnType<typeof createGuarantees>;

/** Writes one step: the event with what it posts, and the row. */
async function tell(
  tx: Tx,
  state: GuaranteeState,
  said: NewGuaranteeEvent,
  envelope: Envelope,
): Promise<GuaranteeState> {
  const entries = guaranteePosting(said, state);
  const stream = guaranteeStream(state.id);
  const event = placePosted(stream, state.version + 1, said, envelope, entries) as GuaranteeEvent;
  const next = { ...applyGuarantee(state, event), committed: state.committed };
  await append(tx, [event]);
  const { payer, office } = state;
  await post(tx, [{ event, payer, office, on: dayOf(envelope) }]);
  await store.saveGuarantee(tx, next);
  return next;
}

const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'duty.guarantee_not_found', seen: id });

/** A single guarantee names its declaration, a total one none; only a total one is paid by the month. */
function refuseUnsound({ kind, declaration, consolidated, validFrom, validTo }: GuaranteeInput) {
  if (validTo < validFrom) {
    throw new Refused('invalid', { code: 'duty.guarantee_ends_before_it_begins', path: 'validTo' });
  }
  if ((kind === 'single') !== (declaration !== null)) {
    throw new Refused('invalid', {
      code: 'duty.guarantee_names_its_declaration',
      path: 'declaration',
    });
  }
  if (consolidated && kind === 'single') {
    throw new Refused('invalid', { code: 'duty.only_total_is_consolidated', path: 'consolidated' });
  }
}

const isSame = (a: GuaranteeState, b: GuaranteeState): boolean =>
  (
    [
      ...(['payer', 'office', 'kind', 'form', 'limit', 'validFrom', 'validTo'] as const),
      ...(['guarantor', 'reference', 'declaration', 'consolidated'] as const),
    ] as const
  ).every((field) => a[field] === b[field]);

function present({ version: _, limit, committed, ...state }: GuaranteeState): Guarantee {
  return {
    ...state,
    limit: yuanOf(limit),
    committed: yuanOf(committed),
    available: yuanOf(limit - committed),
  };
}

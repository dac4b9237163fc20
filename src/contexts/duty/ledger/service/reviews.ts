import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import { assess } from '../../calculation/assess.ts';
import { paymentDeadline } from '../../calculation/clocks.ts';
import type { Assessment, DutyRequest } from '../../calculation/contract.ts';
import type { Answer, PayOut, Reassessment, RefundProposal } from '../../contract.ts';
import * as permission from '../../permissions.ts';
import type { Reassessed } from '../acts.ts';
import * as acts from '../acts.ts';
import type { Bill } from '../bill.ts';
import type { Cents } from '../cents.ts';
import { billStream, type NewBillEvent } from '../events.ts';
import { refundInterest } from '../late.ts';
import { keepBills, lockBills } from './bills.ts';
import { dayOf, type LedgerDeps, noBill, refusalsOf } from './deps.ts';

interface Given {
  readonly occurredAt?: string | undefined;
}

export const concerns = ({ payer, declarant, office }: Bill) => ({
  organisations: [payer, declarant],
  offices: [office],
});

/** What a review finds: what the declaration should have asked, in place of what it did. */
export interface Review {
  readonly id: string;
  readonly reason: string;
  readonly request: (declared: DutyRequest) => Omit<DutyRequest, 'declaration' | 'on'>;
}

/** What a review would come to: why it cannot be, and by how much it changes what is owed. */
export interface Foreseen {
  readonly refusals: readonly Refusal[];
  readonly change: Cents;
}

/** What people decide about a bill after it was made out: reviews and refunds. */
export function createReviews(deps: LedgerDeps) {
  /** The law is that of the day the declaration was accepted; who assessed a bill does not review it. */
  function reviewed(bill: Bill, said: Review, envelope: Envelope): Reassessed {
    const { declaration } = bill;
    if (bill.assessedBy === envelope.actor) {
      const code = 'duty.another_account_answers';
      throw new Refused('forbidden', { code, seen: declaration });
    }
    const request = { ...said.request(bill.request), declaration, on: bill.request.on };
    const { assessment, refusals } = assess(request, deps.tariff);
    if (!assessment) throw new Refused('invalid', refusals);
    const { id, reason } = said;
    const dueOn = paymentDeadline(dayOf(envelope), deps.tariff);
    return { id, basis: 'review', reason, request, assessment, dueOn };
  }

  /** Load and hold, authorise, decide (pure), settle, write: one transaction, idempotent by the ids of the acts. */
  function perform(
    actor: Actor,
    declaration: string,
    needed: Permission,
    said: Given,
    decide: (bill: Bill, envelope: Envelope) => NewBillEvent[],
  ): Promise<void> {
    return inTransaction(deps.db, async (tx) => {
      const progress = (await lockBills(tx, [declaration])).get(declaration);
      if (!progress) throw noBill(declaration);
      authorise(actor, needed, concerns(progress.now));
      const envelope = envelopeOf(deps, actor, { ...said, consignment: declaration });
      const decided = decide(progress.now, envelope);
      if (decided.length === 0) return;
      progress.push(envelope, ...decided).settle(envelope, deps.tariff);
      await keepBills(tx, [progress]);
      await recordAudit(tx, {
        actor,
        operation: needed.operation,
        subjects: [billStream(declaration)],
        outcome: 'done',
        detail: { events: progress.events.map(({ kind }) => kind) },
        at: envelope.recordedAt,
      });
    });
  }

  return {
    /** Reviews a self-assessment after release (放行后审核): the difference is due, or due back. */
    reassess(actor: Actor, declaration: string, said: Reassessment): Promise<void> {
      return perform(actor, declaration, permission.reassess, said, (bill, envelope) => {
        if (bill.reassessments.includes(said.id)) return [];
        const review = { ...said, request: () => said.request };
        return acts.review(bill, reviewed(bill, review, envelope), dayOf(envelope));
      });
    },

    /** What a review would come to now; writes nothing, and holds the bill until the transaction ends. */
    async foresee(
      tx: Tx,
      declaration: string,
      said: Review,
      envelope: Envelope,
    ): Promise<Foreseen> {
      try {
        const bill = (await lockBills(tx, [declaration])).get(declaration)?.now;
        if (!bill) throw noBill(declaration);
        const next = reviewed(bill, said, envelope);
        acts.review(bill, next, dayOf(envelope));
        const total = (of: Assessment) => acts.totalOf(acts.itemsOf(of));
        return { refusals: [], change: total(next.assessment) - total(bill.assessment) };
      } catch (error) {
        return { refusals: refusalsOf(error), change: 0n };
      }
    },

    /** Reviews in the transaction of whoever asks, for instance of an audit; the same id is once. */
    async correct(tx: Tx, declaration: string, said: Review, envelope: Envelope): Promise<void> {
      const progress = (await lockBills(tx, [declaration])).get(declaration);
      if (!progress) throw noBill(declaration);
      if (progress.now.reassessments.includes(said.id)) return;
      const own = { ...envelope, consignment: declaration };
      const review = reviewed(progress.now, said, own);
      progress.push(own, ...acts.review(progress.now, review, dayOf(own)));
      await keepBills(tx, [progress.settle(own, deps.tariff)]);
    },

    proposeRefund: (actor: Actor, declaration: string, said: RefundProposal): Promise<void> =>
      perform(actor, declaration, permission.proposeRefund, said, (bill, envelope) =>
        acts.proposeRefund(bill, said, dayOf(envelope)),
      ),
    answerRefund: (
      actor: Actor,
      declaration: string,
      refund: string,
      said: Answer,
    ): Promise<void> =>
      perform(actor, declaration, permission.answerRefund, said, (bill, envelope) =>
        acts.answerRefund(bill, refund, said, actor.personId, ({ cents }) =>
          refundInterest(bill, cents, dayOf(envelope), deps.tariff),
        ),
      ),
    payOutRefund: (
      actor: Actor,
      declaration: string,
      refund: string,
      said: PayOut,
    ): Promise<void> =>
      perform(actor, declaration, permission.payOutRefund, said, (bill) =>
        acts.payOut(bill, refund, said),
      ),
  };
}

import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  recordAudit,
} from '../../../identity/index.ts';
import { assess } from '../../calculation/assess.ts';
import { paymentDeadline } from '../../calculation/clocks.ts';
import type { Answer, PayOut, Reassessment, RefundProposal } from '../../contract.ts';
import * as permission from '../../permissions.ts';
import * as acts from '../acts.ts';
import type { Bill } from '../bill.ts';
import { billStream, type NewBillEvent } from '../events.ts';
import { refundInterest } from '../late.ts';
import { keepBills, lockBills } from './bills.ts';
import { dayOf, type LedgerDeps, noBill } from './deps.ts';

interface Given {
  readonly occurredAt?: string | undefined;
}

export const concerns = ({ payer, declarant, office }: Bill) => ({
  organisations: [payer, declarant],
  offices: [office],
});

/** What people decide about a bill after it was made out: reviews and refunds. */
export function createReviews(deps: LedgerDeps) {
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
    /**
     * Reviews a self-assessment after release (放行后审核): the difference is due, or due back. The law
     * is that of the day the declaration was accepted.
     */
    reassess(actor: Actor, declaration: string, said: Reassessment): Promise<void> {
      return perform(actor, declaration, permission.reassess, said, (bill, envelope) => {
        if (bill.reassessments.includes(said.id)) return [];
        if (bill.assessedBy === actor.personId) {
          throw new Refused('forbidden', {
            code: 'duty.another_account_answers',
            seen: declaration,
          });
        }
        const request = { ...said.request, declaration, on: bill.request.on };
        const { assessment, refusals } = assess(request, deps.tariff);
        if (!assessment) throw new Refused('invalid', refusals);
        const { id, reason } = said;
        const dueOn = paymentDeadline(dayOf(envelope), deps.tariff);
        const review = { id, basis: 'review' as const, reason, request, assessment, dueOn };
        return acts.review(bill, review, dayOf(envelope));
      });
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

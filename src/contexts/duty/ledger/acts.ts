import { addDays, type LocalDate } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Assessment, DutyRequest } from '../calculation/contract.ts';
import type { Answer, AssessmentBasis, PaymentInput, PayOut, RefundProposal } from '../contract.ts';
import { type Bill, creditOf, type RefundState, refundableOf } from './bill.ts';
import { type Cents, centsOf, sumOf, yuanOf } from './cents.ts';
import type { Amount, BillPayloads, NewBillEvent } from './events.ts';

/** What an assessment asks for, item by item; nothing is said of what is nothing. */
export function itemsOf({ taxes, lateDeclaration, deferredInterest }: Assessment): Amount[] {
  const fee = lateDeclaration ? centsOf(lateDeclaration.fee) : 0n;
  const interest = deferredInterest ? centsOf(deferredInterest.amount) : 0n;
  return [
    ...taxes.map(({ kind, payable }) => ({ item: kind, cents: centsOf(payable) })),
    { item: 'deferredInterest' as const, cents: interest },
    { item: 'lateDeclarationFee' as const, cents: fee },
  ].flatMap(({ item, cents }) => (cents > 0n ? [{ item, amount: yuanOf(cents) }] : []));
}

export const totalOf = (items: readonly Amount[]): Cents =>
  sumOf(items.map(({ amount }) => centsOf(amount)));

export const assess = (payload: BillPayloads['duty.assessed']): NewBillEvent => ({
  kind: 'duty.assessed',
  legalBasis: '关税法 第四十二条',
  payload,
});

export const guarantee = (payload: BillPayloads['duty.guaranteed']): NewBillEvent => ({
  kind: 'duty.guaranteed',
  legalBasis: payload.period ? '关税法 第四十三条' : '海关法 第六十六条',
  payload,
});

/** Money is taken whatever the bill says: what it does not need becomes a credit. */
export function pay(bill: Bill, said: PaymentInput, on: LocalDate): NewBillEvent[] {
  if (bill.payments.some(({ id }) => id === said.id)) {
    throw new Refused('conflict', { code: 'duty.payment_id_taken', path: 'id', seen: said.id });
  }
  return [
    {
      kind: 'duty.paid',
      payload: {
        payment: said.id,
        amount: yuanOf(centsOf(said.amount)),
        reference: said.reference,
        on,
      },
    },
  ];
}

export interface Reassessed {
  readonly id: string;
  readonly basis: AssessmentBasis;
  readonly reason: string;
  readonly request: DutyRequest;
  readonly assessment: Assessment;
  /** When a supplement is due. */
  readonly dueOn: LocalDate;
}

/** Customs may review what was declared within three years of payment or release (关税法 第四十五条). */
const REVIEW_YEARS = 3;
/** A payer may ask back what it overpaid within three years of paying (关税法 第五十一条). */
const REFUND_YEARS = 3;

const yearsAfter = (day: LocalDate, years: number): LocalDate =>
  addDays(`${Number(day.slice(0, 4)) + years}${day.slice(4, 8)}01`, Number(day.slice(8)) - 1);

export function review(bill: Bill, said: Reassessed, on: LocalDate): NewBillEvent[] {
  refuseReversed(bill);
  const lastDay = yearsAfter(bill.payments.at(-1)?.on ?? bill.assessment.on, REVIEW_YEARS);
  if (on > lastDay) {
    throw new Refused('conflict', {
      code: 'duty.too_late_to_review',
      params: { lastDay },
      legalBasis: '关税法 第四十五条',
    });
  }
  return [reassessed(said)];
}

export const reassessed = (said: Reassessed): NewBillEvent => ({
  kind: 'duty.reassessed',
  legalBasis: '关税法 第四十五条',
  payload: {
    reassessment: said.id,
    basis: said.basis,
    reason: said.reason,
    request: said.request,
    assessment: said.assessment,
    items: itemsOf(said.assessment),
    dueOn: said.dueOn,
  },
});

/** Nothing is owed any more; whatever was paid becomes a credit, and a guarantee is free again. */
export function reverse(bill: Bill, reason: string): NewBillEvent[] {
  if (bill.reversedAt) return [];
  return [{ kind: 'duty.reversed', payload: { reason } }];
}

function refuseReversed(bill: Bill): void {
  if (!bill.reversedAt) return;
  throw new Refused('conflict', { code: 'duty.bill_reversed', seen: bill.declaration });
}

export function proposeRefund(bill: Bill, said: RefundProposal, on: LocalDate): NewBillEvent[] {
  const known = bill.refunds.find(({ id }) => id === said.id);
  const amount = centsOf(said.amount);
  if (known) {
    if (known.cents === amount && known.reason === said.reason && known.note === said.note) {
      return [];
    }
    throw new Refused('conflict', { code: 'duty.refund_id_taken', path: 'id', seen: said.id });
  }
  const refundable = refundableOf(bill);
  if (amount > refundable) {
    throw new Refused('conflict', {
      code: 'duty.refund_beyond_credit',
      path: 'amount',
      seen: said.amount,
      params: { refundable: yuanOf(refundable) },
      legalBasis: '关税法 第五十一条',
    });
  }
  const lastDay = yearsAfter(bill.payments.at(-1)?.on ?? on, REFUND_YEARS);
  if (on > lastDay) {
    throw new Refused('conflict', {
      code: 'duty.refund_too_late',
      params: { lastDay },
      legalBasis: '关税法 第五十一条',
    });
  }
  const { id: refund, reason, note } = said;
  const payload = { refund, amount: yuanOf(amount), reason, note };
  return [{ kind: 'duty.refundProposed', payload }];
}

/** Refunds of what customs assessed too high carry interest; a payer's own slip does not. */
export const carriesInterest = ({ reason }: Pick<RefundState, 'reason'>): boolean =>
  reason === 'overAssessed';

export function answerRefund(
  bill: Bill,
  id: string,
  said: Answer,
  by: string,
  interest: (refund: RefundState) => Cents,
): NewBillEvent[] {
  const refund = refundIn(bill, id, 'proposed');
  if (refund.proposedBy === by) {
    throw new Refused('forbidden', { code: 'duty.another_account_answers', seen: id });
  }
  const { note } = said;
  if (!said.approve) return [{ kind: 'duty.refundRejected', payload: { refund: id, note } }];
  if (refund.cents > creditOf(bill)) {
    throw new Refused('conflict', {
      code: 'duty.refund_beyond_credit',
      seen: yuanOf(refund.cents),
      params: { refundable: yuanOf(creditOf(bill)) },
    });
  }
  const payload = {
    refund: id,
    interest: yuanOf(carriesInterest(refund) ? interest(refund) : 0n),
    note,
  };
  return [{ kind: 'duty.refundApproved', legalBasis: '关税法 第五十一条', payload }];
}

export function payOut(bill: Bill, id: string, { reference }: PayOut): NewBillEvent[] {
  const { cents, interest } = refundIn(bill, id, 'approved');
  const payload = { refund: id, amount: yuanOf(cents + interest), reference };
  return [{ kind: 'duty.refunded', payload }];
}

function refundIn(bill: Bill, id: string, status: RefundState['status']): RefundState {
  const refund = bill.refunds.find((each) => each.id === id);
  if (!refund) throw new Refused('not_found', { code: 'duty.refund_not_found', seen: id });
  if (refund.status !== status) {
    throw new Refused('conflict', {
      code: 'duty.refund_not_in_this_state',
      seen: id,
      params: { status: refund.status },
    });
  }
  return refund;
}

import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import type { Assessment, DutyRequest } from '../calculation/contract.ts';
import type { AssessmentBasis, BillStatus, Reason } from '../contract.ts';
import { type Cents, centsOf, least, notBelowZero, sumOf } from './cents.ts';
import { BillItem } from './contract.ts';
import type { Amount, BillEvent } from './events.ts';

type Amounts = ReadonlyMap<BillItem, Cents>;

/** Tax that falls due together; negative where a later assessment took some back. */
export interface Demand {
  readonly dueOn: LocalDate;
  readonly taxes: Amounts;
}

export interface PaymentState {
  readonly id: string;
  readonly cents: Cents;
  readonly reference: string;
  readonly on: LocalDate;
  readonly at: Instant;
}

export interface RefundState {
  readonly id: string;
  readonly status: 'proposed' | 'rejected' | 'approved' | 'paidOut';
  readonly cents: Cents;
  readonly interest: Cents;
  readonly reason: string;
  readonly note: string;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly answeredBy: string | null;
  readonly answeredOn: LocalDate | null;
  readonly reference: string | null;
}

/** A duty bill: what was assessed, what was received, and what stands for it. */
export interface Bill {
  readonly declaration: string;
  readonly version: number;
  readonly payer: string;
  readonly declarant: string;
  readonly office: string;
  readonly request: DutyRequest;
  readonly assessment: Assessment;
  readonly basis: AssessmentBasis;
  readonly assessedAt: Instant;
  readonly assessedBy: string;
  readonly reassessments: readonly string[];
  readonly demands: readonly Demand[];
  readonly assessed: Amounts;
  readonly payments: readonly PaymentState[];
  readonly refunds: readonly RefundState[];
  readonly guarantee: string | null;
  /** What of the guarantee the bill still holds: never more than is outstanding. */
  readonly committed: Cents;
  readonly period: string | null;
  readonly unsecured: Reason | null;
  readonly surchargedThrough: LocalDate | null;
  readonly settledAt: Instant | null;
  readonly reversedAt: Instant | null;
}

export function fold(events: readonly BillEvent[]): Bill | null {
  let bill: Bill | null = null;
  for (const event of events) bill = apply(bill, event);
  return bill;
}

/** What an event makes of a bill. What a payment leaves open is all a guarantee still stands for. */
export function apply(before: Bill | null, event: BillEvent): Bill {
  const bill = { ...changed(before, event), version: event.seq };
  return { ...bill, committed: least(bill.committed, outstandingOf(bill)) };
}

function changed(bill: Bill | null, event: BillEvent): Bill {
  if (event.kind === 'duty.assessed') return begun(event);
  if (!bill) throw new Error(`${event.stream} begins with ${event.kind}.`);
  const { envelope } = event;
  switch (event.kind) {
    case 'duty.guaranteed': {
      const { guarantee, amount, period, dueOn } = event.payload;
      const demands = bill.demands.map((demand) => ({ ...demand, dueOn }));
      const committed = centsOf(amount);
      return { ...bill, guarantee, committed, period, demands, unsecured: null };
    }
    case 'duty.paid': {
      const { payment: id, amount, reference, on } = event.payload;
      const paid = { id, cents: centsOf(amount), reference, on, at: envelope.occurredAt };
      return { ...bill, payments: [...bill.payments, paid] };
    }
    case 'duty.reassessed':
      return reassessed(bill, event);
    case 'duty.surcharged': {
      const { through, amount } = event.payload;
      const assessed = new Map(bill.assessed).set('latePaymentSurcharge', centsOf(amount));
      return { ...bill, assessed, surchargedThrough: through, settledAt: null };
    }
    case 'duty.refundProposed':
      return { ...bill, refunds: [...bill.refunds, proposed(event)] };
    case 'duty.refundApproved':
    case 'duty.refundRejected':
    case 'duty.refunded': {
      const { refund: id } = event.payload;
      const refunds = bill.refunds.map((each) => (each.id === id ? answered(each, event) : each));
      return { ...bill, refunds };
    }
    case 'duty.reversed':
      return {
        ...bill,
        assessed: new Map(),
        demands: [],
        settledAt: null,
        reversedAt: envelope.occurredAt,
      };
    case 'duty.settled':
      return { ...bill, settledAt: envelope.occurredAt };
  }
}

type Of<K extends BillEvent['kind']> = Extract<BillEvent, { kind: K }>;

function begun({ payload, stream, envelope }: Of<'duty.assessed'>): Bill {
  const assessed = amountsOf(payload.items);
  return {
    declaration: stream.slice('duty:'.length),
    version: 0,
    payer: payload.payer,
    declarant: payload.declarant,
    office: payload.office,
    request: payload.request,
    assessment: payload.assessment,
    basis: 'selfAssessed',
    assessedAt: envelope.occurredAt,
    assessedBy: envelope.actor,
    reassessments: [],
    demands: payload.dueOn ? [{ dueOn: payload.dueOn, taxes: taxesIn(assessed) }] : [],
    assessed,
    payments: [],
    refunds: [],
    guarantee: null,
    committed: 0n,
    period: null,
    unsecured: payload.unsecured,
    surchargedThrough: null,
    settledAt: null,
    reversedAt: null,
  };
}

/**
 * The surcharge stays as it was posted until it is computed anew. A supplement falls due on a day of
 * its own; what was assessed too high was never due.
 */
function reassessed(bill: Bill, { payload, envelope }: Of<'duty.reassessed'>): Bill {
  const assessed = amountsOf(payload.items);
  const surcharge = bill.assessed.get('latePaymentSurcharge');
  if (surcharge) assessed.set('latePaymentSurcharge', surcharge);
  const [more, less] = differences(taxesIn(bill.assessed), taxesIn(assessed));
  const demands = [...bill.demands];
  if (less.size > 0) demands.push({ dueOn: demands[0]?.dueOn ?? payload.dueOn, taxes: less });
  if (more.size > 0) demands.push({ dueOn: payload.dueOn, taxes: more });
  return {
    ...bill,
    request: payload.request,
    assessment: payload.assessment,
    basis: payload.basis,
    assessedBy: envelope.actor,
    reassessments: [...bill.reassessments, payload.reassessment],
    assessed,
    demands,
    settledAt: null,
  };
}

/** What is more than before, and what is less, item by item. */
function differences(before: Amounts, after: Amounts): [Amounts, Amounts] {
  const items = new Set([...before.keys(), ...after.keys()]);
  const changes = [...items].map(
    (item) => [item, (after.get(item) ?? 0n) - (before.get(item) ?? 0n)] as const,
  );
  return [
    new Map(changes.filter(([, cents]) => cents > 0n)),
    new Map(changes.filter(([, cents]) => cents < 0n)),
  ];
}

function proposed({ payload, envelope }: Of<'duty.refundProposed'>): RefundState {
  return {
    id: payload.refund,
    status: 'proposed',
    cents: centsOf(payload.amount),
    interest: 0n,
    reason: payload.reason,
    note: payload.note,
    proposedBy: envelope.actor,
    proposedAt: envelope.occurredAt,
    answeredBy: null,
    answeredOn: null,
    reference: null,
  };
}

function answered(
  refund: RefundState,
  event: Of<'duty.refundApproved' | 'duty.refundRejected' | 'duty.refunded'>,
): RefundState {
  const { envelope } = event;
  if (event.kind === 'duty.refunded') {
    return { ...refund, status: 'paidOut', reference: event.payload.reference };
  }
  const by = { answeredBy: envelope.actor, answeredOn: localDateOf(envelope.occurredAt) };
  if (event.kind === 'duty.refundRejected') return { ...refund, ...by, status: 'rejected' };
  return { ...refund, ...by, status: 'approved', interest: centsOf(event.payload.interest) };
}

const amountsOf = (items: readonly Amount[]): Map<BillItem, Cents> =>
  new Map(items.map(({ item, amount }) => [item, centsOf(amount)]));

/* ---------------------------------------------------------------- what follows from a bill */

const NOT_TAX: ReadonlySet<BillItem> = new Set([
  'deferredInterest',
  'lateDeclarationFee',
  'latePaymentSurcharge',
]);

const taxesIn = (amounts: Amounts): Amounts =>
  new Map([...amounts].filter(([item]) => !NOT_TAX.has(item)));

/** Refunds that are decided: their money is no longer the bill's. */
export const grantedRefunds = (bill: Bill): RefundState[] =>
  bill.refunds.filter(({ status }) => status === 'approved' || status === 'paidOut');

export const receivedOf = (bill: Bill): Cents => sumOf(bill.payments.map(({ cents }) => cents));

/** Money received less what was granted back. */
const heldOf = (bill: Bill): Cents =>
  receivedOf(bill) - sumOf(grantedRefunds(bill).map(({ cents }) => cents));

export interface Applied {
  readonly item: BillItem;
  readonly assessed: Cents;
  readonly paid: Cents;
}

/** The money held, applied to the items in their order; what is left is a credit. */
export function appliedOf(bill: Bill): {
  readonly items: readonly Applied[];
  readonly credit: Cents;
} {
  let left = heldOf(bill);
  const items: Applied[] = [];
  for (const item of BillItem.options) {
    const assessed = bill.assessed.get(item);
    if (assessed === undefined) continue;
    const paid = least(left, assessed);
    left -= paid;
    items.push({ item, assessed, paid });
  }
  return { items, credit: left };
}

export const assessedOf = (bill: Bill): Cents => sumOf(bill.assessed.values());
export const outstandingOf = (bill: Bill): Cents => notBelowZero(assessedOf(bill) - heldOf(bill));
export const creditOf = (bill: Bill): Cents => notBelowZero(heldOf(bill) - assessedOf(bill));

/** What of the credit nobody has asked for yet. */
export const refundableOf = (bill: Bill): Cents =>
  notBelowZero(
    creditOf(bill) -
      sumOf(bill.refunds.filter(({ status }) => status === 'proposed').map(({ cents }) => cents)),
  );

export function statusOf(bill: Bill): BillStatus {
  if (bill.reversedAt) return 'reversed';
  if (assessedOf(bill) === 0n && bill.payments.length === 0) return 'nothingDue';
  const outstanding = outstandingOf(bill);
  if (outstanding === 0n) return 'settled';
  if (bill.committed === outstanding) return 'guaranteed';
  return bill.payments.length > 0 ? 'paidShort' : 'payable';
}

/** The last day to pay what is open; of a settled bill, the last day it had. */
export function dueOnOf(bill: Bill): LocalDate | null {
  const days = [...new Set(bill.demands.map(({ dueOn }) => dueOn))].sort();
  let left = heldOf(bill);
  for (const day of days) {
    const due = bill.demands.filter(({ dueOn }) => dueOn === day);
    left -= sumOf(due.flatMap(({ taxes }) => [...taxes.values()]));
    if (left < 0n) return day;
  }
  return days.at(-1) ?? null;
}

/** Late from the day after the first demand that is not met. */
export const isOverdueOn = (bill: Bill, day: LocalDate): boolean =>
  overdueBefore(bill, day).size > 0;

/** Unpaid tax that was due before a day, by the money received before it. */
export function overdueBefore(bill: Bill, day: LocalDate): Amounts {
  const due = new Map<BillItem, Cents>();
  for (const { dueOn, taxes } of bill.demands) {
    if (dueOn >= day) continue;
    for (const [item, cents] of taxes) due.set(item, (due.get(item) ?? 0n) + cents);
  }
  let money = moneyBefore(bill, day);
  const overdue = new Map<BillItem, Cents>();
  for (const item of BillItem.options) {
    const owed = notBelowZero(due.get(item) ?? 0n);
    const paid = least(notBelowZero(money), owed);
    money -= paid;
    if (owed > paid) overdue.set(item, owed - paid);
  }
  return overdue;
}

const moneyBefore = (bill: Bill, day: LocalDate): Cents =>
  sumOf(bill.payments.flatMap(({ on, cents }) => (on < day ? [cents] : []))) -
  sumOf(
    grantedRefunds(bill).flatMap(({ answeredOn, cents }) =>
      answeredOn && answeredOn < day ? [cents] : [],
    ),
  );

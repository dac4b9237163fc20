import { z } from 'zod';
import { Assessment, DutyRequest } from './calculation/contract.ts';
import { BillItem, cursor, Day, Entry, limit, Yuan } from './ledger/contract.ts';

export type {
  Entry,
  JournalEntry,
  JournalPage,
  TrialBalance,
} from './ledger/contract.ts';

/** An amount somebody states: above nothing, at most two decimals. */
export const AmountGiven = z
  .string()
  .trim()
  .regex(/^(?!0+(\.0+)?$)\d{1,15}(\.\d{1,2})?$/, 'duty.not_an_amount');
/** Chosen by the caller: the same id with the same content is the same act. */
export const DutyId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'duty.malformed_id');
/** A month of consolidated payment: `2026-07`. */
export const Period = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'duty.not_a_month');
const Note = z.string().trim().max(500);
const occurredAt = z.iso.datetime().optional();

/** Most payments one bulk request may carry. */
export const PAYMENTS_MAX = 1000;

/* ---------------------------------------------------------------- the bill */

export const BillStatus = z.enum([
  /** Assessed at nothing. */
  'nothingDue',
  'payable',
  /** The goods may go on a guarantee; the tax is paid later. */
  'guaranteed',
  'paidShort',
  'settled',
  /** The declaration was cancelled or entry refused: nothing is owed any more. */
  'reversed',
]);
export type BillStatus = z.infer<typeof BillStatus>;

/** Why an amount is what it is: the declarant's own assessment (自报自缴), or a later one. */
export const AssessmentBasis = z.enum(['selfAssessed', 'amendment', 'review']);
export type AssessmentBasis = z.infer<typeof AssessmentBasis>;

/** A sentence's code with its values: why a bill had to be paid at once, for example. */
export const Reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type Reason = z.infer<typeof Reason>;

export const Payment = z.object({
  id: DutyId,
  amount: Yuan,
  reference: z.string(),
  /** The part that paid something; the rest became a credit. */
  applied: Yuan,
  at: z.string(),
});
export type Payment = z.infer<typeof Payment>;

export const RefundReason = z.enum(['overpaid', 'overAssessed', 'cancelled', 'returned']);
export const Refund = z.object({
  id: DutyId,
  status: z.enum(['proposed', 'rejected', 'approved', 'paidOut']),
  amount: Yuan,
  /** Interest at the demand deposit rate from the day of payment, where law says so. */
  interest: Yuan,
  reason: RefundReason,
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  answeredBy: z.string().nullable(),
  reference: z.string().nullable(),
});
export type Refund = z.infer<typeof Refund>;

export const BillRow = z.object({
  declaration: z.string(),
  payer: z.string(),
  /** Who filed, when that is a broker. */
  declarant: z.string(),
  office: z.string(),
  ieFlag: z.enum(['I', 'E']),
  status: BillStatus,
  /** The day whose law applies. */
  on: z.string(),
  assessedAt: z.string(),
  /** The last day to pay without surcharge. */
  dueOn: z.string().nullable(),
  isOverdue: z.boolean(),
  /** The month whose consolidated payment includes it (汇总征税). */
  period: Period.nullable(),
  guarantee: z.string().nullable(),
  assessed: Yuan,
  paid: Yuan,
  outstanding: Yuan,
  /** Paid too much: due back. */
  credit: Yuan,
  committed: Yuan,
});
export type BillRow = z.infer<typeof BillRow>;

/** What may be done with a bill by somebody who may. */
export const BillAct = z.enum([
  'pay',
  'secure',
  'proposeRefund',
  'answerRefund',
  'payOutRefund',
  'reassess',
]);
export type BillAct = z.infer<typeof BillAct>;

/** A duty bill (税单) with its explanation and its life. */
export const DutyBill = BillRow.extend({
  basis: AssessmentBasis,
  items: z.array(z.object({ item: BillItem, assessed: Yuan, paid: Yuan, outstanding: Yuan })),
  /** Every line explained. */
  assessment: Assessment,
  request: DutyRequest,
  /** Why no guarantee covers it, when one was looked for. */
  unsecured: Reason.nullable(),
  payments: z.array(Payment),
  refunds: z.array(Refund),
  /** What of the credit is neither refunded nor asked for. */
  refundable: Yuan,
  /** What happened, in order. */
  events: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      at: z.string(),
      actor: z.string(),
      legalBasis: z.string().nullable(),
      entries: z.array(Entry),
    }),
  ),
  /** Acts this reader may do now. */
  allowed: z.array(BillAct),
});
export type DutyBill = z.infer<typeof DutyBill>;

export const BillSearch = z.object({
  q: z.string().trim().max(64).optional(),
  status: BillStatus.optional(),
  overdue: z.enum(['true', 'false']).optional(),
  payer: z.string().max(40).optional(),
  office: z.string().max(4).optional(),
  period: Period.optional(),
  /** Only bills with money to give back. */
  credit: z.enum(['true', 'false']).optional(),
  from: Day.optional(),
  to: Day.optional(),
  cursor,
  limit,
});
export type BillSearch = z.infer<typeof BillSearch>;
export const BillPage = z.object({
  rows: z.array(BillRow),
  next: z.string().nullable(),
  /** Sums over the whole search, not the page. */
  totals: z.object({ bills: z.number().int(), assessed: Yuan, paid: Yuan, outstanding: Yuan }),
});
export type BillPage = z.infer<typeof BillPage>;

/* ---------------------------------------------------------------- acts on bills */

export const PaymentInput = z.object({
  /** Chosen by the payer: a payment that arrives twice is one payment. */
  id: DutyId,
  amount: AmountGiven,
  /** The bank's reference. */
  reference: z.string().trim().min(1).max(80),
  occurredAt,
});
export type PaymentInput = z.infer<typeof PaymentInput>;

export const ManyPayments = z.object({
  payments: z
    .array(PaymentInput.extend({ declaration: DutyId }))
    .min(1)
    .max(PAYMENTS_MAX),
});
export type ManyPayments = z.infer<typeof ManyPayments>;

/** What became of a payment. */
export const PaymentResult = z.object({
  payment: z.string(),
  /** The declaration, or `payer/period` of a consolidated payment. */
  target: z.string(),
  outcome: z.enum(['settled', 'paidShort', 'overpaid', 'refused']),
  /** The same payment had been received before; nothing was paid again. */
  repeated: z.boolean(),
  applied: Yuan,
  outstanding: Yuan,
  credit: Yuan,
  refusals: z.array(z.object({ code: z.string() }).loose()),
});
export type PaymentResult = z.infer<typeof PaymentResult>;

export const RefundProposal = z.object({
  id: DutyId,
  amount: AmountGiven,
  reason: RefundReason,
  note: Note.default(''),
  occurredAt,
});
export type RefundProposal = z.infer<typeof RefundProposal>;
export const Answer = z.object({ approve: z.boolean(), note: Note.default(''), occurredAt });
export type Answer = z.infer<typeof Answer>;
export const PayOut = z.object({ reference: z.string().trim().min(1).max(80), occurredAt });
export type PayOut = z.infer<typeof PayOut>;

/** A review after release (放行后审核): the officer states the facts as they should have been. */
export const Reassessment = z.object({
  id: DutyId,
  request: DutyRequest,
  reason: z.string().trim().min(1).max(500),
  occurredAt,
});
export type Reassessment = z.infer<typeof Reassessment>;

/* ---------------------------------------------------------------- consolidated payment */

/** One payer's month (汇总征税): what was released on the total guarantee and is paid together. */
export const Statement = z.object({
  payer: z.string(),
  period: Period,
  status: z.enum(['open', 'due', 'overdue', 'settled']),
  dueOn: z.string(),
  bills: z.number().int(),
  assessed: Yuan,
  paid: Yuan,
  outstanding: Yuan,
});
export type Statement = z.infer<typeof Statement>;
export const StatementSearch = z.object({
  payer: z.string().max(40).optional(),
  period: Period.optional(),
  limit,
});
export type StatementSearch = z.infer<typeof StatementSearch>;

/* ---------------------------------------------------------------- guarantees */

export const GuaranteeKind = z.enum(['single', 'total']);
export const GuaranteeForm = z.enum(['deposit', 'bank', 'insurance']);
export const GuaranteeStatus = z.enum(['applied', 'rejected', 'approved', 'expired', 'closed']);

export const GuaranteeInput = z.object({
  id: DutyId,
  payer: z.string().trim().min(1).max(40),
  /** The office that decides on it. */
  office: z.string().regex(/^\d{4}$/),
  kind: GuaranteeKind,
  form: GuaranteeForm,
  limit: AmountGiven,
  validFrom: Day,
  /** The last day it may be used. */
  validTo: Day,
  /** The bank or insurer; the payer itself for a deposit. */
  guarantor: z.string().trim().min(1).max(200),
  /** Number of the letter or policy; the bank's reference of a deposit. */
  reference: z.string().trim().min(1).max(80),
  /** The one declaration a single guarantee is for. */
  declaration: DutyId.nullable().default(null),
  /** Whether its bills are paid together after the month (汇总征税). */
  consolidated: z.boolean().default(false),
  occurredAt,
});
export type GuaranteeInput = z.infer<typeof GuaranteeInput>;

export const Guarantee = GuaranteeInput.omit({ occurredAt: true, limit: true }).extend({
  status: GuaranteeStatus,
  limit: Yuan,
  committed: Yuan,
  available: Yuan,
  appliedBy: z.string(),
  answeredBy: z.string().nullable(),
  note: z.string(),
});
export type Guarantee = z.infer<typeof Guarantee>;
export const GuaranteeSearch = z.object({
  payer: z.string().max(40).optional(),
  status: GuaranteeStatus.optional(),
  limit,
});
export type GuaranteeSearch = z.infer<typeof GuaranteeSearch>;
export const GuaranteeList = z.object({
  guarantees: z.array(Guarantee),
  /** Whether this reader decides on applications. */
  mayAnswer: z.boolean(),
});
export type GuaranteeList = z.infer<typeof GuaranteeList>;
export const Closing = z.object({ note: Note.min(1), occurredAt });

/* ---------------------------------------------------------------- before filing */

/** What a declaration would cost, and how it could be settled. */
export const Quote = z.object({
  assessment: Assessment,
  items: z.array(z.object({ item: BillItem, amount: Yuan })),
  total: Yuan,
  dueOn: z.string().nullable(),
  /** The guarantee that would carry it, or why none does. */
  guarantee: z.string().nullable(),
  unsecured: Reason.nullable(),
  consolidated: z.boolean(),
});
export type Quote = z.infer<typeof Quote>;
export const QuoteInput = z.object({
  payer: z.string().max(40).nullable().default(null),
  request: DutyRequest,
});
export type QuoteInput = z.infer<typeof QuoteInput>;

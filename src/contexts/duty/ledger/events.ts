import type { LocalDate } from '../../../kernel/dates.ts';
import { type DecidedOf, type Envelope, type EventsOf, placeAt } from '../../../kernel/event.ts';
import type { Assessment, DutyRequest } from '../calculation/contract.ts';
import type { AssessmentBasis, GuaranteeInput, Reason } from '../contract.ts';
import type { BillItem, Entry } from './contract.ts';

/** An amount of an item of a bill, in yuan to the cent. */
export interface Amount {
  readonly item: BillItem;
  readonly amount: string;
}

/** What can happen to a duty bill (stream `duty:<declaration>`). State is a fold over these. */
export interface BillPayloads {
  'duty.assessed': {
    payer: string;
    declarant: string;
    office: string;
    request: DutyRequest;
    assessment: Assessment;
    items: readonly Amount[];
    dueOn: LocalDate | null;
    /** Why no guarantee carries it, when one was looked for. */
    unsecured: Reason | null;
  };
  'duty.guaranteed': {
    guarantee: string;
    amount: string;
    /** The month it is paid with, under consolidated payment. */
    period: string | null;
    dueOn: LocalDate;
  };
  'duty.paid': { payment: string; amount: string; reference: string; on: LocalDate };
  /** Assessed again, after an amendment or on review: the new amounts in full, not the difference. */
  'duty.reassessed': {
    reassessment: string;
    basis: AssessmentBasis;
    reason: string;
    request: DutyRequest;
    assessment: Assessment;
    items: readonly Amount[];
    /** When a supplement is due. */
    dueOn: LocalDate;
  };
  /** The surcharge for paying late, in full up to and including a day. */
  'duty.surcharged': { through: LocalDate; amount: string };
  'duty.refundProposed': { refund: string; amount: string; reason: string; note: string };
  'duty.refundApproved': { refund: string; interest: string; note: string };
  'duty.refundRejected': { refund: string; note: string };
  'duty.refunded': { refund: string; amount: string; reference: string };
  'duty.reversed': { reason: string };
  /** Nothing more is owed. */
  'duty.settled': { assessed: string; paid: string };
}

/** What can happen to a guarantee (stream `guarantee:<id>`). */
export interface GuaranteePayloads {
  'duty.guaranteeApplied': Omit<GuaranteeInput, 'occurredAt'>;
  'duty.guaranteeApproved': { note: string };
  'duty.guaranteeRejected': { note: string };
  'duty.guaranteeExpired': { on: LocalDate };
  'duty.guaranteeClosed': { note: string };
}

/** What can happen to a deposit taken for a batch application or the like (stream `deposit:<id>`). */
export interface DepositPayloads {
  'duty.depositTaken': {
    payer: string;
    office: string;
    guarantee: string;
    amount: string;
    /** What it secures: `batch:<id>`. */
    secures: string;
  };
  'duty.depositFreed': { guarantee: string; amount: string; note: string };
}

export type DutyPayloads = BillPayloads & GuaranteePayloads & DepositPayloads;
export type DutyKind = keyof DutyPayloads;

/** Every event is a posting: it carries what it changes in the books, and the sides are equal. */
export type Posted<Payload> = Payload & { readonly entries: readonly Entry[] };

type Told<Payloads> = EventsOf<{ [K in keyof Payloads]: Posted<Payloads[K]> }>;

export type BillEvent = Told<BillPayloads>;
export type NewBillEvent = DecidedOf<BillPayloads>;
export type GuaranteeEvent = Told<GuaranteePayloads>;
export type NewGuaranteeEvent = DecidedOf<GuaranteePayloads>;
export type DepositEvent = Told<DepositPayloads>;
export type NewDepositEvent = DecidedOf<DepositPayloads>;
export type DutyEvent = BillEvent | GuaranteeEvent | DepositEvent;

export const billStream = (declaration: string): string => `duty:${declaration}`;
export const guaranteeStream = (id: string): string => `guarantee:${id}`;
export const depositStream = (id: string): string => `deposit:${id}`;

/** The event at a place of a stream, with what it posts. */
export function placePosted(
  stream: string,
  seq: number,
  event: NewBillEvent | NewGuaranteeEvent | NewDepositEvent,
  envelope: Envelope,
  entries: readonly Entry[],
): DutyEvent {
  const payload = { ...event.payload, entries };
  return placeAt(stream, seq, { ...event, payload }, envelope) as DutyEvent;
}

/** Every kind of event of the books. */
export const DUTY_KINDS = [
  'duty.assessed',
  'duty.guaranteed',
  'duty.paid',
  'duty.reassessed',
  'duty.surcharged',
  'duty.refundProposed',
  'duty.refundApproved',
  'duty.refundRejected',
  'duty.refunded',
  'duty.reversed',
  'duty.settled',
  'duty.guaranteeApplied',
  'duty.guaranteeApproved',
  'duty.guaranteeRejected',
  'duty.guaranteeExpired',
  'duty.guaranteeClosed',
  'duty.depositTaken',
  'duty.depositFreed',
] as const satisfies readonly DutyKind[];

/** What meets the condition *tax paid or guaranteed* of a declaration. */
export const MEETS_CONDITION = ['duty.guaranteed', 'duty.settled'] as const;

import { z } from 'zod';
import { Problem, TimelineEntry } from '../contract.ts';

/* ------------------------------------------------ batched movement: the application (业务申报表) */

/** Most lines of an application, and most stock bills one bulk request carries. */
export const BATCH_LINES_MAX = 500;
export const BULK_STOCK_BILLS_MAX = 1000;

/** The caller chooses the ids. They are short: ids of what is built from them begin with them. */
const id = (max: number) =>
  z
    .string()
    .regex(
      new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,${max - 1}}$`),
      `Letters, digits, dot, dash and underscore, up to ${max}.`,
    );
export const BatchId = id(30);
export const StockBillId = id(48);

const text = (max: number) => z.string().trim().min(1).max(max);
const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullish()
    .transform((value) => (value ? value : null));
/** Decimal text, or a JSON number of at most 15 digits; exact from here on. */
const amount = z
  .union([z.string().trim().min(1).max(40), z.number()])
  .transform((value) => String(value));
const day = z.iso.date();
const when = z.iso.datetime().optional();

export const BatchParty = z.object({
  uscc: optionalText(18),
  name: text(200),
  country: optionalText(2),
});

/** The head that every consolidated declaration of the application will carry. */
export const BatchHead = z.object({
  declarationOffice: text(4),
  borderOffice: text(4),
  supervisionMode: text(4),
  levyNature: optionalText(3),
  tradeTerms: text(3),
  transportMode: text(1),
  partnerCountry: text(2),
  packageKind: text(2),
  /** Who declares; the applicant itself when absent. */
  declarant: BatchParty.nullish().transform((party) => party ?? null),
  domestic: BatchParty,
  overseas: BatchParty,
});

export const BatchLine = z.object({
  lineNo: z.number().int().min(1).max(BATCH_LINES_MAX),
  /** Part number in the ledger or warehouse (料号). */
  partNo: text(60),
  hsCode: text(10),
  description: text(500),
  specification: optionalText(500),
  originCountry: text(2),
  unit: text(3),
  unitPrice: amount,
  currency: text(3),
  /** No more than this may be drawn while the application lives. */
  cap: amount,
  /** Tax in CNY that one unit would owe; what the deposit must cover while it is not declared. */
  securityPerUnit: amount.nullish().transform((value) => value ?? null),
});
export type BatchLine = z.infer<typeof BatchLine>;

export const BatchDirection = z.enum(['in', 'out']);
export const GoodsRegime = z.enum(['generalTrade', 'bonded']);
export type GoodsRegime = z.infer<typeof GoodsRegime>;

export const BatchContent = z.object({
  /** The zone the goods leave (`out`: imported by the consolidated declaration) or enter (`in`: exported). */
  zone: text(20),
  direction: BatchDirection,
  /** The supervising customs office (主管海关). */
  office: text(4),
  /** By this the day is set until which a month is to be declared. */
  regime: GoodsRegime,
  validFrom: day,
  /** The last day on which goods may move. */
  validTo: day,
  /** Deposit in CNY, taken on approval; `0` where none is asked. */
  deposit: amount,
  head: BatchHead,
  lines: z.array(BatchLine).min(1).max(BATCH_LINES_MAX),
});
export type BatchContent = z.infer<typeof BatchContent>;
export type BatchContentInput = z.input<typeof BatchContent>;

export const BatchApplication = z.object({
  id: BatchId,
  content: BatchContent,
  occurredAt: when,
});
export const BatchChange = z.object({
  content: BatchContent,
  reason: text(2000),
  occurredAt: when,
});
/** An officer answers an application or a change to it, from another account. */
export const BatchAnswer = z.object({
  approve: z.boolean(),
  note: z.string().trim().max(2000).default(''),
  occurredAt: when,
});
export const BatchNote = z.object({ note: text(2000), occurredAt: when });

export const BatchStatus = z.enum([
  'applied',
  'rejected',
  'open',
  /** A month was not declared in time: nothing moves until it is. */
  'suspended',
  /** Its last day has passed; what has moved is still to be declared. */
  'expired',
  'closed',
]);
export type BatchStatus = z.infer<typeof BatchStatus>;

/** Where a line stands: remaining = cap − reserved − crossed, and never below zero. */
export const BatchBalance = z.object({
  lineNo: z.number().int(),
  cap: z.string(),
  /** On stock bills and not yet past the gate. */
  reserved: z.string(),
  /** Past the gate, less what came back. */
  crossed: z.string(),
  /** Of `crossed`: on declarations, planned ones included. */
  declared: z.string(),
  remaining: z.string(),
  /** Share of the cap that is used, as text with two places: `0.80`. */
  used: z.string(),
  level: z.enum(['free', 'near', 'exhausted']),
});
export type BatchBalance = z.infer<typeof BatchBalance>;

/** A calendar month with movements that no declaration covers yet. */
export const OpenMonth = z.object({
  month: z.string(),
  movements: z.number().int(),
  dueOn: z.string(),
  legalBasis: z.string(),
  state: z.enum(['running', 'dueSoon', 'overdue']),
});
export type OpenMonth = z.infer<typeof OpenMonth>;

export const Batch = z.object({
  id: z.string(),
  organisation: z.string(),
  status: BatchStatus,
  version: z.number().int(),
  content: BatchContent,
  change: z
    .object({ content: BatchContent, reason: z.string(), askedBy: z.string(), at: z.string() })
    .nullable(),
  appliedBy: z.string(),
  appliedAt: z.string(),
  approvedAt: z.string().nullable(),
  /** CNY held for it now. */
  deposit: z.string(),
  suspension: z.object({ reason: z.string(), since: z.string() }).nullable(),
  endedAt: z.string().nullable(),
});
export type Batch = z.infer<typeof Batch>;

export const BatchTimelineEntry = TimelineEntry.extend({ seq: z.number().int() });

export const BatchDetail = z.object({
  batch: Batch,
  balances: z.array(BatchBalance),
  /** Tax that undeclared goods would owe, and what of the deposit is left, in CNY. */
  security: z.object({ needed: z.string(), held: z.string(), left: z.string() }),
  openMonths: z.array(OpenMonth),
  timeline: z.array(BatchTimelineEntry),
  allowed: z.array(z.string()),
});
export type BatchDetail = z.infer<typeof BatchDetail>;

export const BatchRow = z.object({
  id: z.string(),
  organisation: z.string(),
  status: BatchStatus,
  zone: z.string(),
  office: z.string(),
  direction: BatchDirection,
  validFrom: z.string(),
  validTo: z.string(),
  lines: z.number().int(),
  changePending: z.boolean(),
  appliedAt: z.string(),
});
export type BatchRow = z.infer<typeof BatchRow>;
export const BatchSearch = z.object({
  status: BatchStatus.optional(),
  q: z.string().trim().max(60).optional(),
  /** Only what waits for an officer. */
  waiting: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type BatchSearch = z.infer<typeof BatchSearch>;
export const BatchPage = z.object({ rows: z.array(BatchRow), next: z.string().nullable() });

/* ------------------------------------------------------------------ stock bills (出入库单) */

export const StockBillLine = z.object({
  /** The line of the application it is drawn from. */
  lineNo: z.number().int().min(1).max(BATCH_LINES_MAX),
  quantity: amount,
  netMassKg: amount,
  grossMassKg: amount,
  packages: z.number().int().min(0).max(1_000_000),
});
export type StockBillLine = z.infer<typeof StockBillLine>;

export const StockBillInput = z.object({
  id: StockBillId,
  application: BatchId,
  /** `return`: goods of an earlier bill come back, and are not declared. */
  kind: z.enum(['draw', 'return']).default('draw'),
  lines: z.array(StockBillLine).min(1).max(BATCH_LINES_MAX),
  occurredAt: when,
});
export type StockBillInput = z.infer<typeof StockBillInput>;
export const BulkStockBills = z.object({
  bills: z.array(z.unknown()).min(1).max(BULK_STOCK_BILLS_MAX),
});

export const StockBillResult = z.object({
  id: z.string(),
  outcome: z.enum(['issued', 'refused']),
  repeated: z.boolean(),
  /** Errors that refuse it; or warnings, for instance that 80 % of a cap is used. */
  problems: z.array(Problem),
});
export type StockBillResult = z.infer<typeof StockBillResult>;

export const StockBill = z.object({
  id: z.string(),
  application: z.string(),
  organisation: z.string(),
  office: z.string(),
  zone: z.string(),
  kind: z.enum(['draw', 'return']),
  /** Which way it passes the gate: a return goes against its application. */
  direction: BatchDirection,
  status: z.enum(['issued', 'passing', 'passed', 'cancelled']),
  issuedAt: z.string(),
  lines: z.array(
    StockBillLine.extend({
      /** On passports that may still pass (passportUsedQty is this plus `passed`). */
      passed: z.string(),
      partNo: z.string(),
      description: z.string(),
      unit: z.string(),
    }),
  ),
});
export type StockBill = z.infer<typeof StockBill>;

/* --------------------------------------------------------------------------- movements */

/** What really passed the gate, line by line: only this is declared. */
export const Movement = z.object({
  id: z.string(),
  application: z.string(),
  bill: z.string(),
  lineNo: z.number().int(),
  passport: z.string(),
  at: z.string(),
  /** The day it is declared with: its own, or of goods that came back the day of what they reverse. */
  countsOn: z.string(),
  /** Negative when goods came back. */
  quantity: z.string(),
  netMassKg: z.string(),
  grossMassKg: z.string(),
  packages: z.number().int(),
  state: z.enum(['undeclared', 'planned', 'declared']),
  consolidation: z.string().nullable(),
  declaration: z.string().nullable(),
});
export type Movement = z.infer<typeof Movement>;
export const MovementSearch = z.object({
  state: Movement.shape.state.optional(),
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type MovementSearch = z.infer<typeof MovementSearch>;
export const MovementPage = z.object({ rows: z.array(Movement), next: z.string().nullable() });

/* ---------------------------------------------- enter first, declare later (先进区后报关) */

export const EntryObligation = z.object({
  /** Number of the gate passport (type 1) the goods entered by. */
  passport: z.string(),
  transportDocNo: z.string(),
  organisation: z.string(),
  office: z.string(),
  zone: z.string(),
  enteredAt: z.string(),
  /** Day the conveyance's entry was declared; the fourteen days count from it. */
  declaredEntryOn: z.string(),
  dueOn: z.string(),
  packages: z.number().int(),
  grossMassKg: z.string(),
  status: z.enum(['open', 'dueSoon', 'overdue', 'declared']),
  declaration: z.string().nullable(),
  declaredOn: z.string().nullable(),
  /** Days after `dueOn` for which the late-declaration fee runs. */
  daysLate: z.number().int(),
  legalBasis: z.string(),
});
export type EntryObligation = z.infer<typeof EntryObligation>;
export const EntryObligationSearch = z.object({
  status: EntryObligation.shape.status.optional(),
  /** Only what entered on this bill of lading. */
  bill: z.string().max(64).optional(),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EntryObligationSearch = z.infer<typeof EntryObligationSearch>;
export const EntryObligationPage = z.object({
  rows: z.array(EntryObligation),
  next: z.string().nullable(),
});

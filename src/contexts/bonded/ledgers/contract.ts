import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { TimelineEntry } from '../../cargo/contract.ts';
import {
  Consumption,
  LedgerId,
  LedgerInput,
  Part,
  PartKind,
  PartNo,
  WriteOffMode,
} from '../contract.ts';

/** Most parts, and most lines of consumption, that one request carries. */
export const BULK_MAX = 5_000;

const when = z.iso.datetime().optional();
const text = (max: number) => z.string().trim().min(1).max(max);

export const LedgerRegistration = z.object({ ledger: LedgerInput, occurredAt: when });
export const LedgerChange = z.object({ ledger: LedgerInput, reason: text(2000), occurredAt: when });
/** An officer answers a registration or a change to it, from another account. */
export const LedgerAnswer = z.object({
  approve: z.boolean(),
  note: z.string().trim().max(2000).default(''),
  occurredAt: when,
});
export const PartsInput = z.object({ parts: z.array(Part).min(1).max(BULK_MAX) });
export const ConsumptionInput = z.object({
  consumption: z.array(Consumption).min(1).max(BULK_MAX),
});

export const LedgerStatus = z.enum(['registered', 'rejected', 'open']);
export type LedgerStatus = z.infer<typeof LedgerStatus>;

/** A ledger (账册) as it is in force, and what was asked to change of it. */
export const Ledger = z.object({
  id: LedgerId,
  status: LedgerStatus,
  version: z.number().int(),
  content: LedgerInput,
  change: z
    .object({ content: LedgerInput, reason: z.string(), askedBy: z.string(), at: z.string() })
    .nullable(),
  registeredBy: z.string(),
  registeredAt: z.string(),
  approvedAt: z.string().nullable(),
});
export type Ledger = z.infer<typeof Ledger>;

const LedgerTimelineEntry = TimelineEntry.extend({ seq: z.number().int() });

export const LedgerDetail = z.object({
  ledger: Ledger,
  parts: z.number().int(),
  consumption: z.number().int(),
  timeline: z.array(LedgerTimelineEntry),
  allowed: z.array(z.string()),
});
export type LedgerDetail = z.infer<typeof LedgerDetail>;

export const LedgerRow = z.object({
  id: LedgerId,
  name: z.string(),
  enterprise: z.string(),
  office: z.string(),
  mode: WriteOffMode,
  status: LedgerStatus,
  changePending: z.boolean(),
  opensOn: z.string(),
  closesOn: z.string().nullable(),
  parts: z.number().int(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

const limit = z.coerce.number().int().min(1).max(500).default(100);
export const LedgerSearch = z.object({
  status: LedgerStatus.optional(),
  q: z.string().trim().max(60).optional(),
  /** Only what waits for an officer. */
  waiting: z.enum(['true', 'false']).default('false'),
  cursor: z.string().max(30).optional(),
  limit,
});
export type LedgerSearch = z.infer<typeof LedgerSearch>;
export const LedgerPage = z.object({ rows: z.array(LedgerRow), next: z.string().nullable() });

/** What became of the parts that were sent, and how many the ledger has now. */
export const PartsOutcome = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  parts: z.number().int(),
});
export type PartsOutcome = z.infer<typeof PartsOutcome>;

/** A part as the ledger has it: its number counts from 0 in order of first mention. */
export const NumberedPart = Part.extend({ number: z.number().int(), isUsed: z.boolean() });
export type NumberedPart = z.infer<typeof NumberedPart>;
export const PartSearch = z.object({
  /** The beginning of a part number. */
  q: z.string().trim().max(64).optional(),
  kind: PartKind.optional(),
  /** The number after which to go on. */
  cursor: z.coerce.number().int().min(0).optional(),
  limit,
});
export type PartSearch = z.infer<typeof PartSearch>;
export const PartPage = z.object({
  rows: z.array(NumberedPart),
  next: z.number().int().nullable(),
});

export const ConsumptionOutcome = z.object({
  recorded: z.number().int(),
  same: z.number().int(),
  lines: z.number().int(),
});
export type ConsumptionOutcome = z.infer<typeof ConsumptionOutcome>;

/** A line as it was recorded. Of two for one product, version, part and first day, the later holds. */
export const RecordedConsumption = Consumption.extend({
  seq: z.number().int(),
  recordedAt: z.string(),
  recordedBy: z.string(),
});
export type RecordedConsumption = z.infer<typeof RecordedConsumption>;
export const ConsumptionSearch = z.object({
  product: PartNo.optional(),
  part: PartNo.optional(),
  /** Only lines in force on this day. */
  on: z.string().refine(isLocalDate).optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit,
});
export type ConsumptionSearch = z.infer<typeof ConsumptionSearch>;
export const ConsumptionPage = z.object({
  rows: z.array(RecordedConsumption),
  next: z.number().int().nullable(),
});

import { z } from 'zod';
import { isLocalDate } from '../../../kernel/dates.ts';
import { PartNo, RateText } from '../contract.ts';

const Day = z.string().refine(isLocalDate);
const text = (max: number) => z.string().trim().max(max);

const recorded = {
  /** The sender's own name of the record. What is recorded later under the same name replaces it. */
  id: z.string().trim().min(1).max(80),
  from: Day,
  /** The first day on which it no longer holds. The same day as `from` withdraws the record. */
  to: Day.nullable().default(null),
  /** When it became known, which may be long after the day from which it holds. */
  recordedAt: z.iso.datetime(),
  /** What it rests on: a drawing, a filed 单耗, a test report. */
  evidence: text(200).default(''),
};

/** One line of a bill of material, as it is sent: one unit of the assembly takes up `quantity` of the component. */
export const BomLineInput = z.object({
  ...recorded,
  assembly: PartNo,
  component: PartNo,
  /** 净耗: what is physically in one unit of the assembly. */
  quantity: RateText,
  /** The unit of the component; the assembly is counted in its own ledger unit. */
  unit: z.string().trim().min(1).max(16),
  /** 有形损耗率 and 无形损耗率, as shares of what is used: `0.015` is one and a half per cent. */
  tangibleLossRate: RateText.default('0'),
  intangibleLossRate: RateText.default('0'),
  /** The engineering change by which it came. */
  change: z.string().trim().min(1).max(80).nullable().default(null),
});
export type BomLineInput = z.infer<typeof BomLineInput>;

/** 自制 or 外购: whether a part is made from its bill, or comes as it is although it may have one. */
export const Source = z.enum(['made', 'bought']);
export type Source = z.infer<typeof Source>;

export const SourcingInput = z.object({ ...recorded, part: PartNo, source: Source });
export type SourcingInput = z.infer<typeof SourcingInput>;

/** 替代料: `ratio` units of `instead` may be used for one of `part`. */
export const AlternativeInput = z.object({
  ...recorded,
  part: PartNo,
  instead: PartNo,
  ratio: RateText.default('1'),
});
export type AlternativeInput = z.infer<typeof AlternativeInput>;

export const RECORDS_AT_ONCE = 5_000;
export const BillsInput = z.object({
  lines: z.array(BomLineInput).max(RECORDS_AT_ONCE).default([]),
  sourcings: z.array(SourcingInput).max(RECORDS_AT_ONCE).default([]),
  alternatives: z.array(AlternativeInput).max(RECORDS_AT_ONCE).default([]),
});
export type BillsInput = z.infer<typeof BillsInput>;

export const BillsOutcome = z.object({
  taken: z.number().int(),
  /** Records that were here already. */
  same: z.number().int(),
  /** Parts whose bills, or the bills below them, may be others now. */
  affected: z.number().int(),
  records: z.number().int(),
});
export type BillsOutcome = z.infer<typeof BillsOutcome>;

export const BillAsked = z.object({
  /** The day the bill is to hold; today where it is not said. */
  on: Day.optional(),
  /** By what had been recorded then; by all that is recorded, where it is not said. */
  knownAt: z.iso.datetime().optional(),
});
export type BillAsked = z.infer<typeof BillAsked>;

const Use = z.object({
  part: PartNo,
  unit: z.string(),
  /** Per unit of the product. */
  net: z.string(),
  use: z.string(),
  tangibleLoss: z.string(),
  intangibleLoss: z.string(),
});
/** The bill of a part on a day: its own lines, what one unit takes of base materials, and what the part is in. */
export const BillPage = z.object({
  part: PartNo,
  on: z.string(),
  source: Source.nullable(),
  lines: z.array(BomLineInput),
  /** Down to base materials; `null` for what is one itself. */
  materials: z.array(Use).nullable(),
  usedIn: z.array(z.object({ assembly: PartNo, levelsUp: z.number().int(), isTop: z.boolean() })),
});
export type BillPage = z.infer<typeof BillPage>;

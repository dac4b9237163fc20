import { z } from 'zod';
import { Share } from '../backtest/contract.ts';

const Count = z.number().int().nonnegative();
const Day = z.iso.date();
const Office = z.string().regex(/^[0-9A-Za-z-]{1,20}$/, 'risk.budget_office_malformed');

/** The most examinations a day that anybody may plan for one office. */
export const BUDGET_MAX = 100_000;
/** Exploration beyond this is no longer exploration. */
export const EXPLORE_SHARE_MAX = 0.5;

/** How many examinations an office can make a day, from a day on, until the next budget begins. */
export const Budget = z.object({
  office: z.string(),
  perDay: Count,
  /** The share of the budget that is spent on further random draws, to learn where nobody looks. */
  exploreShare: z.number(),
  effectiveFrom: z.string(),
  reason: z.string(),
  setBy: z.string(),
  setAt: z.string(),
});
export type Budget = z.infer<typeof Budget>;

/** A new budget. It begins today or later: what was planned for a day that is over stays as it was. */
export const BudgetChange = z.strictObject({
  /** Chosen by the caller: sending it again changes nothing. */
  id: z.uuid(),
  office: Office,
  perDay: z.number().int().min(0).max(BUDGET_MAX),
  exploreShare: z.number().min(0).max(EXPLORE_SHARE_MAX).default(0),
  effectiveFrom: Day,
  reason: z.string().trim().min(1).max(500),
  dryRun: z.boolean().default(false),
});
export type BudgetChange = z.infer<typeof BudgetChange>;

/** Why no threshold can be stated, and the model therefore selects nothing at the office. */
export const NoThreshold = z.enum(['noBudget', 'tooLittleHistory']);
export type NoThreshold = z.infer<typeof NoThreshold>;

/** The harm above which the model selects, and what it was computed from. */
export const Threshold = z.object({
  /** CNY of expected harm; `null` with the reason beside it. */
  harm: z.number().nullable(),
  missing: NoThreshold.nullable(),
  /** Earlier days of the window with traffic, and the consignments of those days the model scored. */
  days: Count,
  scored: Count,
});
export type Threshold = z.infer<typeof Threshold>;

/** What a budget came to, or with a dry run would come to. */
export const BudgetOutcome = z.object({
  budget: Budget,
  /** The budget it takes over from, and the thresholds under both, by the traffic known now. */
  before: Budget.nullable(),
  thresholdBefore: Threshold,
  threshold: Threshold,
});
export type BudgetOutcome = z.infer<typeof BudgetOutcome>;

/** What consumed the examinations of a day. */
export const Consumption = z.object({
  /** Everything but the model and the draw: mandatory criteria, the score. */
  mandatory: Count,
  score: Count,
  model: Count,
  /** The random stratum, and what further exploration added to it. */
  sample: Count,
  explore: Count,
});
export type Consumption = z.infer<typeof Consumption>;

/** An office on one day: what it can examine, what was selected for it, and what is left. */
export const OfficeToday = z.object({
  office: z.string(),
  on: z.string(),
  decided: Count,
  budget: Budget.nullable(),
  selected: Consumption,
  /** `null` without a budget. Mandatory criteria select beyond it: it then stays at nought. */
  left: Count.nullable(),
  threshold: Threshold,
  /** Mean selections a day, on earlier days of the window, that no budget can refuse. */
  mandatoryLoad: z.number().nullable(),
});
export type OfficeToday = z.infer<typeof OfficeToday>;

export const SelectionToday = z.object({
  on: z.string(),
  /** The latest day an examination was spent on, else anything decided: a port that replays the past lives on that day. */
  latest: z.string().nullable(),
  offices: z.array(OfficeToday),
});
export type SelectionToday = z.infer<typeof SelectionToday>;

export const PERIOD_DAYS_MAX = 400;

/** A span of days, both included, and one office or all. */
export const SelectionPeriod = z.object({
  from: Day,
  to: Day,
  office: Office.nullable().default(null),
});
export type SelectionPeriod = z.infer<typeof SelectionPeriod>;

/** One day of one office, or of all, for a chart. */
export const SelectionDay = z.object({
  on: z.string(),
  decided: Count,
  selected: Consumption,
  /** The sum of the budgets in force; `null` when no office had one. */
  budget: Count.nullable(),
  /** Of one office only: the threshold of that day. */
  threshold: z.number().nullable(),
  examined: Count,
  found: Count,
});
export type SelectionDay = z.infer<typeof SelectionDay>;

/** Consignments that were drawn with the same logged probability. */
export const LeakageStratum = z.object({
  /** The logged probability of being drawn. */
  rate: z.number(),
  /** Consignments on the release lane, drawn or not. */
  eligible: Count,
  drawn: Count,
  /** Of those drawn: examined so far, and with a finding. */
  examined: Count,
  found: Count,
});
export type LeakageStratum = z.infer<typeof LeakageStratum>;

/**
 * The share of what was released that should not have been, estimated from the random stratum alone:
 * the one part of traffic that nobody's judgement chose.
 */
export const Leakage = z.object({
  /** `null` while nothing drawn has been examined. */
  rate: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number(), level: z.number() }).nullable(),
  /** Consignments released unexamined, and how many of them the rate amounts to. */
  released: Count,
  leaked: z.number().nullable(),
  method: z.enum(['clopperPearson', 'fayFeuer']),
  strata: z.array(LeakageStratum),
  /** Release-lane consignments whose stratum has nothing examined yet: the rate does not speak of them. */
  unspokenFor: Count,
});
export type Leakage = z.infer<typeof Leakage>;

/** What exploration cost and what it brought, beside the model on the same days. */
export const Exploration = z.object({
  sample: Share,
  explore: Share,
  model: Share,
  /** Findings forgone: had the same examinations gone to the model at its hit rate. */
  forgone: z.number().nullable(),
});
export type Exploration = z.infer<typeof Exploration>;

/**
 * Automatic fast release (自动快放): selected by nothing, released with no person. Counted, timed, and
 * never shown without its leakage.
 */
export const FastRelease = z.object({
  from: z.string(),
  to: z.string(),
  office: z.string().nullable(),
  /** Of all that were released, those nobody touched. */
  share: Share,
  /** From complete filing to release, of those nobody touched. */
  seconds: z.object({ median: z.number(), p95: z.number(), p99: z.number() }).nullable(),
  leakage: Leakage,
  exploration: Exploration,
  asOf: z.string(),
});
export type FastRelease = z.infer<typeof FastRelease>;

import { z } from 'zod';
import { Interval, Label } from '../../facts/contract.ts';

const FactValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Count = z.number().int().nonnegative();
const Day = z.iso.date();

/** A rule to be tried: its text, or one that is kept, by id and version (the newest if left out). */
export const RuleToTry = z.union([
  z.strictObject({ text: z.string().min(1).max(10_000) }),
  z.strictObject({
    id: z.string().min(1).max(80),
    version: z.number().int().positive().optional(),
  }),
]);
export type RuleToTry = z.infer<typeof RuleToTry>;

const RULES_MAX = 200;

/**
 * What is asked: what would these rules have done? Over the port's own declarations, each as it was
 * last decided about; or over a dataset of the pool that holds outcomes, by the name of the column
 * that tells them (`label.fraud`).
 */
export const BacktestRequest = z.strictObject({
  /** Chosen by the caller: asking again under the same id is the same back-test. */
  id: z.uuid(),
  rules: z.array(RuleToTry).min(1).max(RULES_MAX),
  dataset: z
    .strictObject({ name: z.string().min(1).max(80), label: z.string().min(1).max(80).nullable() })
    .nullable()
    .default(null),
  period: z
    .strictObject({ from: Day.nullable().default(null), to: Day.nullable().default(null) })
    .default({ from: null, to: null }),
});
export type BacktestRequest = z.infer<typeof BacktestRequest>;

/** So many out of so many, with Wilson's 95 % interval; both are `null` out of none. */
export const Share = z.object({
  numerator: Count,
  denominator: Count,
  value: z.number().nullable(),
  interval: Interval.nullable(),
});
export type Share = z.infer<typeof Share>;

/** A hit to be opened and looked at. */
export const BacktestExample = z.object({
  subject: z.string(),
  day: z.string(),
  office: z.string().nullable(),
  lane: z.string().nullable(),
  /** Whether its examination found anything; `null` when nobody looked. */
  found: z.boolean().nullable(),
  /** What the rule read, by fact. */
  values: z.record(z.string(), FactValue),
});
export type BacktestExample = z.infer<typeof BacktestExample>;

/** What one rule would have done. */
export const RuleBacktest = z.object({
  rule: z.object({
    /** `null` for a text that is not kept yet. */
    id: z.string().nullable(),
    version: z.number().int().nullable(),
    /** As the language prints it. */
    text: z.string(),
    /** Of the expression: figures belong to a rule whose expression has this hash, and to no other. */
    hash: z.string(),
    sentence: Label,
  }),
  hits: Count,
  /** Hits out of all rows. */
  traffic: Share,
  /** Of the hits that were examined, those with a finding. Says nothing of hits nobody opened. */
  precision: Share,
  /** Of all findings, those the rule hits. Findings are made where earlier targeting looked. */
  recall: Share,
  /** The same among the random sample, which no targeting chose: small, and without that bias. */
  recallOfSample: Share,
  /** Missing is unknown: rows the rule could not judge, and the facts they lacked. */
  notEvaluated: z.object({
    rows: Count,
    missing: z.array(z.object({ fact: z.string(), rows: Count })),
  }),
  /** What it would ask of each office it hits at, the most burdened first, were every hit examined. */
  offices: z.array(
    z.object({
      office: z.string().nullable(),
      hits: Count,
      /** Days on which anything was declared there. */
      days: Count,
      meanADay: z.number(),
      peak: Count,
      peakDay: z.string().nullable(),
    }),
  ),
  days: z.array(z.object({ day: z.string(), rows: Count, hits: Count, found: Count })),
  /** Live rules that hit the same rows, the most alike first. */
  overlap: z.array(
    z.object({
      rule: z.string(),
      version: z.number().int(),
      label: Label,
      /** Rows both hit. */
      both: Count,
    }),
  ),
  /** Hits that no live rule hits. */
  onlyThis: Count,
  examples: z.array(BacktestExample).max(20),
});
export type RuleBacktest = z.infer<typeof RuleBacktest>;

/** What a back-test came to. The same pool, rules and lists give the same report and hash. */
export const BacktestReport = z.object({
  id: z.uuid(),
  dataset: BacktestRequest.shape.dataset.unwrap(),
  rows: Count,
  period: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  /** Rows whose goods were examined, and those with a finding. */
  examined: Count,
  found: Count,
  /** Findings among all that were examined: what a rule has to beat. */
  baseRate: Share,
  /** Findings among the random sample: what opening boxes blindly finds. */
  sampleRate: Share,
  rules: z.array(RuleBacktest),
  /** Rules that were live when it ran, and the versions of the lists that were read. */
  liveRules: Count,
  lists: z.array(z.object({ name: z.string(), version: z.string() })),
  /** What must be said beside the figures, such as that the pool is empty. */
  notes: z.array(Label),
  asOf: z.string(),
  /** The state of the pool it was computed from. */
  poolState: z.string(),
  elapsedMs: z.number(),
  /** SHA-256 of everything above but `id`, `asOf` and `elapsedMs`. */
  hash: z.string(),
});
export type BacktestReport = z.infer<typeof BacktestReport>;

export const BacktestState = z.enum(['queued', 'running', 'done', 'cancelled', 'failed']);
export type BacktestState = z.infer<typeof BacktestState>;

export const Backtest = z.object({
  id: z.uuid(),
  state: BacktestState,
  askedBy: z.object({ personId: z.string(), name: z.string() }),
  request: BacktestRequest,
  /** How much is done, from 0 to 1. */
  share: z.number(),
  askedAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  report: BacktestReport.nullable(),
});
export type Backtest = z.infer<typeof Backtest>;

/** A line of the list of back-tests: everything but the report. */
export const BacktestSummary = Backtest.omit({ report: true }).extend({
  rules: z.array(
    z.object({ text: z.string(), hits: Count.nullable(), precision: Share.nullable() }),
  ),
  rows: Count.nullable(),
});
export type BacktestSummary = z.infer<typeof BacktestSummary>;

/** The topic `backtests` of live messages: how far one is. Pages then read it. */
export const BacktestProgress = Backtest.pick({ id: true, state: true, share: true });
export type BacktestProgress = z.infer<typeof BacktestProgress>;

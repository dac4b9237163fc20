import { z } from 'zod';
import { Label } from '../../facts/contract.ts';
import { Share } from '../backtest/contract.ts';

const Count = z.number().int().nonnegative();
const Day = z.iso.date();
const share = z.number().min(0).max(1);
const FactValue = z.union([z.string().max(2000), z.number(), z.boolean()]);
const oneOf = (pattern: RegExp) => z.array(z.string().regex(pattern)).min(1).max(500).nullable();

/** What a risk point is about, told by facts. `null` does not narrow; all that is named must hold. */
export const PointScope = z.strictObject({
  ieFlag: z.enum(['I', 'E']).nullable().default(null),
  /** The goods: prefixes of the tariff code, from the chapter to the whole of it. */
  hsPrefixes: oneOf(/^\d{2,10}$/).default(null),
  supervisionModes: oneOf(/^\d{4}$/).default(null),
  transportModes: oneOf(/^\d{1,2}$/).default(null),
  origins: oneOf(/^[A-Z]{2}$/).default(null),
  /** Countries of departure; of destination, for exports. */
  partners: oneOf(/^[A-Z]{2}$/).default(null),
  grades: oneOf(/^[a-zA-Z]{1,40}$/).default(null),
  /** Only where a preferential agreement is claimed. */
  preferenceClaimed: z.boolean().default(false),
});
export type PointScope = z.infer<typeof PointScope>;

/** From which side the catalogue looks at traffic. */
export const PointAspect = z.enum([
  'goods',
  'value',
  'origin',
  'mode',
  'route',
  'party',
  'chemical',
]);
export type PointAspect = z.infer<typeof PointAspect>;

const PointId = z.string().regex(/^[a-z][A-Za-z0-9.-]{2,79}$/, 'risk.coverage_id_malformed');

/** One thing that can go wrong, with its weight and what it takes to call it covered. */
export const RiskPoint = z.object({
  id: PointId,
  aspect: PointAspect,
  label: Label,
  /** What goes wrong, and what tells. */
  description: Label,
  /** How much it matters beside the others: 1 to 10. */
  weight: z.number().int().min(1).max(10),
  /** The law, measure or proposal it comes from. */
  origin: Label,
  scope: PointScope,
  /** The least recall and the most false alarms a detector may have on the withheld cases. */
  bars: z.object({ recallMin: share, falseAlarmMax: share }),
});
export type RiskPoint = z.infer<typeof RiskPoint>;

/** Writing a point: it becomes the next version, and counts from the next period that is frozen. */
export const RiskPointChange = RiskPoint.strict().extend({
  reason: z.string().trim().min(1).max(500),
  dryRun: z.boolean().default(false),
});
export type RiskPointChange = z.infer<typeof RiskPointChange>;

export const Retirement = z.strictObject({
  reason: z.string().trim().min(1).max(500),
  dryRun: z.boolean().default(false),
});

/** Freezing the catalogue for a period that has not begun. */
export const Freeze = z.strictObject({
  /** Chosen by the caller: `2026Q4`. */
  id: z.string().regex(/^[A-Za-z0-9-]{2,40}$/, 'risk.coverage_id_malformed'),
  from: Day,
  to: Day,
  dryRun: z.boolean().default(false),
});
export type Freeze = z.infer<typeof Freeze>;

export const FrozenPeriod = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  frozenBy: z.string(),
  frozenAt: z.string(),
  points: Count,
  /** SHA-256 over the points as frozen. */
  hash: z.string(),
});
export type FrozenPeriod = z.infer<typeof FrozenPeriod>;

/**
 * A case no author of a detector ever reads: what was known of a consignment, and whether a
 * detector must speak (`hit`) or must keep silent (`pass`).
 */
export const WithheldCase = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,99}$/, 'risk.coverage_id_malformed'),
  expected: z.enum(['hit', 'pass']),
  /** The day it is decided for: rules and tables of that day apply. */
  on: Day,
  facts: z.record(z.string().max(80), FactValue),
  note: z.string().trim().max(500).default(''),
});
export type WithheldCase = z.infer<typeof WithheldCase>;

/** Cases filed by the owner, or past findings by their declarations. */
export const CasesToWithhold = z.strictObject({
  cases: z.array(WithheldCase).max(1000).default([]),
  /** Subjects decided and examined after the freeze: with a finding they must hit, without they must pass. */
  subjects: z.array(z.string().min(1).max(100)).max(1000).default([]),
  dryRun: z.boolean().default(false),
});
export type CasesToWithhold = z.infer<typeof CasesToWithhold>;

/** What the owner sees of a withheld case. */
export const WithheldCaseRow = WithheldCase.extend({
  point: z.string(),
  source: z.enum(['filed', 'finding']),
  withheldBy: z.string(),
  withheldAt: z.string(),
});
export type WithheldCaseRow = z.infer<typeof WithheldCaseRow>;

/** Why a point is not covered. */
export const NotCovered = z.enum([
  'neverTested',
  'tooFewCases',
  'recallTooLow',
  'tooManyFalseAlarms',
]);
export type NotCovered = z.infer<typeof NotCovered>;

/** How the live detectors did on the withheld cases of a point. */
export const PointTest = z.object({
  at: z.string(),
  recall: Share,
  falseAlarms: Share,
  covered: z.boolean(),
  because: NotCovered.nullable(),
  /** Which detectors caught cases that had to be caught, the most first: checks, rules, `model`. */
  detectors: z.array(z.object({ detector: z.string(), caught: Count })),
  /** What was live: versions of engine, policy, checks, rules and model. */
  versions: z.record(z.string(), z.string().nullable()),
});
export type PointTest = z.infer<typeof PointTest>;

/** A point as its readers see it; the cases themselves stay with their owner. */
export const RiskPointView = RiskPoint.extend({
  version: z.number().int(),
  status: z.enum(['active', 'retired']),
  changedBy: z.string(),
  changedAt: z.string(),
  reason: z.string(),
  cases: z.object({ hit: Count, pass: Count }),
  /** The latest test, of whichever version. */
  test: PointTest.nullable(),
});
export type RiskPointView = z.infer<typeof RiskPointView>;

/** One point in the report of a period. */
export const PointCoverage = z.object({
  point: z.string(),
  version: z.number().int(),
  aspect: PointAspect,
  label: Label,
  weight: z.number().int(),
  test: PointTest.nullable(),
  covered: z.boolean(),
  because: NotCovered.nullable(),
  /** Consignments of the period within its scope, and their declared value in CNY. */
  consignments: Count,
  valueCny: z.number(),
});
export type PointCoverage = z.infer<typeof PointCoverage>;

/**
 * How much of what can go wrong is watched by something that was tested. Shown three ways, because
 * each alone can be made to look well.
 */
export const CoverageReport = z.object({
  period: FrozenPeriod,
  at: z.string(),
  /** Covered weight out of all weight. */
  byWeight: Share,
  byAspect: z.array(z.object({ aspect: PointAspect, share: Share })),
  /** Declared value within the scope of a covered point, out of that within the scope of any. */
  byValue: z.object({ covered: z.number(), inScope: z.number(), value: z.number().nullable() }),
  /** Consignments released in the period that had been decided before; and that a model had scored. */
  decidedBeforeRelease: Share,
  scoredByModel: Share,
  points: z.array(PointCoverage),
  /** SHA-256 of everything above but `at`. */
  hash: z.string(),
});
export type CoverageReport = z.infer<typeof CoverageReport>;

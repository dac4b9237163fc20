import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { contentHash } from '../../kernel/canonical.ts';
import { Label } from '../facts/index.ts';
import { Lane } from './contract.ts';

const points = z.number().int().min(1).max(100);
const share = z.number().min(0).max(1);

/** A line of the watch list: goods by HS prefix, from an origin or from any (`null`). */
const WatchedGoods = z.object({
  hsPrefix: z.string().regex(/^\d{2,10}$/),
  origin: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  ieFlag: z.enum(['I', 'E']),
  lane: Lane.extract(['red', 'yellow']),
  reason: Label,
  legalBasis: z.string().min(1),
});
export type WatchedGoods = z.infer<typeof WatchedGoods>;

/** An amount below which the law asks for less, so that values crowd just under it. */
const Threshold = z.object({
  label: Label,
  ieFlag: z.enum(['I', 'E']),
  currency: z.string().regex(/^[A-Z]{3}$/),
  amount: z.number().positive(),
});
export type Threshold = z.infer<typeof Threshold>;

/** How expected harm is reckoned, and how the model's part of a day's examinations is filled. */
const SelectionPolicy = z.object({
  /** CNY for one unit of a currency. Indicative: consignments are ranked by it, nothing is charged. */
  cnyPer: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive()),
  /** The duty assumed where the rate is not known, and value-added tax, as shares. */
  dutyDefault: share,
  vat: share,
  /** CNY that are at stake in any consignment, and at most: see `harmOf`. */
  stakeMin: z.number().positive(),
  stakeMax: z.number().positive(),
  /** CNY of expected harm below which no budget is worth spending. */
  harmMin: z.number().positive(),
  /** Earlier days the threshold is computed from, and what it takes to compute one at all. */
  windowDays: z.number().int().min(7).max(366),
  daysMin: z.number().int().positive(),
  scoredMin: z.number().int().positive(),
});

/**
 * Everything about a decision that an authority sets and changes: data, versioned, never code. Two
 * decisions under the same policy version and checks differ only by their facts.
 */
export const Policy = z.object({
  version: z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\d+)?$/),
  /** The least score of each lane; below `blue` is green. */
  lanes: z
    .object({ red: points, yellow: points, blue: points })
    .refine((l) => l.red > l.yellow && l.yellow > l.blue, 'red > yellow > blue'),
  /** The random sample of what would be released: its rate, by grade of the enterprise, and its lane. */
  sample: z.object({
    lane: Lane.extract(['red', 'yellow']),
    rate: share,
    rateByGrade: z.record(z.string(), share),
  }),
  /** Robust deviations (in units of 1.4826 × MAD of the logarithm), and the ratio to the median. */
  peers: z.object({
    deviationMin: z.number().positive(),
    priceBelowMedian: share,
    priceAboveMedian: z.number().min(1),
    weightRatioMin: z.number().min(1),
  }),
  route: z.object({ earlierMin: z.number().int(), shareMax: share }),
  taxRate: z.object({ earlierMin: z.number().int(), shareMax: share }),
  importer: z.object({
    /** Novelty means nothing before the history itself is this old. */
    historyDaysMin: z.number().int(),
    earlierMin: z.number().int(),
    /** What counts as a high value, by currency. */
    highValue: z.record(z.string(), z.number().positive()),
  }),
  netToGrossMin: share,
  selection: SelectionPolicy,
  thresholds: z.object({ band: share, repeatsMin: z.number().int(), list: z.array(Threshold) }),
  /** Officers' rules: the share of traffic beyond which one is not published, and the fruitless examinations after which its retirement is proposed. */
  rules: z
    .object({ selectShareMax: share, retireAfterExaminations: z.number().int().min(1) })
    .default({ selectShareMax: 0.8, retireAfterExaminations: 50 }),
  watchList: z.object({ version: z.string(), entries: z.array(WatchedGoods) }),
  /** Preferential agreements and duty types: the countries whose goods they are for. */
  agreements: z.record(z.string(), z.object({ label: Label, parties: z.array(z.string()) })),
});
export type Policy = z.infer<typeof Policy>;

/** The policy the project ships. An authority writes its own in the same shape. */
export const SHIPPED_POLICY = new URL('./policies/standard.json', import.meta.url);

/** Reads and checks a policy file; a policy that does not parse must never decide anything. */
export function loadPolicy(file: string | URL = SHIPPED_POLICY): Policy {
  return Policy.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Names a policy by version and content, so that an edit without a new version is still seen. */
export const policyVersion = (policy: Policy): string =>
  `${policy.version}+${contentHash(policy).slice(0, 8)}`;

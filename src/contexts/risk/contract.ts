import { z } from 'zod';
import { type FactSet, Label } from '../facts/contract.ts';

/**
 * The lane is the decision; the score is the risk. Red: physical examination and documents. Yellow:
 * documents. Blue: release, then post-clearance audit. Green: release.
 */
export const Lane = z.enum(['red', 'yellow', 'blue', 'green']);
export type Lane = z.infer<typeof Lane>;

const FactValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What one check said, with the values it saw: enough to explain it and to dispute it. */
export const CheckResult = z.object({
  check: z.string(),
  version: z.number().int(),
  outcome: z.enum(['hit', 'notEvaluated']),
  /** Points added to the score; 0 for a check that was not evaluated. */
  points: z.number().int(),
  /** Mandatory criteria fix the lane whatever the score, and can never be downgraded. */
  mandatory: z.boolean(),
  lane: Lane.nullable(),
  /** The facts the check read, by name. */
  values: z.record(z.string(), FactValue),
  /** For `notEvaluated`: the facts that were missing. Missing is not false. */
  missing: z.array(z.string()),
  /** The sentence in both languages, values filled in. */
  sentence: Label,
  legalBasis: z.string().nullable(),
  /** What an officer should look for, or a declarant should do. */
  advice: Label,
});
export type CheckResult = z.infer<typeof CheckResult>;

/** The random sample of the release lane, logged with the probability it was drawn with. */
export const Sampling = z.object({
  rate: z.number(),
  /** The draw, in [0, 1): HMAC-SHA256 of the declaration id under the port's secret seed. */
  draw: z.number(),
  seedVersion: z.string(),
  selected: z.boolean(),
});

/** Everything needed to replay the decision to the byte. */
export const Decision = z.object({
  id: z.string(),
  subject: z.string(),
  decidedOn: z.string(),
  lane: Lane,
  /** Points, 0 to 100: the sum of the hits' points, capped. Not a probability and not shown as one. */
  score: z.number().int(),
  /** Why it is in this lane: a mandatory criterion, the score, the random sample, or nothing. */
  selectedBy: z.enum(['mandatory', 'score', 'sample', 'none']),
  results: z.array(CheckResult),
  sampling: Sampling.nullable(),
  facts: z.record(z.string(), FactValue),
  versions: z.object({
    engine: z.string(),
    policy: z.string(),
    checks: z.string(),
  }),
});
export type Decision = z.infer<typeof Decision>;

/**
 * The port behind which decisions are made. Today a dozen built-in checks stand behind it; the rule
 * compiler and the models will, without any caller changing. Pure: same facts, same decision.
 */
export interface DecisionEngine {
  /** Names all versions a decision depends on. */
  readonly versions: Decision['versions'];
  decide(subject: string, decidedOn: string, facts: FactSet): Decision;
}

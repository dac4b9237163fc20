import { z } from 'zod';
import { type FactSet, Label } from '../facts/contract.ts';
import { Contribution } from './learning/contract.ts';

/**
 * The lane is the decision; the score is the risk. Red: physical examination and documents. Yellow:
 * documents. Blue: release, then post-clearance audit. Green: release.
 */
export const Lane = z.enum(['red', 'yellow', 'blue', 'green']);
export type Lane = z.infer<typeof Lane>;

const FactValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What one check said, with the values it saw: enough to explain it and to dispute it. */
export const CheckResult = z.object({
  /** `priceBelowPeers` of the built-in checks, or an officer's rule, `R-0007`. */
  check: z.string(),
  version: z.number().int(),
  outcome: z.enum(['hit', 'notEvaluated']),
  /** Points added to the score; 0 for a check that was not evaluated. */
  points: z.number().int(),
  /** Whether the declarant reads it. A rule that asks a list does not tell who is on the list. */
  told: z.boolean(),
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

/** Aims of models that stand beside the general one (`models/aims.ts`). */
export const NamedAim = z.enum(['precursor', 'hazard']);
export type NamedAim = z.infer<typeof NamedAim>;

/**
 * What a model said, and what was compared: harm (probability × what is at stake) with the threshold
 * of that office and day. A number that cannot be known, or that this reader is not shown, is `null`.
 */
export const ModelResult = z.object({
  version: z.string(),
  /** Left out by the general model, which is to find any harm. */
  aim: NamedAim.optional(),
  probability: z.number().nullable(),
  harm: z.number().nullable(),
  threshold: z.number().nullable(),
  /** The strongest first; only for goods that somebody will look at. */
  contributions: z.array(Contribution),
});
export type ModelResult = z.infer<typeof ModelResult>;

/** What another live model said of the same goods. */
const BesideResult = ModelResult.pick({ version: true, aim: true }).extend({
  probability: z.number(),
  harm: z.number(),
});

/** What was recorded aside: a hit that did not count, because its rule is on trial or asleep. */
export const ShadowResult = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rule'),
    rule: z.string(),
    version: z.number().int(),
    outcome: z.enum(['hit', 'notEvaluated']),
    because: z.enum(['shadow', 'snoozed']),
  }),
  z.object({
    kind: z.literal('model'),
    version: z.string(),
    aim: NamedAim.optional(),
    probability: z.number(),
    harm: z.number().nullable(),
  }),
]);
export type ShadowResult = z.infer<typeof ShadowResult>;

/** Why a declaration is in its lane. */
export const SelectedBy = z.enum(['mandatory', 'score', 'model', 'sample', 'none']);
export type SelectedBy = z.infer<typeof SelectedBy>;

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
  selectedBy: SelectedBy,
  results: z.array(CheckResult),
  /** Of the live models about such goods, the one that expects the most harm. */
  model: ModelResult.nullable(),
  /** The other ones; left out where there are none. */
  beside: z.array(BesideResult).optional(),
  sampling: Sampling.nullable(),
  shadow: z.array(ShadowResult),
  facts: z.record(z.string(), FactValue),
  versions: z.object({
    engine: z.string(),
    policy: z.string(),
    checks: z.string(),
    /** The book of officers' rules and lists. */
    rules: z.string(),
    model: z.string().nullable(),
    /** The model on trial. */
    shadow: z.string().nullable(),
    /** Models of named aims, live and on trial: `precursor:VERSION hazard/shadow:VERSION`; left out where there are none. */
    named: z.string().optional(),
  }),
});
export type Decision = z.infer<typeof Decision>;

/**
 * A decision as it is shown. Whoever will examine the goods reads `targeting` for model and sample
 * alike until the finding is recorded: an examination that is known to be a random one is done with
 * other eyes, and the sample would no longer measure what it is for.
 */
export const ShownDecision = Decision.extend({
  selectedBy: z.enum([...SelectedBy.options, 'targeting']),
});
export type ShownDecision = z.infer<typeof ShownDecision>;

/** An earlier consignment like one, and what its examination found. */
export const SimilarCase = z.object({
  subject: z.string(),
  day: z.string(),
  /** The same goods by HS6; of the same origin, and from the same domestic party. */
  sameOrigin: z.boolean(),
  sameParty: z.boolean(),
  /** As declared, in its own currency; `null` where mass or value is not known. */
  pricePerKg: z.number().nullable(),
  currency: z.string().nullable(),
  found: z.boolean(),
});
export type SimilarCase = z.infer<typeof SimilarCase>;

/**
 * The port behind which decisions are made: built-in checks, officers' rules and a model stand
 * behind it. Pure: same facts, same decision.
 */
export interface DecisionEngine {
  /** Names all versions a decision depends on. */
  readonly versions: Decision['versions'];
  decide(subject: string, decidedOn: string, facts: FactSet): Decision;
}

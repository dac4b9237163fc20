import { z } from 'zod';
import { Label } from '../../facts/contract.ts';

/** What a ranking is judged by. The names are those the command line prints. */
export const FIGURES = [
  'auc',
  'precision_at_1',
  'precision_at_2',
  'precision_at_5',
  'precision_at_10',
  'recall_at_10',
  'ece',
] as const;
export const FigureName = z.enum(FIGURES);
export type FigureName = z.infer<typeof FigureName>;

const share = z.number().min(0).max(1);

/** One figure and the interval that 95 % of bootstrap samples of the same rows fall into. */
export const Measure = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Measure = z.infer<typeof Measure>;

export const Measures = z.record(FigureName, Measure);
export type Measures = z.infer<typeof Measures>;

/** One bar of the calibration plot: what was promised and what came, among rows of like probability. */
export const CalibrationBin = z.object({
  from: share,
  to: share,
  rows: z.number().int(),
  /** Mean probability stated, and share found; `null` in an empty bin. */
  stated: share.nullable(),
  found: share.nullable(),
});
export type CalibrationBin = z.infer<typeof CalibrationBin>;

/**
 * A model judged on rows it was not fitted on, with the honest floor beside it: a smoothed lookup on
 * joined codes, fitted on the same training rows. Whoever does not beat a lookup has learned nothing.
 * The amount floor may join exact amounts as well: it shows how much comes from goods that were
 * declared before with the very same figures.
 */
export const Evaluation = z.object({
  rows: z.number().int(),
  positives: z.number().int(),
  /** Rows without a label: not judged. */
  unlabelled: z.number().int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  model: Measures,
  floor: Measures,
  amountFloor: Measures,
  /**
   * Rows whose key the best lookup has never met. What the model does there is what it has learned
   * beyond remembering; `null` where these rows are of one kind.
   */
  unseen: z.object({
    rows: z.number().int(),
    positives: z.number().int(),
    auc: z.number().nullable(),
  }),
  calibration: z.array(CalibrationBin),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** A part of a joined key: a fact, whole or by its first characters (the chapter of an HS code). */
export const KeyPart = z.object({
  fact: z.string(),
  characters: z.number().int().positive().nullable(),
});
export type KeyPart = z.infer<typeof KeyPart>;

/** A fact the model reads and the type it must have; an integer is a number here, a date is text. */
export const ReadFact = z.object({
  name: z.string(),
  type: z.enum(['text', 'number', 'boolean']),
});
export type ReadFact = z.infer<typeof ReadFact>;

/** One column of the matrix the trees see. */
export const Feature = z.discriminatedUnion('kind', [
  /** The fact's own number; a boolean is 0 or 1. */
  z.object({ kind: z.literal('number'), fact: z.string() }),
  /** The smoothed share of findings among training rows of the same key. */
  z.object({ kind: z.literal('rate'), table: z.number().int() }),
  /** How many training rows that is, as the logarithm of one more. */
  z.object({ kind: z.literal('evidence'), table: z.number().int() }),
]);
export type Feature = z.infer<typeof Feature>;

/**
 * Findings by joined key. A key's rate leans on its parent's, the same key without its last part, as
 * strongly as `smoothing` rows would; so a key seen once says little and one never seen says what
 * its parent says.
 */
export const RateTable = z.object({
  parts: z.array(KeyPart).min(1),
  /** Whether an exact amount is among the parts: such a key is found again only when the goods are. */
  hasAmount: z.boolean(),
  parent: z.number().int().nullable(),
  smoothing: z.number().positive(),
});
export type RateTable = z.infer<typeof RateTable>;

/** Everything that turns facts into a row of numbers, but the counts: what the schema's hash covers. */
export const Schema = z.object({
  facts: z.array(ReadFact),
  tables: z.array(RateTable),
  features: z.array(Feature),
  /** The tables that alone are the floors; `null` where no column tells anything. */
  floors: z.object({ codes: z.number().int().nullable(), amounts: z.number().int().nullable() }),
});
export type Schema = z.infer<typeof Schema>;

/** From the trees' log-odds to a probability that may be read as a share. */
export const Calibration = z.discriminatedUnion('method', [
  z.object({ method: z.literal('none') }),
  /** Platt (1999): a logistic curve over the log-odds. */
  z.object({ method: z.literal('platt'), slope: z.number(), offset: z.number() }),
  /** Zadrozny and Elkan (2002): a rising line through these points, level outside them. */
  z.object({
    method: z.literal('isotonic'),
    points: z.array(z.object({ logOdds: z.number(), probability: share })).min(1),
  }),
]);
export type Calibration = z.infer<typeof Calibration>;

/** One body of rows a model was made from. */
export const DataPart = z.object({
  /** `fit`: trees and rates were fitted on it. `choose`: every choice and the calibration were made on it. */
  role: z.enum(['fit', 'choose']),
  source: z.string(),
  rows: z.number().int(),
  positives: z.number().int(),
  unlabelled: z.number().int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type DataPart = z.infer<typeof DataPart>;

/** A fact that alone tells the label almost perfectly: it was written after the finding, or because of it. */
export const LeakWarning = z.object({
  fact: z.string(),
  auc: z.number(),
  rows: z.number().int(),
  sentence: Label,
});
export type LeakWarning = z.infer<typeof LeakWarning>;

/** What whoever approves, uses or disputes a model must know about it (Mitchell et al. 2019). */
export const ModelCard = z.object({
  label: z.string(),
  mapping: z.string().nullable(),
  data: z.array(DataPart),
  /** What the model draws on, the strongest first: its share of all contributions on the choosing rows. */
  features: z.array(z.object({ facts: z.array(z.string()), share })),
  /** On the choosing rows. The model was chosen on them: expect a little less on later ones. */
  evaluation: Evaluation,
  calibration: z.enum(['none', 'platt', 'isotonic']),
  leaks: z.array(LeakWarning),
  notFor: z.array(Label),
  training: z.object({
    seed: z.number().int(),
    trees: z.number().int(),
    leaves: z.number().int(),
    /** What each candidate reached on the choosing rows, as mean log-loss; the least was taken. */
    candidates: z.array(z.object({ name: z.string(), logLoss: z.number() })),
    trainer: z.string(),
  }),
});
export type ModelCard = z.infer<typeof ModelCard>;

/**
 * What one fact looked like in the training rows: the share of them in each bin. For a number, the
 * bins end at these edges (the last is above them all); for a text or a truth, they are these values
 * and the rest. Missing rows are a bin of their own, the last.
 */
export const FactProfile = z.object({
  fact: z.string(),
  edges: z.array(z.number()).nullable(),
  values: z.array(z.string()).nullable(),
  shares: z.array(share),
});
export type FactProfile = z.infer<typeof FactProfile>;

export const MODEL_FORMAT = 'jianghai.model.1';

/**
 * A model as a file: JSON, the same bytes for the same rows and seed. The head is what lists and
 * pages show; `body` holds the dictionaries, counts and trees, and only `learning/` reads it.
 */
export const ModelHead = z.object({
  format: z.literal(MODEL_FORMAT),
  /** Over `schema` and the code that encodes; a file whose hash differs is refused. */
  schemaHash: z.string().regex(/^[0-9a-f]{64}$/),
  schema: Schema,
  calibration: Calibration,
  card: ModelCard,
  /** What later decisions are compared with, to tell whether the port has changed. */
  profile: z.array(FactProfile).optional(),
});
export type ModelHead = z.infer<typeof ModelHead>;

export const ModelFile = ModelHead.extend({ body: z.unknown() });
export type ModelFile = z.infer<typeof ModelFile>;

/** One reason behind a probability. The log-odds of all of them and the base add up to the score. */
export const Contribution = z.object({
  facts: z.array(z.string()),
  logOdds: z.number(),
  sentence: Label,
});
export type Contribution = z.infer<typeof Contribution>;

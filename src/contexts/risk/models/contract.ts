import { z } from 'zod';
import { Label } from '../../facts/contract.ts';
import { Share } from '../backtest/contract.ts';
import { NamedAim } from '../contract.ts';
import { Measures, ModelCard } from '../learning/contract.ts';
import { Standing } from '../rules/contract.ts';

/**
 * How far a model has come. A draft decides nothing; a shadow is written down beside every decision
 * and changes none; the live one selects; a retired one is kept, because decisions replay with it.
 */
export const ModelStatus = z.enum(['draft', 'shadow', 'live', 'retired']);
export type ModelStatus = z.infer<typeof ModelStatus>;

/** Chosen by the caller: `M-2026-07`. Saying the same again under an id changes nothing. */
export const ModelId = z.string().regex(/^[A-Z][A-Za-z0-9-]{0,39}$/, 'risk.model_malformed_id');

/** What a model is to find (目标): any harm, disguised precursors, or goods that hide a hazard. */
export const ModelAim = z.enum(['harm', ...NamedAim.options]);
export type ModelAim = z.infer<typeof ModelAim>;

/** Where the file came from: trained on the command line, or by the port from its own findings. */
export const ModelOrigin = z.enum(['upload', 'retraining']);
export type ModelOrigin = z.infer<typeof ModelOrigin>;

/** A model file of the command line is taken up to this size. */
export const MODEL_FILE_BYTES_MAX = 20_000_000;

/** Somebody asks that a model go into shadow, or live; another account answers. */
export const ModelProposal = z.object({
  to: Standing,
  note: z.string(),
  by: z.string(),
  at: z.string(),
});
export type ModelProposal = z.infer<typeof ModelProposal>;

/** What somebody may do next with a model; the server decides again when it is done. */
export const ModelAct = z.enum(['propose', 'approve', 'reject', 'retire', 'rollBack']);
export type ModelAct = z.infer<typeof ModelAct>;

/** One row of the list of models. */
export const ModelRow = z.object({
  id: z.string(),
  /** The hash of the file: what decisions name. */
  version: z.string(),
  aim: ModelAim,
  status: ModelStatus,
  origin: ModelOrigin,
  /** Who trained or brought it, and so cannot approve it; `system` for the scheduled retraining. */
  madeBy: z.string(),
  madeAt: z.string(),
  bytes: z.number().int(),
  /** Waiting for an answer, or `null`. */
  proposal: ModelProposal.nullable(),
  /** Who approved its latest step; `null` for what nobody approved yet. */
  approved: z.object({ to: Standing, by: z.string(), at: z.string() }).nullable(),
  /** When it last went live, and when it stopped; `null` before. */
  liveFrom: z.string().nullable(),
  liveTo: z.string().nullable(),
  /** The card's figures, with their intervals. */
  figures: Measures,
});
export type ModelRow = z.infer<typeof ModelRow>;

/** One step of a model's life, the oldest first. */
export const ModelStep = z.object({
  /** `risk.modelTrained`, `risk.modelProposed`, … */
  kind: z.string(),
  at: z.string(),
  by: z.string(),
  note: z.string().nullable(),
});
export type ModelStep = z.infer<typeof ModelStep>;

export const Model = ModelRow.extend({
  card: ModelCard,
  steps: z.array(ModelStep),
  /** Whether this server works with it; a model in force that it cannot open is left out, and logged. */
  isInForce: z.boolean(),
  /** For the live model: the one that takes its place if it is rolled back. */
  rollsBackTo: z.string().nullable(),
  /** What the reader may do with it now. */
  allowed: z.array(ModelAct),
});
export type Model = z.infer<typeof Model>;

const note = z.string().trim().max(2_000);
export const ModelProposalInput = z.object({ to: Standing, note: note.default('') });
export type ModelProposalInput = z.infer<typeof ModelProposalInput>;
export const ModelAnswer = z.object({ approve: z.boolean(), note: note.default('') });
export type ModelAnswer = z.infer<typeof ModelAnswer>;
/** Retiring and rolling back always say why. */
export const ModelReason = z.object({ reason: note.min(1) });

/** A training run: at most one is running at the port, however many servers it has. */
export const TrainingRun = z.object({
  /** The id of the draft it is to make. */
  id: z.string(),
  aim: ModelAim,
  /** A person, or `system` for the schedule. */
  askedBy: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** `waiting`: too few findings to learn from, said with the figures. */
  state: z.enum(['running', 'done', 'waiting', 'cancelled', 'failed']),
  /** Share done, 0 to 1, while it runs here; `null` when another server runs it. */
  share: z.number().nullable(),
  examined: z.number().int(),
  found: z.number().int(),
  /** Why it made no draft, in words. */
  sentence: Label.nullable(),
});
export type TrainingRun = z.infer<typeof TrainingRun>;

export const Training = z.object({
  running: TrainingRun.nullable(),
  /** The newest first. */
  runs: z.array(TrainingRun),
  /** Days between scheduled runs and when the next is due; `null` when there is no schedule. */
  everyDays: z.number().int().nullable(),
  nextAt: z.string().nullable(),
  /** The least examinations and findings a model is trained from. */
  examinedMin: z.number().int(),
  foundMin: z.number().int(),
});
export type Training = z.infer<typeof Training>;

export const TrainingInput = z.object({
  /** The id of the draft it makes. */
  id: ModelId,
  aim: ModelAim.default('harm'),
  /** Let what only the random sample drew count for as many as it was drawn from. */
  weighSample: z.boolean().default(true),
});
export type TrainingInput = z.infer<typeof TrainingInput>;

/** `steady`; `watch`: look at it; `act`: the model no longer sees what it learned from. */
export const Signal = z.enum(['steady', 'watch', 'act']);
export type Signal = z.infer<typeof Signal>;

export const FeatureDrift = z.object({
  fact: z.string(),
  label: Label,
  /** Population stability index: Σ (now − before) · ln(now ∕ before) over the bins. */
  psi: z.number(),
  signal: Signal,
  /** Shares by bin: before, in the training data; now, in recent decisions. */
  bins: z.array(z.object({ label: Label, before: z.number(), now: z.number() })),
});
export type FeatureDrift = z.infer<typeof FeatureDrift>;

/** What was seen for the first time: among recent decisions, and when the model arrived. */
export const Novelty = z.object({ now: Share, before: Share, signal: Signal });
export type Novelty = z.infer<typeof Novelty>;

export const CalibrationNow = z.object({
  bins: z.array(
    z.object({ from: z.number(), to: z.number(), stated: z.number().nullable(), found: Share }),
  ),
  /** Mean gap between stated and found, weighed by rows; `null` with nothing examined. */
  error: z.number().nullable(),
  signal: Signal,
});
export type CalibrationNow = z.infer<typeof CalibrationNow>;

export const Drift = z.object({
  model: z.string(),
  version: z.string(),
  asOf: z.string(),
  /** The newest decisions: how many, and the days they are from. */
  recent: z.object({
    decisions: z.number().int(),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
  /**
   * What they are compared with: the training data where the file describes them, else the port's
   * decisions from before the model arrived; `null` where there are too few of either.
   */
  comparedWith: z
    .object({ what: z.enum(['training', 'arrival']), rows: z.number().int() })
    .nullable(),
  /** The most drifted first. */
  features: z.array(FeatureDrift),
  /** Findings among examinations, by week from its Monday: of what this model selected, and of the random sample. */
  weeks: z.array(z.object({ week: z.string(), model: Share, sample: Share })),
  /** The same over all those weeks. */
  hitRate: z.object({ model: Share, sample: Share, signal: Signal }),
  /** Parties, and cells of HS and origin, that the port had never seen. */
  unseen: z.object({ parties: Novelty, cells: Novelty }),
  /** What the model stated and what examinations found. Only what was examined can be judged. */
  calibration: CalibrationNow,
  /** Every threshold that was crossed, the gravest first, as a sentence with its figures. */
  signals: z.array(
    z.object({ signal: Signal, value: z.number(), threshold: z.number(), sentence: Label }),
  ),
});
export type Drift = z.infer<typeof Drift>;

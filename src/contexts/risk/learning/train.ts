import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { historyFacts } from '../facts.ts';
import { scoreRows } from '../trees/index.ts';
import { type Attempt, attempt, type TrainingProgress } from './attempt.ts';
import { chooseCalibration } from './calibration.ts';
import { dataPart, featureShares, NOT_FOR } from './card.ts';
import { MODEL_FORMAT, type ModelCard, type ModelFile } from './contract.ts';
import { schemaHashOf } from './encoder.ts';
import { evaluate } from './evaluation.ts';
import { findParts } from './key-search.ts';
import { findLeaks } from './leaks.ts';
import { profileOf } from './profile.ts';
import { countPositives, type LabelledRows, splitNewest, withoutFacts } from './rows.ts';

export interface TrainingJob {
  /** What the model is fitted on. */
  readonly fit: LabelledRows;
  /** What every choice is made on; without it, the newest part of `fit` is kept aside for that. */
  readonly choose: LabelledRows | null;
  /** Where the rows come from, for the card. */
  readonly sources: { readonly fit: string; readonly choose: string | null };
  readonly label: string;
  readonly mapping: string | null;
  /** Facts that must not be learned from. */
  readonly without?: readonly string[];
  readonly seed: number;
}

const NEWEST_SHARE = 0.15;
const TRAINER = 'jianghai.learning.1';

/** Facts and findings become a model. Pure: the same rows and seed give the same file to the byte. */
export function trainModel(
  job: TrainingJob,
  onProgress: (progress: TrainingProgress) => void = () => undefined,
): ModelFile {
  const excluded = job.without ?? [];
  const [fit, choose] = (
    job.choose ? [job.fit, job.choose] : splitNewest(job.fit, NEWEST_SHARE)
  ).map((rows) => withoutFacts(rows, excluded)) as [LabelledRows, LabelledRows];
  refuseOneClass(fit, choose);

  const leaks = findLeaks(fit, findParts(fit));
  const best = bestAttempt(fit, choose, job.seed, onProgress);
  onProgress({ step: 'judge', done: 0, of: 1 });
  const { schema, knowledge, encoder, judged, trees, leaves, candidates } = best;
  const calibration = chooseCalibration(scoreRows(trees, judged), choose.labels);
  const card: ModelCard = {
    ...{ label: job.label, mapping: job.mapping, leaks, calibration: calibration.method },
    data: [
      dataPart('fit', job.sources.fit, fit),
      dataPart('choose', job.sources.choose ?? job.sources.fit, choose),
    ],
    features: featureShares(trees, judged, schema),
    evaluation: evaluate({ encoder, trees, calibration }, choose, judged),
    notFor: NOT_FOR,
    training: {
      ...{ seed: job.seed, trees: trees.roots.length, leaves },
      ...{ candidates, trainer: TRAINER },
    },
  };
  return {
    ...{ format: MODEL_FORMAT, schemaHash: schemaHashOf(schema), schema, calibration, card },
    profile: profileOf(fit, schema.facts),
    body: { knowledge, trees },
  };
}

/** Facts of the past must lower the log-loss by this share to be worth their upkeep. */
const PAST_GAIN_MIN = 0.01;
const PAST = historyFacts.map(({ name }) => name);

/**
 * Aggregates of the past make a model depend on a history being kept, and on its being as long as it
 * was in training. They are taken only when the choosing rows show that they pay.
 */
function bestAttempt(
  fit: LabelledRows,
  choose: LabelledRows,
  seed: number,
  onProgress: (progress: TrainingProgress) => void,
): Attempt {
  const plain = attempt(withoutFacts(fit, PAST), withoutFacts(choose, PAST), seed, onProgress);
  if (!fit.columns.some(({ name }) => PAST.includes(name))) return plain;
  const withPast = attempt(fit, choose, seed, onProgress);
  const candidates = [
    ...plain.candidates,
    ...withPast.candidates.map(({ name, logLoss }) => ({
      ...{ name: `${name}, facts of the past`, logLoss },
    })),
  ];
  const pays = withPast.logLoss < (1 - PAST_GAIN_MIN) * plain.logLoss;
  return { ...(pays ? withPast : plain), candidates };
}

/** A model learns from the difference between findings and none: rows of one kind teach nothing. */
function refuseOneClass(fit: LabelledRows, choose: LabelledRows): void {
  const refusals = [
    { rows: fit, role: 'fit' },
    { rows: choose, role: 'choose' },
  ].flatMap(({ rows, role }): Refusal[] => {
    const positives = countPositives(rows);
    if (positives > 0 && positives < rows.size) return [];
    const { size, unlabelled } = rows;
    return [
      { code: `risk.model_one_class_${role}`, params: { rows: size, positives, unlabelled } },
    ];
  });
  if (refusals.length > 0) throw new Refused('invalid', refusals);
}

import { csvLine, type FactReader, harmless } from '../pool/index.ts';
import { allChecks } from './checks/all.ts';
import type { Decision, DecisionEngine, Lane } from './contract.ts';
import type { History } from './history.ts';
import type { ExaminationCapacity } from './selection/capacity.ts';

export type Language = 'zh' | 'en';

/** What a whole file came to. */
export interface AssessSummary {
  readonly rows: number;
  readonly decided: number;
  readonly rejected: number;
  readonly lanes: Readonly<Record<Lane, number>>;
  readonly selectedBy: Readonly<Record<Decision['selectedBy'], number>>;
  /** Checks by how often they hit, the most frequent first. */
  readonly reasons: readonly { readonly check: string; readonly hits: number }[];
  /** Checks that could not be evaluated, and for how many declarations. */
  readonly notEvaluated: readonly { readonly check: string; readonly declarations: number }[];
}

export interface AssessJob {
  readonly reader: FactReader;
  readonly engine: DecisionEngine;
  readonly history: History;
  /** What the examinations of each office allow a model; `null` where none selects. */
  readonly capacity: Pick<ExaminationCapacity, 'factsFor' | 'observe'> | null;
  readonly language: Language;
  /** Takes the lines of the answer; resolves when more may follow. */
  write(lines: string): Promise<void>;
  progress(decided: number): void;
}

const NEXT_STEP: Readonly<Record<Lane, Readonly<Record<Language, string>>>> = {
  red: {
    zh: '查验：由查验海关实施查验并审核单证',
    en: 'Examine the goods and check the documents',
  },
  yellow: { zh: '审单：由海关审核单证', en: 'Check the documents' },
  blue: { zh: '放行，列入后续稽查', en: 'Release; audit after clearance' },
  green: { zh: '放行', en: 'Release' },
};

const MODEL_REASONS_MAX = 3;
const SAMPLED: Readonly<Record<Language, string>> = { zh: '随机抽查。', en: 'Random sample.' };

/**
 * Decides every declaration of a file, in order of date and line, each with the history of earlier
 * days of the same file. One pass; memory holds a batch and the history, never the file.
 */
export async function assess(job: AssessJob): Promise<AssessSummary> {
  const { reader, engine, history, capacity, language } = job;
  const lanes: Record<Lane, number> = { red: 0, yellow: 0, blue: 0, green: 0 };
  const selectedBy = { mandatory: 0, score: 0, model: 0, sample: 0, none: 0 };
  const hits = new Map<string, number>();
  const notEvaluated = new Map<string, number>();
  let decided = 0;

  await job.write(csvLine(['id', 'date', 'lane', 'score', 'selected_by', 'reasons', 'next_step']));
  for await (const batch of reader.batches()) {
    let lines = '';
    for (const { id, date, facts } of batch) {
      const known = Object.assign({}, facts, history.factsFor(facts, date));
      if (capacity) Object.assign(known, capacity.factsFor(facts, date));
      const decision = engine.decide(id, date, known);
      history.observe(facts, date);
      capacity?.observe(decision);
      lanes[decision.lane] += 1;
      selectedBy[decision.selectedBy] += 1;
      for (const { check, outcome } of decision.results) {
        const counts = outcome === 'hit' ? hits : notEvaluated;
        counts.set(check, (counts.get(check) ?? 0) + 1);
      }
      lines += answerLine(decision, language);
    }
    decided += batch.length;
    await job.write(lines);
    job.progress(decided);
  }
  return {
    ...{ rows: reader.rows + reader.rejected, decided, rejected: reader.rejected },
    ...{ lanes, selectedBy },
    reasons: ranked(hits).map(([check, count]) => ({ check, hits: count })),
    notEvaluated: ranked(notEvaluated).map(([check, declarations]) => ({ check, declarations })),
  };
}

function answerLine(decision: Decision, language: Language): string {
  const { subject, decidedOn, lane, score, selectedBy, results } = decision;
  const reasons = results.flatMap(({ outcome, sentence }) =>
    outcome === 'hit' ? [sentence[language]] : [],
  );
  if (selectedBy === 'sample') reasons.push(SAMPLED[language]);
  if (selectedBy === 'model') reasons.push(...modelReasons(decision, language));
  return csvLine([
    harmless(subject),
    decidedOn,
    lane,
    score,
    selectedBy,
    harmless(reasons.join(' ')),
    NEXT_STEP[lane][language],
  ]);
}

/** What told most for a finding; that it told against one is no reason to examine. */
const modelReasons = ({ model }: Decision, language: Language): string[] =>
  (model?.contributions ?? [])
    .filter(({ logOdds }) => logOdds > 0)
    .slice(0, MODEL_REASONS_MAX)
    .map(({ sentence }) => sentence[language]);

const ranked = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));

/** What a check is called, for summaries. */
export const checkLabel = (id: string, language: Language): string =>
  allChecks.find((check) => check.id === id)?.label[language] ?? id;

import { contentHash } from '../../kernel/canonical.ts';
import { Refused } from '../../kernel/refusal.ts';
import { declaredFacts, type Label } from '../facts/index.ts';
import type { Mapping } from '../pool/index.ts';
import type { AssessJob } from './assess.ts';
import { createEngine } from './engine.ts';
import { riskFacts } from './facts.ts';
import { readModelFile } from './learning/commands.ts';
import { checkFacts, type ScoringModel, scoringModel } from './learning/model.ts';
import { offeredFacts } from './learning/read-rows.ts';
import { loadPolicy, type Policy } from './policy.ts';
import { type BookRule, EMPTY_BOOK, type RuleBook } from './rules/book.ts';
import { readRuleLines, readTexts } from './rules/rule-texts.ts';
import { createShareOfTraffic } from './selection/share-of-traffic.ts';

/** What a file is decided by, besides its own history: as the command line names it. */
export interface PartsAsked {
  readonly policy?: string;
  readonly seed: string;
  readonly rules?: string;
  readonly model?: string;
  readonly budget?: string;
}

export interface AssessParts extends Pick<AssessJob, 'engine' | 'capacity'> {
  /** What a rule of the file is called; `null` for anything else. */
  labelOf(check: string): Label | null;
}

export async function openParts(asked: PartsAsked, mapping: Mapping): Promise<AssessParts> {
  const policy = loadPolicy(asked.policy);
  // A model without a budget would select nothing, and a budget is spent by nothing else.
  if ((asked.model === undefined) !== (asked.budget === undefined)) {
    throw new Refused('invalid', { code: 'risk.budget_needs_model' });
  }
  const book = asked.rules === undefined ? EMPTY_BOOK : await readBook(asked.rules, policy);
  const model = asked.model === undefined ? null : await readScorer(asked.model, mapping);
  const labels = new Map(book.rules.map(({ id, label }) => [id, label]));
  return {
    engine: createEngine({ policy, seed: asked.seed, book, model }),
    capacity:
      asked.budget === undefined ? null : createShareOfTraffic(policy, shareOf(asked.budget)),
    labelOf: (check) => labels.get(check) ?? null,
  };
}

async function readScorer(file: string, mapping: Mapping): Promise<ScoringModel> {
  const read = await readModelFile(file);
  checkFacts(read.model, offeredFacts(mapping));
  return scoringModel(read);
}

function shareOf(text: string): number {
  const share = Number(text);
  if (share > 0 && share <= 1) return share;
  throw new Refused('invalid', { code: 'risk.budget_share_wrong', params: { share: text } });
}

/** Texts say what they catch and nothing else: a hit is worth an examination, from the first day on. */
async function readBook(file: string, policy: Policy): Promise<RuleBook> {
  const vocabulary = new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]));
  const rules = readTexts(await readRuleLines(file), vocabulary).map(
    ({ canonical, sentence, expression, facts, lists }, index): BookRule => ({
      ...{ id: `R-${String(index + 1).padStart(4, '0')}`, version: 1, standing: 'live' },
      ...{ label: { zh: canonical, en: canonical }, sentence, expression, facts, lists },
      advice: {
        zh: '按规则所述核对单证与货物',
        en: 'Check papers and goods for what the rule says.',
      },
      ...{ legalBasis: null, points: policy.lanes.red, mandatory: null, snoozes: [] },
      ...{ effective: { from: '0001-01-01', to: null }, origin: file },
    }),
  );
  const version = contentHash(rules.map(({ label, points }) => [label.en, points])).slice(0, 12);
  return { version, rules, lists: new Map() };
}

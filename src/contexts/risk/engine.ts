import { createHmac, hash } from 'node:crypto';
import { canonicalJson, contentHash } from '../../kernel/canonical.ts';
import type { FactSet } from '../facts/index.ts';
import { allChecks } from './checks/all.ts';
import { judgeByChecks } from './checks/judge.ts';
import type { Decision, DecisionEngine, Lane, ShadowResult } from './contract.ts';
import { knownFacts } from './known-facts.ts';
import type { ScoringModel } from './learning/index.ts';
import { type Policy, policyVersion } from './policy.ts';
import { EMPTY_BOOK, type RuleBook } from './rules/book.ts';
import { createJudge } from './rules/judge.ts';
import { harmOf } from './selection/harm.ts';

/** Raised when the way results become a lane changes; what decides has versions of its own. */
const ENGINE_VERSION = '2';
const SCORE_MAX = 100;
/** Reasons of a model that an officer reads; the rest is noise. */
const CONTRIBUTIONS_MAX = 8;

/** What deciding needs of a model. */
export type Scorer = Pick<ScoringModel, 'version' | 'probability' | 'contributions'>;

export interface EngineOptions {
  readonly policy: Policy;
  /** The port's secret: nobody who lacks it can tell which declarations the sample will draw. */
  readonly seed: string;
  /** Officers' rules and lists; none if left out. */
  readonly book?: RuleBook;
  readonly model?: Scorer | null;
  /** A model on trial: it scores beside the decision and never touches it. */
  readonly shadow?: Scorer | null;
}

/**
 * Decides in this order: a mandatory criterion fixes the lane; else the score does; else the model
 * selects what would do the most harm, while the office has examinations left; else, among what would
 * be released, a random draw selects. The draw depends only on the subject and the secret, so that
 * filing again cannot change one's luck. A subject that states `selection.isSampled` false is never
 * drawn: the sample is of goods to be examined, and a bill's goods are examined by their declaration.
 */
export function createEngine(options: EngineOptions): DecisionEngine {
  const { policy, seed, book = EMPTY_BOOK, model = null, shadow = null } = options;
  const versions: Decision['versions'] = {
    engine: ENGINE_VERSION,
    policy: policyVersion(policy),
    checks: contentHash(allChecks.map(({ id, version }) => `${id}@${version}`)).slice(0, 12),
    rules: book.version,
    model: model?.version ?? null,
    shadow: shadow?.version ?? null,
  };
  const seedVersion = hash('sha256', `seed version\n${seed}`).slice(0, 8);
  const versionText = `${Object.values(versions).join(' ')} ${seedVersion}`;
  const judgeByBook = createJudge(book);

  /** The sample is drawn from both lanes that are released with nobody looking. */
  function sample(subject: string, facts: FactSet): Decision['sampling'] {
    const grade = String(facts['party.importerGrade'] ?? '');
    const base = policy.sample.rateByGrade[grade] ?? policy.sample.rate;
    const rate = Math.min(1, base + (numberOrNull(facts['selection.exploreRate']) ?? 0));
    const bytes = createHmac('sha256', seed).update(subject).digest();
    const draw = bytes.readUIntBE(0, 6) / 2 ** 48;
    return { rate, draw, seedVersion, selected: draw < rate };
  }

  return {
    versions,
    decide(subject, decidedOn, facts) {
      const known = knownFacts(facts);
      const byBook = judgeByBook(known, decidedOn);
      const results = [...judgeByChecks(known, policy), ...byBook.results];
      const score = Math.min(
        results.reduce((points, result) => points + result.points, 0),
        SCORE_MAX,
      );
      const mandatory = results.reduce<Lane | null>(
        (lane, result) => (result.lane ? stricter(result.lane, lane) : lane),
        null,
      );
      const byScore = laneOf(score, policy);
      let lane = stricter(byScore, mandatory);
      let selectedBy: Decision['selectedBy'] = score >= policy.lanes.blue ? 'score' : 'none';
      if (mandatory !== null) selectedBy = 'mandatory';

      const isReleased = mandatory === null && !isLookedAt(lane);
      const judged = model && judgeByModel(model, known, policy);
      let sampling: Decision['sampling'] = null;
      if (isReleased && judged?.selects) {
        selectedBy = 'model';
      } else if (isReleased && known['selection.isSampled'] !== false) {
        sampling = sample(subject, known);
        if (sampling?.selected) selectedBy = 'sample';
      }
      // Both go to one lane, so that the lane does not tell one from the other.
      if (selectedBy === 'model' || selectedBy === 'sample') lane = policy.sample.lane;

      const digest = hash('sha256', `${decidedOn} ${versionText} ${JSON.stringify(known)}`);
      return {
        id: `${subject}:${digest.slice(0, 12)}`,
        ...{ subject, decidedOn, lane, score, selectedBy, results },
        model: model && judged && said(model, judged, isLookedAt(lane) ? known : null),
        sampling,
        shadow: shadow ? [...byBook.shadow, onTrial(shadow, known, policy)] : [...byBook.shadow],
        versions,
        facts: known,
      };
    },
  };
}

/**
 * Decides again from what a decision stored. Identical means to the byte; a decision of another
 * policy, book, model or seed is not, and its `versions` say why.
 */
export function replay(
  engine: DecisionEngine,
  decision: Decision,
): { identical: boolean; decision: Decision } {
  const again = engine.decide(decision.subject, decision.decidedOn, decision.facts);
  return { identical: canonicalJson(again) === canonicalJson(decision), decision: again };
}

interface ModelJudgement {
  readonly probability: number;
  readonly harm: number;
  readonly threshold: number | null;
  readonly selects: boolean;
}

/**
 * The threshold is the harm that filled the office's examinations on earlier days, and what is left
 * is of today: the caller puts both among the facts. Where either is unknown the model selects
 * nothing, since nobody could say what it costs.
 */
function judgeByModel(model: Scorer, facts: FactSet, policy: Policy): ModelJudgement {
  const probability = model.probability(facts);
  const harm = harmOf(probability, facts, policy);
  const threshold = numberOrNull(facts['selection.threshold']);
  const left = numberOrNull(facts['selection.left']);
  const selects = threshold !== null && left !== null && left > 0 && harm >= threshold;
  return { probability, harm, threshold, selects };
}

function said(
  model: Scorer,
  { probability, harm, threshold }: ModelJudgement,
  looksAt: FactSet | null,
): Decision['model'] {
  const contributions = looksAt ? model.contributions(looksAt).slice(0, CONTRIBUTIONS_MAX) : [];
  return {
    version: model.version,
    ...{ probability, harm, threshold },
    contributions: contributions.map((each) => ({ ...each, facts: [...each.facts] })),
  };
}

function onTrial(model: Scorer, facts: FactSet, policy: Policy): ShadowResult {
  const probability = model.probability(facts);
  const harm = harmOf(probability, facts, policy);
  return { kind: 'model', version: model.version, probability, harm };
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function laneOf(score: number, { lanes }: Policy): Lane {
  if (score >= lanes.red) return 'red';
  if (score >= lanes.yellow) return 'yellow';
  return score >= lanes.blue ? 'blue' : 'green';
}

const isLookedAt = (lane: Lane): boolean => lane === 'red' || lane === 'yellow';

const BY_STRICTNESS: readonly Lane[] = ['red', 'yellow', 'blue', 'green'];

const stricter = (lane: Lane, other: Lane | null): Lane =>
  other !== null && BY_STRICTNESS.indexOf(other) < BY_STRICTNESS.indexOf(lane) ? other : lane;

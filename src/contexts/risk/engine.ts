import { createHmac, hash } from 'node:crypto';
import { canonicalJson, contentHash } from '../../kernel/canonical.ts';
import type { FactSet } from '../facts/index.ts';
import { allChecks } from './checks/all.ts';
import { judgeByChecks } from './checks/judge.ts';
import {
  type Decision,
  type DecisionEngine,
  type Lane,
  NamedAim,
  type ShadowResult,
} from './contract.ts';
import { knownFacts } from './known-facts.ts';
import type { ScoringModel } from './learning/index.ts';
import { AIMS } from './models/aims.ts';
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
  /** Models of named aims, that select among their own goods and out of the same examinations. */
  readonly named?: NamedScorers;
}

type ByAim = Readonly<Partial<Record<NamedAim, Scorer>>>;
/** One of each aim selects, and one is on trial. */
export interface NamedScorers {
  readonly live: ByAim;
  readonly shadow: ByAim;
}

/** A model, and what it is to find; none for the general one. */
interface Asked {
  readonly model: Scorer;
  readonly aim?: NamedAim;
}

const askedOf = (general: Scorer | null, named: ByAim): readonly Asked[] => [
  ...(general ? [{ model: general }] : []),
  ...NamedAim.options.flatMap((aim) => {
    const model = named[aim];
    return model ? [{ aim, model }] : [];
  }),
];

/** Those of them that are about such goods. */
const about = (asked: readonly Asked[], facts: FactSet): readonly Asked[] =>
  asked.filter(({ aim }) => !aim || AIMS[aim].isAbout(facts));

/** As a decision names them: a model of a named aim on trial reads `hazard/shadow`. */
const namedVersions = ({ live, shadow }: NamedScorers): string =>
  [
    ...askedOf(null, live).map(({ aim, model }) => `${aim}:${model.version}`),
    ...askedOf(null, shadow).map(({ aim, model }) => `${aim}/shadow:${model.version}`),
  ].join(' ');

/**
 * Decides in this order: a mandatory criterion fixes the lane; else the score does; else a model
 * selects what would do the most harm, while the office has examinations left; else, among what would
 * be released, a random draw selects. The draw depends only on the subject and the secret, so that
 * filing again cannot change one's luck. A subject that states `selection.isSampled` false is never
 * drawn: the sample is of goods to be examined, and a bill's goods are examined by their declaration.
 */
export function createEngine(options: EngineOptions): DecisionEngine {
  const { policy, seed, book = EMPTY_BOOK, model = null, shadow = null } = options;
  const { named = { live: {}, shadow: {} } } = options;
  const [live, trial] = [askedOf(model, named.live), askedOf(shadow, named.shadow)];
  const namedText = namedVersions(named);
  const versions: Decision['versions'] = {
    engine: ENGINE_VERSION,
    policy: policyVersion(policy),
    checks: contentHash(allChecks.map(({ id, version }) => `${id}@${version}`)).slice(0, 12),
    rules: book.version,
    model: model?.version ?? null,
    shadow: shadow?.version ?? null,
    ...(namedText !== '' && { named: namedText }),
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
      const [judged, ...beside] = judgeByModels(live, known, policy);
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
        model: judged ? said(judged, isLookedAt(lane) ? known : null) : null,
        ...(beside.length > 0 && { beside: beside.map(saidBeside) }),
        sampling,
        shadow: [
          ...byBook.shadow,
          ...about(trial, known).map((asked) => onTrial(asked, known, policy)),
        ],
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

interface ModelJudgement extends Asked {
  readonly probability: number;
  readonly harm: number;
  readonly threshold: number | null;
  readonly selects: boolean;
}

/**
 * What the models about such goods say, the one that expects the most harm first. They compete for the same
 * examinations. The threshold is the harm that filled the office's examinations on earlier days, and what is left
 * is of today: the caller puts both among the facts. Where either is unknown no model selects
 * anything, since nobody could say what it costs.
 */
function judgeByModels(
  asked: readonly Asked[],
  facts: FactSet,
  policy: Policy,
): readonly ModelJudgement[] {
  const threshold = numberOrNull(facts['selection.threshold']);
  const left = numberOrNull(facts['selection.left']);
  return about(asked, facts)
    .map((each) => {
      const probability = each.model.probability(facts);
      const harm = harmOf(probability, facts, policy);
      const selects = threshold !== null && left !== null && left > 0 && harm >= threshold;
      return { ...each, probability, harm, threshold, selects };
    })
    .sort((one, other) => other.harm - one.harm);
}

const nameOf = ({ model: { version }, aim }: Asked) => ({ version, ...(aim && { aim }) });

const saidBeside = ({ probability, harm, ...asked }: ModelJudgement) => ({
  ...{ ...nameOf(asked), probability, harm },
});

function said(
  { probability, harm, threshold, ...asked }: ModelJudgement,
  looksAt: FactSet | null,
): Decision['model'] {
  const { model } = asked;
  const contributions = looksAt ? model.contributions(looksAt).slice(0, CONTRIBUTIONS_MAX) : [];
  return {
    ...nameOf(asked),
    ...{ probability, harm, threshold },
    contributions: contributions.map((each) => ({ ...each, facts: [...each.facts] })),
  };
}

function onTrial(asked: Asked, facts: FactSet, policy: Policy): ShadowResult {
  const probability = asked.model.probability(facts);
  const harm = harmOf(probability, facts, policy);
  return { kind: 'model', ...nameOf(asked), probability, harm };
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

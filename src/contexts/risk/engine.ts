import { createHmac, hash } from 'node:crypto';
import { canonicalJson, contentHash } from '../../kernel/canonical.ts';
import { declaredFacts, type FactSet, type FactValue } from '../facts/index.ts';
import { allChecks } from './checks/all.ts';
import type { Check } from './checks/check.ts';
import type { CheckResult, Decision, DecisionEngine, Lane } from './contract.ts';
import { riskFacts } from './facts.ts';
import { type Policy, policyVersion } from './policy.ts';

/** Raised when the way results become a lane changes; checks and policy have versions of their own. */
const ENGINE_VERSION = '1';
const SCORE_MAX = 100;

export interface EngineOptions {
  readonly policy: Policy;
  /** The port's secret: nobody who lacks it can tell which declarations the sample will draw. */
  readonly seed: string;
}

/**
 * The engine of built-in checks. It decides in this order: a mandatory criterion fixes the lane; else
 * the score does; else, among what would be released, a random draw selects. The draw depends only on
 * the subject and the secret, so that filing again cannot change one's luck.
 */
export function createEngine({ policy, seed }: EngineOptions): DecisionEngine {
  const versions = {
    engine: ENGINE_VERSION,
    policy: policyVersion(policy),
    checks: contentHash(allChecks.map(({ id, version }) => `${id}@${version}`)).slice(0, 12),
  };
  const seedVersion = hash('sha256', `seed version\n${seed}`).slice(0, 8);
  const versionText = `${Object.values(versions).join(' ')} ${seedVersion}`;

  /** The sample is drawn from both lanes that are released with nobody looking. */
  function sample(subject: string, facts: FactSet): Decision['sampling'] {
    const grade = String(facts['party.importerGrade'] ?? '');
    const rate = policy.sample.rateByGrade[grade] ?? policy.sample.rate;
    const bytes = createHmac('sha256', seed).update(subject).digest();
    const draw = bytes.readUIntBE(0, 6) / 2 ** 48;
    return { rate, draw, seedVersion, selected: draw < rate };
  }

  return {
    versions,
    decide(subject, decidedOn, facts) {
      const known = knownFacts(facts);
      const results: CheckResult[] = [];
      let points = 0;
      let mandatory: Lane | null = null;
      for (const check of allChecks) {
        const result = evaluate(check, known, policy);
        if (!result) continue;
        results.push(result);
        points += result.points;
        if (result.lane) mandatory = stricter(result.lane, mandatory);
      }
      const score = Math.min(points, SCORE_MAX);
      const byScore = laneOf(score, policy);
      const stopped = mandatory !== null || byScore === 'red' || byScore === 'yellow';
      const sampling = stopped ? null : sample(subject, known);

      let lane = stricter(byScore, mandatory);
      let selectedBy: Decision['selectedBy'] = score >= policy.lanes.blue ? 'score' : 'none';
      if (mandatory !== null) selectedBy = 'mandatory';
      if (sampling?.selected) {
        lane = policy.sample.lane;
        selectedBy = 'sample';
      }

      const body = { subject, decidedOn, lane, score, selectedBy, results, sampling, versions };
      const digest = hash('sha256', `${decidedOn} ${versionText} ${JSON.stringify(known)}`);
      return { id: `${subject}:${digest.slice(0, 12)}`, ...body, facts: known };
    },
  };
}

/**
 * Decides again from what a decision stored. Identical means to the byte; a decision of another
 * policy, set of checks or seed is not, and its `versions` say why.
 */
export function replay(
  engine: DecisionEngine,
  decision: Decision,
): { identical: boolean; decision: Decision } {
  const again = engine.decide(decision.subject, decision.decidedOn, decision.facts);
  return { identical: canonicalJson(again) === canonicalJson(decision), decision: again };
}

function evaluate(check: Check, facts: FactSet, policy: Policy): CheckResult | null {
  const isMissing = (name: string): boolean => facts[name] === undefined;
  if (check.about.some(isMissing)) return null;
  if (check.reads.some(isMissing)) return notEvaluated(check, check.reads.filter(isMissing));
  if (!check.hits(facts, policy)) return null;
  const mandatory = check.mandatory?.(facts, policy);
  return {
    check: check.id,
    version: check.version,
    outcome: 'hit',
    points: check.points,
    mandatory: mandatory !== undefined,
    lane: mandatory?.lane ?? null,
    values: Object.fromEntries(
      [...check.about, ...check.reads, ...check.quotes].map((name) => [name, facts[name] ?? null]),
    ),
    missing: [],
    sentence: check.sentence(facts, policy),
    legalBasis: mandatory?.legalBasis ?? check.legalBasis,
    advice: check.advice,
  };
}

const labels = new Map([...declaredFacts, ...riskFacts].map(({ name, label }) => [name, label]));

/** Few combinations occur and each is the same for every declaration: they are made once. */
const notEvaluatedResults = new Map<string, CheckResult>();

/** Missing is not false: the decision keeps what could not be judged, and for want of which facts. */
function notEvaluated(check: Check, missing: readonly string[]): CheckResult {
  const key = `${check.id} ${missing.join()}`;
  const made = notEvaluatedResults.get(key);
  if (made) return made;
  const named = missing.map((name) => labels.get(name) ?? { zh: name, en: name });
  const result: CheckResult = {
    check: check.id,
    version: check.version,
    outcome: 'notEvaluated',
    points: 0,
    mandatory: false,
    lane: null,
    values: {},
    missing: [...missing],
    sentence: {
      zh: `未评估“${check.label.zh}”：缺少${named.map(({ zh }) => zh).join('、')}。`,
      en: `Not evaluated: ${check.label.en}; missing: ${named.map(({ en }) => en).join(', ')}.`,
    },
    legalBasis: null,
    advice: { zh: '无需处理。', en: 'Nothing to do.' },
  };
  notEvaluatedResults.set(key, result);
  return result;
}

/** The registered facts by name, each with the JavaScript type of its values. */
const registered = [...declaredFacts, ...riskFacts]
  .map(({ name, type }) => {
    if (type === 'boolean') return { name, valueType: 'boolean' };
    return { name, valueType: type === 'text' || type === 'date' ? 'string' : 'number' };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/**
 * What is known, in order of name. A `null`, a number that is none, a value of another type and a
 * name nobody registered are not facts, so none of them can change a decision.
 */
function knownFacts(facts: FactSet): Record<string, FactValue> {
  const known: Record<string, FactValue> = {};
  for (const { name, valueType } of registered) {
    const value = facts[name];
    if (value === undefined || typeof value !== valueType) continue;
    if (valueType === 'number' && !Number.isFinite(value)) continue;
    known[name] = value;
  }
  return known;
}

function laneOf(score: number, { lanes }: Policy): Lane {
  if (score >= lanes.red) return 'red';
  if (score >= lanes.yellow) return 'yellow';
  return score >= lanes.blue ? 'blue' : 'green';
}

const BY_STRICTNESS: readonly Lane[] = ['red', 'yellow', 'blue', 'green'];

const stricter = (lane: Lane, other: Lane | null): Lane =>
  other !== null && BY_STRICTNESS.indexOf(other) < BY_STRICTNESS.indexOf(lane) ? other : lane;

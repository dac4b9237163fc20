import type { FactSet } from '../../facts/index.ts';
import type { CheckResult } from '../contract.ts';
import { notEvaluatedResult } from '../not-evaluated.ts';
import type { Policy } from '../policy.ts';
import { allChecks } from './all.ts';
import type { Check } from './check.ts';

/** What the built-in checks say of known facts; checks that have nothing to say are silent. */
export function judgeByChecks(facts: FactSet, policy: Policy): CheckResult[] {
  const results: CheckResult[] = [];
  for (const check of allChecks) {
    const result = judge(check, facts, policy);
    if (result) results.push(result);
  }
  return results;
}

function judge(check: Check, facts: FactSet, policy: Policy): CheckResult | null {
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
    told: true,
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

/** Few combinations occur and each is the same for every declaration: they are made once. */
const made = new Map<string, CheckResult>();

function notEvaluated(check: Check, missing: readonly string[]): CheckResult {
  const key = `${check.id} ${missing.join()}`;
  const known = made.get(key) ?? notEvaluatedResult(check, missing);
  made.set(key, known);
  return known;
}

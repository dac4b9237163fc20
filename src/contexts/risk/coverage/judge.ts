import type { FactSet } from '../../facts/index.ts';
import type { Share } from '../backtest/contract.ts';
import type { Decision, DecisionEngine } from '../contract.ts';
import { shareOf } from '../share.ts';
import type { NotCovered, PointTest, RiskPoint, WithheldCase } from './contract.ts';

/** Fewer cases than this of either kind, and a share among them says nothing. */
export const CASES_MIN = 5;

export interface Tester {
  readonly engine: DecisionEngine;
  /** The facts `selection.*` of today at the office of a case: the threshold the model works under. */
  selectionFacts(facts: FactSet): FactSet;
}

/** What came of one case. */
export interface Verdict {
  readonly expected: WithheldCase['expected'];
  readonly caughtBy: readonly string[];
}

/**
 * Decides a withheld case as if it were filed now, on a day with examinations left. It is caught when something that can be asked for
 * its reasons stops it: a check, a rule, or the model at its live threshold. The random sample
 * catches as well, and is no detector.
 */
export function judgeCase(
  { engine, selectionFacts }: Tester,
  point: string,
  withheld: WithheldCase,
): Verdict {
  const {
    'selection.threshold': _threshold,
    'selection.left': _left,
    'selection.exploreRate': _exploreRate,
    ...stated
  } = withheld.facts;
  const threshold = selectionFacts(stated)['selection.threshold'];
  const facts =
    threshold === undefined
      ? stated
      : { ...stated, 'selection.threshold': threshold, 'selection.left': 1 };
  const decision = engine.decide(`${point}/${withheld.id}`, withheld.on, facts);
  return { expected: withheld.expected, caughtBy: detectorsOf(decision) };
}

function detectorsOf({ lane, selectedBy, results }: Decision): string[] {
  if (lane === 'green' || lane === 'blue') return [];
  if (selectedBy === 'model') return ['model'];
  if (selectedBy === 'sample') return [];
  return results.flatMap(({ check, outcome }) => (outcome === 'hit' ? [check] : []));
}

/** Whether the verdicts on its withheld cases make a point covered. */
export function testOf(
  bars: RiskPoint['bars'],
  verdicts: readonly Verdict[],
  versions: Decision['versions'],
  at: string,
): PointTest {
  const hits = verdicts.filter(({ expected }) => expected === 'hit');
  const passes = verdicts.filter(({ expected }) => expected === 'pass');
  const isCaught = ({ caughtBy }: Verdict) => caughtBy.length > 0;
  const recall = shareOf(hits.filter(isCaught).length, hits.length);
  const falseAlarms = shareOf(passes.filter(isCaught).length, passes.length);
  const because = missing(bars, recall, falseAlarms);
  const caught = new Map<string, number>();
  for (const detector of hits.flatMap(({ caughtBy }) => caughtBy)) {
    caught.set(detector, (caught.get(detector) ?? 0) + 1);
  }
  const detectors = [...caught]
    .map(([detector, count]) => ({ detector, caught: count }))
    .sort((a, b) => b.caught - a.caught || (a.detector < b.detector ? -1 : 1));
  const covered = because === null;
  const { named = null, ...general } = versions;
  const told = named === null ? general : { ...general, named };
  return { at, recall, falseAlarms, covered, because, detectors, versions: told };
}

function missing(bars: RiskPoint['bars'], recall: Share, falseAlarms: Share): NotCovered | null {
  if (recall.denominator < CASES_MIN || falseAlarms.denominator < CASES_MIN) return 'tooFewCases';
  if ((recall.value ?? 0) < bars.recallMin) return 'recallTooLow';
  return (falseAlarms.value ?? 1) > bars.falseAlarmMax ? 'tooManyFalseAlarms' : null;
}

import { contentHash } from '../../../kernel/canonical.ts';
import type { Instant } from '../../../kernel/dates.ts';
import type { Label } from '../../facts/index.ts';
import { type Expression, readsOf } from '../language/ast.ts';
import { shareOf } from '../share.ts';
import type { BacktestExample, BacktestReport, BacktestRequest, RuleBacktest } from './contract.ts';
import { fromGroupKey, type RuleTally, type Tally } from './tally.ts';

/** A rule that was tried: the figures are those of its expression within its scope, named by `hash`. */
interface TriedRule {
  readonly id: string | null;
  readonly version: number | null;
  readonly text: string;
  readonly hash: string;
  readonly sentence: Label;
  /** The facts that can leave it unknown. */
  readonly reads: readonly string[];
}

/** What a report keeps of a rule; `expression` has done its work. */
export const triedRule = ({
  canonical,
  expression,
  ...rule
}: Omit<TriedRule, 'text' | 'reads'> & {
  readonly canonical: string;
  readonly expression: Expression;
}): TriedRule => ({
  ...{ id: rule.id, version: rule.version, hash: rule.hash, sentence: rule.sentence },
  ...{ text: canonical, reads: readsOf(expression) },
});

export interface LiveRule {
  readonly id: string;
  readonly version: number;
  readonly label: Label;
}

export interface Counted {
  readonly request: BacktestRequest;
  readonly tally: Tally;
  readonly rules: readonly TriedRule[];
  readonly live: readonly LiveRule[];
  readonly lists: BacktestReport['lists'];
  /** Of each rule, its newest hits with the values it read. */
  readonly examples: readonly (readonly BacktestExample[])[];
  /** Facts the rules read that the rows do not have at all. */
  readonly lacking: readonly string[];
  readonly poolState: string;
  readonly asOf: Instant;
  readonly elapsedMs: number;
}

/** From counts to figures. The same counts give the same bytes, `id`, `asOf` and `elapsedMs` apart. */
export function reportOf(counted: Counted): BacktestReport {
  const { request, tally, lists, poolState, asOf, elapsedMs } = counted;
  const days = [...new Set([...tally.rowsBy.keys()].map((key) => fromGroupKey(key).day))].sort();
  const body = {
    dataset: request.dataset,
    rows: tally.rows,
    period: { from: days[0] ?? null, to: days.at(-1) ?? null },
    examined: tally.examined,
    found: tally.found,
    baseRate: shareOf(tally.found, tally.examined),
    sampleRate: shareOf(tally.sampleFound, tally.sampleExamined),
    rules: tally.rules.map((_, index) => ruleBacktest(counted, index)),
    liveRules: counted.live.length,
    lists,
    notes: notesOf(tally, counted.lacking),
    poolState,
  };
  return { id: request.id, ...body, asOf, elapsedMs, hash: contentHash(body) };
}

function ruleBacktest({ tally, rules, live, examples }: Counted, index: number): RuleBacktest {
  const own = tally.rules[index] as RuleTally;
  const { reads, ...rule } = rules[index] as TriedRule;
  return {
    rule,
    hits: own.hits,
    traffic: shareOf(own.hits, tally.rows),
    precision: shareOf(own.found, own.examined),
    recall: shareOf(own.found, tally.found),
    recallOfSample: shareOf(own.sampleFound, tally.sampleFound),
    notEvaluated: {
      rows: own.unknown,
      missing: reads
        .map((fact, place) => ({ fact, rows: own.missing[place] ?? 0 }))
        .filter(({ rows }) => rows > 0)
        .sort((a, b) => b.rows - a.rows || (a.fact < b.fact ? -1 : 1)),
    },
    offices: officesOf(own, tally),
    days: daysOf(own, tally),
    overlap: live
      .map(({ id, version, label }, place) => {
        return { rule: id, version, label, both: own.both[place] ?? 0 };
      })
      .filter(({ both }) => both > 0)
      .sort((a, b) => b.both - a.both || (a.rule < b.rule ? -1 : 1)),
    onlyThis: own.onlyThis,
    examples: [...(examples[index] ?? [])],
  };
}

function officesOf(own: RuleTally, tally: Tally): RuleBacktest['offices'] {
  const offices = new Map<string | null, RuleBacktest['offices'][number]>();
  for (const key of [...tally.rowsBy.keys()].sort()) {
    const { day, office } = fromGroupKey(key);
    const hits = own.hitsBy.get(key) ?? 0;
    const before = offices.get(office);
    offices.set(office, {
      office,
      hits: (before?.hits ?? 0) + hits,
      days: (before?.days ?? 0) + 1,
      meanADay: 0,
      peak: Math.max(before?.peak ?? 0, hits),
      peakDay: hits > (before?.peak ?? 0) ? day : (before?.peakDay ?? null),
    });
  }
  return [...offices.values()]
    .filter(({ hits }) => hits > 0)
    .map((office) => ({ ...office, meanADay: office.hits / office.days }))
    .sort((a, b) => b.hits - a.hits || ((a.office ?? '') < (b.office ?? '') ? -1 : 1));
}

function daysOf(own: RuleTally, tally: Tally): RuleBacktest['days'] {
  const days = new Map<string, RuleBacktest['days'][number]>();
  for (const [key, rows] of tally.rowsBy) {
    const { day } = fromGroupKey(key);
    const sum = days.get(day) ?? { day, rows: 0, hits: 0, found: 0 };
    sum.rows += rows;
    sum.hits += own.hitsBy.get(key) ?? 0;
    sum.found += own.foundBy.get(key) ?? 0;
    days.set(day, sum);
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

const EMPTY: Label = {
  zh: '数据池中没有可供回测的记录，因此各项数字均为零。请先有申报数据，或选择其他数据集或时段。',
  en: 'The pool holds nothing to try rules on, so every figure is nought. File declarations first, or choose another dataset or period.',
};
const NOBODY_LOOKED: Label = {
  zh: '这些记录中没有查验结果，无法给出查获率和召回率。',
  en: 'None of these rows was examined, so precision and recall cannot be stated.',
};
const AMONG_EXAMINED: Label = {
  zh: '查获率和召回率只在已查验的记录中计算；从未查验的货物是否有问题，历史数据无从知晓。',
  en: 'Precision and recall are among examined rows only: of goods nobody opened, the past says nothing.',
};

const lacks = (facts: readonly string[]): Label => ({
  zh: `该数据集不含 ${facts.join('、')}，读取这些数据项的条件无法评估。历史统计类数据项只有本口岸自己的申报才有。`,
  en: `The dataset does not have ${facts.join(', ')}: conditions that read them are not evaluated. Only the port’s own declarations have aggregates of the past.`,
});

function notesOf({ rows, examined }: Tally, lacking: readonly string[]): Label[] {
  if (rows === 0) return [EMPTY];
  const notes = lacking.length > 0 ? [lacks(lacking)] : [];
  if (examined === 0) return [...notes, NOBODY_LOOKED];
  return examined < rows ? [...notes, AMONG_EXAMINED] : notes;
}

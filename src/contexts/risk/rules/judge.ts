import { isEffective, type LocalDate } from '../../../kernel/dates.ts';
import type { FactSet, FactValue, Label } from '../../facts/index.ts';
import type { CheckResult, ShadowResult } from '../contract.ts';
import { labelOf } from '../known-facts.ts';
import {
  compileRules,
  type Lists,
  type NotEvaluated,
  type RuleProgram,
} from '../language/index.ts';
import { notEvaluatedResult } from '../not-evaluated.ts';
import { figure } from '../wording.ts';
import type { BookRule, RuleBook } from './book.ts';

export interface BookVerdict {
  readonly results: readonly CheckResult[];
  /** What rules on trial, or asleep, would have said. */
  readonly shadow: readonly ShadowResult[];
}

/** The rules in force on a day, compiled together with the lists as they count on that day. */
interface BookDay {
  readonly rules: readonly BookRule[];
  readonly program: RuleProgram;
  /** Said of every declaration: rules that cannot be judged because a list of theirs has expired. */
  readonly unjudged: BookVerdict;
}

/** Compiled days at hand: a port decides about today, a loader about one day after another. */
const DAYS_KEPT = 8;
const NOTHING: BookVerdict = { results: [], shadow: [] };

/**
 * Judges by a book. A rule counts on the days it is in force; a list whose time is over is unknown,
 * not empty, so the rules that ask it are *not evaluated*.
 */
export function createJudge(book: RuleBook): (facts: FactSet, on: LocalDate) => BookVerdict {
  if (book.rules.length === 0) return () => NOTHING;
  const changes = daysOfChange(book);
  const days = new Map<number, BookDay>();

  function dayOf(on: LocalDate): BookDay {
    const passed = changes.filter((day) => day <= on).length;
    const known = days.get(passed);
    if (known) return known;
    const made = compileDay(book, on);
    if (days.size >= DAYS_KEPT) days.clear();
    days.set(passed, made);
    return made;
  }

  let last: { on: LocalDate; day: BookDay } | null = null;
  const unknowns = new WeakMap<NotEvaluated, CheckResult>();

  return (facts, on) => {
    if (last?.on !== on) last = { on, day: dayOf(on) };
    const { rules, program, unjudged } = last.day;
    const { hits, notEvaluated } = program.evaluate(facts);
    const results = [...unjudged.results];
    const shadow = [...unjudged.shadow];
    for (const index of hits) {
      const rule = rules[index];
      if (!rule) continue;
      const because = asideOf(rule, facts, on);
      if (because) shadow.push({ ...named(rule), outcome: 'hit', because });
      else results.push(hitResult(rule, facts));
    }
    for (const record of notEvaluated) {
      const rule = rules[record.rule];
      if (!rule) continue;
      if (rule.standing === 'shadow') {
        shadow.push({ ...named(rule), outcome: 'notEvaluated', because: 'shadow' });
        continue;
      }
      const known = unknowns.get(record) ?? notEvaluatedResult(rule, record.missing);
      unknowns.set(record, known);
      results.push(known);
    }
    return { results, shadow };
  };
}

/** Days from which the book means something else than on the day before, in order. */
function daysOfChange({ rules, lists }: RuleBook): LocalDate[] {
  const days = new Set<LocalDate>();
  for (const { effective } of rules) {
    days.add(effective.from);
    if (effective.to) days.add(effective.to);
  }
  for (const { until, endings } of lists.values()) {
    if (until) days.add(until);
    for (const ending of endings) days.add(ending);
  }
  return [...days].sort();
}

function compileDay(book: RuleBook, on: LocalDate): BookDay {
  const lists = listsOn(book, on);
  const expiredOf = (rule: BookRule) => rule.lists.filter((name) => !lists.has(name));
  const inForce = book.rules.filter(({ effective }) => isEffective(effective, on));
  const rules = inForce.filter((rule) => expiredOf(rule).length === 0);
  const program = compileRules(
    rules.map(({ expression }) => expression),
    lists,
  );
  return { rules, program, unjudged: unjudged(inForce, expiredOf) };
}

/** The lists of a book with the entries that count on a day; one that has expired is not there. */
export function listsOn({ lists }: Pick<RuleBook, 'lists'>, day: LocalDate): Lists {
  const counting = [...lists.values()].filter(({ until }) => until === null || day < until);
  return new Map(counting.map((list) => [list.name, list.on(day)]));
}

function unjudged(
  rules: readonly BookRule[],
  expiredOf: (rule: BookRule) => readonly string[],
): BookVerdict {
  const results: CheckResult[] = [];
  const shadow: ShadowResult[] = [];
  for (const rule of rules) {
    const expired = expiredOf(rule).map((name) => `lists.${name}`);
    if (expired.length === 0) continue;
    if (rule.standing === 'live') results.push(notEvaluatedResult(rule, expired));
    else shadow.push({ ...named(rule), outcome: 'notEvaluated', because: 'shadow' });
  }
  return { results, shadow };
}

/** Why a hit does not count: the rule is on trial, or asleep here. */
function asideOf(rule: BookRule, facts: FactSet, on: LocalDate): 'shadow' | 'snoozed' | null {
  if (rule.standing === 'shadow') return 'shadow';
  const asleep = rule.snoozes.some(
    ({ until, only }) => on < until && (only === null || String(facts[only.fact]) === only.value),
  );
  return asleep ? 'snoozed' : null;
}

const named = ({ id, version }: BookRule) => ({ kind: 'rule' as const, rule: id, version });

function hitResult(rule: BookRule, facts: FactSet): CheckResult {
  const values = rule.facts.map((name) => [name, facts[name] ?? null] as const);
  return {
    check: rule.id,
    version: rule.version,
    outcome: 'hit',
    points: rule.points,
    told: rule.lists.length === 0,
    mandatory: rule.mandatory !== null,
    lane: rule.mandatory,
    values: Object.fromEntries(values),
    missing: [],
    sentence: withValues(rule.sentence, values),
    legalBasis: rule.legalBasis,
    advice: rule.advice,
  };
}

/** Values a sentence quotes at most, and characters of each: enough to recognise what was seen. */
const QUOTED_MAX = 6;
const CHARACTERS_MAX = 60;

/** The sentence with the values seen: “… (price per kilogram 0.41; earlier peers 213).” */
function withValues(sentence: Label, values: readonly (readonly [string, FactValue])[]): Label {
  const seen = values.filter(([, value]) => value !== null).slice(0, QUOTED_MAX);
  if (seen.length === 0) return sentence;
  const quoted = (language: 'zh' | 'en'): string[] =>
    seen.map(([name, value]) => `${labelOf(name)[language]} ${inWords(value, language)}`);
  return {
    zh: `${sentence.zh.replace(/。$/, '')}（${quoted('zh').join('；')}）。`,
    en: `${sentence.en.replace(/\.$/, '')} (${quoted('en').join('; ')}).`,
  };
}

function inWords(value: FactValue, language: 'zh' | 'en'): string {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : figure(value);
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : String(value);
  const text = [...String(value)];
  return text.length > CHARACTERS_MAX
    ? `${text.slice(0, CHARACTERS_MAX).join('')}…`
    : text.join('');
}

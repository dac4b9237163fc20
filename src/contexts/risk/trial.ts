import type { LocalDate } from '../../kernel/dates.ts';
import type { DecisionEngine } from './contract.ts';
import { createEngine, type EngineOptions } from './engine.ts';
import type { BookRule, RuleBook } from './rules/book.ts';

/** Rules that somebody may try goods against: those in force, or with those on trial in their place. */
export type TrialRules = 'inForce' | 'coming';

export interface Trials {
  /** An engine by the rules alone; nothing it decides is kept or counted. */
  engine(rules: TrialRules): DecisionEngine;
  /** The day the last of these rules begins to count: today, or a day to come. */
  firstDay(rules: TrialRules, today: LocalDate): LocalDate;
}

export interface TrialsOptions extends Pick<EngineOptions, 'policy' | 'seed'> {
  readonly books: { readonly current: RuleBook };
}

/**
 * Engines for trying things out. What the model or the draw would select is told to nobody beforehand, so
 * neither takes part. Rules that ask a list do not either: the list may be of firms under investigation, and
 * whoever may ask as often as they like would learn who stands on it.
 */
export function createTrials({ policy, seed, books }: TrialsOptions): Trials {
  const made = new Map<TrialRules, { readonly of: RuleBook; readonly engine: DecisionEngine }>();
  return {
    engine(rules) {
      const { current } = books;
      const known = made.get(rules);
      if (known?.of === current) return known.engine;
      const book = { ...current, rules: rulesOf(current, rules) };
      const engine = undrawn(createEngine({ policy, seed, book }));
      made.set(rules, { of: current, engine });
      return engine;
    },
    firstDay: (rules, today) =>
      rulesOf(books.current, rules).reduce(
        (day, { effective }) => (effective.from > day ? effective.from : day),
        today,
      ),
  };
}

/** Of a rule with a successor on trial, the successor is what comes. */
function rulesOf({ rules }: RuleBook, which: TrialRules): BookRule[] {
  const open = rules.filter(({ lists }) => lists.length === 0);
  if (which === 'inForce') return open.filter(({ standing }) => standing === 'live');
  const followed = new Set(
    rules.flatMap(({ id, standing }) => (standing === 'shadow' ? [id] : [])),
  );
  return open
    .filter(({ id, standing }) => standing === 'shadow' || !followed.has(id))
    .map((rule) => ({ ...rule, standing: 'live' }));
}

const undrawn = (engine: DecisionEngine): DecisionEngine => ({
  versions: engine.versions,
  decide: (subject, on, facts) =>
    engine.decide(subject, on, { ...facts, 'selection.isSampled': false }),
});

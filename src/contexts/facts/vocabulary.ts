import { type Refusal, Refused } from '../../kernel/refusal.ts';
import { EventKind, Fact, type FactSet, type FactValue, Metric } from './contract.ts';

/** What the contexts bring: each hands over its own words, `apps/wiring.ts` puts them together. */
export interface Words {
  readonly facts?: readonly Fact[];
  readonly events?: readonly EventKind[];
  readonly metrics?: readonly Metric[];
}

export interface Vocabulary {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly events: ReadonlyMap<string, EventKind>;
  readonly metrics: ReadonlyMap<string, Metric>;
  /** What is wrong with a set of facts: names nobody registered, values of another type. */
  check(facts: FactSet): Refusal[];
}

/**
 * Puts the contexts' words together and refuses the whole when one word has two meanings: two
 * contexts stating the same fact would make a rule mean one thing here and another there. A metric
 * whose counter-figure nobody defines is refused as well: a figure is never shown alone.
 */
export function createVocabulary(sources: readonly Words[]): Vocabulary {
  const refusals: Refusal[] = [];
  const facts = index(
    sources.flatMap((s) => s.facts ?? []),
    Fact,
    (f) => f.name,
    refusals,
  );
  const events = index(
    sources.flatMap((s) => s.events ?? []),
    EventKind,
    (e) => e.kind,
    refusals,
  );
  const metrics = index(
    sources.flatMap((s) => s.metrics ?? []),
    Metric,
    (m) => m.metric,
    refusals,
  );
  for (const { metric, counterFigure } of metrics.values()) {
    if (counterFigure === metric || !metrics.has(counterFigure))
      refusals.push({ code: 'facts.no_counter_figure', params: { word: metric, counterFigure } });
  }
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return { facts, events, metrics, check: (set) => checkFacts(facts, set) };
}

function index<Word>(
  words: readonly Word[],
  schema: { safeParse(value: unknown): { success: boolean } },
  nameOf: (word: Word) => string,
  refusals: Refusal[],
): ReadonlyMap<string, Word> {
  const byName = new Map<string, Word>();
  for (const word of words) {
    const name = nameOf(word);
    if (!schema.safeParse(word).success)
      refusals.push({ code: 'facts.malformed_word', params: { word: name } });
    if (byName.has(name)) refusals.push({ code: 'facts.word_taken', params: { word: name } });
    byName.set(name, word);
  }
  return byName;
}

function checkFacts(facts: ReadonlyMap<string, Fact>, set: FactSet): Refusal[] {
  const refusals: Refusal[] = [];
  for (const [name, value] of Object.entries(set)) {
    const fact = facts.get(name);
    if (!fact) refusals.push({ code: 'facts.unknown_fact', path: name, params: { word: name } });
    else if (value !== null && !isOfType(fact, value))
      refusals.push({
        code: 'facts.wrong_type',
        path: name,
        seen: String(value),
        params: { word: name, type: fact.type },
      });
  }
  return refusals;
}

function isOfType(fact: Fact, value: NonNullable<FactValue>): boolean {
  switch (fact.type) {
    case 'text':
      return typeof value === 'string';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
  }
}

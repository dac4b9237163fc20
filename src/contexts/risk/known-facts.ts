import {
  carriedFacts,
  chemicalFacts,
  declaredFacts,
  type Fact,
  type FactSet,
  type FactValue,
  type Label,
} from '../facts/index.ts';
import { riskFacts, selectionFacts } from './facts.ts';

/** Every fact a decision may rest on, in order of name. */
const registered: readonly Fact[] = [
  ...declaredFacts,
  ...carriedFacts,
  ...chemicalFacts,
  ...riskFacts,
  ...selectionFacts,
].sort((a, b) => (a.name < b.name ? -1 : 1));
const labels = new Map(registered.map(({ name, label }) => [name, label]));

export const labelOf = (fact: string): Label => labels.get(fact) ?? { zh: fact, en: fact };

/** The JavaScript type a fact's values have. */
const valueTypes = registered.map(({ name, type }) => {
  if (type === 'boolean') return { name, valueType: 'boolean' };
  return { name, valueType: type === 'text' || type === 'date' ? 'string' : 'number' };
});

/**
 * What is known, in order of name. A `null`, a number that is none, a value of another type and a
 * name nobody registered are not facts, so none of them can change a decision.
 */
export function knownFacts(facts: FactSet): Record<string, FactValue> {
  const known: Record<string, FactValue> = {};
  for (const { name, valueType } of valueTypes) {
    const value = facts[name];
    if (value === undefined || typeof value !== valueType) continue;
    if (valueType === 'number' && !Number.isFinite(value)) continue;
    known[name] = value;
  }
  return known;
}

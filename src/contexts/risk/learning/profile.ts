import type { FactValue } from '../../facts/index.ts';
import type { FactProfile, ReadFact } from './contract.ts';
import { type LabelledRows, valueAt } from './rows.ts';

/** Ten bins of equal weight tell a shift from noise; more would only be emptier. */
const BINS = 10;
/** The commonest values are bins of their own; what is rarer goes together. */
const VALUES_MAX = 15;

/** What the facts a model reads looked like in the rows it learned from. */
export function profileOf(rows: LabelledRows, facts: readonly ReadFact[]): FactProfile[] {
  return facts.flatMap((fact) => {
    const column = rows.columns.find(({ name }) => name === fact.name);
    if (!column || rows.size === 0) return [];
    const values = Array.from({ length: rows.size }, (_, row) => valueAt(column, row));
    return [profileFact(fact, values)];
  });
}

/** The bins of one fact, chosen on these values, with the share of them in each. */
export function profileFact(fact: ReadFact, values: readonly FactValue[]): FactProfile {
  const isNumber = fact.type === 'number';
  const bins = isNumber
    ? { edges: edgesOf(values), values: null }
    : { edges: null, values: commonest(values) };
  const shape = { fact: fact.name, ...bins };
  return { ...shape, shares: sharesIn(shape, values) };
}

/** The share of the values in each bin: the rest and the missing are the last two. */
export function sharesIn(
  { edges, values: named }: Pick<FactProfile, 'edges' | 'values'>,
  values: readonly FactValue[],
): number[] {
  const counts = new Array<number>((edges ?? named ?? []).length + 2).fill(0);
  const places = new Map(named?.map((value, place) => [value, place]));
  const rest = counts.length - 2;
  const missing = counts.length - 1;
  for (const value of values) {
    let place = missing;
    if (value !== null && value !== undefined) {
      place = edges ? placeIn(edges, value) : (places.get(String(value)) ?? rest);
    }
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count) => (values.length === 0 ? 0 : count / values.length));
}

/** A bin ends at its edge: a value equal to it belongs there. What is no number is missing. */
function placeIn(edges: readonly number[], value: NonNullable<FactValue>): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return edges.length + 1;
  const place = edges.findIndex((edge) => value <= edge);
  return place < 0 ? edges.length : place;
}

/** Deciles, each once: a fact of few distinct values has fewer bins. */
function edgesOf(values: readonly FactValue[]): number[] {
  const numbers = Float64Array.from(
    values.filter((value) => typeof value === 'number' && Number.isFinite(value)),
    Number,
  ).sort();
  const edges = new Set<number>();
  for (let bin = 1; bin < BINS; bin++) {
    const edge = numbers[Math.ceil((numbers.length * bin) / BINS) - 1];
    if (edge !== undefined) edges.add(edge);
  }
  return [...edges];
}

function commonest(values: readonly FactValue[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== null && value !== undefined) {
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, VALUES_MAX)
    .map(([value]) => value);
}

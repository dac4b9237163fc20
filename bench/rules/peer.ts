import type { FactSet, FactValue } from '../../src/contexts/facts/index.ts';
import { FACTS } from './declarations.ts';
import { QUOTIENTS, type Rule } from './rulebook.ts';

/** Answers with the ids of the rules that hit. None of the peers says what it could not evaluate. */
export type Ask<Row> = (row: Row) => readonly string[] | Promise<readonly string[]>;

export interface Peer<Row> {
  /** A declaration in the form that serves this engine best; done before any time is taken. */
  prepare(facts: FactSet): Row;
  /** Its engine, with everything compiled or loaded that can be. */
  load(rules: readonly Rule[]): Ask<Row>;
}

export type Nested = Record<string, Record<string, FactValue>>;

/** `goods.hs6` as `{ goods: { hs6 } }`, which all but one of them want; what is missing is `null`. */
export function nest(facts: FactSet): Nested {
  const nested: Nested = {};
  for (const { name } of FACTS) {
    const [group = '', field = ''] = name.split('.');
    nested[group] = { ...nested[group], [field]: facts[name] ?? null };
  }
  return nested;
}

/** Two of them cannot divide doubles: the quotients are worked out for them beforehand. */
export function quotientsOf(facts: FactSet): Record<string, FactValue> {
  return Object.fromEntries(
    QUOTIENTS.map(([fact, under]) => {
      const [over, by] = [facts[fact], facts[under]];
      const known = typeof over === 'number' && typeof by === 'number' && by > 0;
      return [fieldOfQuotient(fact, under), known ? over / by : null];
    }),
  );
}

export const fieldOfQuotient = (fact: string, under: string): string =>
  `${fact}_${under}`.replaceAll('.', '_');

import assert from 'node:assert/strict';
import { contentHash } from '../../../kernel/canonical.ts';
import type { FactSet, FactValue } from '../../facts/index.ts';
import { derive } from '../derive.ts';
import type { Matrix } from '../trees/index.ts';
import type { Feature, KeyPart, RateTable, Schema } from './contract.ts';
import { createDictionary, partName, wordOf } from './parts.ts';
import { factsAt, type LabelledRows } from './rows.ts';

/** The keys of one table, each by the key before it and the code that joined, with what came of them. */
export interface Counts {
  readonly parents: readonly number[];
  readonly codes: readonly number[];
  readonly rows: readonly number[];
  readonly findings: readonly number[];
}

/** All that an encoder knows beyond its schema. */
export interface Knowledge {
  /** The share of findings among all training rows: what a key nobody knows is taken for. */
  readonly baseRate: number;
  /** The words of each part, by its name, in the order of their codes. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly counts: readonly Counts[];
}

/** What the tables say of one declaration, table by table. */
export interface Lookup {
  readonly rates: Float64Array;
  /** Training rows of the same key; 0 for one never seen. */
  readonly rows: Float64Array;
  readonly findings: Float64Array;
}

export interface Encoder {
  readonly schema: Schema;
  readonly baseRate: number;
  lookUp(facts: FactSet): Lookup;
  /** The row of numbers the trees see. The facts may lack what follows from them: it is added. */
  encode(facts: FactSet): Float64Array;
  encodeRows(rows: LabelledRows): Matrix;
}

/** Raised whenever the same schema would turn the same facts into other numbers. */
const ENCODING = 1;

/** Names, types and encoders in one hash: a model and the facts it meets must agree on all three. */
export const schemaHashOf = (schema: Schema): string => contentHash({ encoding: ENCODING, schema });

export const evidenceOf = (rows: number): number => Math.log1p(rows);

export function featureName(feature: Feature, tables: readonly RateTable[]): string {
  if (feature.kind === 'number') return feature.fact;
  const key = tables[feature.table]?.parts.map(partName).join(' × ');
  return `${feature.kind} of ${key}`;
}

/** Facts with those that follow from them: price per kilogram, weight per unit. */
export const withDerived = (facts: FactSet): FactSet =>
  Object.assign(derive(facts) as Record<string, FactValue>, facts);

export function createEncoder(schema: Schema, knowledge: Knowledge): Encoder {
  const { tables, features } = schema;
  assert.equal(tables.length, knowledge.counts.length, 'Every table has its counts.');
  const parts = new Map<string, KeyPart>();
  for (const { parts: own } of tables) for (const part of own) parts.set(partName(part), part);
  const names = [...parts.keys()];
  const readers = [...parts].map(([name, { fact, characters }]) => {
    const { codeOf } = createDictionary(knowledge.words[name] ?? []);
    return (facts: FactSet): number => codeOf(wordOf(facts[fact], characters));
  });
  const lookups = tables.map((table, place) => ({
    parent: table.parent,
    smoothing: table.smoothing,
    part: names.indexOf(partName(table.parts.at(-1) as KeyPart)),
    find: keyFinder(knowledge.counts[place] as Counts),
    counts: knowledge.counts[place] as Counts,
  }));

  function lookUp(facts: FactSet): Lookup {
    const codes = readers.map((codeOf) => codeOf(facts));
    const keys = new Int32Array(tables.length);
    const rates = new Float64Array(tables.length);
    const rows = new Float64Array(tables.length);
    const findings = new Float64Array(tables.length);
    for (const [place, { parent, smoothing, part, find, counts }] of lookups.entries()) {
      const before = parent === null ? 0 : (keys[parent] as number);
      const leanOn = parent === null ? knowledge.baseRate : (rates[parent] as number);
      const key = find(before, codes[part] as number);
      keys[place] = key;
      const seen = key < 0 ? 0 : (counts.rows[key] as number);
      const found = key < 0 ? 0 : (counts.findings[key] as number);
      rows[place] = seen;
      findings[place] = found;
      rates[place] = (found + smoothing * leanOn) / (seen + smoothing);
    }
    return { rates, rows, findings };
  }

  function fill(known: FactSet, put: (feature: number, value: number) => void): void {
    const looked = lookUp(known);
    for (const [place, feature] of features.entries()) {
      if (feature.kind === 'number') put(place, numberOf(known[feature.fact]));
      else if (feature.kind === 'rate') put(place, looked.rates[feature.table] as number);
      else put(place, evidenceOf(looked.rows[feature.table] as number));
    }
  }

  return {
    schema,
    baseRate: knowledge.baseRate,
    lookUp: (facts) => lookUp(withDerived(facts)),
    encode(facts) {
      const row = new Float64Array(features.length);
      fill(withDerived(facts), (place, value) => {
        row[place] = value;
      });
      return row;
    },
    encodeRows(rows) {
      const columns = features.map(() => new Float64Array(rows.size));
      for (let row = 0; row < rows.size; row += 1) {
        fill(factsAt(rows, row), (place, value) => {
          (columns[place] as Float64Array)[row] = value;
        });
      }
      return {
        rows: rows.size,
        names: features.map((feature) => featureName(feature, tables)),
        columns,
      };
    },
  };
}

function numberOf(value: FactValue | undefined): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  return typeof value === 'boolean' ? Number(value) : Number.NaN;
}

/** Finds a key by the key before it and a code; -1 when either was never seen. */
function keyFinder({ parents, codes }: Counts): (before: number, code: number) => number {
  const width = codes.reduce((most, code) => Math.max(most, code), 0) + 1;
  const keys = new Map<number, number>();
  for (const [key, parent] of parents.entries()) keys.set(parent * width + (codes[key] ?? 0), key);
  return (before, code) =>
    before < 0 || code < 0 || code >= width ? -1 : (keys.get(before * width + code) ?? -1);
}

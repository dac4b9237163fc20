import assert from 'node:assert/strict';
import type { LocalDate } from '../../../kernel/dates.ts';
import type { FactSet, FactValue } from '../../facts/index.ts';
import { derive } from '../derive.ts';
import type { ReadFact } from './contract.ts';

/** One fact of all rows. Text is kept once and numbered; a missing value is NaN, or code -1. */
export interface Column extends ReadFact {
  readonly words: readonly string[];
  readonly codes: Int32Array;
  readonly numbers: Float64Array;
}

/**
 * Facts of past declarations and what was found, by column and in order of date: small enough to
 * hold millions, and plain enough to be handed to a worker.
 */
export interface LabelledRows {
  readonly size: number;
  /** Rows that had no label and were left out. */
  readonly unlabelled: number;
  readonly labels: Uint8Array;
  /** What each row counts for when trees are grown; all alike where left out. */
  readonly weights?: Float64Array;
  /** The date of each row, as a place in `dates`. */
  readonly days: Int32Array;
  readonly dates: readonly LocalDate[];
  readonly columns: readonly Column[];
}

export interface RowsBuilder {
  /** `null` is a row nobody has examined: counted, not learned from. */
  add(facts: FactSet, date: LocalDate, label: boolean | null, weight?: number): void;
  build(): LabelledRows;
}

interface OpenColumn {
  readonly name: string;
  readonly type: ReadFact['type'];
  readonly words: Map<string, number>;
  readonly values: number[];
}

/** Collects rows in any order; facts that follow from a declaration alone are added here. */
export function createRows(): RowsBuilder {
  const columns = new Map<string, OpenColumn>();
  const labels: number[] = [];
  const weights: number[] = [];
  const dates: LocalDate[] = [];
  let unlabelled = 0;

  function put(name: string, value: NonNullable<FactValue>, row: number): void {
    let column = columns.get(name);
    if (!column) {
      column = { name, type: typeOf(value), words: new Map(), values: [] };
      columns.set(name, column);
    }
    assert.equal(typeOf(value), column.type, `"${name}" has one type in all rows.`);
    while (column.values.length < row) column.values.push(Number.NaN);
    if (typeof value === 'string') {
      const code = column.words.get(value) ?? column.words.size;
      column.words.set(value, code);
      column.values.push(code);
    } else column.values.push(Number(value));
  }

  return {
    add(facts, date, label, weight = 1) {
      if (label === null) {
        unlabelled += 1;
        return;
      }
      const row = labels.push(label ? 1 : 0) - 1;
      weights.push(weight);
      dates.push(date);
      const known = Object.assign(derive(facts) as Record<string, FactValue>, facts);
      for (const [name, value] of Object.entries(known)) {
        if (value !== null && value !== undefined) put(name, value, row);
      }
    },
    build: () => inOrder(columns, { labels, weights, dates }, unlabelled),
  };
}

function inOrder(
  open: ReadonlyMap<string, OpenColumn>,
  {
    labels,
    weights,
    dates,
  }: {
    readonly labels: readonly number[];
    readonly weights: readonly number[];
    readonly dates: readonly LocalDate[];
  },
  unlabelled: number,
): LabelledRows {
  const names = [...new Set(dates)].sort();
  const places = new Map(names.map((date, place) => [date, place]));
  const days = dates.map((date) => places.get(date) as number);
  const order = days.map((_, row) => row).sort((a, b) => (days[a] ?? 0) - (days[b] ?? 0) || a - b);
  const columns = [...open.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...{ size: labels.length, unlabelled, dates: names },
    labels: Uint8Array.from(order, (row) => labels[row] as number),
    ...(weights.some((weight) => weight !== 1) && {
      weights: Float64Array.from(order, (row) => weights[row] as number),
    }),
    days: Int32Array.from(order, (row) => days[row] as number),
    columns: columns.map(({ name, type, words, values }) => {
      const isText = type === 'text';
      const numbers = Float64Array.from(order, (row) => values[row] ?? Number.NaN);
      return {
        ...{ name, type, words: [...words.keys()] },
        codes: isText
          ? Int32Array.from(numbers, (code) => (Number.isNaN(code) ? -1 : code))
          : new Int32Array(0),
        numbers: isText ? new Float64Array(0) : numbers,
      };
    }),
  };
}

export function valueAt(column: Column, row: number): FactValue {
  if (column.type === 'text') return column.words[column.codes[row] as number] ?? null;
  const value = column.numbers[row] as number;
  if (Number.isNaN(value)) return null;
  return column.type === 'boolean' ? value !== 0 : value;
}

/** The facts of one row, as a decision would state them. */
export function factsAt(rows: LabelledRows, row: number): FactSet {
  const facts: Record<string, FactValue> = {};
  for (const column of rows.columns) facts[column.name] = valueAt(column, row);
  return facts;
}

export const countPositives = ({ labels }: LabelledRows): number =>
  labels.reduce((total, label) => total + label, 0);

/** The rows from one place up to another, in order of date. */
export function sliceRows(rows: LabelledRows, from: number, to: number): LabelledRows {
  return {
    ...rows,
    size: to - from,
    unlabelled: 0,
    labels: rows.labels.slice(from, to),
    ...(rows.weights && { weights: rows.weights.slice(from, to) }),
    days: rows.days.slice(from, to),
    columns: rows.columns.map((column) => ({
      ...column,
      codes: column.codes.slice(from, to),
      numbers: column.numbers.slice(from, to),
    })),
  };
}

export const withoutFacts = (rows: LabelledRows, names: readonly string[]): LabelledRows => ({
  ...rows,
  columns: rows.columns.filter(({ name }) => !names.includes(name)),
});

/**
 * Splits off the newest rows, about `share` of them, at a change of date: what a model is chosen on
 * comes after everything it was fitted on.
 */
export function splitNewest(rows: LabelledRows, share: number): [LabelledRows, LabelledRows] {
  let at = Math.floor(rows.size * (1 - share));
  while (at > 0 && rows.days[at] === rows.days[at - 1]) at -= 1;
  if (at === 0) at = Math.floor(rows.size * (1 - share));
  const older = { ...sliceRows(rows, 0, at), unlabelled: rows.unlabelled };
  return [older, sliceRows(rows, at, rows.size)];
}

export const firstDate = (rows: LabelledRows): LocalDate | null =>
  rows.dates[rows.days[0] ?? -1] ?? null;
export const lastDate = (rows: LabelledRows): LocalDate | null =>
  rows.dates[rows.days[rows.size - 1] ?? -1] ?? null;

function typeOf(value: NonNullable<FactValue>): ReadFact['type'] {
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'boolean';
}

import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { openSource, type Reading, type SourceRecord } from '../../pool/index.ts';
import type { LedgerMapping, Making } from './contract.ts';
import {
  type Cells,
  cellAt,
  type Fault,
  type FieldReader,
  type FoundColumn,
  fieldReader,
  isFault,
  PASSED_OVER,
} from './field.ts';
import { requiredFields } from './mapping.ts';

/** A row that is not taken: one of these for each thing that is wrong with it. */
export interface RefusedRow extends Fault {
  readonly line: number;
  /** The row as it stands in the file. */
  readonly row: string;
}

/** What one making reads from a row. */
export interface Made {
  /** Which making, counted from 0. */
  readonly making: number;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * One row: what it says, and what is wrong with it; with a fault, what it says may lack fields. Nothing
 * of either means it is not of the ledger.
 */
export interface ReadRow {
  readonly line: number;
  readonly row: string;
  readonly made: readonly Made[];
  readonly faults: readonly Fault[];
}

/** Reads a file by its mapping, some rows at a time; a file that lacks a column is refused whole. */
export async function* readRows(
  file: string,
  mapping: LedgerMapping,
): AsyncIterable<readonly ReadRow[]> {
  const source = await openSource(file, readingOf(mapping));
  const columns = findColumns(mapping, source.columns);
  const makers = mapping.make.map((making, index) => makerOf(mapping, making, index, columns));
  for await (const records of source.records()) yield records.map((row) => readRow(row, makers));
}

type Maker = (cells: Cells, faults: Fault[]) => Made | null;

function readRow({ line, values, row, fault }: SourceRecord, makers: readonly Maker[]): ReadRow {
  if (fault) return { line, row, made: [], faults: [{ column: '', ...fault }] };
  const faults: Fault[] = [];
  const made: Made[] = [];
  for (const make of makers) {
    const one = make(values, faults);
    if (one) made.push(one);
  }
  return { line, row, made, faults };
}

function makerOf(
  mapping: LedgerMapping,
  making: Making,
  index: number,
  columns: ReadonlyMap<string, FoundColumn>,
): Maker {
  const required = new Set(requiredFields(mapping.into, making));
  const readers = Object.entries(making.fields)
    .map(([field, mapped]) => fieldReader(mapping.into, field, mapped, columns, mapping.zone))
    .filter(({ field, isSilent }) => !isSilent || required.has(field));
  const isWanted = conditionOf(making, columns);
  return (cells, faults) => {
    if (!isWanted(cells)) return null;
    const values: Record<string, string> = {};
    let wrong: Fault[] | null = null;
    for (const reader of readers) {
      const value = reader.read(cells);
      if (typeof value === 'string') values[reader.field] = value;
      else if (value === PASSED_OVER) return null;
      else if (isFault(value)) wrong = [...(wrong ?? []), value];
      else if (required.has(reader.field)) wrong = [...(wrong ?? []), missing(reader)];
    }
    for (const fault of wrong ?? []) if (!isKnown(faults, fault)) faults.push(fault);
    return { making: index, values };
  };
}

/** Two makings may read one column; what is wrong with it is told once. */
const isKnown = (faults: readonly Fault[], { column, code }: Fault): boolean =>
  faults.some((fault) => fault.column === column && fault.code === code);

const missing = ({ column, field }: FieldReader): Fault => ({
  ...{ column, seen: '', code: 'bonded.import_value_missing', params: { field } },
});

function conditionOf(
  { when }: Making,
  columns: ReadonlyMap<string, FoundColumn>,
): (cells: Cells) => boolean {
  const tests = when.map(({ column, in: wanted, notIn }) => {
    const found = columns.get(column);
    const [yes, no] = [wanted && new Set(wanted), notIn && new Set(notIn)];
    return (cells: Cells): boolean => {
      const text = (found && cellAt(cells, found)) ?? '';
      return (!yes || yes.has(text)) && !no?.has(text);
    };
  });
  return (cells) => tests.every((holds) => holds(cells));
}

const namesOf = (from: string | readonly string[]): readonly string[] =>
  typeof from === 'string' ? [from] : from;

function readingOf(mapping: LedgerMapping): Reading {
  const { format, delimiter, encoding, header, columns, optional } = mapping;
  return {
    ...(format && { format }),
    ...(delimiter && { delimiter }),
    ...(encoding && { encoding }),
    ...{ id: '', date: '', header },
    columns: Object.entries(columns).map(([to, from]) => ({
      ...{ to, from, required: !optional.includes(to) },
    })),
  };
}

/** Finds each column among the file's; a misspelt head would else pass as a file of missing values. */
function findColumns(
  { columns, optional }: LedgerMapping,
  found: readonly string[],
): ReadonlyMap<string, FoundColumn> {
  const refusals: Refusal[] = [];
  const known = new Map<string, FoundColumn>();
  for (const [alias, from] of Object.entries(columns)) {
    const names = namesOf(from);
    const name = names.find((each) => found.includes(each));
    if (name === undefined) {
      known.set(alias, { name: names[0] ?? alias, index: -1 });
      if (optional.includes(alias)) continue;
      const params = { column: names.join(' / '), found: seen(found.join(', ')) };
      refusals.push({ code: 'pool.column_missing', path: alias, params });
    } else if (found.indexOf(name) !== found.lastIndexOf(name)) {
      refusals.push({ code: 'pool.column_twice', path: alias, params: { column: name } });
    } else known.set(alias, { name, index: found.indexOf(name) });
  }
  if (refusals.length > 0) throw new Refused('invalid', refusals);
  return known;
}

import type { z } from 'zod';
import { Consumption, Part } from '../contract.ts';
import type { LedgerMapping } from './contract.ts';
import { type RefusedRow, readRows } from './rows.ts';

/** One thing of a file, with the line it begins on. */
export interface Read<T> {
  readonly line: number;
  readonly value: T;
}

export interface EntryBatch {
  readonly parts: readonly Read<Part>[];
  readonly consumption: readonly Read<Consumption>[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly passedOver: number;
}

/** Reads a file of parts or of consumption: a row is one of them, or is refused with what is wrong. */
export async function* readEntries(
  file: string,
  mapping: LedgerMapping,
): AsyncIterable<EntryBatch> {
  for await (const rows of readRows(file, mapping)) {
    const parts: Read<Part>[] = [];
    const consumption: Read<Consumption>[] = [];
    const refused: RefusedRow[] = [];
    let passedOver = 0;
    for (const { line, row, made, faults } of rows) {
      for (const fault of faults) refused.push({ line, row, ...fault });
      if (made.length === 0 && faults.length === 0) passedOver += 1;
      if (faults.length > 0) continue;
      for (const { values } of made) {
        const note = (wrong: Misfit): void => void refused.push({ line, row, ...wrong });
        if (mapping.into === 'parts') take(Part, values, line, parts, note);
        else take(Consumption, values, line, consumption, note);
      }
    }
    yield { parts, consumption, refused, rows: rows.length, passedOver };
  }
}

type Misfit = Pick<RefusedRow, 'column' | 'seen' | 'code' | 'params'>;

/** What each field allows has been looked at; what is left is what the whole does not. */
function take<S extends z.ZodType>(
  schema: S,
  values: Readonly<Record<string, string>>,
  line: number,
  into: Read<z.output<S>>[],
  note: (wrong: Misfit) => void,
): void {
  const parsed = schema.safeParse(values);
  if (parsed.success) {
    into.push({ line, value: parsed.data });
    return;
  }
  for (const { path } of parsed.error.issues) {
    const field = path.join('.');
    note({
      ...{ column: field, seen: values[field] ?? '' },
      ...{ code: 'bonded.import_does_not_fit', params: { field } },
    });
  }
}

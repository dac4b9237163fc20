import type { LedgerMapping } from './contract.ts';
import { type RefusedRow, readRows } from './rows.ts';
import { ENTRIES, type EntryOf, type EntryTarget } from './targets.ts';

/** One thing of a file, with the line it begins on. */
export interface Read<T> {
  readonly line: number;
  readonly value: T;
}

interface EntryBatch<T> {
  readonly entries: readonly Read<T>[];
  readonly refused: readonly RefusedRow[];
  readonly rows: number;
  readonly passedOver: number;
}

/** Reads a file of parts, consumption, tags, papers or bills: a row is one of them, or is refused with what is wrong. */
export async function* readEntries<I extends EntryTarget>(
  file: string,
  mapping: LedgerMapping,
  into: I,
): AsyncIterable<EntryBatch<EntryOf[I]>> {
  for await (const rows of readRows(file, mapping)) {
    const entries: Read<EntryOf[I]>[] = [];
    const refused: RefusedRow[] = [];
    let passedOver = 0;
    for (const { line, row, made, faults } of rows) {
      for (const fault of faults) refused.push({ line, row, ...fault });
      if (made.length === 0 && faults.length === 0) passedOver += 1;
      if (faults.length > 0) continue;
      for (const { values } of made)
        for (const each of take(into, values)) {
          if ('value' in each) entries.push({ line, value: each.value });
          else refused.push({ line, row, ...each });
        }
    }
    yield { entries, refused, rows: rows.length, passedOver };
  }
}

type Misfit = Pick<RefusedRow, 'column' | 'seen' | 'code' | 'params'>;

/** What each field allows has been looked at; what is left is what the whole does not. */
function take<I extends EntryTarget>(
  into: I,
  values: Readonly<Record<string, string>>,
): ({ readonly value: EntryOf[I] } | Misfit)[] {
  const { bonded, ...text } = values;
  const said = bonded === undefined ? text : { ...text, bonded: bonded === 'true' };
  const parsed = ENTRIES[into].safeParse(said);
  if (parsed.success) return [{ value: parsed.data as EntryOf[I] }];
  return parsed.error.issues.map(({ path }) => {
    const field = path.join('.');
    return {
      ...{ column: field, seen: values[field] ?? '' },
      ...{ code: 'bonded.import_does_not_fit', params: { field } },
    };
  });
}

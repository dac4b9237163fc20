import type { ListRow } from './read-list.ts';

type Change = 'added' | 'removed' | 'changed';

/** What one row of a list says otherwise than before: by the name of the column, an empty text where it says nothing. */
interface ChangedRow {
  readonly change: Change;
  readonly row: string;
  readonly fields: readonly {
    readonly field: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** What a version of a list changes; of very many only the first are shown. */
export interface ListDifference {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly shown: readonly ChangedRow[];
}

/** Two versions of a list laid beside each other, to be leafed through. */
export interface Comparison {
  readonly counts: Omit<ListDifference, 'shown'>;
  /** Rows that differ: those that are new first, then those that say something else, then those that are gone. */
  readonly changes: readonly { readonly change: Change; readonly row: string }[];
  /** What a row of the comparison says otherwise. */
  tell(row: string): ChangedRow['fields'];
}

const MAX_SHOWN = 50;
/** Of a longer text its beginning is shown. */
const MAX_TEXT = 300;

export function differenceOf(
  before: readonly ListRow[],
  after: readonly ListRow[],
): ListDifference {
  const { counts, changes, tell } = compareLists(before, after);
  const shown = changes.slice(0, MAX_SHOWN).map((it) => ({ ...it, fields: tell(it.row) }));
  return { ...counts, shown };
}

/**
 * Compares versions row by row: a row is the same one if it has the same CAS numbers, UN number and first
 * name. Rows of one key are one thing that is said in several lines.
 */
export function compareLists(before: readonly ListRow[], after: readonly ListRow[]): Comparison {
  const [old, now] = [byKey(before), byKey(after)];
  const found: Record<Change, string[]> = { added: [], changed: [], removed: [] };
  let unchanged = 0;
  for (const [key, rows] of now) {
    const known = old.get(key);
    if (known === undefined) found.added.push(key);
    else if (known.map(said).join() !== rows.map(said).join()) found.changed.push(key);
    else unchanged += 1;
  }
  for (const key of old.keys()) if (!now.has(key)) found.removed.push(key);
  const { added, changed, removed } = found;
  return {
    counts: { added: added.length, removed: removed.length, changed: changed.length, unchanged },
    changes: (['added', 'changed', 'removed'] as const).flatMap((change) =>
      found[change].map((row) => ({ change, row })),
    ),
    tell: (row) => fieldsBetween(old.get(row) ?? [], now.get(row) ?? []),
  };
}

const said = ({ line: _, ...row }: ListRow): string => JSON.stringify(row);

function byKey(rows: readonly ListRow[]): Map<string, ListRow[]> {
  const lines = new Map<string, ListRow[]>();
  for (const row of rows) {
    const key = [row.cas.join(' '), row.un && `UN${row.un}`, row.names[0] ?? row.zh[0]]
      .filter(Boolean)
      .join(' ');
    const known = lines.get(key);
    if (known) known.push(row);
    else lines.set(key, [row]);
  }
  return lines;
}

function fieldsBetween(
  before: readonly ListRow[],
  after: readonly ListRow[],
): ChangedRow['fields'] {
  const [old, now] = [textsOf(before), textsOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }))
    .filter((it) => it.before !== it.after);
}

/** What rows of one key say, column by column: several values of a column are parted by semicolons. */
function textsOf(rows: readonly ListRow[]): Map<string, string> {
  const texts = new Map<string, Set<string>>();
  for (const { line: _, attributes, ...columns } of rows) {
    for (const [field, value] of Object.entries({ ...columns, ...attributes })) {
      const text = typeof value === 'string' ? value : (value ?? []).join('; ');
      if (text === '') continue;
      const known = texts.get(field) ?? new Set();
      texts.set(field, known.add(text));
    }
  }
  return new Map(
    [...texts].map(([field, values]) => {
      const text = [...values].join(' | ');
      return [field, text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text];
    }),
  );
}

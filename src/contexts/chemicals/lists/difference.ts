import type { ListRow } from './read-list.ts';

/** What a version of a list changes; of very many only the first are shown. */
export interface ListDifference {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly shown: readonly {
    readonly change: 'added' | 'removed' | 'changed';
    readonly row: string;
  }[];
}

const MAX_SHOWN = 50;

/** Compares versions row by row: a row is the same one if it has the same CAS numbers, or the same first name. */
export function differenceOf(
  before: readonly ListRow[],
  after: readonly ListRow[],
): ListDifference {
  const [old, now] = [byKey(before), byKey(after)];
  const count = { added: 0, removed: 0, changed: 0, unchanged: 0 };
  const shown: { change: 'added' | 'removed' | 'changed'; row: string }[] = [];
  const tell = (change: 'added' | 'removed' | 'changed', row: string): void => {
    count[change] += 1;
    if (shown.length < MAX_SHOWN) shown.push({ change, row });
  };
  for (const [key, row] of now) {
    const known = old.get(key);
    if (known === undefined) tell('added', key);
    else if (known !== row) tell('changed', key);
    else count.unchanged += 1;
  }
  for (const key of old.keys()) if (!now.has(key)) tell('removed', key);
  return { ...count, shown };
}

/** Rows of one key are one thing that is said in several lines. */
function byKey(rows: readonly ListRow[]): Map<string, string> {
  const lines = new Map<string, string>();
  for (const { line: _, ...row } of rows) {
    const key = [row.cas.join(' '), row.un && `UN${row.un}`, row.names[0] ?? row.zh[0]]
      .filter(Boolean)
      .join(' ');
    lines.set(key, `${lines.get(key) ?? ''}${JSON.stringify(row)}`);
  }
  return lines;
}

import { isEffective, type LocalDate } from '../../kernel/dates.ts';
import type { CodeEntry } from './contract.ts';
import type { TableRow } from './read-table.ts';

/** The day before which nobody asks: a table's first version is in force "always". */
export const ALWAYS: LocalDate = '1900-01-01';

/** What a new version of a table changes. */
export interface Succession {
  /** Written as they stand, replacing a row of the same code and first day. */
  readonly write: readonly CodeEntry[];
  /** Never in force under the new version: the row goes. */
  readonly remove: readonly CodeEntry[];
  readonly unchanged: number;
}

/**
 * How a new version succeeds what is known, from the day it takes effect: what says the same goes on,
 * what says something else ends that day and begins anew, what is gone ends that day. What was in
 * force before that day stays as it was, since old declarations are judged by it.
 */
export function succeed(
  known: readonly CodeEntry[],
  version: readonly TableRow[],
  from: LocalDate,
): Succession {
  const write: CodeEntry[] = [];
  const remove: CodeEntry[] = [];
  const standing = new Map(
    known.filter((entry) => isEffective(entry, from)).map((entry) => [entry.code, entry]),
  );
  let unchanged = 0;

  for (const row of version) {
    const entry = toEntry(row, from);
    const same = known.find((other) => sameEntry(other, entry));
    const before = standing.get(row.code);
    if (row.from === null) standing.delete(row.code);
    if (same || (row.from === null && before && sameMeaning(before, entry))) {
      unchanged += 1;
      continue;
    }
    if (row.from === null && before && before.from < from) write.push({ ...before, to: from });
    write.push(entry);
  }

  const stated = new Set(version.map(({ code }) => code));
  for (const entry of standing.values()) {
    if (stated.has(entry.code)) continue;
    if (entry.from < from) write.push({ ...entry, to: from });
    else remove.push(entry);
  }
  return { write, remove, unchanged };
}

const toEntry = ({ code, zh, en, attributes, from, to }: TableRow, day: LocalDate): CodeEntry => ({
  code,
  zh,
  en,
  attributes: { ...attributes },
  from: from ?? day,
  to,
});

function sameMeaning(a: CodeEntry, b: CodeEntry): boolean {
  const names = new Set([...Object.keys(a.attributes), ...Object.keys(b.attributes)]);
  return (
    a.zh === b.zh &&
    a.en === b.en &&
    a.to === b.to &&
    [...names].every((name) => a.attributes[name] === b.attributes[name])
  );
}

const sameEntry = (a: CodeEntry, b: CodeEntry): boolean =>
  a.code === b.code && a.from === b.from && sameMeaning(a, b);

import type { Instant } from '../../../kernel/dates.ts';
import type { Recorded } from './line.ts';
import { isEmpty } from './period.ts';

/** A record and the moment from which another one was known in its place. */
export interface Known<T> {
  readonly record: T;
  readonly until: Instant | null;
}

/**
 * Records under a key, in two times: the days on which each holds, and the moments between which it was
 * what was known. Nothing is overwritten: a later record of the same id hides the earlier one.
 */
export interface History<T extends Recorded> {
  /** The part a record is about. */
  keyOf(record: T): string;
  /** Takes a record, in any order of time. Gives back what undoes it, last taken first undone. */
  put(record: T): () => void;
  /** The record of an id at exactly that moment. */
  recordedAs(id: string, at: Instant): T | null;
  /** Any record of an id: what all of them have in common is read from it. */
  anyOf(id: string): T | null;
  /** What is known now of the id; `null` where it was withdrawn or never recorded. */
  latest(id: string): T | null;
  /** What is known under a key, now or (with `at`) what was known then. Withdrawn records are not among it. */
  known(key: string, at?: Instant | null): readonly T[];
  /** Every record under a key that ever held, with the moment it was replaced. */
  everKnown(key: string): Known<T>[];
}

const NONE: readonly never[] = [];

export function createHistory<T extends Recorded>(keyOf: (record: T) => string): History<T> {
  /** By id, in the order they became known. */
  const versions = new Map<string, readonly T[]>();
  const ids = new Map<string, Set<string>>();
  const present = new Map<string, readonly T[]>();

  function place(id: string, key: string, all: readonly T[]): void {
    present.delete(key);
    if (all.length > 0) {
      versions.set(id, all);
      const under = ids.get(key);
      if (under) under.add(id);
      else ids.set(key, new Set([id]));
      return;
    }
    versions.delete(id);
    ids.get(key)?.delete(id);
    if (ids.get(key)?.size === 0) ids.delete(key);
  }

  function select(key: string, at: Instant | null): readonly T[] {
    const chosen: T[] = [];
    for (const id of ids.get(key) ?? NONE) {
      const record = versions.get(id)?.findLast((each) => at === null || each.recordedAt <= at);
      if (record && !isEmpty(record)) chosen.push(record);
    }
    return chosen;
  }

  return {
    keyOf,
    put(record) {
      const [id, key] = [record.id, keyOf(record)];
      const before = versions.get(id) ?? NONE;
      const later = before.findIndex((each) => each.recordedAt > record.recordedAt);
      place(id, key, before.toSpliced(later === -1 ? before.length : later, 0, record));
      return () => place(id, key, before);
    },
    recordedAs: (id, at) => versions.get(id)?.find((each) => each.recordedAt === at) ?? null,
    anyOf: (id) => versions.get(id)?.[0] ?? null,
    latest(id) {
      const record = versions.get(id)?.at(-1);
      return record && !isEmpty(record) ? record : null;
    },
    known(key, at = null) {
      if (at !== null) return select(key, at);
      const found = present.get(key) ?? select(key, null);
      present.set(key, found);
      return found;
    },
    everKnown: (key) =>
      [...(ids.get(key) ?? NONE)].flatMap((id) => {
        const all = versions.get(id) ?? NONE;
        return all
          .map((record, n) => ({ record, until: all[n + 1]?.recordedAt ?? null }))
          .filter(({ record }) => !isEmpty(record));
      }),
  };
}

import { contentHash } from '../../../kernel/canonical.ts';
import type { Effective, LocalDate } from '../../../kernel/dates.ts';
import type { Label } from '../../facts/index.ts';
import type { Lane } from '../contract.ts';
import type { Expression, List } from '../language/index.ts';
import type { Snooze, Standing } from './contract.ts';

/** A rule as it stands in a book: an approved version, and what its decisions say. */
export interface BookRule {
  readonly id: string;
  readonly version: number;
  readonly standing: Standing;
  readonly label: Label;
  /** What a hit says: the author's sentence, or the condition read aloud. */
  readonly sentence: Label;
  readonly advice: Label;
  readonly legalBasis: string | null;
  readonly points: number;
  readonly mandatory: Lane | null;
  readonly effective: Effective;
  /** The issue, measure or person it came from. */
  readonly origin: string;
  /** The condition within its scope, and the facts of the condition alone: those a hit quotes. */
  readonly expression: Expression;
  readonly facts: readonly string[];
  readonly lists: readonly string[];
  readonly snoozes: readonly Pick<Snooze, 'until' | 'only'>[];
}

/** A published version of a list. It never changes; what counts on a day follows from its dates. */
export interface BookList {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly type: 'text' | 'number';
  readonly until: LocalDate | null;
  /** Days from which fewer entries count than before, in order. */
  readonly endings: readonly LocalDate[];
  /** The entries that count on a day. */
  on(day: LocalDate): List;
}

/**
 * Every rule and list in force at a moment. A book is never changed: publishing makes the next one,
 * and a decision keeps the book it was made by, so that it can be made again. Its version is a hash
 * of its content.
 */
export interface RuleBook {
  readonly version: string;
  /** In order of id. */
  readonly rules: readonly BookRule[];
  /** The lists the rules ask. */
  readonly lists: ReadonlyMap<string, BookList>;
}

/** What is stored of a book: which versions stand in it. Rules and lists are kept once, elsewhere. */
export interface BookIndex {
  readonly rules: readonly BookEntry[];
  /** Every published list, by name: those no rule asks wait for one that does. */
  readonly lists: Readonly<Record<string, { readonly version: number; readonly hash: string }>>;
}
export interface BookEntry {
  readonly id: string;
  readonly version: number;
  readonly standing: Standing;
  /** Hash of everything the version says. */
  readonly content: string;
  readonly snoozes: readonly Pick<Snooze, 'until' | 'only'>[];
}

export const EMPTY_INDEX: BookIndex = { rules: [], lists: {} };

export const bookVersion = (index: BookIndex): string => contentHash(index).slice(0, 12);

export const EMPTY_BOOK: RuleBook = {
  version: bookVersion(EMPTY_INDEX),
  rules: [],
  lists: new Map(),
};

/** The index with the entries of one rule replaced: none, one, or a live one and its trial successor. */
export function withRule(index: BookIndex, id: string, entries: readonly BookEntry[]): BookIndex {
  const rules = [...index.rules.filter((rule) => rule.id !== id), ...entries];
  const place = ({ id: rule, standing }: BookEntry): string => `${rule} ${standing}`;
  return { ...index, rules: rules.sort((a, b) => (place(a) < place(b) ? -1 : 1)) };
}

export const withList = (
  index: BookIndex,
  name: string,
  list: { readonly version: number; readonly hash: string },
): BookIndex => ({ ...index, lists: { ...index.lists, [name]: list } });

/** A list as it is kept: its values, and the day some of them end on before the list does. */
export interface ListData extends Omit<BookList, 'endings' | 'on'> {
  readonly values: ReadonlySet<string> | ReadonlySet<number>;
  readonly untils: ReadonlyMap<string | number, LocalDate>;
}

/** Sets that are kept at hand: traffic is of today and a few days around it. */
const SETS_KEPT = 4;

export function createBookList({ values, untils, ...list }: ListData): BookList {
  const endings = [...new Set(untils.values())].sort();
  const sets = new Map<number, List>();
  const version = String(list.version);

  /** Mostly nothing has ended, and the whole list is the set: a million values are not copied. */
  function countingOn(day: LocalDate, passed: number): List['values'] {
    if (passed === 0) return values;
    const counting = new Set<string | number>(values);
    for (const [value, until] of untils) if (until <= day) counting.delete(value);
    return counting as List['values'];
  }

  return {
    ...list,
    endings,
    on(day) {
      const passed = endings.filter((ending) => ending <= day).length;
      const known = sets.get(passed);
      if (known) return known;
      const made: List = { version, values: countingOn(day, passed) };
      if (sets.size >= SETS_KEPT) sets.clear();
      sets.set(passed, made);
      return made;
    },
  };
}

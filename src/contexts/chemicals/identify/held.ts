import type { LocalDate } from '../../../kernel/dates.ts';
import type { ListEntry } from '../contract.ts';
import type { Meant } from '../index/lookup.ts';
import type { NameIndex } from '../index/name-index.ts';
import type { Vocabulary } from '../index/vocabulary.ts';
import type { Knowledge } from '../lists/knowledge.ts';

/** What an identifier holds. */
export interface Held {
  readonly knowledge: Knowledge;
  readonly index: NameIndex;
  readonly vocabulary: Vocabulary;
  readonly shipping: NameIndex;
  readonly shippingWords: Vocabulary;
  readonly byCas: ReadonlyMap<string | null, number>;
  readonly byFormula: ReadonlyMap<string, readonly number[]>;
  /** HS headings the tariff's own names gave. */
  readonly hs6: Map<number, Set<string>>;
  /** What was looked up for the text at hand: its components repeat one another. */
  readonly asked: Map<string, readonly Meant[]>;
}

export const inForce = ({ from, to }: ListEntry, on: LocalDate | null): boolean =>
  on === null || ((from === null || from <= on) && (to === null || on < to));

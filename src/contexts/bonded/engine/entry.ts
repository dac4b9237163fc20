import type { Instant } from '../../../kernel/dates.ts';
import type { EventKind } from '../contract.ts';
import type { Quantity } from '../quantity.ts';

/** An account at a site, as the journal writes it: `account + site × 32`. */
export type Place = number;

/** A quantity of one part leaves one place and reaches another; the two always balance. */
export interface Movement {
  /** The number of the part in its ledger. */
  readonly part: number;
  /** The number of the lot, or -1 where goods are not yet of any. */
  readonly lot: number;
  readonly from: Place;
  readonly to: Place;
  /** Above nothing. */
  readonly quantity: Quantity;
}

/** Goods that can be told apart: an import line, or what an order made. */
export interface Lot {
  /** Counted from 0 in the ledger, in the order they came. */
  readonly number: number;
  readonly name: string;
  readonly part: number;
  /** The order that made it; `null` for what was imported. */
  readonly order: string | null;
  /** What it came in by: a list and its line, a declaration. */
  readonly document: string | null;
  readonly occurredAt: Instant;
}

/**
 * One row of the journal: what an event did. `applied` moved goods; `held` is kept until what it needs is
 * there, and is then entered again under the same event with its movements.
 */
export interface Entry {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly event: string;
  readonly kind: EventKind;
  readonly outcome: 'applied' | 'held';
  readonly order: string | null;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly document: string | null;
  readonly movements: readonly Movement[];
  /** Lots this entry opened. */
  readonly lots: readonly Lot[];
  /** What else must be known to read it again: an opened order, the whole of a held event. JSON. */
  readonly detail: Readonly<Record<string, unknown>> | null;
}

/** What of the journal an event is decided with. */
export interface Past {
  /** The entry that divided the use of the closed order the event is about. */
  readonly settlement?: Entry;
  /** The entry that a reversal undoes; `null` where there is none. */
  readonly reversed?: Entry | null;
}

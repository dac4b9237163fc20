import type { Instant, LocalDate } from '../../../kernel/dates.ts';
import type { Account } from '../accounts.ts';
import type { EventKind } from '../contract.ts';
import type { Quantity, Rate } from '../quantity.ts';
import type { BookOf } from '../stocktake/contract.ts';
import type { Difference } from '../stocktake/differences.ts';

/** A difference as the explanation sees it: what it is worth proves nothing. */
export type Differing = Pick<
  Difference,
  'part' | 'account' | 'site' | 'book' | 'counted' | 'difference' | 'countedAt'
>;

/**
 * Everything the explanation may look at, in our own words and nothing else: records as they came, never a
 * statement about what went wrong. All of it concerns one ledger and the period up to some days after the count.
 */
export interface Evidence {
  /**
   * What the book figures rest on: what had been entered when it was counted, or what had happened by then, as far as
   * it was entered when the count was closed.
   */
  readonly bookOf: BookOf;
  readonly differences: readonly Differing[];
  readonly postings: readonly Posting[];
  readonly papers: readonly Paper[];
  readonly orders: readonly OrderFacts[];
  /** Declared consumption of the products of these orders, in all its versions. */
  readonly consumptions: readonly Use[];
  readonly substitutes: readonly Substitute[];
  readonly tags: readonly Tag[];
}

/** An event as the journal has it, or as it was held or refused. */
export interface Posting {
  readonly id: string;
  readonly state: 'applied' | 'held' | 'refused';
  readonly kind: EventKind;
  readonly order: string | null;
  readonly document: string | null;
  readonly reverses: string | null;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** It was entered only after the count was closed. */
  readonly isLate: boolean;
  /** Of a move: where the goods are going. */
  readonly toSite: string | null;
  /** Of a reversal too: the movements it made. Of what is held or refused: those it would have made. */
  readonly lines: readonly PostingLine[];
}

export interface PostingLine extends Carried {
  /** As it was sent, where that is not in the part's own unit. */
  readonly sent: {
    readonly quantity: Quantity;
    readonly unit: string;
    readonly conversion: Rate;
  } | null;
  readonly lot: string | null;
  readonly insteadOf: string | null;
  /** `false` for domestic goods, which leave the book as it is. */
  readonly bonded: boolean;
}

/** A quantity of one part from one place to another; `null` where that is none of the ledger's. */
export interface Carried {
  readonly part: string;
  readonly quantity: Quantity;
  readonly from: Place | null;
  readonly to: Place | null;
}
export interface Place {
  readonly account: Account;
  readonly site: string;
}

/** A record made by somebody else than the journal, of one part. */
export interface Paper extends Carried {
  readonly id: string;
  /**
   * `gate`, `receipt`, `slip` (a store's issue or weighing slip) and `stockBill` saw the goods. `importLine` is what was
   * declared: it does not prove that anything came. `cancellation` says that the sender took a posting back.
   */
  readonly kind: 'gate' | 'receipt' | 'slip' | 'stockBill' | 'importLine' | 'cancellation';
  /** What it says happened; `null` where it only says from where and to where. */
  readonly tells: EventKind | null;
  /** The number both sides know it by: of a list and line, a bill, a slip; of a cancellation, the event's id too. */
  readonly document: string | null;
  readonly order: string | null;
  readonly at: Instant;
  readonly lot: string | null;
  readonly bonded: boolean | null;
}

export interface OrderFacts {
  readonly order: string;
  readonly product: string;
  /** What its head says; `null` where it says nothing. */
  readonly version: string | null;
  readonly openedOn: LocalDate;
  readonly isClosed: boolean;
  readonly planned: Quantity;
  /** Good output, and what was found defective. */
  readonly received: Quantity;
  readonly rejected: Quantity;
  /** The order whose output is worked again; `null` for an ordinary one. */
  readonly reworks: string | null;
}

/** What one unit of a product takes of a part, by one version (单耗). */
export interface Use {
  readonly product: string;
  readonly version: string;
  readonly part: string;
  readonly net: Rate;
  readonly lossRate: Rate;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** `instead` may be used for `part`: of `ratio` units for one. */
export interface Substitute {
  readonly part: string;
  readonly instead: string;
  readonly ratio: Rate;
  /** Where it is said: a list of alternatives, an ERP line. */
  readonly record: string;
}

/** A counted line, for what can go wrong in counting. */
export interface Tag extends Place {
  readonly id: string;
  readonly part: string;
  readonly quantity: Quantity;
  readonly bin: string | null;
}

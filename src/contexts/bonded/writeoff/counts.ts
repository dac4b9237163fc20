import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Account } from '../accounts.ts';
import type { Quantity } from '../quantity.ts';

/** What a filing needs of a count and of its explanation. */
export interface Count {
  /** One part in one account at one site, each compared with the book at the moment it was counted. */
  readonly spots: readonly CountedSpot[];
  /** Whether every place was looked at where the book holds something of the part: not counted is not zero. */
  isWhole(part: string): boolean;
  /** The last row of the journal it knows of, and when the last of it was counted. */
  readonly asOf: number;
  readonly countedAt: string;
  /** The last row of the journal that is in the book it was compared with. */
  readonly comparedTo: number;
  /** SHA-256 of the records the explanation rests on. */
  readonly evidence: string;
}

export interface CountedSpot {
  readonly part: string;
  readonly account: Account;
  readonly site: string;
  readonly counted: Quantity;
  /** Counted less book, as far as records identify it and the book does not have it yet; signed. */
  readonly pending: Quantity;
  /** Counted less book, as far as no record identifies it; signed. */
  readonly unexplained: Quantity;
  /** What `pending` is made of. */
  readonly causes: readonly {
    readonly cause: string;
    readonly quantity: Quantity;
    readonly records: readonly string[];
  }[];
}

/** Where counts come from. */
export interface Counts {
  /** A count of a ledger with its explanation; `null` where there is none of that name. */
  find(db: Db, ledger: string, stocktake: string): Promise<Count | null>;
}

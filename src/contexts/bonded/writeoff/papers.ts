import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Price } from './duty.ts';
import type { PurposeOf } from './figures.ts';

/** What a filing asks of the lists (核注清单) of a ledger. */
export interface Papers {
  /** Why the goods of a document moved. */
  purposes(db: Db, ledger: string): Promise<PurposeOf>;
  /** The mean value of one unit over the import lists of each part, and its origin where they all name one. */
  prices(db: Db, ledger: string, parts: readonly string[]): Promise<ReadonlyMap<string, Price>>;
}

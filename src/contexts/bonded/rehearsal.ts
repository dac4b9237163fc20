import { type Db, inTransaction, rehearse, type Tx } from '../../platform/postgres/transaction.ts';

/** All of `work`, or none of it; of a dry run the answer, and none of it. */
export const perform = <T>(db: Db, dryRun: boolean, work: (tx: Tx) => Promise<T>): Promise<T> =>
  dryRun ? rehearse(db, work) : inTransaction(db, work);

import { type Db, inTransaction, type Tx } from '../../platform/postgres/transaction.ts';

class Rehearsed<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super('A rehearsal keeps nothing.');
    this.answer = answer;
  }
}

/** All of `work`, or none of it; of a dry run the answer, and none of it. */
export async function perform<T>(
  db: Db,
  dryRun: boolean,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await inTransaction(db, async (tx) => {
      const answer = await work(tx);
      if (dryRun) throw new Rehearsed(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.answer as T;
    throw error;
  }
}

import type { Kysely } from 'kysely';

/**
 * The operational store. It knows no table: each context's store names its own, by
 * `db.withTables<{ 'cases.item': ItemTable }>()` or by kysely's `sql`.
 *
 * What a value reads as: `numeric` and `bigint` as text (exact), `date` as text `2026-07-01`
 * (a day has no time zone), `timestamptz` as `Date`, `jsonb` as its value, `bytea` as `Buffer`.
 */
export type Db = Kysely<Record<never, never>>;

/** A transaction is used as the store itself is, so that stores need not ask which they were given. */
export type Tx = Db;

/** All of `work`, or none of it. */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}

/** Ends a rehearsal: the transaction is undone, the result is kept. */
class Rehearsed<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super('A rehearsal ends without being kept.');
    this.result = result;
  }
}

/** Does the work and undoes it: what it answers is what would happen. */
export async function rehearse<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const ended: unknown = await inTransaction(db, async (tx) => {
    throw new Rehearsed(await work(tx));
  }).catch((error: unknown) => error);
  if (ended instanceof Rehearsed) return ended.result as T;
  throw ended;
}

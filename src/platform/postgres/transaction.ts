import {
  CompiledQuery,
  type DatabaseConnection,
  DummyDriver,
  type Kysely,
  type KyselyProps,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
} from 'kysely';

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

/**
 * All of `work`, or none of it. What it asks without waiting in between, by `Promise.all`, travels
 * together and is done in the order it was asked; that the transaction begins travels with the first.
 */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const executor = db.getExecutor();
  return executor.provideConnection(async (connection) => {
    let isOver = false;
    const own = executor.withConnectionProvider({
      provideConnection: async (consumer) => {
        if (isOver) throw new Error('The transaction is over.');
        return consumer(connection);
      },
    });
    const begun = tell(connection, 'begin');
    begun.catch(() => undefined);
    try {
      const result = await work(new Transaction({ ...STANDALONE, executor: own }));
      await begun;
      isOver = true;
      await tell(connection, 'commit');
      return result;
    } catch (error) {
      isOver = true;
      await tell(connection, 'rollback');
      throw error;
    }
  });
}

const tell = (connection: DatabaseConnection, command: string) =>
  connection.executeQuery(CompiledQuery.raw(command));

/** What a transaction would need to begin another, which none does. */
const dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const STANDALONE: Omit<KyselyProps, 'executor'> = {
  config: { dialect },
  dialect,
  driver: new DummyDriver(),
};

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

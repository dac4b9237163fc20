import assert from 'node:assert/strict';
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
import pg from 'pg';

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
 * together and is done in the order it was asked; that the transaction begins travels with the first,
 * and its commit with what was left to it last.
 */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const executor = db.getExecutor();
  return executor.provideConnection(async (connection) => {
    let isOver = false;
    const open: Open = { asked: 0, left: [] };
    const own = executor.withConnectionProvider({
      provideConnection: async (consumer) => {
        if (isOver) throw new Error('The transaction is over.');
        open.asked += 1;
        return consumer(connection);
      },
    });
    const tx = new Transaction<Record<never, never>>({ ...STANDALONE, executor: own });
    transactions.set(tx, open);
    leave(open, tell(connection, 'begin'));
    try {
      const result = await work(tx);
      isOver = true;
      // Where something has failed, PostgreSQL answers a commit with a rollback.
      leave(open, tell(connection, 'commit'));
      await Promise.all(open.left);
      return result;
    } catch (error) {
      if (!isOver) {
        isOver = true;
        await tell(connection, 'rollback');
      }
      throw (await firstFailure(open)) ?? error;
    }
  });
}

/** What a transaction under way knows of itself. */
interface Open {
  /** Statements that have been sent. */
  asked: number;
  /** What nobody waits for before the end, in the order it was sent. */
  readonly left: Promise<unknown>[];
}
const transactions = new WeakMap<Tx, Open>();

function leave({ left }: Open, answer: Promise<unknown>): void {
  answer.catch(() => undefined);
  left.push(answer);
}

/** What failed of itself among what was left, and not because something before it had; `null` if nothing did. */
async function firstFailure({ left }: Open): Promise<unknown> {
  const ended = await Promise.allSettled(left);
  const failures = ended.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  return failures.find((error) => !isOf(error, IN_FAILED_TRANSACTION)) ?? null;
}

/**
 * Leaves a statement to the transaction: nobody needs its answer, and it travels with what is asked
 * next, at the latest with the commit. It is done in its order, so that what it locks is locked for
 * whatever comes after it. Should it fail, the transaction fails with its error, whatever else was to
 * come of it. Outside a transaction it is waited for.
 */
export async function leaveTo(
  tx: Tx,
  statement: { execute(db: Db): Promise<unknown> },
): Promise<void> {
  const open = transactions.get(tx);
  const asked = open?.asked ?? 0;
  const answer = statement.execute(tx);
  if (!open) await answer;
  else {
    leave(open, answer);
    // One that is sent later might come after the commit.
    assert(open.asked > asked, 'What is left to a transaction is sent at once.');
  }
}

const tell = (connection: DatabaseConnection, command: string) =>
  connection.executeQuery(CompiledQuery.raw(command));

/**
 * Tries once more when a key was taken meanwhile: whoever took it has committed by then, and is found.
 *
 * @param key the name of the constraint.
 */
export async function againIfTaken<T>(key: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (isOf(error, UNIQUE_VIOLATION) && error.constraint === key) return attempt();
    throw error;
  }
}

/** As PostgreSQL numbers its errors (appendix A of its manual). */
const UNIQUE_VIOLATION = '23505';
const IN_FAILED_TRANSACTION = '25P02';

const isOf = (error: unknown, code: string): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && error.code === code;

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
    const result = await work(tx);
    await Promise.all(transactions.get(tx)?.left ?? []);
    throw new Rehearsed(result);
  }).catch((error: unknown) => error);
  if (ended instanceof Rehearsed) return ended.result as T;
  throw ended;
}

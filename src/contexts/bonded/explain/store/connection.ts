import type pg from 'pg';
import { silentLog } from '../../../../platform/log.ts';
import { createDb, createPool } from '../../../../platform/postgres/open.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';

export type Pool = pg.Pool;
/** Where the connections of a pool go, as it can be handed to a thread. */
export type Connection = Pick<
  pg.PoolConfig,
  'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'
>;

/** A pool keeps its password out of what can be listed, so each is asked for by name. */
export function connectionOf({ options }: Pool): Connection {
  const { connectionString, host, port, user, password, database, ssl } = options;
  return { connectionString, host, port, user, password, database, ssl };
}

/** One connection to the same store, for a thread that only reads. */
export const connectTo = (connection: Connection): Db =>
  createDb(createPool({ ...connection, max: 1 }, silentLog));

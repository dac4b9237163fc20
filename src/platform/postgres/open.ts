import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Refused } from '../../kernel/refusal.ts';
import { isErrno } from '../claim.ts';
import type { Log } from '../log.ts';
import { startEmbedded } from './embedded.ts';
import { preparing } from './preparing.ts';
import type { Db } from './transaction.ts';

export interface Postgres {
  readonly db: Db;
  /** For libraries that speak to `pg` themselves. */
  readonly pool: pg.Pool;
  /** As PostgreSQL says it: `18.4`. */
  readonly version: string;
  /** Closes the pool, and stops the server if we started it. */
  stop(): Promise<void>;
}

/** The first version with everything our migrations use. */
const VERSION_MIN = 15;
/** Two cores and a disk are busy with far fewer; the embedded server admits 40. */
const CONNECTIONS_MAX = 16;
/** How long a caller waits for a server that is restarting, before it is told. */
const PATIENCE_MS = 5_000;
const RETRY_MS = 100;

/** Opens the operational store: the one at `url`, or a real PostgreSQL that lives in a data folder. */
export async function openPostgres(
  config: { readonly url: string } | { readonly embeddedIn: string },
  log: Log,
): Promise<Postgres> {
  if ('url' in config) return connectTo({ connectionString: config.url }, log, async () => {});
  const embedded = await startEmbedded(config.embeddedIn, log);
  try {
    return await connectTo({ ...embedded.address }, log, embedded.stop);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** A day is a day wherever the reader sits, so `date` stays the text it is. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === pg.types.builtins.DATE) return (text) => text;
  return pg.types.getTypeParser(oid, format);
}

export function createPool(connection: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({
    max: CONNECTIONS_MAX,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 30_000,
    application_name: 'jianghai',
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
    ...connection,
  });
  // Without listeners, a server that goes away would end this process; the pool drops such connections itself.
  pool.on('error', (error) => log.warn(error, 'A connection to PostgreSQL was lost.'));
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug(error, 'A connection to PostgreSQL was lost in use.'));
  });
  return pool;
}

export function createDb(pool: pg.Pool): Db {
  const prepared = preparing();
  const dialect = new PostgresDialect({
    pool: { connect: async () => prepared(await connectPatiently(pool)), end: () => pool.end() },
  });
  return new Kysely({ dialect });
}

/** Waits out a restart. Nothing has been sent yet, so that trying again is always safe. */
async function connectPatiently(pool: pg.Pool): Promise<pg.PoolClient> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await pool.connect();
    } catch (error) {
      const isAway = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', '57P03'].some((code) =>
        isErrno(error, code),
      );
      if (!isAway || Date.now() > until) throw error;
    }
    await sleep(RETRY_MS);
  }
}

async function connectTo(
  connection: pg.PoolConfig,
  log: Log,
  stopServer: () => Promise<void>,
): Promise<Postgres> {
  const pool = createPool(connection, log);
  try {
    const version = await checkVersion(pool);
    const db = createDb(pool);
    const stop = async (): Promise<void> => {
      await db.destroy();
      // Kysely ends a pool only once it has used it; who worked on the pool itself needs it ended too.
      if (!pool.ended) await pool.end();
      await stopServer();
    };
    return { db, pool, version, stop };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function checkVersion(pool: pg.Pool): Promise<string> {
  const version = await askVersion(pool).catch((error: unknown) => {
    const said = error instanceof Error ? error.message : String(error);
    throw new Refused('invalid', { code: 'platform.postgres_unreachable', params: { said } });
  });
  if (Number.parseInt(version, 10) < VERSION_MIN) {
    throw new Refused('invalid', {
      code: 'platform.postgres_too_old',
      params: { found: version, needed: VERSION_MIN },
    });
  }
  return version;
}

async function askVersion(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  return rows[0]?.server_version.split(' ')[0] ?? '0';
}

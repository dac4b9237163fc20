import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inject } from 'vitest';
import { silentLog } from '../log.ts';
import type { SocketAddress } from './cluster.ts';
import { createDb, createPool } from './open.ts';
import type { Db } from './transaction.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test cluster, and the migrated database that `testDatabase` clones. */
    postgres: SocketAddress;
  }
}

export interface TestDatabase {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A database of one's own: a clone of the migrated template in the cluster `test/global-setup.ts`
 * started. Take one per test file, and drop it in `afterAll`.
 */
export async function testDatabase(from: 'migrated' | 'empty' = 'migrated'): Promise<TestDatabase> {
  const address = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = from === 'migrated' ? address.database : 'template0';
  await administer(address, `create database ${name} template ${template} strategy file_copy`);
  const pool = createPool({ ...address, database: name, max: 8 }, silentLog);
  const db = createDb(pool);
  return {
    db,
    pool,
    url: `postgresql://${address.user}@localhost/${name}?host=${encodeURIComponent(address.host)}`,
    drop: async () => {
      await db.destroy();
      await administer(address, `drop database ${name} with (force)`);
    },
  };
}

async function administer(address: SocketAddress, statement: string): Promise<void> {
  const pool = createPool({ ...address, database: 'postgres', max: 1 }, silentLog);
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrationSources } from '../src/apps/migrations.ts';
import { silentLog } from '../src/platform/log.ts';
import { startEmbedded } from '../src/platform/postgres/embedded.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import { createDb, createPool } from '../src/platform/postgres/open.ts';
import '../src/platform/postgres/testing.ts';

/** A cluster that dies with the run need not survive a power cut. */
const IN_TESTS_ONLY = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '100',
};

/** One PostgreSQL for the whole run; its first database, migrated, is the template of all others. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-test-'));
  const cluster = await startEmbedded(folder, silentLog, IN_TESTS_ONLY);
  const db = createDb(createPool({ ...cluster.address }, silentLog));
  await migrate(db, migrationSources, silentLog).finally(() => db.destroy());
  project.provide('postgres', cluster.address);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

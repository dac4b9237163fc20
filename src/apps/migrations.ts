import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MigrationSource } from '../platform/postgres/migrate.ts';

const folder = (path: string): string =>
  fileURLToPath(new URL(`../${path}/migrations`, import.meta.url));

const source = (context: string): MigrationSource => ({
  schema: context,
  directory: folder(`contexts/${context}`),
});

/** Every schema of the operational store, lower tiers first. */
export const migrationSources: readonly MigrationSource[] = [
  { schema: 'platform', directory: folder('platform/event-log') },
  source('identity'),
  source('reference'),
  source('facts'),
  source('pool'),
  source('parties'),
  source('cases'),
  source('risk'),
  source('duty'),
  source('chemicals'),
  source('cargo'),
  source('bonded'),
  source('clearance'),
  source('governance'),
  source('messages'),
].filter(({ directory }) => existsSync(directory));

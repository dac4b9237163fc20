import { readSettings } from '../../platform/config.ts';
import { createLog } from '../../platform/log.ts';
import { findRunning } from '../../platform/postgres/embedded.ts';
import { openPostgres, type Postgres } from '../../platform/postgres/open.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import type { SettingValues } from '../server.ts';
import { settings } from '../settings.ts';

/** The settings: what the command line said goes before the environment. */
export function readValues(
  given: { port?: string | undefined; messagesFolder?: string | undefined } = {},
): SettingValues {
  return readSettings(settings, process.env, given);
}

/**
 * The operational store, for the length of one piece of work. Beside a running server its PostgreSQL
 * is used and left running; one that this command had to start is stopped again.
 */
export async function withPostgres<T>(
  work: (postgres: Postgres, values: SettingValues) => Promise<T>,
): Promise<T> {
  const values = readValues();
  const running = values.databaseUrl ? null : await findRunning(values.dataFolder);
  const store = values.databaseUrl
    ? { url: values.databaseUrl }
    : running
      ? { url: urlOf(running) }
      : { embeddedIn: values.dataFolder };
  const postgres = await openPostgres(store, createLog('warn', process.stderr));
  try {
    return await work(postgres, values);
  } finally {
    await postgres.stop();
  }
}

const urlOf = ({
  host,
  user,
  database,
}: {
  host: string;
  user: string;
  database: string;
}): string => `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;

export const withDb = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
  withPostgres(({ db }) => work(db));

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureOperator } from '../contexts/identity/index.ts';
import { openDuckdb } from '../platform/analytics/duckdb.ts';
import { claimFolder } from '../platform/claim.ts';
import { systemClock } from '../platform/clock.ts';
import type { ValuesOf } from '../platform/config.ts';
import { openFileStore } from '../platform/files.ts';
import { serve } from '../platform/http/index.ts';
import type { Log } from '../platform/log.ts';
import { migrate } from '../platform/postgres/migrate.ts';
import { openPostgres } from '../platform/postgres/open.ts';
import { collectAtRest } from '../platform/rest.ts';
import { openSecret } from '../platform/secret.ts';
import { DEMO_PASSWORD, type Demo, openDemo } from './demo.ts';
import type { Progress } from './http/port.ts';
import { migrationSources } from './migrations.ts';
import type { settings } from './settings.ts';
import { createPlatform, type Platform } from './wiring.ts';

export type SettingValues = ValuesOf<typeof settings>;

export interface RunningServer {
  readonly url: string;
  readonly platform: Platform;
  /** The first operator's password, when this start made the account; told once. */
  readonly operatorPassword: string | null;
  readonly demo: Demo | null;
  stop(): Promise<void>;
}

const WEB_FOLDER = fileURLToPath(new URL('../../web', import.meta.url));

/** Where each part of a data folder lives. */
export const foldersOf = (dataFolder: string) => ({
  pool: join(dataFolder, 'pool'),
  poolFile: join(dataFolder, 'pool', 'pool.duckdb'),
  files: join(dataFolder, 'files'),
  poolImports: join(dataFolder, 'pool', 'files'),
  demo: join(dataFolder, 'demo'),
  secret: join(dataFolder, 'secret'),
  /** Official lists of chemicals, loaded with `jianghai reference load`. */
  chemicals: join(dataFolder, 'chemicals'),
  /** Says where the running server listens, for the command line. */
  server: join(dataFolder, 'server.json'),
});

/** Opens a closeable thing and remembers how to close it, last opened first. */
class Closing {
  private readonly steps: { name: string; close: () => Promise<void> }[] = [];
  private readonly log: Log;

  constructor(log: Log) {
    this.log = log;
  }

  add(name: string, close: () => Promise<void>): void {
    this.steps.unshift({ name, close });
  }

  async close(): Promise<void> {
    for (const { name, close } of this.steps.splice(0)) {
      await close().catch((error: unknown) =>
        this.log.error({ err: error, name }, 'did not close'),
      );
    }
  }
}

/**
 * Starts a port on a data folder: claims the folder, starts or adopts PostgreSQL, migrates, opens the
 * pool, serves. Whatever fails on the way, what was opened is closed again.
 *
 * @param say is told each step, for the person who waits.
 */
export async function startServer(
  values: SettingValues,
  options: {
    demo: boolean;
    demoScale: string | null;
    log: Log;
    say: (step: string) => void;
    /** Told how far the demo port's filing is; `null` when it is over. */
    onProgress: (progress: Progress | null) => void;
  },
): Promise<RunningServer> {
  const { log, say } = options;
  const folders = foldersOf(values.dataFolder);
  const closing = new Closing(log);
  try {
    await mkdir(values.dataFolder, { recursive: true });
    const claim = await claimFolder(values.dataFolder);
    closing.add('claim', () => claim.release());
    say('startingPostgres');
    const store = values.databaseUrl
      ? { url: values.databaseUrl }
      : { embeddedIn: values.dataFolder };
    const postgres = await openPostgres(store, log);
    closing.add('postgres', () => postgres.stop());
    say('migrating');
    await migrate(postgres.db, migrationSources, log);
    const clock = systemClock;
    const password = options.demo ? DEMO_PASSWORD : randomBytes(12).toString('base64url');
    const made = await ensureOperator({ db: postgres.db, clock }, { password });
    const { demo: wanted, demoScale: scale } = options;
    const demo = openDemo({ folder: folders.demo, wanted, fresh: made, scale });
    say('openingPool');
    // One core is left to filings, however long a question to the pool takes.
    const threads = Math.max(1, availableParallelism() - 1);
    const analytics = await openDuckdb({ file: folders.poolFile, threads });
    closing.add('pool', () => analytics.close());
    say('readingHistory');
    const stopping = new AbortController();
    const platform = await createPlatform({
      db: postgres.db,
      connections: postgres.pool,
      analytics,
      poolFolder: folders.pool,
      chemicalsFolder: folders.chemicals,
      files: await openFileStore(folders.files),
      secret: await openSecret(values.dataFolder),
      clock,
      log,
      names: { zh: values.portNameZh, en: values.portNameEn },
      conditionsNotComputed: values.conditionsNotComputed,
      samplingRate: values.samplingRate,
      retrainEveryDays: values.retrainEveryDays || null,
      auditPercent: values.auditPercent,
      webhookHosts: values.webhookHosts,
      messagesFolder: values.messagesFolder,
      demo,
      stopping: stopping.signal,
      ...(existsSync(WEB_FOLDER) && { webFolder: WEB_FOLDER }),
    });
    await platform.start();
    closing.add('platform', () => platform.stop());
    const serving = await serve(platform.app, { host: values.host, port: values.port, stopping });
    closing.add('http', () => serving.stop());
    const { quietMs } = serving;
    const stopResting = collectAtRest({ also: () => analytics.rest(), quietMs });
    closing.add('rest', async () => stopResting());
    const url = `http://${values.host === '0.0.0.0' ? '127.0.0.1' : values.host}:${serving.port}`;
    await writeFile(folders.server, JSON.stringify({ url, pid: process.pid }));
    closing.add('notice', () => rm(folders.server, { force: true }));
    if (demo) {
      demo.file(
        url,
        (progress) => {
          platform.setProgress(progress);
          options.onProgress(progress);
        },
        log,
      );
      closing.add('demo', () => demo.stop());
    }
    return {
      url,
      platform,
      operatorPassword: made && !demo ? password : null,
      demo,
      stop: () => closing.close(),
    };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

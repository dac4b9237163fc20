import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Refused } from '../../kernel/refusal.ts';
import { isErrno } from '../claim.ts';
import type { Log } from '../log.ts';
import type { Program } from './program.ts';
import type { OtherUser } from './run-as.ts';

const run = promisify(execFile);

/** Where a PostgreSQL listens: the folder of its unix socket, and its database. */
export interface SocketAddress {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

export const NAME = 'jianghai';
const SOCKET = '.s.PGSQL.5432';
const SILENT_MS_MAX = 60_000;
const STALE_MS_MAX = 15_000;
const STOP_MS_MAX = 30_000;
const LOG_BYTES_MAX = 8 * 1024 * 1024;

/** What a running cluster is started from. */
export interface Cluster {
  readonly folder: string;
  readonly home: string;
  readonly socket: string;
  readonly logFile: string;
  readonly program: Program;
  readonly user: OtherUser | null;
  readonly settings: Readonly<Record<string, string>>;
}

/** Made aside and then renamed: a start that is killed half-way leaves no half cluster behind. */
export async function initialise({
  folder,
  home,
  program,
  user,
  settings,
}: Cluster): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const how = ['-D', unfinished, '-U', NAME, '-A', 'trust', '-E', 'UTF8', '--no-instructions'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const sync = settings.fsync === 'off' ? ['--no-sync'] : [];
  try {
    await run(program.initdb, [...how, ...locale, ...sync], {
      ...user,
      cwd: home,
      env: environment(),
    });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    const said = error instanceof Error ? error.message : String(error);
    throw new Refused('conflict', {
      code: 'platform.postgres_not_made',
      params: { folder, said: tail(said) },
    });
  }
}

/** The same words on every machine: nothing of the caller's language or secrets goes in. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** True when a PostgreSQL already answers for this very cluster. */
export async function adopts(cluster: Cluster): Promise<boolean> {
  for (;;) {
    const answer = await askCluster(cluster);
    if (answer !== 'busy') return answer === cluster.folder;
    await sleep(100);
  }
}

/** The data folder of the PostgreSQL that answers; `busy` while it starts or stops; `null` if none does. */
async function askCluster(cluster: Cluster): Promise<string | null> {
  const client = new pg.Client({ ...addressOf(cluster), database: 'postgres' });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory ?? null;
  } catch (error) {
    return isErrno(error, '57P03') ? 'busy' : null;
  } finally {
    await client.end().catch(() => {});
  }
}

export function addressOf(cluster: Pick<Cluster, 'socket'>): SocketAddress {
  return { host: cluster.socket, user: NAME, database: NAME };
}

export async function start(cluster: Cluster, log: Log): Promise<ChildProcess> {
  const staleUntil = Date.now() + STALE_MS_MAX;
  for (;;) {
    const child = await launch(cluster);
    if (await comesUp(child, cluster)) return child;
    const said = await lastWords(cluster);
    // After a crash the old server's file, or the last of its processes, may still be there.
    const isStale = /lock file .* already exists|shared memory block|address already in use/i.test(
      said,
    );
    if (!isStale || Date.now() > staleUntil) {
      throw new Refused('conflict', {
        code: 'platform.postgres_did_not_start',
        params: { said: tail(said), file: cluster.logFile },
      });
    }
    log.info('An earlier PostgreSQL is not quite gone; waiting for it.');
    await removeStaleLocks(cluster);
    await sleep(250);
  }
}

/** Detached and logging to a file: it outlives a killed node process, and is adopted by the next. */
async function launch(cluster: Cluster): Promise<ChildProcess> {
  const { folder, home, logFile, program, user } = cluster;
  const size = await stat(logFile).then(
    (s) => s.size,
    () => 0,
  );
  if (size > LOG_BYTES_MAX) await truncate(logFile);
  const settings = { ...cluster.settings, unix_socket_directories: cluster.socket };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = await open(logFile, 'a');
  try {
    const child = spawn(program.postgres, ['-D', folder, ...options], {
      ...user,
      cwd: home,
      env: environment(),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    child.on('error', () => {});
    child.unref();
    return child;
  } finally {
    await output.close();
  }
}

async function comesUp(child: ChildProcess, cluster: Cluster): Promise<boolean> {
  let until = Date.now() + SILENT_MS_MAX;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const answer = await askCluster(cluster);
    if (answer === cluster.folder) return true;
    // Recovery after a crash takes what it takes.
    if (answer === 'busy') until = Date.now() + SILENT_MS_MAX;
    if (Date.now() > until) {
      child.kill('SIGQUIT');
      return false;
    }
    await sleep(20);
  }
  return false;
}

/**
 * A lock file whose process is now another program, or dead but not yet buried by its parent, would
 * keep PostgreSQL from starting for ever. We hold the folder's claim, so when that process was not
 * started on this cluster, the file is stale.
 */
async function removeStaleLocks(cluster: Cluster): Promise<void> {
  for (const file of [pidFile(cluster), join(cluster.socket, `${SOCKET}.lock`)]) {
    const pid = await pidIn(file);
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
    if (command !== null && !command.includes(cluster.folder)) await rm(file, { force: true });
  }
}

const pidFile = (cluster: Cluster): string => join(cluster.folder, 'postmaster.pid');

/** The process a lock file of PostgreSQL names; `null` when there is no such file. */
async function pidIn(file: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return Number.isNaN(pid) ? null : pid;
}

/** What the server said since it was last launched. */
async function lastWords({ logFile }: Cluster): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.slice(Math.max(text.lastIndexOf('starting PostgreSQL'), 0));
}

const tail = (text: string): string => text.trim().split('\n').slice(-6).join(' ').slice(-600);

export async function createDatabase(cluster: Cluster): Promise<void> {
  const client = new pg.Client({ ...addressOf(cluster), database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [NAME]);
    if (found.rowCount === 0) await client.query(`create database ${NAME}`);
  } finally {
    await client.end();
  }
}

export function isListening(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(folder, SOCKET));
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

/** Fast shutdown: sessions are ended, what was committed is kept. If it hangs, the next start recovers. */
export async function shutDown(
  cluster: Cluster,
  child: ChildProcess | null,
  log: Log,
): Promise<void> {
  const pid = child?.pid ?? (await pidIn(pidFile(cluster)));
  if (pid === null) return;
  const until = Date.now() + STOP_MS_MAX;
  if (!signal(pid, 'SIGINT')) return;
  while (Date.now() < until) {
    // PostgreSQL removes this file as its last act; a dead process may linger where nobody buries it.
    if ((await pidIn(pidFile(cluster))) !== pid) return;
    if (child && (child.exitCode !== null || child.signalCode !== null)) return;
    await sleep(20);
  }
  log.warn('PostgreSQL did not stop in time; ending it at once. The next start recovers.');
  signal(pid, 'SIGQUIT');
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false;
    throw error;
  }
}

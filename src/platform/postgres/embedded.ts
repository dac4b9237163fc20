import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, open, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Refused } from '../../kernel/refusal.ts';
import { type Claim, claimFolder, isErrno, socketFolder } from '../claim.ts';
import type { Log } from '../log.ts';
import { findProgram, type Program } from './program.ts';
import { type OtherUser, otherUser, postgresHome } from './run-as.ts';

const run = promisify(execFile);

/** Where a PostgreSQL listens: the folder of its unix socket, and its database. */
export interface SocketAddress {
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly address: SocketAddress;
  stop(): Promise<void>;
}

const NAME = 'jianghai';
const SOCKET = '.s.PGSQL.5432';
const START_MS_MAX = 120_000;
const STALE_MS_MAX = 15_000;
const STOP_MS_MAX = 30_000;
const WATCH_MS = 2_000;
const LOG_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Thrifty with memory and processes, never with durability. No port is opened: the socket stands in
 * a folder that admits its owner only, which is why local connections are trusted.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  cluster_name: NAME,
  max_connections: '40',
  shared_buffers: '64MB',
  work_mem: '8MB',
  effective_cache_size: '512MB',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  min_wal_size: '64MB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  io_method: 'sync',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '2',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** What a running cluster is started from. */
interface Cluster {
  readonly folder: string;
  readonly home: string;
  readonly socket: string;
  readonly logFile: string;
  readonly program: Program;
  readonly user: OtherUser | null;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Starts a real PostgreSQL in a data folder, or adopts the one a killed process left there; restarts
 * it should it die under us. The folder is claimed: a second start on it is told who has it.
 */
export async function startEmbedded(
  dataFolder: string,
  log: Log,
  extraSettings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new Refused('invalid', {
      code: 'platform.no_postgres_for_machine',
      params: { machine: 'windows' },
    });
  }
  const claim = await claimFolder(dataFolder);
  try {
    const cluster = await prepare(dataFolder, { ...SETTINGS, ...extraSettings }, log);
    const child = (await adopts(cluster)) ? null : await start(cluster, log);
    if (!child) log.info('Adopted the PostgreSQL that an earlier process left running.');
    await createDatabase(cluster);
    return supervise(cluster, child, claim, log);
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function prepare(
  dataFolder: string,
  settings: Readonly<Record<string, string>>,
  log: Log,
): Promise<Cluster> {
  const user = otherUser();
  const home = await postgresHome(dataFolder, user);
  const program = await findProgram(home, user);
  const socket = await socketFolder(home, user?.uid);
  if (user) await chown(socket, user.uid, user.gid);
  const folder = join(home, 'cluster');
  const logFile = join(home, 'postgres.log');
  const cluster = { folder, home, socket, logFile, program, user, settings };
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) {
    log.info('Making a new PostgreSQL store.');
    await initialise(cluster);
  } else if (version.trim() !== program.major) {
    throw new Refused('conflict', {
      code: 'platform.postgres_version_differs',
      params: { folder, found: version.trim(), program: program.major },
    });
  }
  return cluster;
}

/** Made aside and then renamed: a start that is killed half-way leaves no half cluster behind. */
async function initialise({ folder, home, program, user, settings }: Cluster): Promise<void> {
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
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    const said = error instanceof Error ? error.message : String(error);
    throw new Refused('conflict', {
      code: 'platform.postgres_not_made',
      params: { folder, said: tail(said) },
    });
  }
  await rename(unfinished, folder);
}

/** The same words on every machine: nothing of the caller's language or secrets goes in. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** True when a PostgreSQL already answers for this very cluster. */
async function adopts(cluster: Cluster): Promise<boolean> {
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

function addressOf(cluster: Cluster): SocketAddress {
  return { host: cluster.socket, user: NAME, database: NAME };
}

async function start(cluster: Cluster, log: Log): Promise<ChildProcess> {
  const staleUntil = Date.now() + STALE_MS_MAX;
  for (;;) {
    const child = await launch(cluster);
    if (await comesUp(child, cluster)) return child;
    const said = await lastWords(cluster);
    // After a crash the old server's file, or the last of its processes, may still be there.
    const isStale =
      /postmaster\.pid|shared memory block|socket lock file|address already in use/i.test(said);
    if (!isStale || Date.now() > staleUntil) {
      throw new Refused('conflict', {
        code: 'platform.postgres_did_not_start',
        params: { said: tail(said), file: cluster.logFile },
      });
    }
    log.info('An earlier PostgreSQL is not quite gone; waiting for it.');
    await removeStalePid(cluster);
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
  const until = Date.now() + START_MS_MAX;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if ((await askCluster(cluster)) === cluster.folder) return true;
    if (Date.now() > until) {
      child.kill('SIGQUIT');
      return false;
    }
    await sleep(20);
  }
  return false;
}

/**
 * A `postmaster.pid` whose number now belongs to another program, or to a process that is dead but
 * not yet buried, would keep PostgreSQL from starting for ever. We hold the folder's claim, so when
 * that process was not started on this cluster, the file is stale.
 */
async function removeStalePid(cluster: Cluster): Promise<void> {
  const pid = await postmasterPid(cluster);
  if (pid === null) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (command !== null && !command.includes(cluster.folder)) {
    await rm(join(cluster.folder, 'postmaster.pid'), { force: true });
  }
}

async function postmasterPid(cluster: Cluster): Promise<number | null> {
  const text = await readFile(join(cluster.folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isNaN(pid) ? null : pid;
}

async function lastWords({ logFile }: Cluster): Promise<string> {
  return tail(await readFile(logFile, 'utf8').catch(() => ''));
}

const tail = (text: string): string => text.trim().split('\n').slice(-6).join(' ').slice(-600);

async function createDatabase(cluster: Cluster): Promise<void> {
  const client = new pg.Client({ ...addressOf(cluster), database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [NAME]);
    if (found.rowCount === 0) await client.query(`create database ${NAME}`);
  } finally {
    await client.end();
  }
}

function supervise(
  cluster: Cluster,
  first: ChildProcess | null,
  claim: Claim,
  log: Log,
): EmbeddedPostgres {
  let child = first;
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      const options = { ref: false, signal: stopping.signal };
      await sleep(WATCH_MS, undefined, options).catch(() => {});
      if (stopping.signal.aborted) return;
      if (await isListening(cluster.socket)) continue;
      log.warn('PostgreSQL is gone; starting it again.');
      try {
        child = await start(cluster, log);
      } catch (error) {
        log.error(error, 'PostgreSQL did not start again; trying on.');
      }
    }
  };
  const watching = watch();
  return {
    address: addressOf(cluster),
    stop: async () => {
      stopping.abort();
      await watching;
      await shutDown(cluster, child, log);
      await claim.release();
    },
  };
}

function isListening(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(folder, SOCKET));
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

/** Fast shutdown: sessions are ended, what was committed is kept. If it hangs, the next start recovers. */
async function shutDown(cluster: Cluster, child: ChildProcess | null, log: Log): Promise<void> {
  const pid = child?.pid ?? (await postmasterPid(cluster));
  if (pid === null) return;
  const until = Date.now() + STOP_MS_MAX;
  if (!signal(pid, 'SIGINT')) return;
  while (Date.now() < until) {
    // PostgreSQL removes this file as its last act; a dead process may linger where nobody buries it.
    if ((await postmasterPid(cluster)) !== pid) return;
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

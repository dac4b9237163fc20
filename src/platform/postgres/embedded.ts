import type { ChildProcess } from 'node:child_process';
import { chown, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../../kernel/refusal.ts';
import { type Claim, claimFolder, findHolder, socketFolder } from '../claim.ts';
import type { Log } from '../log.ts';
import {
  addressOf,
  adopts,
  type Cluster,
  createDatabase,
  initialise,
  isListening,
  NAME,
  type SocketAddress,
  shutDown,
  start,
} from './cluster.ts';
import { findProgram } from './program.ts';
import { type OtherUser, otherUser, postgresHome } from './run-as.ts';

export interface EmbeddedPostgres {
  readonly address: SocketAddress;
  stop(): Promise<void>;
}

const WATCH_MS = 2_000;

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
  // After a checkpoint every page is written whole once more: with 512 MB a busy port had three a minute.
  max_wal_size: '2GB',
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

/**
 * Starts a real PostgreSQL in a data folder, or adopts the one a killed process left there; restarts
 * it should it die under us. Its folder is claimed: a second start on it is told who has it.
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
  const user = otherUser();
  const home = await postgresHome(dataFolder, user);
  const claim = await claimFolder(home, user?.uid);
  try {
    const cluster = await prepare(home, user, { ...SETTINGS, ...extraSettings }, log);
    const child = (await adopts(cluster)) ? null : await start(cluster, log);
    if (!child) log.info('Adopted the PostgreSQL that an earlier process left running.');
    await createDatabase(cluster);
    return supervise(cluster, child, claim, log);
  } catch (error) {
    await claim.release();
    throw error;
  }
}

/**
 * Where the PostgreSQL of a data folder listens, when another process has it open: one may use it
 * beside that process. One that nobody has open is for `startEmbedded` to adopt.
 */
export async function findRunning(dataFolder: string): Promise<SocketAddress | null> {
  const home = await realpath(join(dataFolder, 'postgres')).catch(() => null);
  const owner = otherUser()?.uid;
  if (home === null || (await findHolder(home, owner)) === null) return null;
  const socket = await socketFolder(home, owner);
  return (await isListening(socket)) ? addressOf({ socket }) : null;
}

async function prepare(
  home: string,
  user: OtherUser | null,
  settings: Readonly<Record<string, string>>,
  log: Log,
): Promise<Cluster> {
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

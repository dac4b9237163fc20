import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../kernel/dates.ts';
import { Refused } from '../kernel/refusal.ts';

/** Who works on a folder, or is about to. */
interface Claimant {
  readonly pid: number;
  readonly since: Instant;
  readonly isHolder: boolean;
}

export interface Claim {
  release(): Promise<void>;
}

/**
 * Claims a folder for this process; a second claim is refused and told whose the folder is.
 *
 * A claim is a listening unix socket: the kernel closes it with the process, however that ends, so
 * a claim never outlives its claimant, and whoever connects is told who answers.
 *
 * Each claimant listens under a name of its own, then looks at the others. It gives way to a holder
 * and to a smaller name; it waits for a larger one, which either gives way or had looked too early to
 * see it, and then holds. Of two claimants the later to look sees the other, so two never hold.
 *
 * @param owner another user the folder's sockets may belong to, as in `socketFolder`.
 */
export async function claimFolder(folder: string, owner?: number): Promise<Claim> {
  await mkdir(folder, { recursive: true });
  const sockets = await socketFolder(folder, owner);
  const name = `${PREFIX}${randomUUID().slice(0, 8)}${SUFFIX}`;
  const own = { pid: process.pid, since: new Date().toISOString(), isHolder: false };
  const server = await listen(join(sockets, name), own);
  const release = async (): Promise<void> => {
    await rm(join(sockets, name), { force: true });
    await close(server);
  };
  try {
    for (const other of await listClaims(sockets)) {
      if (other !== name) await outlast(join(sockets, other), name < other, folder);
    }
    own.isHolder = true;
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The process that holds a folder; `null` when nobody does. */
export async function findHolder(folder: string, owner?: number): Promise<number | null> {
  const sockets = await socketFolder(folder, owner);
  for (const name of await listClaims(sockets)) {
    const claimant = await ask(join(sockets, name));
    if (claimant?.isHolder) return claimant.pid;
  }
  return null;
}

const PREFIX = 'claim.';
const SUFFIX = '.sock';
const LONGEST_NAME = '/claim.00000000.sock.new';

async function listClaims(sockets: string): Promise<string[]> {
  const names = await readdir(sockets);
  return names.filter((name) => name.startsWith(PREFIX) && name.endsWith(SUFFIX));
}

/** Returns once nobody claims under the name any more; refuses when its claimant goes first. */
async function outlast(path: string, isOursFirst: boolean, folder: string): Promise<void> {
  for (;;) {
    const claimant = await ask(path);
    if (!claimant) break;
    if (claimant.isHolder || !isOursFirst) {
      const { pid, since } = claimant;
      throw new Refused('conflict', {
        code: 'platform.folder_in_use',
        params: { folder, pid, since },
      });
    }
    await sleep(10);
  }
  // Names are never used twice and a dead socket does not revive: it is safe to clear away.
  await rm(path, { force: true });
}

/** Listens first and takes the name then, so that a name nobody answers to is a dead claimant's. */
async function listen(path: string, claimant: Claimant): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(JSON.stringify(claimant));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(`${path}.new`, resolve);
  });
  server.unref();
  await rename(`${path}.new`, path);
  return server;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));

/** Who answers on a socket; `null` when nobody does. */
function ask(path: string): Promise<Claimant | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(path);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      resolve(text === '' ? null : (JSON.parse(text) as Claimant));
    });
    socket.on('error', (error) => {
      const nobody = ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'];
      if (nobody.some((code) => isErrno(error, code))) resolve(null);
      else reject(error);
    });
  });
}

/** The shortest limit on a unix socket's path (macOS); Linux allows 107. */
const SOCKET_PATH_BYTES_MAX = 103;

/**
 * The folder for sockets that belong to `folder`: itself, unless its path is too long for a socket.
 * Then it is a folder under the temporary one, named by the path's hash so that the next start finds it.
 */
export async function socketFolder(folder: string, owner?: number): Promise<string> {
  const path = await realpath(folder);
  if (Buffer.byteLength(path + LONGEST_NAME) <= SOCKET_PATH_BYTES_MAX) return path;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const short = join(await realpath(tmpdir()), `jianghai-${hash}`);
  await mkdir(short, { recursive: true, mode: 0o700 });
  const found = await lstat(short);
  const allowed = [process.getuid?.(), owner];
  // Another user could have made the folder first, and would then read what passes through the socket.
  if (!found.isDirectory() || !allowed.includes(found.uid)) {
    throw new Refused('conflict', {
      code: 'platform.socket_folder_taken',
      params: { folder: short },
    });
  }
  return short;
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

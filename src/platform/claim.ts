import { createHash, randomUUID } from 'node:crypto';
import { link, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../kernel/dates.ts';
import { Refused } from '../kernel/refusal.ts';

/** Who works on a folder. */
export interface Claimant {
  readonly pid: number;
  readonly since: Instant;
}

export interface Claim {
  release(): Promise<void>;
}

/**
 * Claims a folder for this process; a second claim is refused and told whose the folder is.
 *
 * The claim is a listening unix socket: the kernel closes it with the process, however that ends, so
 * a claim can never outlive its claimant, and whoever connects is told who answers.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  await mkdir(folder, { recursive: true });
  const socket = join(await socketFolder(folder), 'claim.sock');
  const own = `${socket}.${randomUUID().slice(0, 8)}`;
  const server = await listen(own, { pid: process.pid, since: new Date().toISOString() });
  try {
    await takeName(own, socket, folder);
  } catch (error) {
    await close(server);
    throw error;
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      await rm(socket, { force: true });
      await close(server);
    },
  };
}

/** A hard link is made whole or not at all: of two claimants, one gets the name. */
async function takeName(own: string, socket: string, folder: string): Promise<void> {
  for (;;) {
    try {
      await link(own, socket);
      return;
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
    const claimant = await ask(socket);
    if (claimant) throw claimed(folder, claimant);
    await clearAway(socket, own);
  }
}

/**
 * Removes a socket nobody listens to. It is moved aside first and asked again: had another claimant
 * taken the name in between, it gets the name back.
 */
async function clearAway(socket: string, own: string): Promise<void> {
  const aside = `${own}.aside`;
  try {
    await rename(socket, aside);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  if (await ask(aside)) await link(aside, socket);
  await rm(aside, { force: true });
}

function claimed(folder: string, claimant: Claimant): Refused {
  return new Refused('conflict', {
    code: 'platform.folder_in_use',
    params: { folder, pid: claimant.pid, since: claimant.since },
  });
}

function listen(path: string, claimant: Claimant): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(JSON.stringify(claimant));
    });
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
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
const LONGEST_NAME = '/claim.sock.00000000.aside';

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

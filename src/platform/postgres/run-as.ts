import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Refused } from '../../kernel/refusal.ts';
import { isErrno } from '../claim.ts';

/** The user PostgreSQL runs as when it is not us: it refuses to run as root. */
export interface OtherUser {
  readonly uid: number;
  readonly gid: number;
}

/** As root, the user `nobody`; as anybody else, ourselves (`null`). No user is ever created. */
export function otherUser(): OtherUser | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => {
    try {
      return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }));
    } catch {
      throw new Refused('invalid', { code: 'platform.no_user_for_postgres' });
    }
  };
  return { uid: id('-u'), gid: id('-g') };
}

/** Asks the system itself, since modes, access lists and mounts all have a say. */
function canEnter(user: OtherUser | null, folder: string): boolean {
  if (!user) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...user, cwd: '/' }).status === 0;
}

/**
 * The folder PostgreSQL lives in: `postgres` in the data folder.
 *
 * As root, the data folder often stands where `nobody` may not go (under `/root`, say). We never
 * loosen a folder that is not ours: PostgreSQL then lives under `/var/lib`, and `postgres` in the data
 * folder is a link to it.
 */
export async function postgresHome(folder: string, user: OtherUser | null): Promise<string> {
  await mkdir(folder, { recursive: true });
  const dataFolder = await realpath(folder);
  const home = join(dataFolder, 'postgres');
  if (user && !canEnter(user, dataFolder) && canEnter(user, dirname(dataFolder))) {
    // Our own folder: others may pass through, but not look around.
    await chmod(dataFolder, 0o711);
  }
  if (!(await exists(home))) {
    if (canEnter(user, dataFolder)) await mkdir(home, { mode: 0o700 });
    else await symlink(await homeElsewhere(dataFolder, user), home);
  }
  const real = await realpath(home);
  if (user) execFileSync('chown', [`${user.uid}:${user.gid}`, real]);
  if (!canEnter(user, real)) throw closed(dataFolder, user);
  return real;
}

async function homeElsewhere(dataFolder: string, user: OtherUser | null): Promise<string> {
  const temporary = await realpath(tmpdir());
  const base = dataFolder.startsWith(`${temporary}/`) ? temporary : '/var/lib';
  if (!canEnter(user, base)) throw closed(dataFolder, user);
  try {
    return await mkdtemp(join(base, 'jianghai-'));
  } catch {
    throw closed(dataFolder, user);
  }
}

/** Names the first folder on the way that is closed. */
function closed(dataFolder: string, user: OtherUser | null): Refused {
  const folders: string[] = [];
  for (let at = dataFolder; at !== dirname(at); at = dirname(at)) folders.unshift(at);
  const folder = folders.find((each) => !canEnter(user, each)) ?? dataFolder;
  return new Refused('invalid', { code: 'platform.folder_closed', params: { folder } });
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
  try {
    await realpath(path);
    return true;
  } catch {
    // A link whose target is gone: the store it led to is no more, and a new one may begin.
    await rm(path);
    return false;
  }
}

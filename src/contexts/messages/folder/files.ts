import { constants } from 'node:fs';
import { lstat, mkdir, open, opendir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../../platform/claim.ts';
import { syncFolder } from '../../../platform/disk.ts';

/** Where a partner's files lie: it writes into `in` and takes from `out`; the others are ours. */
export interface PartnerFolder {
  readonly in: string;
  readonly out: string;
  readonly done: string;
  readonly refused: string;
}

/** What a file looked like; one that looks the same twice is written no more. */
export interface Look {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

export interface FoundFile {
  readonly name: string;
  readonly look: Look;
}

/** A name that is still being written, ours or theirs, or that belongs to another file. */
const PASSING = /^\.|\.(part|tmp|sig)$/i;
/** Longest part of a name that is kept in another, in bytes: what file systems allow, less our endings. */
const NAME_BYTES_MAX = 200;

export async function openPartnerFolder(root: string, partner: string): Promise<PartnerFolder> {
  const at = (name: string): string => join(root, partner, name);
  const folder = { in: at('in'), out: at('out'), done: at('done'), refused: at('refused') };
  for (const path of Object.values(folder)) await mkdir(path, { recursive: true, mode: 0o770 });
  return folder;
}

/** Files that may be taken, the oldest first, at most so many; links and folders are none. */
export async function findFiles(folder: string, max: number): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for await (const { name } of await opendir(folder)) {
    if (PASSING.test(name) || Buffer.byteLength(name) > NAME_BYTES_MAX) continue;
    const look = await lookAt(join(folder, name));
    if (look) found.push({ name, look });
    if (found.length >= max) break;
  }
  return found.sort((a, b) => a.look.mtimeMs - b.look.mtimeMs || (a.name < b.name ? -1 : 1));
}

/** How a regular file looks; `null` where there is none. */
async function lookAt(path: string): Promise<Look | null> {
  try {
    const stat = await lstat(path);
    const { size, mtimeMs, ino } = stat;
    return stat.isFile() ? { size, mtimeMs, ino } : null;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

export const looksLike = (a: Look, b: Look): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;

/**
 * The bytes of a file that looks as it did, and still does when it has been read; `null` else. A link is not
 * followed: whoever may write into a folder must not have us read what it may not.
 */
export async function readWhole(path: string, expected: Look): Promise<Buffer | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(
    (error: unknown) => {
      if (isErrno(error, 'ENOENT') || isErrno(error, 'ELOOP')) return null;
      throw error;
    },
  );
  if (!handle) return null;
  try {
    if (!looksLike(await handle.stat(), expected)) return null;
    const bytes = Buffer.alloc(expected.size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) return null;
      at += bytesRead;
    }
    return looksLike(await handle.stat(), expected) ? bytes : null;
  } finally {
    await handle.close();
  }
}

/** A small file as text; `null` where there is none, or it is larger. */
export async function readSmall(path: string, max: number): Promise<string | null> {
  const look = await lookAt(path);
  if (!look) return null;
  if (look.size > max) return '';
  return (await readWhole(path, look))?.toString('latin1') ?? null;
}

/**
 * Writes a file so that it is there whole or not at all, and survives a power cut once this resolves. What somebody
 * else put where it is prepared is removed, not written through: partners may write into `out`, to delete.
 */
export async function placeFile(folder: string, name: string, content: string): Promise<void> {
  const aside = join(folder, `.${name}.tmp`);
  await rm(aside, { force: true });
  const handle = await open(aside, 'wx', 0o660);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, join(folder, name));
  await syncFolder(folder);
}

/** Moves a file under its own name; where that is taken, the name ends in `mark` as well. `null`: it is gone. */
async function moveFile(
  from: string,
  folder: string,
  name: string,
  mark: string,
): Promise<string | null> {
  const isFree = (await lookAt(join(folder, name))) === null;
  const taken = isFree ? name : `${name}.${mark}`;
  try {
    await rename(from, join(folder, taken));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
  await syncFolder(folder);
  return taken;
}

/**
 * Puts a file away that was taken in, with the one that ends in `ending` beside it. Should another have come under
 * its name meanwhile, that one is what was moved: it goes back, and is taken in as well.
 */
export async function putAway(
  { folder, to, mark, ending }: { folder: string; to: string; mark: string; ending: string },
  { name, look }: FoundFile,
): Promise<void> {
  const moved = await moveFile(join(folder, name), to, name, mark);
  const now = moved === null ? null : await lookAt(join(to, moved));
  if (moved !== null && now !== null && !looksLike(now, look)) {
    await moveFile(join(to, moved), folder, name, String(Math.trunc(now.mtimeMs)));
    return;
  }
  await moveFile(join(folder, `${name}${ending}`), to, `${moved ?? name}${ending}`, mark);
}

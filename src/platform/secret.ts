import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refused } from '../kernel/refusal.ts';
import { isErrno } from './claim.ts';
import { syncFolder } from './disk.ts';

/** The one secret of an installation; each use has a key of its own, so that none gives another away. */
export interface Secret {
  /** The same label is always the same key: 32 bytes by HKDF (RFC 5869). */
  keyFor(label: string): Buffer;
}

const BYTES = 32;

/** Reads the secret of a data folder, or makes it: 32 random bytes only its owner may read. */
export async function openSecret(folder: string): Promise<Secret> {
  const path = join(folder, 'secret');
  const bytes = (await read(path)) ?? (await create(folder, path));
  if (bytes.byteLength !== BYTES) {
    throw new Refused('conflict', { code: 'platform.secret_damaged', params: { file: path } });
  }
  return {
    keyFor: (label) => Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), label, BYTES)),
  };
}

async function read(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written aside and then linked: it is there whole or not at all, and two starts agree on one. */
async function create(folder: string, path: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true });
  const aside = `${path}.${randomUUID()}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(randomBytes(BYTES));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(aside, path);
    await syncFolder(folder);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside);
  }
  return readFile(path);
}

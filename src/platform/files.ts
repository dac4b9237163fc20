import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { Refused } from '../kernel/refusal.ts';
import { isErrno } from './claim.ts';
import { explainFullDisk, syncFolder } from './disk.ts';

/** A file by its content: the same bytes are the same file, and an id can be checked against them. */
export interface StoredFile {
  /** SHA-256 of the content, in hexadecimal. */
  readonly id: string;
  readonly bytes: number;
}

export interface FileStore {
  /** Resolves once the file would survive a power cut; whatever goes wrong, nothing is left behind. */
  put(content: Uint8Array | Readable, maxBytes: number): Promise<StoredFile>;
  read(id: string): Promise<Readable | null>;
  /** Where a stored file stands, for engines that open files themselves; it must never be written to. */
  pathOf(id: string): string;
}

/** Opens a store of files in a folder; nothing in it is ever changed, only added. */
export async function openFileStore(folder: string): Promise<FileStore> {
  // A file that is still coming in has a name that starts with a dot; those a crash left are rubbish.
  const incoming = join(folder, '.incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const pathOf = (id: string): string => join(folder, id.slice(0, 2), id);

  return {
    pathOf,

    async put(content, maxBytes) {
      const arriving = join(incoming, randomUUID());
      try {
        const stored = await write(arriving, content, maxBytes);
        await place(arriving, pathOf(stored.id));
        return stored;
      } catch (error) {
        throw explainFullDisk(error, folder);
      } finally {
        await rm(arriving, { force: true });
      }
    },

    async read(id) {
      if (!/^[0-9a-f]{64}$/.test(id)) return null;
      try {
        const handle = await open(pathOf(id));
        return handle.createReadStream();
      } catch (error) {
        if (isErrno(error, 'ENOENT')) return null;
        throw error;
      }
    },
  };
}

async function write(
  path: string,
  content: Uint8Array | Readable,
  maxBytes: number,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content instanceof Readable ? content : [content]) {
      const part = Buffer.from(chunk as Uint8Array);
      bytes += part.byteLength;
      if (bytes > maxBytes) {
        throw new Refused('invalid', { code: 'platform.file_too_large', params: { maxBytes } });
      }
      hash.update(part);
      await writeWhole(handle, part);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { id: hash.digest('hex'), bytes };
}

/** One call may write less than it was given, a nearly full disk for one. */
async function writeWhole(handle: FileHandle, part: Buffer): Promise<void> {
  for (let at = 0; at < part.byteLength; ) {
    at += (await handle.write(part, at)).bytesWritten;
  }
}

async function place(from: string, to: string): Promise<void> {
  const isThere = await access(to).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const folder = dirname(to);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(from, to);
  await syncFolder(folder);
  await syncFolder(dirname(folder));
}

/** The hash and size of a file on disk. */
export async function hashFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).byteLength;
  }
  return { sha256: hash.digest('hex'), bytes };
}

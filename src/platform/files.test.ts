// A file is known by its content; what is refused or breaks off leaves nothing behind.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../kernel/canonical.ts';
import { type FileStore, openFileStore } from './files.ts';

let folder: string;
let store: FileStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-files-'));
  store = await openFileStore(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const seal = Buffer.from('photograph of a seal, 铅封');
const filesLeft = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

test('what is put is read back, whether it came whole or in parts, and is stored once', async () => {
  const whole = await store.put(seal, 1_000);
  const parts = await store.put(Readable.from([seal.subarray(0, 5), seal.subarray(5)]), 1_000);
  expect(whole).toEqual({ id: sha256(seal), bytes: seal.byteLength });
  expect(parts).toEqual(whole);
  expect(await filesLeft()).toEqual([whole.id]);
  const read = await store.read(whole.id);
  expect(read && (await buffer(read))).toEqual(seal);
});

test('a file over the limit is refused and leaves nothing', async () => {
  await expect(store.put(seal, seal.byteLength - 1)).rejects.toMatchObject({
    kind: 'invalid',
    refusals: [{ code: 'platform.file_too_large' }],
  });
  await expect(store.put(seal, seal.byteLength)).resolves.toBeDefined();
  expect(await filesLeft()).toHaveLength(1);
});

test('an upload that breaks off leaves nothing', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield seal;
    throw new Error('The line went dead.');
  }
  await expect(store.put(Readable.from(broken()), 1_000)).rejects.toThrow('dead');
  expect(await filesLeft()).toEqual([]);
});

test.each(['0'.repeat(64), '../secret', '', 'A'.repeat(64)])(
  'nothing is stored as %j',
  async (id) => {
    expect(await store.read(id)).toBeNull();
  },
);

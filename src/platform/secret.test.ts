// One secret for an installation, one key for each use.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecret } from './secret.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-secret-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('starts that race agree on one secret, which only its owner may read', async () => {
  const secrets = await Promise.all([1, 2, 3, 4].map(() => openSecret(folder)));
  expect(new Set(secrets.map((secret) => secret.keyFor('sessions').toString('hex'))).size).toBe(1);
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
});

test('each label has a key of its own', async () => {
  const secret = await openSecret(folder);
  expect(secret.keyFor('sessions')).toHaveLength(32);
  expect(secret.keyFor('sessions')).not.toEqual(secret.keyFor('cursors'));
});

test('a damaged secret is refused, never replaced', async () => {
  await writeFile(join(folder, 'secret'), 'short');
  await expect(openSecret(folder)).rejects.toMatchObject({
    refusals: [{ code: 'platform.secret_damaged' }],
  });
});

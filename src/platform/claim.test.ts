// A folder has one claimant at a time; whoever comes second is told who it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder, socketFolder } from './claim.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the second claim is told who holds the folder; once let go, the folder is free', async () => {
  const claim = await claimFolder(folder);
  await expect(claimFolder(folder)).rejects.toMatchObject({
    kind: 'conflict',
    refusals: [{ code: 'platform.folder_in_use', params: { pid: process.pid } }],
  });
  await claim.release();
  await (await claimFolder(folder)).release();
  expect(await readdir(folder)).toEqual([]);
});

test('of many claims at once, one holds', async () => {
  const claims = await Promise.allSettled(Array.from({ length: 20 }, () => claimFolder(folder)));
  const held = claims.filter((claim) => claim.status === 'fulfilled');
  expect(held).toHaveLength(1);
  await held[0]?.value.release();
});

test('a claim dies with its process, and of many successors one holds', async () => {
  const path = join(folder, 'claim.00000000.sock');
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', script]);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await readdir(folder)).toEqual(['claim.00000000.sock']);

  const claims = await Promise.allSettled(Array.from({ length: 20 }, () => claimFolder(folder)));
  const held = claims.filter((claim) => claim.status === 'fulfilled');
  expect(held).toHaveLength(1);
  await held[0]?.value.release();
});

test('a path too long for a socket gets a short folder of its own, always the same', async () => {
  const long = join(folder, 'x'.repeat(100));
  await mkdir(long);
  const short = await socketFolder(long);
  expect(short.length).toBeLessThan(80);
  expect(await socketFolder(long)).toBe(short);
  const claim = await claimFolder(long);
  await expect(claimFolder(long)).rejects.toMatchObject({ kind: 'conflict' });
  await claim.release();
  await rm(short, { recursive: true });
});

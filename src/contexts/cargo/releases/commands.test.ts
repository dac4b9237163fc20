// The command line verifies a release notice from files alone: no server, no database, no network.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { releaseCommand } from './commands.ts';
import { openReleases, released, START } from './testing.ts';

let database: TestDatabase;
let folder: string;
let files: { notice: string; keys: string; before: string; after: string; altered: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-release-'));
  database = await testDatabase();
  const port = openReleases(database.db);
  await port.issue(released('D1'));
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const fetched = async (name: string, path: string): Promise<string> =>
    write(name, JSON.stringify((await port.ask('officer', 'GET', path)).body));
  const { signed } = (await port.ask('officer', 'GET', '/api/releases/D1-R1')).body as {
    signed: string;
  };
  const keys = await fetched('keys.json', '/api/releases/keys');
  const before = await fetched('before.json', '/api/releases/revocations');
  await port.takeBack('D1');
  files = {
    ...{ keys, before },
    notice: await write('notice.txt', `${signed}\n`),
    after: await fetched('after.json', '/api/releases/revocations'),
    altered: await write(
      'altered.txt',
      signed.replace(/\.(.)/, (_, first) => `.${first}A`),
    ),
  };
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

let lines: string[];
let exitCode: number;
beforeEach(() => {
  lines = [];
  exitCode = 0;
});
const run = (...args: string[]) =>
  releaseCommand({
    clock: createManualClock(START),
    print: (line) => lines.push(line),
    setExitCode: (code) => {
      exitCode = code;
    },
  })
    .exitOverride()
    .parseAsync(['verify', ...args], { from: 'user' });

describe('jianghai release verify', () => {
  test('a notice in force', async () => {
    await run(files.notice, '--keys', files.keys, '--revocations', files.before);
    expect(lines).toEqual([
      'Release D1-R1 of declaration 222520261000000001, bill COSU6301234560, valid until 2026-09-29T01:00:00.000Z.',
      'Integrity: unchanged since it was signed.',
      'Issuer: signed with a key of this port, in use at that time.',
      'Status: in force.',
      'Revocation list 0, issued 2026-07-01T01:00:00.000Z.',
      'The notice HOLDS.',
    ]);
    expect(exitCode).toBe(0);
  });

  test('revoked, by the newer list', async () => {
    await run(files.notice, '--keys', files.keys, '--revocations', files.after, '--json');
    expect(JSON.parse(lines.join(''))).toMatchObject({
      ...{ integrity: 'intact', issuer: 'trusted', status: 'revoked', holds: false },
      revocations: { number: 1 },
    });
    expect(exitCode).toBe(1);
  });

  test('altered on the way', async () => {
    await run(files.altered, '--keys', files.keys, '--json');
    expect(JSON.parse(lines.join('')).holds).toBe(false);
    expect(exitCode).toBe(1);
  });

  test('says what it could not check', async () => {
    await run(files.notice, '--keys', files.keys);
    expect(lines).toContain(
      'Status: in date; whether it was revoked is NOT CHECKED, no list was given.',
    );
    expect(exitCode).toBe(0);
  });

  test('names the file it cannot use', async () => {
    await expect(run(files.notice, '--keys', files.notice)).rejects.toThrow(
      'cargo.release_keys_unreadable',
    );
    await expect(run(join(folder, 'none'), '--keys', files.keys)).rejects.toThrow(
      'cargo.release_file_unreadable',
    );
    const list = ['--revocations', files.keys];
    await expect(run(files.notice, '--keys', files.keys, ...list)).rejects.toThrow(
      'cargo.release_list_not_trusted',
    );
  });
});

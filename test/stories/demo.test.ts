// The demo port is filed into a real server through its public interface; its decisions replay to the
// byte, its backup comes back whole, and its audit chain holds.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleDecisions } from '../../src/contexts/risk/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import { findRunning } from '../../src/platform/postgres/embedded.ts';
import { createDb, createPool } from '../../src/platform/postgres/open.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/jianghai.js', import.meta.url));
const REPLAYED = 500;

let folder: string;
let data: string;
let server: ChildProcess;
let url = '';
let cookie = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-demo-'));
  data = join(folder, 'data');
  server = spawn(
    process.execPath,
    [PROGRAM, 'start', '--port', '0', '--data', data, '--demo-scale', '1500'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'error' },
    },
  );
  url = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /is ready: (\S+)/.exec(said)?.[1];
      if (found) resolve(found);
      if (chunk.includes('ended early')) console.error(chunk.toString());
    });
    server.once('exit', () => reject(new Error(said)));
  });
  // Whoever signs in too often is asked to wait, so one asks only what anybody may read.
  for (let filed = false; !filed; ) {
    await sleep(500);
    const { demoAccounts, progress } = (await (await fetch(`${url}/api/port`)).json()) as {
      demoAccounts: { account: string }[];
      progress: unknown;
    };
    filed = demoAccounts.some(({ account }) => account === 'auditor') && progress === null;
  }
  cookie = (await signIn('auditor')) ?? '';
}, 180_000);
afterAll(async () => {
  if (server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

async function signIn(account: string): Promise<string | null> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: 'jianghai-demo' }),
  });
  return response.ok
    ? response.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; ')
    : null;
}
const jianghai = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', timeout: 120_000 });

test(`${REPLAYED} random decisions replay byte for byte`, async () => {
  const address = await findRunning(data);
  if (!address) throw new Error('The server’s PostgreSQL is not running.');
  const db = createDb(createPool({ ...address }, silentLog));
  const decisions = await sampleDecisions(db, REPLAYED).finally(() => db.destroy());
  expect(decisions).toHaveLength(REPLAYED);
  for (const { id } of decisions) {
    const response = await fetch(`${url}/api/decisions/${encodeURIComponent(id)}/replay`, {
      method: 'POST',
      headers: { cookie },
    });
    expect([id, ((await response.json()) as { identical: boolean }).identical]).toEqual([id, true]);
  }
}, 120_000);

test('the quarter has releases, selections, findings and open work', async () => {
  interface Counted {
    metric: string;
    numerator: number;
    denominator: number | null;
  }
  const figures = async () => {
    const response = await fetch(`${url}/api/figures`, { headers: { cookie } });
    const { figures: all } = (await response.json()) as { figures: Counted[] };
    return (metric: string) => all.find((each) => each.metric === metric);
  };
  // The pool follows the port at its own pace.
  const follow = { timeout: 60_000, interval: 500 };
  await expect
    .poll(async () => (await figures())('untouched')?.numerator, follow)
    .toBeGreaterThan(1000);
  await expect
    .poll(async () => (await figures())('hitRate')?.denominator, follow)
    .toBeGreaterThan(5);
  const figure = await figures();
  expect(figure('examined')?.numerator).toBeGreaterThan(10);
  expect(figure('returned')?.numerator).toBeGreaterThan(5);
}, 150_000);

test('of the chemicals of the last day the disguised one is to be examined', async () => {
  const lanes = await Promise.all(
    [1, 2, 3, 4, 5].map(async (number) => {
      const address = `${url}/api/declarations/DEMO-CHEM-0${number}`;
      const { declaration } = (await (await fetch(address, { headers: { cookie } })).json()) as {
        declaration: { status: string; lane: string };
      };
      return [declaration.status, declaration.lane];
    }),
  );
  // The others may be drawn for the random sample, whose secret is the port's own.
  expect(lanes[1]).toEqual(['examination', 'red']);
  expect(lanes.map(([status]) => status)).not.toContain('returned');
});

test('beside the running server: the audit verifies, a backup is taken and comes back whole', () => {
  const verified = jianghai('audit', 'verify', '--json', '--data', data);
  expect(JSON.parse(verified.stdout)).toMatchObject({ intact: true });
  expect(verified.status).toBe(0);
  const copy = join(folder, 'backup');
  const again = join(folder, 'again');
  expect(jianghai('backup', copy, '--data', data).status).toBe(0);
  const restored = jianghai('restore', copy, '--data', again, '--json');
  expect(restored.status, restored.stderr).toBe(0);
  const after = jianghai('audit', 'verify', '--json', '--data', again);
  expect(JSON.parse(after.stdout)).toMatchObject({ intact: true });
  const status = (where: string) =>
    (
      JSON.parse(jianghai('pool', 'status', '--json', '--data', where).stdout) as {
        name: string;
        rows: number;
      }[]
    ).map(({ name, rows }) => [name, rows]);
  jianghai('pool', 'rebuild', '--data', again);
  expect(status(again)).toEqual(status(data));
}, 180_000);

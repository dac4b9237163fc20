// The server is killed with -9 in the middle of bulk filings; after the restart every acknowledged
// filing is there once, every other is absent or whole, and the pool and the audit still agree.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filing } from '../stories/port.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/jianghai.js', import.meta.url));
const KILLS = 3;
const BATCH = 40;

let folder: string;
let server: ChildProcess | null = null;
let password = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jianghai-kill-'));
});
afterAll(async () => {
  if (server) {
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const child = spawn(
    process.execPath,
    [PROGRAM, 'start', '--no-demo', '--port', '0', '--data', folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'error' },
    },
  );
  server = child;
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error(`It did not start:\n${said}`)));
  });
  password = /operator \/ (\S+)/.exec(said)?.[1] ?? password;
  return /is ready: (\S+)/.exec(said)?.[1] ?? '';
}

async function post<T>(
  url: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<T> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function makeKey(url: string): Promise<string> {
  const session = await fetch(new URL('/api/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'operator', password }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  await post(
    url,
    '/api/organisations',
    { cookie },
    {
      organisations: [{ id: 'window', kind: 'otherAuthority', nameZh: '窗口', nameEn: 'Window' }],
    },
  );
  await post(
    url,
    '/api/people',
    { cookie },
    {
      people: [
        {
          id: 'window',
          name: 'window',
          posts: [
            {
              id: 'window',
              title: 'window',
              organisationId: 'window',
              roles: ['singleWindow'],
              offices: [],
              mayBackdate: false,
              from: '2026-01-01',
            },
          ],
        },
      ],
    },
  );
  const { key } = await post<{ key: string }>(
    url,
    '/api/api-keys',
    { cookie },
    { postId: 'window', label: 'test' },
  );
  return key;
}

test('nothing acknowledged is lost, nothing is there twice', async () => {
  let url = await start();
  const headers = { authorization: `Bearer ${await makeKey(url)}` };
  const acknowledged = new Set<string>();
  const asked = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    let killed = false;
    const killer = new Promise<void>((resolve) =>
      setTimeout(
        () => {
          killed = true;
          server?.once('exit', () => resolve());
          server?.kill('SIGKILL');
        },
        400 + 350 * kill,
      ),
    );
    for (let batch = 0; !killed; batch += 1) {
      const filings = Array.from({ length: BATCH }, (_, n) => filing(`K${kill}-${batch}-${n}`));
      for (const { id } of filings) asked.add(id);
      try {
        const { results } = await post<{ results: { id: string; outcome: string }[] }>(
          url,
          '/api/declarations/bulk',
          headers,
          { filings },
        );
        for (const { id, outcome } of results) if (outcome === 'accepted') acknowledged.add(id);
      } catch {
        break;
      }
    }
    await killer;
    url = await start();
  }
  expect(acknowledged.size).toBeGreaterThan(0);

  const found = new Map<string, number>();
  let cursor = '';
  do {
    const answer = await fetch(
      new URL(`/api/declarations?limit=200${cursor && `&cursor=${cursor}`}`, url),
      { headers },
    );
    const page = (await answer.json()) as {
      rows: { id: string; number: string | null }[];
      next: string | null;
    };
    for (const row of page.rows) {
      expect(row.number, `${row.id} is whole`).toMatch(/^\d{18}$/);
      found.set(row.id, (found.get(row.id) ?? 0) + 1);
    }
    cursor = page.next ?? '';
  } while (cursor);
  expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
  expect([...found].filter(([id, times]) => times !== 1 || !asked.has(id))).toEqual([]);

  // Filing the last batches again completes them: the same ids, each once.
  const missing = [...asked].filter((id) => !found.has(id)).slice(0, BATCH);
  if (missing.length > 0) {
    const { results } = await post<{ results: { outcome: string; repeated: boolean }[] }>(
      url,
      '/api/declarations/bulk',
      headers,
      { filings: missing.map((id) => filing(id)) },
    );
    expect(results.every((result) => result.outcome === 'accepted' && !result.repeated)).toBe(true);
  }
}, 180_000);

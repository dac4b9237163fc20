import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/jianghai.js', import.meta.url));

/** A port started for a benchmark, as an operator starts one: its own process, its own data folder. */
export interface BenchPort {
  readonly url: string;
  readonly folder: string;
  readonly pid: number;
  /** Everything the program said until it was ready. */
  readonly said: string;
  /** Seconds from the command until the port said it was ready. */
  readonly secondsToReady: number;
  stop(): Promise<void>;
  /** Ends it as a power cut would; what it kept is there when it is started again. */
  kill(): Promise<void>;
}

/** What `operate.md` tells those to give Node whose port is busy all day: less collecting, for more memory. */
export const BUSY_ALL_DAY = ['--max-semi-space-size=64'];

/** Starts `jianghai start` in a fresh folder, or again where it was; `stop` takes the folder away. */
export async function startPort(
  flags: readonly string[],
  before: Pick<BenchPort, 'folder' | 'url'> | null = null,
  ofNode: readonly string[] = [],
): Promise<BenchPort> {
  const folder = before?.folder ?? (await mkdtemp(join(tmpdir(), 'jianghai-bench-')));
  const number = before ? new URL(before.url).port : '0';
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [...ofNode, PROGRAM, 'start', '--port', number, '--data', folder, ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'warn' },
    },
  );
  const said = await untilReady(child);
  const secondsToReady = (performance.now() - started) / 1000;
  const url = /is ready: (\S+)/.exec(said)?.[1];
  assert(url && child.pid, `The port did not come up:\n${said}`);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  return {
    ...{ url, folder, pid: child.pid, said, secondsToReady },
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
  };
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/Ctrl-C/.test(said)) resolve(said);
    });
    child.once('exit', (code) => reject(new Error(`The port ended with ${code}:\n${said}`)));
  });
}

/** Signs in and answers with the session's cookie. */
export async function signIn(url: string, account: string, password: string): Promise<string> {
  const response = await fetch(new URL('/api/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });
  assert(response.ok, `Signing in as ${account}: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export async function call<T>(
  url: string,
  headers: Record<string, string>,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(new URL(path, url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  assert(response.ok, `${path}: ${response.status} ${response.ok ? '' : await response.text()}`);
  return (await response.json()) as T;
}

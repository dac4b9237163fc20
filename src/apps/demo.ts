import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../platform/log.ts';
import type { PortNotice, Progress } from './http/port.ts';

/** The program that generates a quarter of trade and files it through the public interface. */
const PROGRAM = fileURLToPath(new URL('../../demo/main.js', import.meta.url));
/** Every account of a demo port has this password, the operator's too: it protects nothing. */
export const DEMO_PASSWORD = 'jianghai-demo';
const STOP_MS = 5_000;
const SCALE = 'scale';

export interface Demo {
  readonly accounts: PortNotice['demoAccounts'];
  /** Starts filing in a process of its own, as anybody's system would; goes on where it was. */
  file(url: string, tell: (progress: Progress | null) => void, log: Log): void;
  stop(): Promise<void>;
}

/**
 * The demo port of a data folder, or `null` where there is none. A folder becomes a demo port when it
 * is made, and stays one: generated data and real data never share a folder.
 */
export function openDemo(options: {
  folder: string;
  wanted: boolean;
  /** The folder was made by this start. */
  fresh: boolean;
  scale: string | null;
}): Demo | null {
  const { folder, wanted, fresh } = options;
  if (fresh && wanted) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, SCALE), options.scale ?? '');
  }
  if (!existsSync(folder)) return null;
  // The size a port was made with is its size: another would be another port, with the same ids.
  const scale = readFileSync(join(folder, SCALE), 'utf8');
  let child: ChildProcess | null = null;
  return {
    get accounts() {
      return readAccounts(folder);
    },
    file(url, tell, log) {
      if (!wanted || !existsSync(PROGRAM)) return;
      child = fork(
        PROGRAM,
        ['--url', url, '--folder', folder, ...(scale ? ['--scale', scale] : [])],
        {
          env: { ...process.env, JIANGHAI_DEMO_OPERATOR_PASSWORD: DEMO_PASSWORD },
          stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        },
      );
      // From here until it ends there is progress: who waits for the quarter must not find the moment before its first word.
      tell({ phase: 'generating', done: 0, of: 1 });
      child.on('message', (message) => tell((message as { progress: Progress }).progress));
      let said = '';
      child.stderr?.on('data', (text: Buffer) => {
        said = text.toString().trim();
        log.warn({ said }, 'demo');
      });
      child.on('exit', (code) => {
        child = null;
        tell(null);
        if (code) log.error({ code, said }, 'the demo port’s filing ended early');
      });
    },
    async stop() {
      const running = child;
      if (!running) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      const timer = setTimeout(() => running.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The accounts the generator wrote for people to try; the sealed answers beside them are never opened. */
function readAccounts(folder: string): PortNotice['demoAccounts'] {
  const file = join(folder, 'accounts.json');
  if (!existsSync(file)) return [];
  const accounts = JSON.parse(readFileSync(file, 'utf8')) as PortNotice['demoAccounts'];
  const operator = {
    account: 'operator',
    password: DEMO_PASSWORD,
    role: 'operator',
    name: '运维员',
    title: '运行维护',
    titleEn: 'Operator',
  };
  return [...accounts, operator];
}

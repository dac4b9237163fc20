import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PortNotice } from '../../src/apps/http/port.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/jianghai.js', import.meta.url));
const POLL_MS = 250;
/** The random sample is drawn from the installation's secret: with this one every walk meets the same draws. */
const SECRET = Buffer.alloc(32, 'walk');

export interface DemoPort {
  readonly url: string;
  stop(): Promise<void>;
}

/** A demo port as anybody would start it, in a folder and a process of its own, wholly filed. */
export async function startDemoPort(options: {
  declarations: number;
  samplingRate: number;
}): Promise<DemoPort> {
  const { declarations, samplingRate } = options;
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-walk-'));
  await writeFile(join(folder, 'secret'), SECRET, { mode: 0o600 });
  const child = spawn(
    process.execPath,
    [PROGRAM, 'start', '--port', '0', '--data', folder, '--demo-scale', String(declarations)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'error', JIANGHAI_SAMPLING_RATE: String(samplingRate) },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const ready = /is ready: (\S+)/.exec(said)?.[1];
        if (ready) resolve(ready);
      });
      child.once('exit', () => reject(new Error(`It did not start:\n${said}`)));
    });
    await waitUntilFiled(url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The accounts are known once the quarter is generated; from then on progress is told until the end. */
async function waitUntilFiled(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(new URL('/api/port', url));
    const { demoAccounts, progress } = (await response.json()) as PortNotice;
    if (demoAccounts.some(({ account }) => account === 'officer') && progress === null) return;
    await pause(POLL_MS);
  }
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order, Outcome } from './order.ts';

const LOAD = fileURLToPath(new URL('./load.js', import.meta.url));

/** Has the day made by a process of its own, so that whoever measures is not what is measured. */
export async function makeDay(order: Order): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-day-'));
  const [asked, answered] = [join(folder, 'order.json'), join(folder, 'outcome.json')];
  try {
    await writeFile(asked, JSON.stringify(order));
    const child = fork(LOAD, [asked, answered], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`The load ended with ${code}.`);
    return JSON.parse(await readFile(answered, 'utf8')) as Outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { type BenchPort, call, signIn, startPort } from './port.ts';

const DEMO_PASSWORD = 'jianghai-demo';
/** A quarter is filed in minutes; past this something is wrong. */
const FILED_WITHIN_MS = 20 * 60_000;
const AT_REST_AFTER_MS = 30_000;

/** From the command to a port that answers, and what it weighs when it has nothing to do. */
export const start: Bench = {
  name: 'start',
  about:
    'Seconds from start to ready and to the first true figure of a fresh demo port; memory at rest with the quarter filed.',
  async run({ quick, log }) {
    const port = await startPort(quick ? ['--demo-scale', '2000'] : []);
    try {
      const started = performance.now() - port.secondsToReady * 1000;
      const toFirstFigure = await untilFirstFigure(port, started);
      log(
        `ready in ${port.secondsToReady.toFixed(1)} s, first figure in ${toFirstFigure.toFixed(1)} s`,
      );
      const toFiled = await untilFiled(port, started);
      log(`the quarter is filed after ${toFiled.toFixed(0)} s`);
      await sleep(AT_REST_AFTER_MS);
      const pss = proportionalSetSizeOf(port.pid);
      return {
        figures: {
          ready_s: port.secondsToReady,
          first_figure_s: toFirstFigure,
          quarter_filed_s: toFiled,
          pss_mb: pss / 1024,
        },
        peers: {},
        ratios: {},
      };
    } finally {
      await port.stop();
    }
  },
};

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/** A figure is true when it counts records: the first moment the overview shows one. */
async function untilFirstFigure(port: BenchPort, started: number): Promise<number> {
  for (;;) {
    try {
      const cookie = await signIn(port.url, 'supervisor', DEMO_PASSWORD);
      for (;;) {
        const { figures } = await call<{ figures: { numerator: number }[] }>(
          port.url,
          { cookie },
          '/api/figures',
        );
        if (figures.some((figure) => figure.numerator > 0)) return secondsSince(started);
        await sleep(200);
      }
    } catch (error) {
      // The demo port makes its accounts first.
      assert(performance.now() - started < FILED_WITHIN_MS, String(error));
      await sleep(500);
    }
  }
}

async function untilFiled(port: BenchPort, started: number): Promise<number> {
  for (;;) {
    const { progress } = await call<{ progress: { phase: string } | null }>(
      port.url,
      {},
      '/api/port',
    );
    if (progress === null) return secondsSince(started);
    assert(performance.now() - started < FILED_WITHIN_MS, 'The quarter should be filed by now.');
    await sleep(1_000);
  }
}

/** Kilobytes of memory of a process and all below it, shared pages counted by share (Linux). */
function proportionalSetSizeOf(root: number): number {
  const children = new Map<number, number[]>();
  const commands = new Map<number, string>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
      commands.set(Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8'));
    } catch {
      // A process that ended while we looked.
    }
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  const pids = new Set(below(root));
  // PostgreSQL was started detached, so that it survives us; it is known by its folder.
  const folder = [...commands]
    .find(([pid]) => pid === root)?.[1]
    .split('\0')
    .at(-2);
  for (const [pid, command] of commands) {
    if (folder && command.includes(`${folder}/postgres`))
      for (const each of below(pid)) pids.add(each);
  }
  let total = 0;
  for (const pid of pids) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      total += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // Ended meanwhile.
    }
  }
  return total;
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Instant } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Analytics } from '../../../platform/analytics/analytics.ts';
import { yieldToOthers } from '../../../platform/priority.ts';
import { createTurn } from '../../../platform/turn.ts';
import type { SqlAnswer } from '../contract.ts';
import {
  EXIT_TOO_LARGE,
  type FromSqlProcess,
  type SqlLimits,
  type ToSqlProcess,
} from './sql-process.ts';

export interface SqlPageOptions {
  readonly analytics: Analytics;
  /** Where snapshots stand; whatever an earlier process left there is removed. */
  readonly folder: string;
  readonly now: () => Instant;
  readonly limits?: Partial<SqlPageLimits>;
}

export interface SqlPageLimits extends SqlLimits {
  readonly questionMs: number;
  /** Questions that may wait while another is answered. */
  readonly waiting: number;
  /** A snapshot older than this is made anew by the next question. */
  readonly snapshotMs: number;
  /** The process is ended, and its snapshot removed, when nobody has asked for this long. */
  readonly idleMs: number;
}

const LIMITS: SqlPageLimits = {
  rows: 5_000,
  bytes: 4_000_000,
  cellCharacters: 10_000,
  memoryMegabytes: 256,
  questionMs: 15_000,
  waiting: 8,
  snapshotMs: 5 * 60_000,
  idleMs: 5 * 60_000,
};

export interface SqlPage {
  ask(sql: string): Promise<SqlAnswer>;
  stop(): Promise<void>;
}

interface Opened {
  readonly child: ChildProcess;
  readonly file: string;
  readonly snapshotAt: Instant;
  readonly openedMs: number;
}

/**
 * Answers analysts' SQL. The engine's language can read files and has no privileges of its own, so
 * questions go to a process of their own that holds a copy of the pool, cannot reach files, network
 * or settings, and is ended when a question takes too long or too much. Once
 * it has its copy it runs after everything else on the machine.
 */
export function createSqlPage(options: SqlPageOptions): SqlPage {
  const limits = { ...LIMITS, ...options.limits };
  let opened: Opened | null = null;
  let waiting = 0;
  const inTurn = createTurn();
  let idle: NodeJS.Timeout | null = null;
  let isCleared = false;

  const end = async (): Promise<void> => {
    const ending = opened;
    opened = null;
    if (idle) clearTimeout(idle);
    if (ending) await endProcess(ending.child);
    if (ending) await rm(ending.file, { force: true });
  };

  const openFresh = async (): Promise<Opened> => {
    if (!isCleared) await rm(options.folder, { recursive: true, force: true });
    isCleared = true;
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const snapshotAt = options.now();
    const file = join(options.folder, `snapshot-${snapshotAt.replaceAll(/\D/g, '')}.duckdb`);
    const child = startProcess();
    try {
      await options.analytics.whileStill(async (from) => {
        const copied = nextMessage(child, 'copied');
        tell(child, { kind: 'open', from, copy: file, limits });
        await copied;
      });
      await nextMessage(child, 'ready');
      yieldToOthers(child);
    } catch (error) {
      await endProcess(child);
      await rm(file, { force: true });
      throw error;
    }
    return { child, file, snapshotAt, openedMs: performance.now() };
  };

  const answer = async (sql: string): Promise<SqlAnswer> => {
    if (idle) clearTimeout(idle);
    if (opened && performance.now() - opened.openedMs > limits.snapshotMs) await end();
    opened ??= await openFresh();
    const { child, snapshotAt } = opened;
    const started = performance.now();
    try {
      const reply = await question(child, sql, limits.questionMs);
      if (reply.kind === 'answer') {
        const elapsedMs = Math.round(performance.now() - started);
        return { ...reply.answer, elapsedMs, snapshotAt };
      }
      throw refusalOf(reply);
    } catch (error) {
      // Only a process that answered for itself may be asked again.
      if (!(error instanceof Refused) || child.exitCode !== null || child.killed) await end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), limits.idleMs).unref();
    }
  };

  return {
    ask: (sql) => {
      if (waiting >= limits.waiting) {
        return Promise.reject(new Refused('limited', { code: 'pool.sql_busy' }));
      }
      waiting += 1;
      return inTurn(() => answer(sql)).finally(() => {
        waiting -= 1;
      });
    },
    stop: async () => {
      await inTurn(end);
    },
  };
}

const HERE = import.meta.url;
const IS_SOURCE = HERE.endsWith('.ts');

/** No environment is handed on: the process has no business with any setting or secret of ours. */
function startProcess(): ChildProcess {
  const program = new URL(IS_SOURCE ? './sql-process.ts' : './sql-process.js', HERE);
  const loader = IS_SOURCE
    ? ['--import', pathToFileURL(createRequire(HERE).resolve('tsx')).href]
    : [];
  return fork(fileURLToPath(program), [], {
    env: {},
    execArgv: [...loader, '--max-old-space-size=128'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

const tell = (child: ChildProcess, message: ToSqlProcess): void => void child.send(message);

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The next thing the process says, or how it ended. */
function nextWord(child: ChildProcess): Promise<FromSqlProcess> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromSqlProcess): void => {
      child.off('exit', onExit);
      resolve(message);
    };
    const onExit = (code: number | null): void => {
      child.off('message', onMessage);
      if (code === EXIT_TOO_LARGE) reject(new Refused('limited', { code: 'pool.sql_too_large' }));
      else reject(new Error(`The SQL process ended with ${code}.`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}

async function nextMessage(child: ChildProcess, kind: FromSqlProcess['kind']): Promise<void> {
  const message = await nextWord(child);
  if (message.kind === kind) return;
  throw new Error(
    `The SQL process said ${message.kind}: ${'problem' in message ? message.problem : ''}`,
  );
}

async function question(
  child: ChildProcess,
  sql: string,
  questionMs: number,
): Promise<FromSqlProcess> {
  let isLate = false;
  const reply = nextWord(child);
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, questionMs);
  tell(child, { kind: 'ask', sql });
  try {
    return await reply;
  } catch (error) {
    if (!isLate) throw error;
    throw new Refused('limited', {
      code: 'pool.sql_too_slow',
      params: { seconds: questionMs / 1000 },
    });
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(reply: FromSqlProcess): Error {
  if (reply.kind !== 'refused') {
    return new Error(`The SQL process said ${reply.kind} to a question.`);
  }
  const { code, problem } = reply;
  return new Refused(code === 'pool.sql_too_large' ? 'limited' : 'invalid', {
    code,
    path: 'sql',
    ...(problem !== '' && { params: { problem } }),
  });
}

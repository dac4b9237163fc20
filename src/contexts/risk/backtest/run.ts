import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { yieldToOthers } from '../../../platform/priority.ts';
import type { Expression, Lists } from '../language/index.ts';
import type { BacktestExample, BacktestRequest } from './contract.ts';
import type { Job } from './count.ts';
import type { FromBacktestProcess, ToBacktestProcess } from './process.ts';
import type { Part, RelationFact, Snapshot } from './store/snapshot.ts';
import { addTally, emptyTally, type Hit, readsOfAll, type Tally } from './tally.ts';

export interface Run {
  readonly snapshot: Snapshot;
  readonly facts: readonly RelationFact[];
  readonly rules: readonly Expression[];
  /** Rules to compare with: of each rule's hits, how many they hit too. */
  readonly live: readonly Expression[];
  readonly lists: Lists;
  readonly period: BacktestRequest['period'];
  readonly processes: number;
  readonly signal?: AbortSignal;
  /** Told after each part, from 0 to 1. */
  readonly onShare?: (share: number) => void;
}

export interface RunResult {
  readonly tally: Tally;
  /** The newest hits of each rule. */
  readonly examples: readonly (readonly BacktestExample[])[];
}

/**
 * Tries rules on a snapshot, in processes of their own: they run after everything else on the
 * machine, and can be ended at any moment. Each takes the next part when it is done with one.
 */
export async function runRules(run: Run): Promise<RunResult> {
  const { snapshot, signal } = run;
  const tally = emptyTally(readsOfAll(run.rules), run.live.length);
  if (snapshot.parts.length === 0) return { tally, examples: run.rules.map(() => []) };
  const { rules, live, lists, facts, period } = run;
  const job: Job = { rules, live, lists, facts, period, marks: snapshot.marks };
  const count = Math.max(1, Math.min(run.processes, snapshot.parts.length));
  const children = Array.from({ length: count }, startProcess);
  const endAll = (): void => {
    for (const child of children) child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', endAll);
  try {
    signal?.throwIfAborted();
    const waiting = [...snapshot.parts];
    let done = 0;
    await Promise.all(
      children.map(async (child) => {
        await ask(child, { kind: 'open', job });
        yieldToOthers(child);
        for (let part = waiting.shift(); part; part = waiting.shift()) {
          const said = await ask(child, { kind: 'part', part });
          if (said.kind === 'tally') addTally(tally, said.tally);
          done += 1;
          run.onShare?.(done / snapshot.parts.length);
        }
      }),
    );
    const [first] = children;
    const examples = first ? await openExamples(first, tally, snapshot.parts) : [];
    return { tally, examples };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', endAll);
    endAll();
    await Promise.all(children.map(hasEnded));
  }
}

async function openExamples(
  child: ChildProcess,
  tally: Tally,
  parts: readonly Part[],
): Promise<BacktestExample[][]> {
  const wanted = tally.rules.map(({ examples }) => examples);
  const found = new Map<Hit, BacktestExample>();
  for (const part of parts) {
    const hits = wanted.map((own) => own.filter(({ part: from }) => from === part.from));
    if (hits.every((own) => own.length === 0)) continue;
    const rows = hits.map((own) => own.map(({ row }) => row));
    const said = await ask(child, { kind: 'examples', part, rows });
    if (said.kind !== 'examples') continue;
    hits.forEach((own, rule) => {
      own.forEach((hit, place) => {
        const example = said.examples[rule]?.[place];
        if (example) found.set(hit, example);
      });
    });
  }
  return wanted.map((own) => own.flatMap((hit) => found.get(hit) ?? []));
}

const HERE = import.meta.url;
const IS_SOURCE = HERE.endsWith('.ts');

/** No environment is handed on: the process has no business with any setting or secret of ours. */
function startProcess(): ChildProcess {
  const program = new URL(IS_SOURCE ? './process.ts' : './process.js', HERE);
  const loader = IS_SOURCE
    ? ['--import', pathToFileURL(createRequire(HERE).resolve('tsx')).href]
    : [];
  const child = fork(fileURLToPath(program), [], {
    env: {},
    execArgv: loader,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // Whoever is asking hears of it; between two questions nobody needs to.
  child.on('error', () => undefined);
  return child;
}

/** Asks and waits: a process answers one thing at a time. However it ends, the asker hears of it. */
function ask(child: ChildProcess, question: ToBacktestProcess): Promise<FromBacktestProcess> {
  const listening = new AbortController();
  const { signal } = listening;
  const answered = once(child, 'message', { signal }).then(([said]: FromBacktestProcess[]) => said);
  const ended = once(child, 'exit', { signal }).then(([code, killedBy]: unknown[]) => {
    throw new Error(`A back-test process ended with ${code ?? killedBy}.`);
  });
  const sent = new Promise<never>((_, reject) => {
    child.send(question, (error) => error && reject(error));
  });
  return Promise.race([answered, ended, sent])
    .then((said) => {
      if (said?.kind === 'broken') throw new Error(`A back-test process failed: ${said.problem}`);
      return said as FromBacktestProcess;
    })
    .finally(() => listening.abort());
}

async function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

// Where back-tests are computed: a process that reads copies of the pool's facts, and nothing else.
import type { BacktestExample } from './contract.ts';
import { createCounter, type Job } from './count.ts';
import type { Part } from './store/snapshot.ts';
import type { Tally } from './tally.ts';

export type ToBacktestProcess =
  | { readonly kind: 'open'; readonly job: Job }
  | { readonly kind: 'part'; readonly part: Part }
  /** The rows of a part that are to be shown, by rule. */
  | {
      readonly kind: 'examples';
      readonly part: Part;
      readonly rows: readonly (readonly number[])[];
    };

export type FromBacktestProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'tally'; readonly tally: Tally }
  | {
      readonly kind: 'examples';
      readonly examples: readonly (readonly BacktestExample[])[];
    }
  | { readonly kind: 'broken'; readonly problem: string };

let counter: Awaited<ReturnType<typeof createCounter>> | null = null;

async function answer(message: ToBacktestProcess): Promise<FromBacktestProcess> {
  if (message.kind === 'open') {
    counter = await createCounter(message.job);
    return { kind: 'ready' };
  }
  if (!counter) throw new Error('Nothing was opened.');
  if (message.kind === 'part') return { kind: 'tally', tally: await counter.count(message.part) };
  return { kind: 'examples', examples: await counter.examples(message.part, message.rows) };
}

process.on('message', (message: ToBacktestProcess) => {
  const say = (said: FromBacktestProcess): void => void process.send?.(said);
  answer(message).then(say, (error: unknown) => {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ kind: 'broken', problem });
  });
});

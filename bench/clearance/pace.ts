import { setTimeout as sleep } from 'node:timers/promises';

/** Keeps the time of a day: seconds from its beginning, negative before. */
export interface Pace {
  now(): number;
  until(second: number): Promise<void>;
  /** Starts a task at each of its moments, without waiting for any. */
  each(
    perS: number,
    from: number,
    count: number,
    task: (n: number, dueAt: number) => Promise<void>,
  ): Promise<void>;
  /** One after the other, at most once a second, up to a moment. */
  repeatedly(end: number, work: () => Promise<void>): Promise<void>;
  /** Resolves when everything that was started has ended. */
  settled(): Promise<void>;
}

export function createPace(leadS: number, fault: (what: string) => void): Pace {
  const start = performance.now() + leadS * 1000;
  const pending: Promise<void>[] = [];
  const now = (): number => (performance.now() - start) / 1000;
  const until = async (second: number): Promise<void> => {
    const wait = (second - now()) * 1000;
    if (wait > 1) await sleep(wait);
  };
  return {
    ...{ now, until },
    async each(perS, from, count, task) {
      for (let n = 0; n < count; n += 1) {
        const dueAt = from + n / perS;
        await until(dueAt);
        pending.push(task(n, dueAt).catch((error: Error) => fault(error.message)));
      }
    },
    async repeatedly(end, work) {
      while (now() < end) {
        const next = now() + 1;
        await work().catch((error: Error) => fault(error.message));
        await until(next);
      }
    },
    settled: async () => {
      await Promise.all(pending);
    },
  };
}

import type { Log } from './log.ts';

/** The length of a rest between two rounds. */
const PAUSE_MS = 1_000;

export interface Repeated {
  start(): void;
  /** Ends after the round under way. */
  stop(): Promise<void>;
  /** Does a round now, behind the one under way; answers what it counted. */
  now(): Promise<number>;
}

/** Does something again and again, with a rest in between; two rounds never overlap, and one that fails is told of. */
export function repeat(work: () => Promise<number>, log: Log, failure: string): Repeated {
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<number> = Promise.resolve(0);

  const now = (): Promise<number> => {
    working = working.catch(() => 0).then(work);
    return working;
  };
  const next = (): void => {
    timer = setTimeout(async () => {
      await now().catch((error: unknown) => log.warn({ err: error }, failure));
      if (timer !== null) next();
    }, PAUSE_MS);
    timer.unref();
  };
  return {
    start: () => {
      if (timer === null) next();
    },
    stop: async () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await working.catch(() => 0);
    },
    now,
  };
}

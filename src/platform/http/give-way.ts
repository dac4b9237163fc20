import { Refused } from '../../kernel/refusal.ts';

/** What those are told who find the queue full. */
const RETRY_SECONDS = 5;
const REST_MAX_MS = 15_000;
/** How often those who wait look whether the port has caught up. */
const LOOK_EVERY_MS = 100;

/** What weighs: a report or a workbook, over all there is; a search, for which somebody sits and waits. */
export type Heavy = 'report' | 'search';

/** How far something gives way. */
interface Manners {
  /** How many may wait while another is made. */
  readonly waitingMax: number;
  /** Between two of them everybody else has this many times as long as the last one took; a quarter of a minute at most. */
  readonly restTimes: number;
}

export const MANNERS: Readonly<Record<Heavy, Manners>> = {
  report: { waitingMax: 8, restTimes: 4 },
  search: { waitingMax: 64, restTimes: 4 },
};

/**
 * Makes a report: at once, or in its turn. Refuses when too many wait already, and gives the place of
 * somebody who has gone away to the next.
 */
export type GiveWay = <T>(signal: AbortSignal, report: () => Promise<T>) => Promise<T>;

/**
 * Reports give way to what cannot wait. While the port is pressed they are made one at a time, with
 * a rest after each, and those beyond a short queue are asked to come again; as soon as it is not,
 * all of them run as they come.
 */
export function createGiveWay(
  isPressed: () => boolean,
  { waitingMax, restTimes }: Manners,
): GiveWay {
  const queue: (() => void)[] = [];
  let running = 0;
  let restUntilMs = 0;
  let look: NodeJS.Timeout | undefined;

  const isFree = (): boolean => !isPressed() || (running === 0 && performance.now() >= restUntilMs);
  const advance = (): void => {
    clearTimeout(look);
    while (queue.length > 0 && isFree()) {
      running += 1;
      queue.shift()?.();
    }
    if (queue.length > 0) look = setTimeout(advance, LOOK_EVERY_MS).unref();
  };

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      advance();
      if (signal.aborted || queue.length >= waitingMax) {
        reject(comeAgain());
        return;
      }
      const leave = (): void => {
        queue.splice(queue.indexOf(enter), 1);
        reject(comeAgain());
      };
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(enter);
      advance();
    });

  return async (signal, report) => {
    await turn(signal);
    const startedMs = performance.now();
    try {
      return await report();
    } finally {
      running -= 1;
      const endedMs = performance.now();
      if (isPressed())
        restUntilMs = endedMs + Math.min(restTimes * (endedMs - startedMs), REST_MAX_MS);
      advance();
    }
  };
}

const comeAgain = (): Refused =>
  new Refused('limited', {
    code: 'http.reports_give_way',
    params: { retrySeconds: RETRY_SECONDS },
  });

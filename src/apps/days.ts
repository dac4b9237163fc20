import type { LocalDate } from '../kernel/dates.ts';
import { localDateOf } from '../kernel/dates.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

const LOOK_EVERY_MS = 60_000;

/**
 * Does what the coming of a day does: deadlines pass, surcharges grow, guarantees end. Each of the works
 * depends on the day alone, so that looking often, or after days of silence, does nothing twice. One that fails does not
 * keep the others from theirs; all are asked again until each has done the day's.
 */
export function createDays(
  clock: Clock,
  log: Log,
  works: readonly { readonly name: string; run(on: LocalDate): Promise<unknown> }[],
) {
  let lookedAt: LocalDate | null = null;
  let under: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const look = async (): Promise<void> => {
    const today = localDateOf(clock.now());
    if (lookedAt === today) return;
    let isDone = true;
    for (const { name, run } of works) {
      try {
        await run(today);
      } catch (error) {
        log.error(
          { err: error, work: name, on: today },
          'The work of a day failed; it is tried again.',
        );
        isDone = false;
      }
    }
    if (isDone) lookedAt = today;
  };
  const lookInTurn = (): Promise<void> => {
    under = under.then(look);
    return under;
  };
  return {
    look: lookInTurn,
    start: () => {
      void lookInTurn();
      timer = setInterval(() => void lookInTurn(), LOOK_EVERY_MS);
      timer.unref();
    },
    stop: async () => {
      if (timer) clearInterval(timer);
      await under;
    },
  };
}

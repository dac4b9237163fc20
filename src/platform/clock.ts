import type { Instant } from '../kernel/dates.ts';

/** Where the present moment comes from: a port, so that a test or the demo port can live on another day. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
};

/** A clock that stands still until it is told to move. */
export function createManualClock(start: Instant): Clock & { set(to: Instant): void } {
  let at = start;
  return {
    now: () => at,
    set: (to) => {
      at = to;
    },
  };
}

/** Callers who wait at once, on average over a window, from which on a port is busy. */
const BUSY_FROM = 2;
const WINDOW_MS = 1_000;

export interface Traffic {
  /** Somebody was answered after so many milliseconds. */
  answered(ms: number): void;
  /** Whether, in this second or the one before it, several were being answered all the time. */
  isBusy(): boolean;
}

/**
 * How many are being answered at once: the time they waited, over the time that passed (Little's law). A busy port need
 * not be late: its database may be, which no event loop sees.
 */
export function watchTraffic(now = () => performance.now()): Traffic {
  let beganMs = now();
  let waitedMs = 0;
  let wasBusy = false;
  const isBusyNow = (): boolean => waitedMs >= BUSY_FROM * WINDOW_MS;
  const advance = (): void => {
    const passed = now() - beganMs;
    if (passed < WINDOW_MS) return;
    wasBusy = passed < 2 * WINDOW_MS && isBusyNow();
    beganMs = now();
    waitedMs = 0;
  };
  return {
    answered: (ms) => {
      advance();
      waitedMs += ms;
    },
    isBusy: () => {
      advance();
      return wasBusy || isBusyNow();
    },
  };
}

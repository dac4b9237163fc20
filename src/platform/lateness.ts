import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A process whose event loop was held longer than this at once is late. */
const LATE_MS = 50;
/** How far back one looks. */
const WINDOW_MS = 1_000;
const SAMPLE_MS = 20;
const NANOSECONDS_PER_MS = 1e6;

export interface Lateness {
  /** Whether, within the last second or the one before it, everybody waited longer than the bound. */
  isLate(): boolean;
  stop(): void;
}

/** Watches how late the event loop is: what every request waits before anything is done for it. */
export function watchLateness(): Lateness {
  const delays = monitorEventLoopDelay({ resolution: SAMPLE_MS });
  delays.enable();
  let wasLate = false;
  // What is measured is the time between two samples, of which their distance is nobody's lateness.
  const isLateNow = (): boolean => delays.max / NANOSECONDS_PER_MS - SAMPLE_MS > LATE_MS;
  const timer = setInterval(() => {
    wasLate = isLateNow();
    delays.reset();
  }, WINDOW_MS).unref();
  return {
    isLate: () => wasLate || isLateNow(),
    stop: () => {
      clearInterval(timer);
      delays.disable();
    },
  };
}

import type { LiveHub } from '../platform/live.ts';

/** How often open pages are told that something changed: often enough to feel live, rarely enough to read. */
const EVERY_MS = 2_000;

/** Gathers what changed and tells it at intervals: that something did, never what, since everybody listens. */
export function createLiveViews(hub: LiveHub) {
  return {
    declarationsChanged: throttle(EVERY_MS, () => hub.publish('declarations', {})),
    figuresChanged: throttle(EVERY_MS, () => hub.publish('figures', {})),
  };
}

/** Runs at once and then at most every `ms`; a call in between is answered at the end of the interval. */
function throttle(ms: number, work: () => void): () => void {
  let waiting = false;
  let again = false;
  const run = (): void => {
    waiting = true;
    again = false;
    work();
    setTimeout(() => {
      waiting = false;
      if (again) run();
    }, ms).unref();
  };
  return () => {
    if (waiting) again = true;
    else run();
  };
}

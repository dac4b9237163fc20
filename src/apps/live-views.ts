import type { LiveHub } from '../platform/live.ts';

/** How often open pages are told that something changed: often enough to feel live, rarely enough to read. */
const EVERY_MS = 2_000;
/** Ids told at once; past that a page only learns that there are many. */
const IDS_MAX = 200;

/** Gathers what changed and tells it at intervals, so that a bulk filing is one message. */
export function createLiveViews(hub: LiveHub) {
  const changed = new Set<string>();
  let isWaiting = false;
  const tell = (): void => {
    isWaiting = false;
    const ids = [...changed].slice(0, IDS_MAX);
    hub.publish('declarations', { count: changed.size, ids });
    changed.clear();
  };
  return {
    declarationsChanged(ids: readonly string[]): void {
      for (const id of ids) changed.add(id);
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(tell, EVERY_MS).unref();
    },
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

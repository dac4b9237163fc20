import type { LiveHub } from '../platform/live.ts';
import { throttle } from '../platform/throttle.ts';

/** How often open pages are told that something changed: often enough to feel live, rarely enough to read. */
const EVERY_MS = 2_000;

/** Gathers what changed and tells it at intervals: that something did, never what, since everybody listens. */
export function createLiveViews(hub: LiveHub) {
  return {
    declarationsChanged: throttle(EVERY_MS, () => hub.publish('declarations', {})),
    figuresChanged: throttle(EVERY_MS, () => hub.publish('figures', {})),
  };
}

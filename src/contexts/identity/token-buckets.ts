import type { Clock } from '../../platform/clock.ts';

/** A limit per key: `capacity` at once, then `perSecond`. Held in memory, so a restart forgives. */
export interface TokenBuckets {
  /** Takes a token and answers 0, or takes none and answers the seconds until there is one. */
  take(key: string): number;
}

/** Most keys remembered; beyond it the one unused longest is forgotten, and so forgiven. */
const KEYS_MAX = 10_000;

export function createTokenBuckets(limit: {
  readonly clock: Clock;
  readonly capacity: number;
  readonly perSecond: number;
}): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(key) {
      const now = Date.parse(limit.clock.now());
      const known = buckets.get(key) ?? { tokens: limit.capacity, at: now };
      const refilled = known.tokens + (Math.max(0, now - known.at) / 1000) * limit.perSecond;
      const tokens = Math.min(limit.capacity, refilled);
      buckets.delete(key);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      forgetOldest(buckets, KEYS_MAX);
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / limit.perSecond);
    },
  };
}

/** A map keeps its order of insertion, so the first key is the one unused longest. */
export function forgetOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}

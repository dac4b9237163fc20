import type { Clock } from '../../../platform/clock.ts';
import type { Actor } from '../contract.ts';
import { forgetOldest } from '../token-buckets.ts';

/** How long an actor once read is believed: a revocation elsewhere is honoured within this time. */
const BELIEVED_MS = 5_000;
const ACTORS_MAX = 10_000;

/** Remembers for a few seconds who is behind a credential, so that a filing pays no query for it. */
export interface ActorCache {
  get(hash: Buffer): Actor | null;
  set(hash: Buffer, actor: Actor): void;
  forget(hash: Buffer): void;
  /** Posts or holdings changed: everybody is looked up anew. */
  forgetAll(): void;
}

export function createActorCache(clock: Clock): ActorCache {
  const known = new Map<string, { actor: Actor; until: number }>();
  return {
    get(hash) {
      const entry = known.get(hash.toString('base64'));
      return entry && entry.until > Date.parse(clock.now()) ? entry.actor : null;
    },
    set(hash, actor) {
      const key = hash.toString('base64');
      known.delete(key);
      known.set(key, { actor, until: Date.parse(clock.now()) + BELIEVED_MS });
      forgetOldest(known, ACTORS_MAX);
    },
    forget: (hash) => known.delete(hash.toString('base64')),
    forgetAll: () => known.clear(),
  };
}

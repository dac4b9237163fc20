import { type Instant, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Actor } from '../contract.ts';
import * as store from '../store/credentials.ts';
import { hashToken } from '../token.ts';
import { createTokenBuckets } from '../token-buckets.ts';
import type { IdentityDeps } from './deps.ts';

export const SESSION_COOKIE = 'jianghai_session';
/** A session ends after a working day at the latest, and after an hour without use. */
export const SESSION_LASTS_MS = 12 * 3_600_000;
export const SESSION_IDLE_MS = 3_600_000;
/** Use is noted to the minute, so that reading a page does not mean writing a row. */
const NOTE_USE_MS = 60_000;

/** What a caller shows of itself. */
export interface Shown {
  readonly headers: Headers;
  readonly address: string;
  /** Asked by an open page on its own: a person who has gone away must not seem present. */
  readonly passive?: boolean;
}

/**
 * Finds who is calling: by API key where there is one, else by session cookie; `null` when there is
 * neither. A credential that is shown but not good is refused, so that the caller knows which it is.
 */
export function createAuthenticate(deps: IdentityDeps): (shown: Shown) => Promise<Actor | null> {
  const wrongKeys = createTokenBuckets({ clock: deps.clock, capacity: 20, perSecond: 0.2 });
  const actorOf = askOnce((hash) => actorOfKey(deps, hash));
  return async ({ headers, address, passive = false }) => {
    const key = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (key !== undefined) {
      const hash = hashToken(key);
      const actor = deps.actors.get(hash) ?? (await actorOf(hash));
      if (actor) return actor;
      const retrySeconds = wrongKeys.take(address);
      throw retrySeconds > 0
        ? new Refused('limited', { code: 'identity.too_many_attempts', params: { retrySeconds } })
        : new Refused('unauthenticated', { code: 'identity.key_unknown' });
    }
    const token = tokenIn(headers);
    if (token === null) return null;
    const hash = hashToken(token);
    const actor = deps.actors.get(hash) ?? (await actorOfSession(deps, hash, passive));
    if (actor) return actor;
    throw new Refused('unauthenticated', { code: 'identity.session_ended' });
  };
}

/** The session token among the cookies. */
export function tokenIn(headers: Headers): string | null {
  for (const cookie of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = cookie.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  return null;
}

/** A busy program shows one key many times at once: while it is being looked up, all wait for one answer. */
function askOnce<T>(ask: (hash: Buffer) => Promise<T>): (hash: Buffer) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (hash) => {
    const key = hash.toString('base64');
    const answer = asked.get(key) ?? ask(hash).finally(() => asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
}

async function actorOfKey(
  { db, clock, actors }: IdentityDeps,
  hash: Buffer,
): Promise<Actor | null> {
  const now = clock.now();
  const credential = await store.findApiKey(db, hash, localDateOf(now));
  if (!credential) return null;
  if (isLongerAgo(credential.lastUsedAt, NOTE_USE_MS, now)) await store.touchApiKey(db, hash, now);
  actors.set(hash, credential.actor);
  return credential.actor;
}

async function actorOfSession(
  { db, clock, actors }: IdentityDeps,
  hash: Buffer,
  passive: boolean,
): Promise<Actor | null> {
  const now = clock.now();
  const credential = await store.findSession(db, hash, localDateOf(now));
  if (!credential) return null;
  const { actor, createdAt, lastUsedAt } = credential;
  const isOver =
    isLongerAgo(createdAt, SESSION_LASTS_MS, now) || isLongerAgo(lastUsedAt, SESSION_IDLE_MS, now);
  if (isOver) return null;
  if (passive) return actor;
  if (isLongerAgo(lastUsedAt, NOTE_USE_MS, now)) await store.touchSession(db, hash, now);
  actors.set(hash, actor);
  return actor;
}

const isLongerAgo = (then: Instant | null, ms: number, now: Instant): boolean =>
  then === null || Date.parse(now) - Date.parse(then) >= ms;

import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { EventRecord } from '../../kernel/event.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type Db, inTransaction, type Tx } from '../postgres/transaction.ts';
import { createTurn, type Turn } from '../turn.ts';
import { CURSOR_START, type Cursor, nextTransaction, readAfter } from './event-log.ts';

export interface FollowerOptions {
  readonly db: Db;
  readonly log: Log;
  /** Unique in the installation: two followers of one name share one place in the log. */
  readonly name: string;
  /** The kinds of event it is told of. */
  readonly kinds: readonly string[];
  /** Does what the events ask for, in the transaction it is given and nowhere else. */
  readonly handle: (tx: Tx, events: readonly EventRecord[]) => Promise<void>;
  /** Most events at once. */
  readonly batch?: number;
  /** How the log is read, where many followers share what they read. */
  readonly readAfter?: typeof readAfter;
  /** Those who share one handle their events one after the other; left out, a follower has its own. */
  readonly inTurn?: Turn;
  /** Where a follower that cannot go on is shown to whoever watches the machine. */
  readonly metrics?: Pick<Metrics, 'followersStalled'>;
}

/** What a context has followed: the wiring makes the follower. */
export type Following = Pick<FollowerOptions, 'name' | 'kinds' | 'handle'>;

export interface Follower {
  readonly name: string;
  readonly kinds: readonly string[];
  start(): void;
  /** Says that something for it was recorded: look now rather than at the next round. */
  wake(): void;
  /** Resolves when the batch under way is handled, or undone. */
  stop(): Promise<void>;
  /** Resolves when every event recorded before the call is handled; rejects when one cannot be. */
  catchUp(): Promise<void>;
  /** The event it cannot get past, and why; `null` while all goes well. */
  stalledAt(): Stall | null;
}

export interface Stall {
  readonly event: string;
  readonly attempts: number;
  readonly reason: string;
}

const BATCH_EVENTS = 200;
/** In case nobody wakes it: a lookout does. */
const LOOK_EVERY_MS = 10_000;
/** While the horizon stands behind a transaction that is still running. */
const LOOK_AGAIN_MS = 10;
const AFTER_FAILURE_MS = { first: 1_000, most: 60_000 };

/**
 * Follows the event log: what happened in one context is answered in another, exactly once in effect,
 * because the follower's place in the log moves in the transaction that holds the effect. Killed
 * anywhere, it goes on where it stood. Of several processes each batch is handled by one: to move the
 * place is the first statement of the transaction, and only one of them finds it where it read it.
 *
 * An event that cannot be handled stops the follower, loudly: it is tried again and again, at growing
 * intervals, and nothing behind it is handled. Nothing is ever passed over.
 */
export function createFollower(options: FollowerOptions): Follower {
  const { db, log, name, kinds, handle } = options;
  const size = options.batch ?? BATCH_EVENTS;
  const read = options.readAfter ?? readAfter;
  let isStopping = true;
  let sleep = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let stall: Stall | null = null;
  /** How many of a batch that failed are still to be tried singly. */
  let oneByOne = 0;
  /** Where we moved it to last; `null` when only the database can say. Another process may have moved it since. */
  let place: Cursor | null = null;
  /** From a stored place, how far the log holds nothing for us: not stored, so that idling writes nothing. */
  let seen = { from: '', to: '' };

  /** The loop and `catchUp` never handle events at the same time. */
  const inTurn = options.inTurn ?? createTurn();

  /** Handles the next events: how many, up to which transaction nothing is left, and whether there may be more. */
  const step = async (): Promise<{ handled: number; upTo: bigint; isMoreToCome: boolean }> => {
    const stored = place ?? (await placeOf(db, name));
    place = null;
    const from = stored === seen.from ? seen.to : stored;
    const limit = oneByOne > 0 ? 1 : size;
    const { events, cursor } = await read(db, from, limit, kinds);
    const upTo = transactionOf(cursor);
    if (events.length === 0) {
      seen = { from: stored, to: cursor };
      place = stored;
      return { handled: 0, upTo, isMoreToCome: false };
    }
    try {
      const isMoved = await inTransaction(db, async (tx) => {
        if (!(await move(tx, name, stored, cursor))) return false;
        await handle(tx, events);
        return true;
      });
      place = isMoved ? cursor : null;
      passed();
    } catch (error) {
      failed(events, error);
    }
    // With fewer than were asked for, all there is was read: whoever records more says so.
    const isMoreToCome = events.length === limit || place === null;
    return { handled: events.length, upTo, isMoreToCome };
  };

  const passed = (): void => {
    oneByOne = Math.max(0, oneByOne - 1);
    if (!stall) return;
    log.info({ follower: name, event: stall.event }, 'The follower goes on.');
    stall = null;
    options.metrics?.followersStalled.set({ follower: name }, 0);
  };

  /** Several that fail together are tried one by one, so that only what must wait waits. */
  const failed = (events: readonly EventRecord[], error: unknown): void => {
    const [event] = events;
    if (events.length > 1) {
      oneByOne = events.length;
      log.warn({ err: error, follower: name, events: events.length }, 'Trying events one by one.');
      return;
    }
    const attempts = (stall?.attempts ?? 0) + 1;
    const reason = error instanceof Error ? error.message : String(error);
    stall = { event: event?.id ?? '', attempts, reason };
    options.metrics?.followersStalled.set({ follower: name }, 1);
    log.error(
      { err: error, follower: name, event: stall.event, attempts },
      'The follower cannot get past this event; it will be tried again.',
    );
    throw error;
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      let waitMs: number;
      sleep = new AbortController();
      try {
        const { isMoreToCome } = await inTurn(step);
        waitMs = isMoreToCome ? 0 : LOOK_EVERY_MS;
      } catch (error) {
        if (!stall)
          log.error({ err: error, follower: name }, 'The follower could not read the log.');
        waitMs = pauseAfter(stall?.attempts ?? 1);
      }
      const { signal } = sleep;
      await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };

  return {
    name,
    kinds,
    start: () => {
      if (!isStopping) return;
      isStopping = false;
      running = loop();
    },
    wake: () => {
      if (!stall) sleep.abort();
    },
    stop: async () => {
      isStopping = true;
      sleep.abort();
      await running;
      await inTurn(async () => undefined);
    },
    catchUp: async () => {
      const target = await nextTransaction(db);
      for (;;) {
        const { handled, upTo } = await inTurn(step);
        if (handled > 0) continue;
        if (upTo >= target) return;
        await pause(LOOK_AGAIN_MS);
      }
    },
    stalledAt: () => stall,
  };
}

/** At first soon, since a broken connection or a deadlock is over soon; then ever more rarely. */
const pauseAfter = (attempts: number): number =>
  Math.min(AFTER_FAILURE_MS.first * 2 ** (attempts - 1), AFTER_FAILURE_MS.most);

const transactionOf = (cursor: Cursor): bigint => BigInt(cursor.split(':')[0] ?? '0');

async function placeOf(db: Db, name: string): Promise<Cursor> {
  const { rows } = await sql<{ cursor: Cursor }>`
    select cursor from platform.follower where name = ${name}
  `.execute(db);
  if (rows[0]) return rows[0].cursor;
  await sql`
    insert into platform.follower (name, cursor) values (${name}, ${CURSOR_START})
    on conflict (name) do nothing
  `.execute(db);
  return placeOf(db, name);
}

/** False when another process has moved it meanwhile: what was read is handled there. */
async function move(tx: Tx, name: string, from: Cursor, to: Cursor): Promise<boolean> {
  const { rows } = await sql`
    update platform.follower set cursor = ${to}, moved_at = now()
    where name = ${name} and cursor = ${from}
    returning 1
  `.execute(tx);
  return rows.length === 1;
}

import { setTimeout as pause } from 'node:timers/promises';
import {
  CURSOR_START,
  type Cursor,
  nextTransaction,
  type readAfter,
  readingHorizon,
} from '../../platform/event-log/event-log.ts';
import type { Log } from '../../platform/log.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import { createTurn } from '../../platform/turn.ts';
import type { EventBatch, EventFeed } from './store/events.ts';

export interface SubscriberDeps {
  readonly db: Db;
  readonly readAfter: typeof readAfter;
  readonly feed: EventFeed;
  readonly log: Log;
  /** Told after each batch that is in the pool, so that pages and figures can follow. */
  readonly onBatch?: (batch: EventBatch) => void;
}

export interface PoolSubscriber {
  start(): void;
  /** Resolves when the batch under way is in the pool. */
  stop(): Promise<void>;
  /** Resolves when every event recorded before the call is in the pool. */
  catchUp(): Promise<void>;
  /** Empties the event tables and feeds them anew from the first event. */
  rebuild(): Promise<void>;
}

/**
 * Small enough that filings do not wait for a batch, neither at the event loop nor for a processor; from a few hundred
 * on, a row costs the same in any.
 */
const BATCH_EVENTS = 500;
/**
 * Each look costs a question to the log and each batch an append to every table it touches, however few
 * rows it has: few and large. Where they take long, because the port is busy, the pool looks more rarely.
 */
const LOOK_EVERY_MS = 1_000;
const REST = { times: 20, mostMs: 2_500 };
/** Between two full batches: room for requests while a long history is fed. */
const BREATH_MS = 20;
const AFTER_FAILURE_MS = 5_000;

const restAfter = (tookMs: number): number =>
  Math.min(Math.max(LOOK_EVERY_MS, REST.times * tookMs), REST.mostMs);

/**
 * Carries the event log into the pool. It may be stopped or killed anywhere: the cursor is kept with
 * the rows, so it goes on exactly where the pool stands.
 */
export function createPoolSubscriber(deps: SubscriberDeps): PoolSubscriber {
  const { db, feed, log } = deps;
  let isStopping = true;
  let sleep = new AbortController();
  let running: Promise<void> = Promise.resolve();
  /** Where this reader stands; `null` when only the pool can say. Never behind what the pool keeps. */
  let place: Cursor | null = null;

  /** The loop, `catchUp` and `rebuild` never read the cursor at the same time. */
  const inTurn = createTurn();

  const step = async (): Promise<number> => {
    const from = place ?? (await feed.cursor()) ?? CURSOR_START;
    place = null;
    const read = await deps.readAfter(db, from, BATCH_EVENTS, feed.kinds);
    if (read.events.length > 0) {
      // What the pool holds is named by its last event, and not by how far it was looked for others.
      const batch = { events: read.events, cursor: read.atLastEvent };
      await feed.append(batch);
      deps.onBatch?.(batch);
    }
    place = read.cursor;
    return read.events.length;
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      let wait: number;
      sleep = new AbortController();
      const startedMs = performance.now();
      try {
        const isFull = (await inTurn(step)) === BATCH_EVENTS;
        wait = isFull ? BREATH_MS : restAfter(performance.now() - startedMs);
      } catch (error) {
        log.error({ err: error }, 'The pool could not take the next events; trying again.');
        wait = AFTER_FAILURE_MS;
      }
      const { signal } = sleep;
      await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };

  const drain = async (): Promise<void> => {
    const target = await nextTransaction(db);
    for (;;) {
      const horizon = await readingHorizon(db);
      const fed = await inTurn(step);
      if (fed === 0 && horizon >= target) return;
      await pause(BREATH_MS);
    }
  };

  return {
    start: () => {
      if (!isStopping) return;
      isStopping = false;
      running = loop();
    },
    stop: async () => {
      isStopping = true;
      sleep.abort();
      await running;
      await inTurn(async () => undefined);
    },
    catchUp: drain,
    rebuild: async () => {
      await inTurn(async () => {
        place = null;
        await feed.clear();
      });
      await drain();
    },
  };
}

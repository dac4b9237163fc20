import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Log } from '../log.ts';
import type { Db } from '../postgres/transaction.ts';
import { throttle } from '../throttle.ts';
import type { Follower } from './follow.ts';

/** Soon enough for whoever waits, and rarely enough that a busy port does not ask for news with every commit. */
const WAKE_EVERY_MS = 250;
/** Other processes record events too. */
const LOOK_EVERY_MS = 1_000;

export interface Lookout {
  start(): void;
  /** Says that something was recorded: look now rather than at the next round. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Looks at the event log for many followers at once and wakes those whose kinds of event have become
 * readable: one question in place of two from each follower, most of which would hear of nothing.
 */
export function createLookout(options: {
  readonly db: Db;
  readonly log: Log;
  readonly followers: readonly Follower[];
}): Lookout {
  const { db, log, followers } = options;
  let isStopping = true;
  let sleep = new AbortController();
  let running: Promise<void> = Promise.resolve();
  /** Every event of a transaction before this one has been told of. */
  let told: string | null = null;

  const look = async (): Promise<number> => {
    const isFirst = told === null;
    const { horizon, kinds, isMoreToCome } = await kindsSince(db, told);
    told = horizon;
    for (const follower of followers) {
      // What was recorded before the first look may be for anyone.
      if (isFirst || follower.kinds.some((kind) => kinds.has(kind))) follower.wake();
    }
    return isMoreToCome ? WAKE_EVERY_MS : LOOK_EVERY_MS;
  };

  const loop = async (): Promise<void> => {
    while (!isStopping) {
      sleep = new AbortController();
      const waitMs = await look().catch((error: unknown) => {
        log.error({ err: error }, 'The event log could not be looked at; trying again.');
        return LOOK_EVERY_MS;
      });
      const { signal } = sleep;
      await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };

  return {
    start: () => {
      if (!isStopping) return;
      isStopping = false;
      running = loop();
    },
    wake: throttle(WAKE_EVERY_MS, () => sleep.abort()),
    stop: async () => {
      isStopping = true;
      sleep.abort();
      await running;
    },
  };
}

/** The kinds of events between a transaction and the oldest still running; none at the first look. */
async function kindsSince(db: Db, from: string | null) {
  const { rows } = await sql<{ horizon: string; kinds: string[] | null; isMoreToCome: boolean }>`
    select horizon.id::text as horizon,
      (select array_agg(distinct kind) from platform.event
        where transaction_id >= ${from}::xid8 and transaction_id < horizon.id) as kinds,
      (select max(transaction_id) from platform.event) >= horizon.id as "isMoreToCome"
    from (select pg_snapshot_xmin(pg_current_snapshot()) as id) as horizon
  `.execute(db);
  const [row] = rows;
  return {
    horizon: row?.horizon ?? from,
    kinds: new Set(row?.kinds ?? []),
    isMoreToCome: row?.isMoreToCome ?? false,
  };
}

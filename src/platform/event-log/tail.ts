import type { EventRecord } from '../../kernel/event.ts';
import type { Db } from '../postgres/transaction.ts';
import { type Cursor, orderOf, type Read, readAfter, readingHorizon } from './event-log.ts';

/** Whoever comes later than this, or after so many events, reads by himself. */
const KEPT_MS = 2_000;
const KEPT_MAX = 2_000;

interface Kept {
  readonly event: EventRecord;
  readonly place: Cursor;
  readonly order: string;
  readonly readAt: number;
}

/**
 * The end of the log, read once for all who follow it: what one of them has read the others find here,
 * parsed. It answers as `readAfter` does, about events of some kinds; who stands further back than
 * what is kept is answered from the log itself.
 */
export function createTail(kinds: readonly string[]): typeof readAfter {
  /** Every event after `from` and before `to` is kept. */
  let kept: Kept[] = [];
  let from: Cursor | null = null;
  let to: Cursor | null = null;
  let reading: Promise<void> | null = null;
  let begun = 0;
  let ended = 0;

  const readOn = async (db: Db): Promise<void> => {
    to ??= `${await readingHorizon(db)}:0`;
    from ??= to;
    const { events, places, cursor } = await readAfter(db, to, KEPT_MAX, kinds);
    const readAt = performance.now();
    for (const [index, event] of events.entries()) {
      const place = places[index] ?? '';
      kept.push({ event, place, order: orderOf(place), readAt });
    }
    to = cursor;
    const first = kept.findIndex((each) => each.readAt > readAt - KEPT_MS);
    const gone = Math.max(first < 0 ? kept.length : first, kept.length - KEPT_MAX);
    from = kept[gone - 1]?.place ?? from;
    kept = kept.slice(gone);
  };

  /** What is kept after a place; `null` when it goes further back than that. */
  const find = (after: Cursor, limit: number, wanted: ReadonlySet<string>): Read | null => {
    const order = orderOf(after);
    if (from === null || to === null || order < orderOf(from)) return null;
    const first = kept.findLastIndex((each) => each.order <= order) + 1;
    const all = kept.slice(first).filter(({ event }) => wanted.has(event.kind));
    const found = all.slice(0, limit);
    const places = found.map(({ place }) => place);
    const atLastEvent = places.at(-1) ?? after;
    const cursor = found.length === limit ? atLastEvent : order < orderOf(to) ? to : after;
    return { events: found.map(({ event }) => event), places, cursor, atLastEvent };
  };

  return async (db, cursor, limit, wanted = kinds) => {
    const asked = begun;
    const own = new Set(wanted);
    for (;;) {
      const found = find(cursor, limit, own);
      // What was begun before anybody asked may have missed what the caller was told of.
      if (found && (found.events.length > 0 || ended > asked)) return found;
      if (!found && from !== null) return readAfter(db, cursor, limit, wanted);
      if (reading) await reading.catch(() => undefined);
      else {
        const turn = ++begun;
        reading = readOn(db).finally(() => {
          reading = null;
          ended = turn;
        });
        await reading;
      }
    }
  };
}

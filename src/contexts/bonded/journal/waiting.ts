import type { LedgerEvent } from '../contract.ts';
import type { Answer } from './decide.ts';
import type { Asked } from './known.ts';
import { inPortions, linesOf, type PostRequest } from './request.ts';
import type { Round } from './round.ts';
import type { Taken } from './store/entries.ts';

/** Requests share a transaction up to so many events and lines: few enough that nobody waits long. */
const ROUND_EVENTS_MAX = 250;
const ROUND_LINES_MAX = 5_000;

/** A request or a portion of one, and whoever waits for its answers. */
export interface Posted {
  readonly request: PostRequest;
  /** With it all of a request is decided, and its sender waits for nothing but the disk. */
  readonly isLast: boolean;
  /** Of a portion: what the journal was asked for all portions together. */
  readonly asked: Asked | null;
  resolve(answers: readonly Answer[]): void;
  reject(error: unknown): void;
}

/** Requests that are not decided yet. */
export interface Waiting {
  readonly isEmpty: boolean;
  readonly events: number;
  /** Answers once all of the request is on disk. */
  add(request: PostRequest): Promise<readonly Answer[]>;
  /** What is to be decided next, of what still fits into a round. */
  take(round: Round<Posted>): readonly Posted[];
  /** Told of what is on disk now. */
  written(taken: ReadonlyMap<string, Taken>): void;
  /** Turns everybody away. */
  clear(error: () => unknown): void;
}

/**
 * Whole requests go in the order they came. One that is large goes in portions, which keep their order: with the whole ones
 * that wait goes one portion, so that a single order does not wait for somebody's day, nor the day for ever.
 * @param ask asks the journal, while it waits, about the events of what goes in portions.
 */
export function createWaiting(ask: (events: readonly LedgerEvent[]) => Asked): Waiting {
  const whole: Posted[] = [];
  const portions: Posted[] = [];
  let events = 0;

  const push = (
    request: PostRequest,
    isLast: boolean,
    asked: Asked | null,
  ): Promise<readonly Answer[]> =>
    new Promise((resolve, reject) => {
      (asked ? portions : whole).push({ request, isLast, asked, resolve, reject });
      events += request.events.length;
    });
  return {
    get isEmpty() {
      return whole.length + portions.length === 0;
    },
    get events() {
      return events;
    },
    add: async (request) => {
      const all = inPortions(request);
      if (all.length === 1) return push(request, true, null);
      const asked = ask(request.events);
      const answers = all.map((portion, at) => push(portion, at === all.length - 1, asked));
      return (await Promise.all(answers)).flat();
    },
    take: (round) => {
      const room = roomIn(round);
      const count = whole.findIndex((each) => !room.take(each));
      const taken = whole.splice(0, count < 0 ? whole.length : count);
      const [portion] = portions;
      const isOwed = round.requests.every(({ asked }) => !asked);
      if (portion && (room.take(portion) || isOwed)) taken.push(...portions.splice(0, 1));
      for (const { request } of taken) events -= request.events.length;
      return taken;
    },
    written: (taken) => {
      for (const asked of new Set(portions.map((portion) => portion.asked))) asked?.written(taken);
    },
    clear: (error) => {
      for (const { reject } of [...whole.splice(0), ...portions.splice(0)]) reject(error());
      events = 0;
    },
  };
}

/** Counts what a round holds; the first into an empty one fits, whatever its size. */
function roomIn(round: Round<Posted>) {
  let { events, lines } = round;
  return {
    take({ request }: Posted): boolean {
      const [more, longer] = [events + request.events.length, lines + linesOf(request)];
      if (events > 0 && (more > ROUND_EVENTS_MAX || longer > ROUND_LINES_MAX)) return false;
      [events, lines] = [more, longer];
      return true;
    },
  };
}

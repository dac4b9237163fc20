// Who is decided next: whole requests in the order they came, and beside them a portion of a large one, so that neither a
// single order nor somebody's whole day waits for ever.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventLine, LedgerEvent } from '../contract.ts';
import { issue, request } from './fixtures.ts';
import { emptyRound } from './round.ts';
import { createWaiting, type Posted } from './waiting.ts';

const [line] = issue('any', '1').lines as [EventLine];
const LINES = new Map(
  [0, 1, 50, 700, 3_000].map((length) => [length, Array.from({ length }, () => line)]),
);
/** The events of one sender, counted from 0, each of so many lines. */
const sent = (sender: number, lineCounts: readonly number[]): LedgerEvent[] =>
  lineCounts.map((count, n) => ({
    ...issue(`${sender}-${n}`, '1'),
    lines: LINES.get(count) ?? [],
  }));
const askedNothing = { written: () => undefined, answer: async () => () => undefined };
const eventsOf = (posts: readonly Posted[]) => posts.flatMap(({ request: { events } }) => events);

test('everybody is taken once, each in order, and with every round a portion of what is large', () => {
  const lineCounts = fc.array(fc.constantFrom(...LINES.keys()), { minLength: 1, maxLength: 150 });
  fc.assert(
    fc.property(fc.array(lineCounts, { maxLength: 8 }), (senders) => {
      const waiting = createWaiting(() => askedNothing);
      const all = senders.map((counts, sender) => sent(sender, counts));
      for (const events of all) void waiting.add(request(...events));
      let inPortions = all.reduce((sum, events) => sum + (isLarge(events) ? events.length : 0), 0);
      const taken: LedgerEvent[] = [];
      while (!waiting.isEmpty) {
        const posts = waiting.take(emptyRound());
        const portions = posts.filter(({ asked }) => asked);
        expect(posts.length).toBeGreaterThan(0);
        expect(portions).toHaveLength(inPortions > 0 ? 1 : 0);
        const portion = eventsOf(portions);
        expect(isLarge(portion)).toBe(false);
        inPortions -= portion.length;
        taken.push(...eventsOf(posts));
      }
      expect(waiting.events).toBe(0);
      for (const [sender, events] of all.entries()) {
        const own = taken.filter(({ id }) => id.startsWith(`${sender}-`));
        expect(own).toEqual(events);
      }
    }),
    { numRuns: 50 },
  );
});

/** Whether events are cut into portions: one alone is not, whatever its size. */
const isLarge = (events: readonly LedgerEvent[]): boolean =>
  events.length > 1 &&
  (events.length > 100 || events.reduce((sum, { lines }) => sum + lines.length, 0) > 1_000);

import { YardBook } from '../src/contexts/chemicals/storage/book.ts';
import type { Bench } from './bench.ts';
import { randomFrom } from './segregation/stowages.ts';
import { slowly } from './yard/slow-yard.ts';
import { happenings, layout } from './yard/yards.ts';

const STANDING = 4000;
const MOVES = 3000;
/** How many of the moves are compared with a slow check of the whole yard. */
const COMPARED = 100;
const START = Date.parse('2026-03-01T00:00:00.000Z');
const MINUTE = 60_000;

/** A yard of 5,000 slots, looked at again after every change, beside a slow check of all of it. */
export const yard: Bench = {
  name: 'yard',
  about:
    'One change in a yard of 5,000 slots: rechecked by the blocks it touched, beside all of it.',
  async run({ quick, log }) {
    const standing = quick ? 250 : STANDING;
    const moves = quick ? 150 : MOVES;
    const every = Math.floor(moves / (quick ? 10 : COMPARED));
    const events = happenings(randomFrom(11), standing);
    const book = new YardBook(layout, [], new Date(START).toISOString());
    const times: number[] = [];
    let disagreements = 0;
    let slowMs = 0;
    for (let n = 0; n < standing + moves; n += 1) {
      const event = events.next().value;
      const now = new Date(START + n * MINUTE).toISOString();
      if (book.objections(event).length > 0) throw new Error(`Refused: ${event.id}`);
      const started = performance.now();
      book.apply(event, now);
      book.siteConflicts();
      if (n < standing) continue;
      times.push(performance.now() - started);
      if (n % every !== 0) continue;
      const before = performance.now();
      const slow = slowly(book.containers(), now);
      slowMs += performance.now() - before;
      const kept = agree(book, slow, (key) => !key.startsWith('timeLimited'));
      // Hours pass in blocks that nothing moved in: the whole is looked at, as each day does.
      book.recheck(undefined, now);
      if (!kept || !agree(book, slow, () => true)) disagreements += 1;
    }
    times.sort((a, b) => a - b);
    const recheck = times[Math.floor(times.length * 0.99)] ?? 0;
    const comparisons = Math.max(1, Math.floor(moves / every));
    log(`${book.containers().length} containers, ${book.conflicts().length} conflicts`);
    return {
      figures: {
        disagreements,
        recheck_ms: recheck,
        recheck_median_ms: times[Math.floor(times.length / 2)] ?? 0,
        moves: times.length,
        conflicts: book.conflicts().length,
      },
      peers: { slow: { recheck_ms: slowMs / comparisons } },
      ratios: { recheck: recheck / (slowMs / comparisons) },
    };
  },
};

function agree(
  book: YardBook,
  slow: ReturnType<typeof slowly>,
  isAsked: (key: string) => boolean,
): boolean {
  const ours = book
    .conflicts()
    .filter(({ rule }) => rule !== 'majorHazard')
    .map(({ key, containers }) => `${key}: ${[...containers].sort().join(' ')}`)
    .filter(isAsked)
    .sort();
  const theirs = slow.conflicts.filter(isAsked);
  return ours.join('\n') === theirs.join('\n') && book.load().isReached === slow.isMajor;
}

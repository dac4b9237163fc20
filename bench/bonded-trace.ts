import assert from 'node:assert/strict';
import { visitOrders } from '../src/contexts/bonded/journal/store/movements.ts';
import { type Lineage, traceBack, traceForward } from '../src/contexts/bonded/lineage/trace.ts';
import { type Bench, median, quantile, secondsOf } from './bench.ts';
import { LINES } from './bonded/factory.ts';
import { LEDGER, openGrown, someOrder } from './bonded/grown.ts';

const FULL = { lines: 50_000_000, asked: 500 };
const QUICK = { lines: 100_000, asked: 20 };

/**
 * From what an order made back to the import lines of all it used, and from an import line to everything it went into:
 * the book in memory knows which orders, the journal in PostgreSQL how much.
 */
export const bondedTrace: Bench = {
  name: 'bonded-trace',
  about:
    'A finished lot to its import lines, and an import line to its finished lots, in a ledger of fifty million lines.',
  async run({ quick, log }) {
    const { lines, asked } = quick ? QUICK : FULL;
    const grown = await openGrown(lines);
    try {
      await grown.growTo(lines);
      log(`${lines} lines are there.`);
      const { book, postgres } = grown;
      const lineage: Lineage = {
        state: book.state,
        movementsOf: (orders, told) => visitOrders(postgres.db, LEDGER.id, orders, told),
      };
      const [forward, back]: [number[], number[]] = [[], []];
      const lots: number[] = [];
      for (let n = 0; n < asked; n += 1) {
        const seconds = await secondsOf(async () => {
          const uses = await traceBack(lineage, someOrder(book, n));
          assert(uses.length >= LINES && uses.every(({ lot }) => lot.document !== null));
        });
        forward.push(seconds * 1000);
      }
      const imported = book.state.lots.filter(
        ({ number, order }) => order === null && (book.state.users[number]?.length ?? 0) > 0,
      );
      for (let n = 0; n < asked; n += 1) {
        const lot = imported[(n * 7_919) % imported.length];
        assert(lot);
        const seconds = await secondsOf(async () => {
          const outcomes = await traceForward(lineage, lot.number);
          assert(outcomes.every((outcome) => outcome.lots.length === 1));
          lots.push(outcomes.length);
        });
        back.push(seconds * 1000);
      }
      return {
        figures: {
          forward_ms: median(forward),
          forward_p99_ms: quantile(forward, 0.99),
          back_ms: median(back),
          back_p99_ms: quantile(back, 0.99),
          lots_found: median(lots),
        },
        peers: {},
        ratios: {},
      };
    } finally {
      await grown.stop();
    }
  },
};

import assert from 'node:assert/strict';
import { LedgerEvent, ONLY_SITE } from '../src/contexts/bonded/contract.ts';
import { createBook } from '../src/contexts/bonded/engine/book.ts';
import { balancesOf, remainderOf } from '../src/contexts/bonded/engine/position.ts';
import { openBook } from '../src/contexts/bonded/journal/open.ts';
import { createJournalPager } from '../src/contexts/bonded/journal/pager.ts';
import { createJournalSealer } from '../src/contexts/bonded/journal/sealer.ts';
import { foldMovements, visitRows } from '../src/contexts/bonded/journal/store/movements.ts';
import { saveSnapshot } from '../src/contexts/bonded/journal/store/snapshots.ts';
import { quantityText } from '../src/contexts/bonded/quantity.ts';
import type { CountLine } from '../src/contexts/bonded/stocktake/contract.ts';
import { spotKey, takeStock } from '../src/contexts/bonded/stocktake/differences.ts';
import { createJournalBook } from '../src/contexts/bonded/stocktake/journal-book.ts';
import { systemClock } from '../src/platform/clock.ts';
import { silentLog } from '../src/platform/log.ts';
import { type Bench, type BenchOptions, median, quantile, secondsOf } from './bench.ts';
import { type Grown, LEDGER, openGrown } from './bonded/grown.ts';

const SIZES = { '1m': 1_000_000, '3_31m': 3_310_000, '10m': 10_000_000, '50m': 50_000_000 };
const QUICK = { '0_1m': 100_000 };
const BACKDATED = 1_000;
const UNTIL = '2026-12-31T00:00:00.000Z';

/**
 * A count of every material compared with the book at the moment it was counted, as the product does it: from PostgreSQL,
 * by the pages its pager keeps behind the sealer (`cold`). Beside it every line is folded anew, as if there were no pages:
 * from rows that are in memory (`in_memory`) and from PostgreSQL (`cold_anew`). What the book keeps by itself all
 * the time is asked too, and so is a late event to an order that was closed long ago.
 */
export const bondedReconcile: Bench = {
  name: 'bonded-reconcile',
  about:
    'A whole count against a bonded ledger of up to fifty million lines, in memory and from PostgreSQL.',
  async run(options) {
    const sizes = Object.entries(options.quick ? QUICK : SIZES);
    const largest = Math.max(...sizes.map(([, lines]) => lines));
    const grown = await openGrown(largest);
    try {
      const figures: Record<string, number> = {};
      for (const [name, lines] of sizes) {
        const seconds = await secondsOf(() => grown.growTo(lines));
        const kept = await secondsOf(() => keepPages(grown));
        options.log(
          `${name}: ${lines} lines in ${seconds.toFixed(0)} s, sealed and paged in ${kept.toFixed(0)} s`,
        );
        const counted = countOf(grown);
        const inMemory = await secondsOf(async () => foldMemory(grown, counted));
        const anew = await secondsOf(() => foldJournal(grown, counted, foldRows));
        const cold = await secondsOf(() => foldJournal(grown, counted, foldMovements));
        options.log(
          `${name}: ${cold.toFixed(2)} s cold; every line anew ${inMemory.toFixed(2)} s in memory, ${anew.toFixed(2)} s cold`,
        );
        figures[`seconds_${name}_cold`] = cold;
        figures[`seconds_${name}_in_memory`] = inMemory;
        figures[`seconds_${name}_cold_anew`] = anew;
        if (name === '3_31m') figures.seconds_3_31m = cold;
      }
      const opening = await openSeconds(grown, options);
      const late = backdatedTimes(grown, options);
      return {
        figures: {
          ...figures,
          live_ms: (await secondsOf(async () => askLive(grown))) * 1000,
          backdated_ms: median(late),
          backdated_p99_ms: quantile(late, 0.99),
          open_seconds: opening,
          packed_bytes_per_line: grown.packed.bytes / largest,
          heap_bytes_per_line: heapBytes() / largest,
        },
        peers: {},
        ratios: {},
      };
    } finally {
      await grown.stop();
    }
  },
};

/** Every material as the book has it, one in a hundred short by one unit. */
function countOf({ book }: Grown): CountLine[] {
  return book.state.parts.flatMap((part, at) => {
    const held = balancesOf(part).rawMaterial ?? 0;
    if (part.part.kind !== 'material' || held === 0) return [];
    const counted = at % 100 === 0 ? held - 100_000 : held;
    return [
      {
        ...{ tag: `T${at}`, part: part.part.part, stock: 'materials', site: ONLY_SITE },
        ...{ quantity: quantityText(counted), countedAt: UNTIL, bin: null, lot: null },
      },
    ];
  });
}

function journalBook({ parts }: Grown, lines: readonly CountLine[]) {
  return createJournalBook({
    ledger: LEDGER,
    parts: parts.map((part, number) => ({ ...part, number, isUsed: true })),
    bookOf: 'occurred',
    moments: new Map(
      lines.map(({ part, site }) => [spotKey({ part, account: 'rawMaterial', site }), UNTIL]),
    ),
    until: UNTIL,
    periodFrom: '2026-01-01T00:00:00.000Z',
  });
}

const SCOPE = { parts: null, sites: null, stocks: null };

function compare(folded: ReturnType<typeof journalBook>, lines: readonly CountLine[]): void {
  const { differences } = takeStock(lines, SCOPE, folded.close(), 'consumption');
  const short = differences.filter(({ difference }) => difference !== 0);
  assert.equal(differences.length, lines.length);
  assert.equal(short.length, lines.filter(({ part }) => Number(part.slice(1)) % 100 === 0).length);
}

function foldMemory(grown: Grown, lines: readonly CountLine[]): void {
  const folded = journalBook(grown, lines);
  grown.packed.each((moment, bytes, start, end) =>
    folded.row({ occurredAt: moment, recordedAt: moment }, bytes, start, end),
  );
  compare(folded, lines);
}

/** @param fold how a ledger's own reader adds up its journal. */
async function foldJournal(
  grown: Grown,
  lines: readonly CountLine[],
  fold: typeof foldMovements,
): Promise<void> {
  const folded = journalBook(grown, lines);
  await fold(grown.postgres.db, LEDGER.id, grown.book.state.seq, folded);
  compare(folded, lines);
}

/** As if there were no pages. */
const foldRows: typeof foldMovements = (db, ledger, upTo, { row }) =>
  visitRows(db, ledger, { after: 0, upTo }, row);

/** What the sealer and the pager do behind a writer. */
async function keepPages({ postgres: { db } }: Grown): Promise<void> {
  const deps = { db, log: silentLog };
  await createJournalSealer({ ...deps, clock: systemClock }).sealNow();
  await createJournalPager(deps).now();
}

/** What the book keeps all the time: every account and the remainder of every part. */
function askLive({ book }: Grown): void {
  for (const part of book.state.parts) assert(remainderOf(part) >= 0 && balancesOf(part));
}

/** Milliseconds of a late issue to an order that was closed long ago, which divides its use anew. */
function backdatedTimes({ book, closings }: Grown, { quick }: BenchOptions): number[] {
  const orders = [...closings.keys()].slice(0, quick ? 10 : BACKDATED);
  return orders.map((order, n) => {
    const event = LedgerEvent.parse({
      ...{ id: `late-${n}`, kind: 'issued', occurredAt: '2026-01-03T00:00:00.000Z', order },
      lines: [{ part: 'M0001', quantity: '0.5' }],
    });
    const settlement = closings.get(order);
    assert(settlement);
    const started = performance.now();
    const entries = book.post(event, RECEIVED, { settlement });
    const took = performance.now() - started;
    assert(entries[0]?.outcome === 'applied');
    return took;
  });
}
const RECEIVED = { recordedAt: '2026-11-02T00:00:00.000Z', actor: 'late' };

/** Seconds to open the ledger as a new process does: its snapshot from PostgreSQL, read into a book. */
async function openSeconds(
  { book, parts, postgres: { db } }: Grown,
  { log }: BenchOptions,
): Promise<number> {
  const of = { ledger: LEDGER.id, seq: book.state.seq, takenAt: UNTIL };
  const kept = await secondsOf(() => saveSnapshot(db, of, book.snapshot()));
  log(`The snapshot was kept in ${kept.toFixed(1)} s.`);
  const make = (from?: Buffer) =>
    createBook({ ledger: LEDGER, parts, normOf: () => null, ...(from && { from }) });
  return secondsOf(async () => {
    const opened = await openBook({ db, log: silentLog, createBook: make }, LEDGER.id);
    assert.equal(opened.book.nextSeq, book.nextSeq);
  });
}

function heapBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

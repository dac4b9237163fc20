import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { migrationSources } from '../../src/apps/migrations.ts';
import { LedgerInput } from '../../src/contexts/bonded/contract.ts';
import { type Book, createBook } from '../../src/contexts/bonded/engine/book.ts';
import type { Entry } from '../../src/contexts/bonded/engine/entry.ts';
import {
  appendEntries,
  type Recorded,
  recordedOf,
} from '../../src/contexts/bonded/journal/store/entries.ts';
import { silentLog } from '../../src/platform/log.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { openPostgres, type Postgres } from '../../src/platform/postgres/open.ts';
import { inTransaction } from '../../src/platform/postgres/transaction.ts';
import { LINES, makeFactory, orderNo } from './factory.ts';
import { PackedRows } from './packed-rows.ts';

export const LEDGER = LedgerInput.parse({
  ...{ id: 'H2218-GROWN', enterprise: 'grown', name: 'grown', office: '2218', mode: 'workOrder' },
  opensOn: '2026-01-01',
});
const RECEIVED = { recordedAt: '2026-11-01T00:00:00.000Z', actor: 'bench' };
const ENTRIES_AT_ONCE = 4_000;
/** Orders of fifty lines fill Node's usual four gigabytes before there are fifty million; this leaves room to collect. */
const HEAP_BYTES_PER_LINE = 160;
/** Of so many orders the closing is remembered, to send a late event to. */
const REMEMBERED_EVERY = 997;

/** A ledger that grows order by order, as its writer would write it: the book in memory and its journal in PostgreSQL. */
export interface Grown {
  readonly postgres: Postgres;
  readonly book: Book;
  readonly parts: ReturnType<typeof makeFactory>['parts'];
  /** Every row that moved something. */
  readonly packed: PackedRows;
  /** What divided the use of some orders, by order. */
  readonly closings: ReadonlyMap<string, Entry>;
  /** Orders until there are so many lines issued. */
  growTo(lines: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openGrown(linesMax: number): Promise<Grown> {
  requireHeap(linesMax);
  const folder = await mkdtemp(join(tmpdir(), 'jianghai-bench-'));
  const postgres = await openPostgres({ embeddedIn: folder }, silentLog);
  await migrate(postgres.db, migrationSources, silentLog);
  const factory = makeFactory();
  const book = createBook({ ledger: LEDGER, parts: factory.parts, normOf: () => null });
  const packed = new PackedRows();
  const closings = new Map<string, Entry>();
  let waiting: Recorded[] = [];
  let writing: Promise<void> = Promise.resolve();
  let orders = 0;

  const write = async (): Promise<void> => {
    const recorded = waiting;
    waiting = [];
    await writing;
    writing = inTransaction(postgres.db, (tx) => appendEntries(tx, LEDGER.id, recorded));
    writing.catch(() => undefined);
  };
  const post = async (events: Iterable<Parameters<Book['post']>[0]>): Promise<void> => {
    for (const event of events) {
      const content = createHash('sha256').update(event.id).digest();
      for (const entry of book.post(event, RECEIVED, {})) {
        const recorded = recordedOf(entry, content);
        waiting.push(recorded);
        if (entry.movements.length > 0)
          packed.add(Date.parse(entry.occurredAt), recorded.movements);
        const isRemembered = entry.kind === 'orderClosed' && orders % REMEMBERED_EVERY === 0;
        if (isRemembered) closings.set(entry.order ?? '', entry);
      }
      if (waiting.length >= ENTRIES_AT_ONCE) await write();
    }
  };
  await post(factory.supplies(Math.ceil(linesMax / LINES)));
  return {
    ...{ postgres, book, packed, closings, parts: factory.parts },
    growTo: async (lines) => {
      for (; orders * LINES < lines; orders += 1) await post(factory.order(orders));
      await write();
      await writing;
    },
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Near its limit the collector takes all the time there is: better told at once than found out after an hour. */
function requireHeap(linesMax: number): void {
  const wanted = linesMax * HEAP_BYTES_PER_LINE;
  if (getHeapStatistics().heap_size_limit >= wanted) return;
  const megabytes = Math.ceil(wanted / 1e6);
  throw new Error(
    `A ledger of ${linesMax} lines needs room: NODE_OPTIONS=--max-old-space-size=${megabytes} npm run bench -- …`,
  );
}

/** An order of those there are, spread evenly over them. */
export const someOrder = (book: Book, n: number): string =>
  orderNo((n * 7_919) % book.state.orderList.length);

// A journal is folded by its pages: the same sums as by its rows, whatever moments are told apart, and a page that
// does not say what its rows moved is found by whoever verifies the chain.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Movement } from '../engine/entry.ts';
import { eachMovement } from './codec.ts';
import { createJournalPager } from './pager.ts';
import { createJournalSealer } from './sealer.ts';
import { appendEntries, type Recorded, recordedOf } from './store/entries.ts';
import { foldMovements } from './store/movements.ts';
import { listSpans } from './store/pages.ts';
import { verifyJournal } from './verify.ts';

const PAGE_ROWS = 4;
let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());

interface Row {
  readonly day: number;
  readonly movements: readonly Movement[];
}
const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
const recorded = (row: Row, index: number): Recorded =>
  recordedOf(
    {
      ...{ seq: index + 1, event: `E${index}`, kind: 'issued', outcome: 'applied', order: 'W1' },
      ...{ occurredAt: dayOf(row.day), recordedAt: dayOf(index), actor: 'erp', document: null },
      ...{ movements: row.movements, lots: [], detail: null },
    },
    Buffer.alloc(32, index % 256),
  );

/** A journal as its writer leaves it, a few rows to a link, with as many pages as it is ready for. */
async function journalOf(ledger: string, rows: readonly Row[], linkRows = 2): Promise<void> {
  const sealer = createJournalSealer({ db, clock: createManualClock(dayOf(99)), log: silentLog });
  const all = rows.map(recorded);
  for (let from = 0; from < all.length; from += linkRows) {
    await inTransaction(db, (tx) => appendEntries(tx, ledger, all.slice(from, from + linkRows)));
    await sealer.sealNow();
  }
  await pager().now();
}
const pager = () => createJournalPager({ db, log: silentLog, pageRows: PAGE_ROWS });

/** What had moved by a day, by way and part; and how often the fold was told of something. */
async function movedBy(ledger: string, upTo: number, day: number) {
  const sums = new Map<string, number>();
  let told = 0;
  const last = Date.parse(dayOf(day));
  await foldMovements(db, ledger, upTo, {
    row: ({ occurredAt }, bytes, start, end) => {
      told += 1;
      if (occurredAt > last) return;
      eachMovement(bytes.subarray(start, end), (part, _lot, from, to, quantity) => {
        const key = `${part}: ${from} → ${to}`;
        sums.set(key, (sums.get(key) ?? 0) + quantity);
      });
    },
    isOne: (first, to) => first.occurredAt > last === to.occurredAt > last,
  });
  return { sums, told };
}

function addedUp(rows: readonly Row[], day: number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows.filter((each) => each.day <= day))
    for (const { part, from, to, quantity } of row.movements) {
      const key = `${part}: ${from} → ${to}`;
      sums.set(key, (sums.get(key) ?? 0) + quantity);
    }
  return sums;
}

const moves = fc.record({
  part: fc.nat({ max: 3 }),
  lot: fc.integer({ min: -1, max: 5 }),
  from: fc.nat({ max: 2 }),
  to: fc.integer({ min: 3, max: 40 }),
  quantity: fc.integer({ min: 1, max: 2 ** 40 }),
});
const journal = fc.array(
  fc.record({ day: fc.nat({ max: 9 }), movements: fc.array(moves, { maxLength: 4 }) }),
  { minLength: 1, maxLength: 24 },
);

test('by pages or by rows, the sums at any moment and of any head are the same', async () => {
  let ledgers = 0;
  await fc.assert(
    fc.asyncProperty(journal, fc.nat({ max: 9 }), fc.nat(), async (rows, day, head) => {
      ledgers += 1;
      const ledger = `PAGES-${ledgers}`;
      await journalOf(ledger, rows);
      const upTo = head % (rows.length + 1);
      for (const end of [upTo, rows.length])
        expect((await movedBy(ledger, end, day)).sums).toEqual(addedUp(rows.slice(0, end), day));
      expect(await verifyJournal(db, ledger)).toMatchObject({ intact: true, unsealed: 0 });
    }),
    { numRuns: 12 },
  );
});

const moved: Movement = { part: 1, lot: 2, from: 0, to: 1, quantity: 500_000 };
const ordinary = Array.from({ length: 14 }, (_, day): Row => ({ day, movements: [moved] }));

test('a fold reads rows only of the page its moment divides, and behind the last', async () => {
  await journalOf('READ-1', ordinary);
  expect((await listSpans(db, 'READ-1', 14)).map(({ lastSeq }) => lastSeq)).toEqual([4, 8, 12]);
  // Three pages and two rows; the page of the fifth to the eighth by its four rows; the head before a page ends.
  expect((await movedBy('READ-1', 14, 99)).told).toBe(3 + 2);
  expect((await movedBy('READ-1', 14, 5)).told).toBe(2 + 4 + 2);
  expect((await movedBy('READ-1', 7, 99)).told).toBe(1 + 3);
});

test('pages that two processes make at once are made once', async () => {
  await inTransaction(db, (tx) => appendEntries(tx, 'SHARED-2', ordinary.map(recorded)));
  await createJournalSealer({ db, clock: createManualClock(dayOf(99)), log: silentLog }).sealNow();
  expect(await listSpans(db, 'SHARED-2', 14)).toEqual([]);
  await Promise.all([pager().now(), pager().now(), pager().now()]);
  expect(await listSpans(db, 'SHARED-2', 14)).toHaveLength(1);
  expect((await movedBy('SHARED-2', 14, 99)).sums).toEqual(addedUp(ordinary, 99));
});

/** What only somebody who works around us, and owns the database, can do; it is undone afterwards. */
async function tampered(statement: string, then: (tx: Db) => Promise<void>): Promise<void> {
  const undo = new Error('Undone.');
  const trying = inTransaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql.raw(statement).execute(tx);
    await then(tx);
    throw undo;
  });
  await expect(trying).rejects.toBe(undo);
}

const OURS = `ledger = 'SWORN-1' and first_seq`;
test.each([
  [
    'changes a total',
    `update bonded.journal_page set totals = totals || '\\x00' where ${OURS} = 5`,
    5,
  ],
  [
    'says its rows were of another day',
    `update bonded.journal_page set occurred_to = occurred_to + interval '1 day' where ${OURS} = 9`,
    9,
  ],
  ['takes a page out', `delete from bonded.journal_page where ${OURS} = 1`, 5],
  ['ends a page elsewhere', `update bonded.journal_page set last_seq = 7 where ${OURS} = 5`, 5],
  [
    'adds a page of rows nobody swears to',
    `insert into bonded.journal_page select ledger, 15, 99, occurred_from, occurred_to,
      recorded_from, recorded_to, totals from bonded.journal_page where ${OURS} = 5`,
    15,
  ],
])('whoever %s is found', async (_, statement, seq) => {
  if ((await listSpans(db, 'SWORN-1', 14)).length === 0) await journalOf('SWORN-1', ordinary);
  await tampered(statement, async (tx) => {
    expect(await verifyJournal(tx, 'SWORN-1')).toMatchObject({
      intact: false,
      firstBroken: { seq, reason: 'bonded.page_altered' },
    });
  });
  expect((await verifyJournal(db, 'SWORN-1')).intact).toBe(true);
});

test('totals that cannot be read are named, and the database refuses that a page is changed', async () => {
  await journalOf('TORN-2', ordinary);
  const torn = `update bonded.journal_page set totals = '\\xff' where ledger = 'TORN-2' and first_seq = 5`;
  await tampered(torn, async (tx) => {
    const last = Date.parse(dayOf(99));
    const folding = foldMovements(tx, 'TORN-2', 14, {
      row: (_, bytes, start, end) => eachMovement(bytes.subarray(start, end), () => undefined),
      isOne: (_, { occurredAt }) => occurredAt <= last,
    });
    await expect(folding).rejects.toMatchObject({
      refusals: [{ code: 'bonded.journal_page_damaged', params: { ledger: 'TORN-2', seq: '5' } }],
    });
  });
  await expect(sql.raw(torn).execute(db)).rejects.toThrow('the journal is never changed');
});

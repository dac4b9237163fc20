// While one round is on its way to the disk the next is decided on a book that holds both. What is decided ahead knows
// what is not written yet, is answered after it, and falls with it.

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Book } from '../engine/book.ts';
import { event, lines, textOf } from '../engine/fixtures.ts';
import {
  emptyBook,
  holdWrites,
  issue,
  type Process,
  request,
  startProcess,
  supply,
} from './fixtures.ts';
import { createFreshRows } from './fresh.ts';
import { openBook } from './open.ts';
import { createJournalSealer } from './sealer.ts';
import { verifyJournal } from './verify.ts';
import type { LedgerWriter } from './writer.ts';

let database: TestDatabase;
let db: Db;
let ledger = '';
let ledgers = 0;
let here: Process;
let letGo: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
beforeEach(() => {
  ledgers += 1;
  ledger = `H2226-${ledgers}`;
  here = startProcess(database);
});
afterEach(async () => {
  await letGo();
  await here.end();
});
afterAll(() => database.drop());

/** Posts of which the first is held back on its way to the disk; the others come while it is. */
async function heldBack(writer: LedgerWriter<Book>, ...requests: ReturnType<typeof request>[]) {
  const writes = await holdWrites(db);
  letGo = writes.letGo;
  const [first, ...later] = requests;
  const posts = [writer.post(first ?? request())];
  await expect.poll(writes.waiting, { timeout: 10_000 }).toHaveLength(1);
  for (const each of later) posts.push(writer.post(each));
  return { ...writes, ended: Promise.allSettled(posts) };
}

const replayed = async (): Promise<string> => {
  const { book } = await openBook({ db, log: silentLog, createBook: emptyBook }, ledger);
  return textOf(book);
};
const fulfilled = (...answers: object[]) => ({ status: 'fulfilled', value: answers });

test('what is decided ahead knows what is not on disk yet, and shares the next flush', async () => {
  const writer = await here.open({}, ledger);
  await writer.post(request(supply('A', '100')));
  const { ended, letGo: go } = await heldBack(
    writer,
    request(issue('B', '60'), event('orderClosed', { id: 'C', order: 'W1' })),
    request(issue('B', '60'), issue('B', '61')),
    request(event('reversed', { id: 'D', reverses: 'C' })),
    request(event('returned', { id: 'E', order: 'W1', lines: lines(['steel', '20']) })),
    request(issue('F', '60', 'W2')),
  );
  await go();
  expect(await ended).toMatchObject([
    fulfilled({ event: 'B', seq: 2 }, { event: 'C', seq: 3 }),
    // The same as the one that is not on disk yet, and another under its id.
    fulfilled(
      { event: 'B', seq: 2, isRepeat: true },
      { event: 'B', refusals: [{ code: 'bonded.event_id_taken' }] },
    ),
    fulfilled({ event: 'D', seq: 4, outcome: 'applied' }),
    fulfilled({ event: 'E', seq: 5, outcome: 'applied' }),
    fulfilled({ event: 'F', seq: 6, outcome: 'applied' }),
  ]);
  const { rows } = await sql<{ commits: number }>`
    select count(distinct xmin::text)::integer as commits from bonded.journal where ledger = ${ledger}
  `.execute(db);
  expect(rows).toEqual([{ commits: 3 }]);
  expect(await writer.withBook(textOf)).toBe(await replayed());
});

test('when a round fails, what was decided behind it never happened; sent again all of it is written once', async () => {
  const writer = await here.open({}, ledger);
  await writer.post(request(supply('A', '100')));
  const before = await writer.withBook(textOf);
  const sent = [request(issue('B', '60')), request(issue('B', '60'), issue('C', '40'))];
  const { ended, waiting } = await heldBack(writer, ...sent);
  const [pid] = await waiting();
  await sql`select pg_terminate_backend(${pid}::integer)`.execute(db);
  const interrupted = {
    status: 'rejected',
    reason: { refusals: [{ code: 'bonded.post_interrupted' }] },
  };
  expect(await ended).toMatchObject([interrupted, interrupted]);
  await letGo();
  await expect.poll(() => writer.state, { timeout: 10_000 }).toBe('open');
  expect(await writer.withBook(textOf)).toBe(before);
  expect(await Promise.all(sent.map((each) => writer.post(each)))).toMatchObject([
    [{ event: 'B', seq: 2, isRepeat: false }],
    [
      { event: 'B', seq: 2, isRepeat: true },
      { event: 'C', seq: 3, isRepeat: false },
    ],
  ]);
  expect(await writer.withBook(textOf)).toBe(await replayed());
});

test('a look, and a snapshot, see nothing that is not on disk', async () => {
  const writer = await here.open({ snapshotEntries: 3 }, ledger);
  await writer.post(request(supply('A', '100')));
  const { ended, letGo: go } = await heldBack(
    writer,
    request(issue('B', '60')),
    request(issue('C', '1'), issue('D', '1')),
  );
  let seen = 0;
  const looking = writer.withBook(({ nextSeq }) => {
    seen = nextSeq;
  });
  const late = writer.post(request(issue('E', '1')));
  expect(seen).toBe(0);
  await go();
  await Promise.all([ended, looking, late]);
  // What flew when it came is on disk; what was not decided yet has waited.
  expect(seen).toBe(3);
  const snapshots = async () => {
    const { rows } = await sql<{ seq: string }>`
      select seq from bonded.snapshot where ledger = ${ledger} order by seq
    `.execute(db);
    return rows.map(({ seq }) => Number(seq));
  };
  await expect.poll(snapshots).toEqual([5]);
  await writer.stop();
  const again = await here.open({}, ledger);
  const book = await again.withBook(textOf);
  await sql`delete from bonded.snapshot where ledger = ${ledger}`.execute(db);
  expect(book).toBe(await replayed());
});

test('rows are sealed by the hashes they were written with, and by reading them where those are not known', async () => {
  const fresh = createFreshRows();
  const writer = await here.open({ fresh }, ledger);
  const sealer = createJournalSealer({ db, clock: { now: () => RECORDED }, log: silentLog, fresh });
  await writer.post(
    request(supply('A', '100'), issue('B', '60'), issue('held', '900'), {
      ...event('issued', { id: '"F"\\', order: '工单', document: 'D"', site: 'main' }),
      lines: [{ part: 'steel', quantity: '2', unit: 'g', conversion: '0.5', bonded: true }],
    }),
  );
  await sealer.sealNow();
  // Written by another process: here nobody knows what its rows say.
  await writer.stop();
  const other = await here.open({}, ledger);
  await other.post(request(issue('C', '1')));
  await sealer.sealNow();
  await other.stop();
  const back = await here.open({ fresh }, ledger);
  await back.post(request(issue('D', '1'), issue('E', '1')));
  expect(fresh.after(ledger, 5, 10)).toHaveLength(2);
  await sealer.sealNow();
  expect(fresh.after(ledger, 7, 10)).toBeNull();
  expect(await verifyJournal(db, ledger)).toMatchObject({
    ...{ intact: true, rowsChecked: 7, batchesChecked: 3, unsealed: 0 },
  });
});
const RECORDED = '2026-07-01T00:00:00.000Z';

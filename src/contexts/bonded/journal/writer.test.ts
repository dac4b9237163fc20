// One writer to a ledger: events are decided in order, written together and answered once they are on
// disk. When a session dies or another writer comes, nothing is written twice and nothing is lost.

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
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
import { openBook } from './open.ts';
import { createJournalSealer } from './sealer.ts';
import { findHead } from './store/entries.ts';
import type { WriterState } from './tenure.ts';
import { verifyJournal } from './verify.ts';
import type { LedgerWriter } from './writer.ts';

let database: TestDatabase;
let db: Db;
let ledger = '';
let ledgers = 0;
let here: Process;
let there: Process;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
beforeEach(() => {
  ledgers += 1;
  ledger = `H2225-${ledgers}`;
  here = startProcess(database);
  there = startProcess(database);
});
afterEach(async () => {
  await letWritesGo();
  await here.end();
  await there.end();
});
afterAll(() => database.drop());

const replayed = async (): Promise<string> => {
  await sql`delete from bonded.snapshot where ledger = ${ledger}`.execute(db);
  const { book } = await openBook({ db, log: silentLog, createBook: emptyBook }, ledger);
  return textOf(book);
};
const bookOf = (writer: LedgerWriter<Book>): Promise<string> => writer.withBook(textOf);
const stateOf = (writer: LedgerWriter<Book>) =>
  expect.poll(() => writer.state, { timeout: 10_000 });
const refusal = (code: string) => ({ refusals: [{ code: `bonded.${code}` }] });

async function audits(): Promise<unknown[]> {
  const { rows } = await sql<{ outcome: string; detail: unknown }>`
    select outcome, detail from identity.audit
    where subjects = ${[`bondedLedger:${ledger}`]}::text[] order by id
  `.execute(db);
  return rows;
}

test('events are answered in order; what is refused leaves nothing and stops nobody', async () => {
  const writer = await here.open({}, ledger);
  const answers = await writer.post(
    request(
      supply('A', '100'),
      supply('B', '5', 'marble'),
      issue('C', '60'),
      issue('D', '70'),
      { ...supply('A', '100') },
      supply('A', '101'),
      event('reversed', { id: 'F', reverses: 'C' }),
      event('reversed', { id: 'G', reverses: 'nothing' }),
    ),
  );
  expect(answers).toMatchObject([
    { event: 'A', seq: 1, outcome: 'applied', isRepeat: false },
    { event: 'B', refusals: [{ code: 'bonded.part_unknown' }] },
    { event: 'C', seq: 2, outcome: 'applied' },
    { event: 'D', seq: 3, outcome: 'held' },
    { event: 'A', seq: 1, outcome: 'applied', isRepeat: true },
    { event: 'A', refusals: [{ code: 'bonded.event_id_taken', params: { seq: 1 } }] },
    // What comes back lets go what waited for it.
    { event: 'F', seq: 4, outcome: 'applied' },
    // What it takes back may still come.
    { event: 'G', outcome: 'held' },
  ]);
  expect(await findHead(db, ledger)).toBe(6);
  expect(await replayed()).toBe(await bookOf(writer));
});

test('the same again is the same, also from another process and after it was let go', async () => {
  const first = await here.open({}, ledger);
  const sent = [supply('A', '10'), issue('B', '30'), supply('C', '50')];
  const answers = await first.post(request(...sent));
  expect(answers).toMatchObject([{ outcome: 'applied' }, { outcome: 'held' }, { seq: 3 }]);
  await first.stop();
  const second = await there.open({}, ledger);
  const again = await second.post(request(...sent));
  expect(again).toEqual(answers.map((answer) => ({ ...answer, isRepeat: true })));
  expect(await findHead(db, ledger)).toBe(4);
});

test('a request is one row in the audit, however many events it has', async () => {
  const writer = await here.open({}, ledger);
  await writer.post(request(supply('A', '1'), supply('B', '2'), supply('C', '3', 'marble')));
  await writer.post(request(supply('D', '3', 'marble')));
  await writer.post(request(supply('A', '1'), issue('E', '90')));
  expect(await audits()).toMatchObject([
    {
      outcome: 'done',
      detail: { events: 3, posted: 2, refused: 1, firstSeq: 1, lastSeq: 2 },
    },
    { outcome: 'refused', detail: { events: 1, refused: 1, reasons: ['bonded.part_unknown'] } },
    { outcome: 'done', detail: { events: 2, posted: 1, repeated: 1, held: 1 } },
  ]);
});

test('requests under way at once are written together and in the order they came', async () => {
  const writer = await here.open({}, ledger);
  const sent = Array.from({ length: 500 }, (_, n) => writer.post(request(supply(`E${n}`, '1'))));
  const answers = (await Promise.all(sent)).flat();
  expect(answers.map((answer) => 'seq' in answer && answer.seq)).toEqual(
    Array.from({ length: 500 }, (_, n) => n + 1),
  );
  const { rows } = await sql<{ commits: number }>`
    select count(distinct xmin::text)::integer as commits from bonded.journal where ledger = ${ledger}
  `.execute(db);
  expect(rows[0]?.commits).toBe(4);
});

test('what no disk could keep is refused before it is decided', async () => {
  const writer = await here.open({}, ledger);
  const answers = await writer.post(
    request(supply('NUL\u0000', '1'), supply('half \ud800', '1'), supply('\\u0000 said', '1')),
  );
  expect(answers).toMatchObject([
    { refusals: [{ code: 'bonded.text_unwritable' }] },
    { refusals: [{ code: 'bonded.text_unwritable' }] },
    { seq: 1 },
  ]);
  const many = Array.from({ length: 1_001 }, (_, n) => supply(`E${n}`, '1'));
  await expect(writer.post(request(...many))).rejects.toMatchObject(refusal('request_too_large'));
  const wide = event('imported', {
    lines: Array.from({ length: 5_000 }, () => lines(['steel', '1'])[0] ?? {}),
  });
  const wideOnes = Array.from({ length: 11 }, (_, n) => ({ ...wide, id: `wide ${n}` }));
  await expect(writer.post(request(...wideOnes))).rejects.toMatchObject(
    refusal('request_too_large'),
  );
  const all = Array.from({ length: 22 }, () => writer.post(request(...many.slice(1))));
  const ended = await Promise.allSettled(all);
  expect(ended.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))).toMatchObject([
    refusal('ledger_busy'),
  ]);
});

test('a ledger has one writer: a second is refused until the first ends', async () => {
  const first = await here.open({}, ledger);
  await expect(there.open({}, ledger)).rejects.toMatchObject(refusal('ledger_in_use'));
  await expect(here.open({}, ledger)).rejects.toMatchObject(refusal('ledger_in_use'));
  await there.open({}, `${ledger}-other`);
  await first.post(request(supply('A', '1')));
  await first.stop();
  await expect(first.post(request(supply('B', '1')))).rejects.toMatchObject(
    refusal('ledger_closing'),
  );
  const second = await there.open({}, ledger);
  expect(await second.post(request(supply('B', '1')))).toMatchObject([{ seq: 2 }]);
});

/** Ends the one session that holds ledgers, as an operator would, or a crash. */
async function endHoldingSession(): Promise<void> {
  // PostgreSQL waits until it is gone: a session that is only told to end still holds what it holds.
  const { rows } = await sql<{ ended: boolean }>`
    select pg_terminate_backend(pid, 10000) as ended
    from (select distinct pid from pg_locks join pg_database on pg_database.oid = database
      where locktype = 'advisory' and datname = current_database()) as holder
  `.execute(db);
  expect(rows).toEqual([{ ended: true }]);
}

test('when its session is lost, a writer says so, opens the book again and goes on', async () => {
  const states: WriterState[] = [];
  let meanwhile: Promise<unknown> = Promise.resolve();
  const onState = (state: WriterState): void => {
    states.push(state);
    if (state === 'opening')
      meanwhile = writer.post(request(supply('C', '1'))).catch((error: unknown) => error);
  };
  const writer = await here.open({ onState }, ledger);
  await writer.post(request(supply('A', '100'), issue('B', '40')));
  const before = await bookOf(writer);
  await endHoldingSession();
  await expect.poll(() => states, { timeout: 10_000 }).toEqual(['open', 'opening', 'open']);
  expect(await meanwhile).toMatchObject(refusal('ledger_opening'));
  expect(await bookOf(writer)).toBe(before);
  expect(await writer.post(request(supply('C', '1')))).toMatchObject([{ seq: 3 }]);
});

let letWritesGo: () => Promise<void> = async () => undefined;
/** Until the end of the test at the latest. */
const stopWrites = async () => {
  const writes = await holdWrites(db);
  letWritesGo = writes.letGo;
  return writes;
};

test('a round that fails on its way to the disk is told to all of it, and sent again is written once', async () => {
  const writer = await here.open({}, ledger);
  await writer.post(request(supply('A', '100')));
  const before = await bookOf(writer);
  const writes = await stopWrites();
  const sent = [request(issue('B', '40')), request(supply('C', '7'), issue('D', '1'))];
  const [first, ...others] = [writer.post(sent[0] ?? request()), writer.post(sent[1] ?? request())];
  const ended = Promise.allSettled([first, ...others]);
  await expect.poll(writes.waiting, { timeout: 10_000 }).toHaveLength(1);
  const [pid] = await writes.waiting();
  await sql`select pg_terminate_backend(${pid}::integer)`.execute(db);
  const interrupted = { status: 'rejected', reason: refusal('post_interrupted') };
  expect(await ended).toMatchObject([interrupted, interrupted]);
  await letWritesGo();
  await stateOf(writer).toBe('open');
  expect(await bookOf(writer)).toBe(before);
  const again = await Promise.all(sent.map((each) => writer.post(each)));
  expect(again.flat()).toMatchObject([
    { event: 'B', seq: 2, isRepeat: false },
    { event: 'C', seq: 3, isRepeat: false },
    { event: 'D', seq: 4, isRepeat: false },
  ]);
  expect(await replayed()).toBe(await bookOf(writer));
});

test('a writer that lost its ledger while it wrote cannot add to what its successor wrote', async () => {
  const old = await here.open({}, ledger);
  await old.post(request(supply('A', '100')));
  const writes = await stopWrites();
  const late = old.post(request(issue('B', '40')));
  const ended = Promise.allSettled([late]);
  await expect.poll(writes.waiting, { timeout: 10_000 }).toHaveLength(1);
  await endHoldingSession();
  const successor = await there.open({}, ledger);
  const next = successor.post(request(supply('C', '9')));
  const nextEnded = Promise.allSettled([next]);
  await expect.poll(writes.waiting, { timeout: 10_000 }).toHaveLength(2);
  await letWritesGo();
  const both = [...(await ended), ...(await nextEnded)];
  // Of two rounds under one number one is written; the other is told to be sent again.
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await stateOf(old).toBe('elsewhere');
  await stateOf(successor).toBe('open');
  await expect(old.post(request(issue('B', '40')))).rejects.toMatchObject(refusal('ledger_in_use'));
  const answers = await successor.post(request(issue('B', '40'), supply('C', '9')));
  expect(answers.map((answer) => 'isRepeat' in answer && answer.isRepeat).sort()).toEqual([
    false,
    true,
  ]);
  expect(await findHead(db, ledger)).toBe(3);
  await successor.stop();
  await stateOf(old).toBe('open');
  expect(await bookOf(old)).toBe(await replayed());
});

const snapshots = async (): Promise<number[]> => {
  const { rows } = await sql<{ seq: string }>`
    select seq from bonded.snapshot where ledger = ${ledger} order by seq
  `.execute(db);
  return rows.map(({ seq }) => Number(seq));
};
const supplies = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => supply(`S${from + n}`, `${from + n}`));

test('a book is opened from its newest snapshot and what was written after it', async () => {
  const writer = await here.open({ snapshotEntries: 10 }, ledger);
  await writer.post(request(...supplies(1, 9)));
  expect(await snapshots()).toEqual([]);
  await writer.post(request(...supplies(10, 12)));
  await expect.poll(snapshots).toEqual([12]);
  await writer.post(request(...supplies(13, 25), issue('I', '9')));
  await expect.poll(snapshots).toEqual([12, 26]);
  await writer.post(request(...supplies(27, 40)));
  await expect.poll(snapshots).toEqual([26, 40]);
  await writer.post(request(supply('last', '1')));
  const book = await bookOf(writer);
  await writer.stop();
  expect(await snapshots()).toEqual([40, 41]);
  let begun: Buffer | undefined;
  const again = await there.open(
    {
      createBook: (from) => {
        begun = from;
        return emptyBook(from);
      },
    },
    ledger,
  );
  expect(begun?.toString('latin1')).toBe(book);
  expect(await bookOf(again)).toBe(book);
  expect(await replayed()).toBe(book);
});

test.each([
  ['a byte of it changed', ['update bonded.snapshot_slice set bytes = set_byte(bytes, 20, 255)']],
  ['a slice of it is gone', ['delete from bonded.snapshot_slice']],
  [
    'it says another row',
    ['update bonded.snapshot set seq = 4', 'update bonded.snapshot_slice set seq = 4'],
  ],
  [
    'it is of a row that is not there',
    ['update bonded.snapshot set seq = 6', 'update bonded.snapshot_slice set seq = 6'],
  ],
  [
    'no book can read it',
    [
      `update bonded.snapshot_slice set bytes = 'no book'`,
      `update bonded.snapshot
        set sha256 = sha256(convert_to(ledger || chr(10) || seq || chr(10) || 'no book', 'UTF8'))`,
    ],
  ],
])('a snapshot is passed over when %s', async (_, statements) => {
  const writer = await here.open({}, ledger);
  await writer.post(request(...supplies(1, 5)));
  const book = await bookOf(writer);
  await writer.stop();
  expect(await snapshots()).toEqual([5]);
  for (const statement of statements)
    await sql.raw(`${statement} where ledger = '${ledger}'`).execute(db);
  expect(await bookOf(await there.open({}, ledger))).toBe(book);
});

test('what the writer wrote is sealed, and a journal with a row torn out does not open', async () => {
  const writer = await here.open({}, ledger);
  await writer.post(request(...supplies(1, 5)));
  await createJournalSealer({ db, clock: systemClock, log: silentLog }).sealNow();
  expect(await verifyJournal(db, ledger)).toMatchObject({ intact: true, rowsChecked: 5 });
  await writer.stop();
  await inTransaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`delete from bonded.journal where ledger = ${ledger} and seq = 3`.execute(tx);
    await sql`delete from bonded.snapshot where ledger = ${ledger}`.execute(tx);
  });
  await expect(there.open({}, ledger)).rejects.toMatchObject({
    refusals: [{ code: 'bonded.journal_row_missing', params: { ledger, seq: 3 } }],
  });
  expect((await verifyJournal(db, ledger)).firstBroken).toMatchObject({ seq: 3 });
});

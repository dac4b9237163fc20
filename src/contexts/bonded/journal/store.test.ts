// The journal keeps what was written, in order and once, and lets nobody change it.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Entry, Movement } from '../engine/entry.ts';
import {
  appendEntries,
  findHead,
  findTaken,
  listByEvents,
  listByOrder,
  type Recorded,
  readEntries,
  recordedOf,
} from './store/entries.ts';

let database: TestDatabase;
let db: Db;
let ledger = '';
let ledgers = 0;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
beforeEach(() => {
  ledgers += 1;
  ledger = `E5770-${ledgers}`;
});
afterAll(() => database.drop());

const AT = '2026-03-01T02:03:04.005Z';
const movement: Movement = { part: 3, lot: -1, from: 0, to: 33, quantity: 1_250_000 };
const entry = (seq: number, changes: Partial<Entry> = {}): Entry => ({
  ...{ seq, event: `E${seq}`, kind: 'issued', outcome: 'applied', order: null, document: null },
  ...{ occurredAt: AT, recordedAt: AT, actor: 'erp', movements: [], lots: [], detail: null },
  ...changes,
});
const first = (of: Entry): Recorded => recordedOf(of, Buffer.alloc(32, of.seq % 256));
const append = (recorded: readonly Recorded[], of = ledger): Promise<void> =>
  inTransaction(db, (tx) => appendEntries(tx, of, recorded));

async function readAll(of = ledger, after = 0): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const batch of readEntries(db, of, after)) entries.push(...batch);
  return entries;
}

test('what is written is read as it was, to the last quote', async () => {
  const lot = {
    number: 0,
    name: 'L"1,{}\\',
    part: 3,
    order: null,
    document: "D'1",
    occurredAt: AT,
  };
  const wanted = [
    entry(1, { movements: [movement, { ...movement, lot: 0 }], lots: [lot] }),
    entry(2, { order: '工单 "7"\\,{}', document: 'QD"1\\', actor: '企业' }),
    entry(3, {
      outcome: 'held',
      detail: { z: 1, a: ['NULL', '"', '\\u0041'], nested: { b: null } },
    }),
    entry(4, { movements: [movement] }),
  ];
  await append(wanted.map(first));
  expect(await readAll()).toEqual(wanted);
  // The order of a detail's fields is kept too: the book that reads it is the same to the byte.
  expect(JSON.stringify((await readAll())[2]?.detail)).toBe(JSON.stringify(wanted[2]?.detail));
  expect(await findHead(db, ledger)).toBe(4);
  expect(await findHead(db, 'ANOTHER')).toBe(0);
});

test('a journal is read in order, however long it is, from anywhere', async () => {
  const wanted = Array.from({ length: 2_500 }, (_, index) =>
    entry(index + 1, { movements: [{ ...movement, quantity: index + 1 }] }),
  );
  await append(wanted.slice(0, 700).map(first));
  await append(wanted.slice(700).map(first));
  await append([first(entry(1))], 'ANOTHER');
  expect(await readAll()).toEqual(wanted);
  expect(await readAll(ledger, 1_999)).toEqual(wanted.slice(1_999));
  expect(await readAll(ledger, 2_500)).toEqual([]);
});

test('what happened on an order, and what became of an event', async () => {
  const held = entry(2, { order: 'W1', outcome: 'held' });
  const later = entry(4, { order: 'W1', event: held.event });
  const others = [entry(1, { order: 'W2' }), entry(3)];
  await append([others[0], held, others[1]].flatMap((each) => (each ? [first(each)] : [])));
  await append([recordedOf(later, null)]);
  const page = { after: 0, limit: 10 };
  expect(await listByOrder(db, ledger, 'W1', page)).toEqual([held, later]);
  expect(await listByOrder(db, ledger, 'W1', { after: 2, limit: 10 })).toEqual([later]);
  expect(await listByOrder(db, ledger, 'W1', { after: 0, limit: 1 })).toEqual([held]);
  expect(await listByEvents(db, ledger, [held.event, 'E1', 'E9'])).toEqual([
    others[0],
    held,
    later,
  ]);
  expect(await findTaken(db, ledger, [held.event, 'E9'])).toEqual(
    new Map([[held.event, { content: Buffer.alloc(32, 2), seq: 2, outcome: 'held' }]]),
  );
});

test.each([
  ['a number that is taken', [entry(2, { event: 'new' })], 'journal_pkey'],
  ['an event that is taken', [entry(3, { event: 'E1' })], 'journal_event_once'],
  ['an event twice at once', [entry(3), entry(4, { event: 'E3' })], 'journal_event_once'],
  ['a number before the first', [entry(0)], 'journal_counts_from_one'],
])('%s fails the whole', async (_, wrong, constraint) => {
  await append([first(entry(1)), first(entry(2))]);
  await expect(append([first(entry(9)), ...wrong.map(first)])).rejects.toThrow(constraint);
  expect(await findHead(db, ledger)).toBe(2);
});

test('a row that cannot be read is named', async () => {
  await append([first(entry(1)), first(entry(2, { movements: [movement] }))]);
  await inTransaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`update bonded.journal set movements = '\\x0201'
      where ledger = ${ledger} and seq = 2`.execute(tx);
  });
  await expect(readAll()).rejects.toMatchObject({
    refusals: [{ code: 'bonded.journal_row_damaged', params: { ledger, seq: '2' } }],
  });
});

test.each([
  'update bonded.journal set actor = $$somebody else$$',
  'delete from bonded.journal',
  'truncate bonded.journal',
])('the database itself refuses: %s', async (statement) => {
  await append([first(entry(1))]);
  await expect(sql.raw(statement).execute(db)).rejects.toThrow('the journal is never changed');
});

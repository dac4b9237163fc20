// Each journal is chained behind its writer. Whoever changes it behind our back is found, and where.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { createJournalSealer } from './sealer.ts';
import { appendEntries, type Recorded, recordedOf } from './store/entries.ts';
import { verifyJournal } from './verify.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await threeLinks();
});
afterAll(() => database.drop());

const LEDGER = 'E5770-1';
const AT = '2026-03-01T02:03:04.005Z';
const sealer = () => createJournalSealer({ db, clock: createManualClock(AT), log: silentLog });

const append = (from: number, to: number, ledger = LEDGER): Promise<void> =>
  inTransaction(db, (tx) =>
    appendEntries(
      tx,
      ledger,
      Array.from({ length: to - from + 1 }, (_, index) => rowOf(from + index)),
    ),
  );
const rowOf = (seq: number): Recorded =>
  recordedOf(
    {
      ...{ seq, event: `E${seq}`, kind: 'issued', outcome: 'applied' },
      ...{ order: 'W1', document: null, occurredAt: AT, recordedAt: AT, actor: 'erp' },
      movements: [{ part: 1, lot: 2, from: 1, to: 2, quantity: 500_000 }],
      ...{ lots: [], detail: { version: 'A' } },
    },
    Buffer.alloc(32, 7),
  );

/** Three links of two rows each. */
async function threeLinks(): Promise<void> {
  for (const seq of [1, 3, 5]) {
    await append(seq, seq + 1);
    expect(await sealer().sealNow()).toBe(1);
  }
}

/** What only somebody who works around us, and owns the database, can do; it is undone afterwards. */
async function tampered(statement: string, then: (tx: Db) => Promise<void>): Promise<void> {
  const undo = new Error('Undone.');
  const trying = inTransaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const each of statement.split(';').filter((text) => text.trim() !== ''))
      await sql.raw(each).execute(tx);
    await then(tx);
    throw undo;
  });
  await expect(trying).rejects.toBe(undo);
}

test('every journal is sealed to its end, each by a chain of its own', async () => {
  await append(1, 2_300, 'LONG-1');
  await append(1, 5, 'SHORT-1');
  expect(await sealer().sealNow()).toBe(4);
  expect(await sealer().sealNow()).toBe(0);
  await append(2_301, 2_302, 'LONG-1');
  expect(await verifyJournal(db, 'LONG-1')).toEqual({
    ...{ ledger: 'LONG-1', intact: true, batchesChecked: 3, rowsChecked: 2_300, unsealed: 2 },
    firstBroken: null,
  });
  expect(await verifyJournal(db, 'SHORT-1')).toMatchObject({ intact: true, rowsChecked: 5 });
  expect(await verifyJournal(db, 'NOBODY-1')).toMatchObject({ intact: true, rowsChecked: 0 });
});

test('two sealers over one database make one chain', async () => {
  await append(1, 1_500, 'SHARED-1');
  await Promise.all([sealer().sealNow(), sealer().sealNow(), sealer().sealNow()]);
  await sealer().sealNow();
  expect(await verifyJournal(db, 'SHARED-1')).toMatchObject({ intact: true, rowsChecked: 1_500 });
});

test('a sealer that runs seals what comes', async () => {
  const running = sealer();
  running.start();
  await append(1, 3, 'RUNNING-1');
  await expect
    .poll(async () => (await verifyJournal(db, 'RUNNING-1')).rowsChecked, { timeout: 10_000 })
    .toBe(3);
  await running.stop();
});

test.each([
  ['update bonded.seal set hash = previous_hash'],
  ['delete from bonded.seal'],
  ['truncate bonded.seal'],
])('the database itself refuses: %s', async (statement) => {
  await expect(sql.raw(statement).execute(db)).rejects.toThrow('the journal is never changed');
});

const J = 'bonded.journal';
const OURS = `ledger = '${LEDGER}'`;
const copied = `ledger, event, kind, outcome, order_no, document, occurred_at, recorded_at, actor, movements, lots, detail`;
test.each([
  [
    'changes what moved',
    `update ${J} set movements = movements || '\\x00' where ${OURS} and seq = 3`,
    2,
    3,
    'row_altered',
  ],
  [
    'moves a day',
    `update ${J} set occurred_at = occurred_at - interval '1 day' where ${OURS} and seq = 4`,
    2,
    4,
    'row_altered',
  ],
  [
    'puts it on another',
    `update ${J} set actor = 'wang' where ${OURS} and seq = 6`,
    3,
    6,
    'row_altered',
  ],
  [
    'changes a detail',
    `update ${J} set detail = '{"version":"B"}' where ${OURS} and seq = 1`,
    1,
    1,
    'row_altered',
  ],
  [
    'forgets an order',
    `update ${J} set order_no = null where ${OURS} and seq = 2`,
    1,
    2,
    'row_altered',
  ],
  [
    'exchanges a hash of content',
    `update ${J} set content = null where ${OURS} and seq = 2`,
    1,
    2,
    'row_altered',
  ],
  ['takes a row out', `delete from ${J} where ${OURS} and seq = 3`, 2, 3, 'row_missing'],
  [
    'takes the last sealed row out',
    `delete from ${J} where ${OURS} and seq = 6`,
    3,
    6,
    'row_missing',
  ],
  [
    'puts a row before the first',
    `alter table ${J} drop constraint journal_counts_from_one;
    insert into ${J} (seq, ${copied}) select 0, ${copied} from ${J} where ${OURS} and seq = 1;`,
    1,
    0,
    'row_added',
  ],
  [
    'gives a row twice',
    `alter table ${J} drop constraint journal_pkey; drop index bonded.journal_event_once;
    insert into ${J} (seq, ${copied}) select 4, ${copied} from ${J} where ${OURS} and seq = 4;`,
    2,
    4,
    'row_added',
  ],
  [
    'takes a seal out',
    `delete from bonded.seal where ${OURS} and batch = 2`,
    2,
    null,
    'seal_missing',
  ],
  [
    'changes a row and its hash',
    `update bonded.seal set row_hashes = overlay(row_hashes placing sha256('forged') from 1) where ${OURS} and batch = 2`,
    2,
    null,
    'seal_altered',
  ],
  [
    'backdates a seal',
    `update bonded.seal set sealed_at = '2026-01-01' where ${OURS} and batch = 3`,
    3,
    null,
    'seal_altered',
  ],
  [
    'exchanges the chain before a seal',
    `update bonded.seal set previous_hash = sha256('other') where ${OURS} and batch = 3`,
    3,
    null,
    'chain_cut',
  ],
])('whoever %s is found', async (_, statement, batch, seq, reason) => {
  await tampered(statement, async (tx) => {
    expect(await verifyJournal(tx, LEDGER)).toMatchObject({
      intact: false,
      firstBroken: { ledger: LEDGER, batch, seq, reason: `bonded.${reason}` },
    });
  });
  expect((await verifyJournal(db, LEDGER)).intact).toBe(true);
});

test('what is not whole is not sealed', async () => {
  await append(1, 1, 'TORN-1');
  await append(3, 3, 'TORN-1');
  expect(await sealer().sealNow()).toBe(1);
  expect(await sealer().sealNow()).toBe(0);
  expect(await verifyJournal(db, 'TORN-1')).toMatchObject({
    ...{ intact: false, rowsChecked: 1 },
    firstBroken: { seq: 2, reason: 'bonded.row_missing' },
  });
});

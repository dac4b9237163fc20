// The audit tells who did what, cannot be changed by anybody who works through us, and shows the
// hand of anybody who works around us.
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { silentLog } from '../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../platform/postgres/transaction.ts';
import { auditCommand } from './commands.ts';
import type { Actor } from './contract.ts';
import { createSealer, verifyAudit } from './sealer.ts';
import { createRefusalRecorder } from './service/record-refusal.ts';
import { readAuditStatus, recordAudit } from './store/audit.ts';
import {
  minutesAfter,
  OFFICER_PASSWORD,
  OPERATOR_PASSWORD,
  officer,
  openPort,
  PUDONG,
} from './testing.ts';

const actor: Actor = {
  personId: 'lin-hao',
  name: '林昊',
  postId: 'waigaoqiao-1',
  organisationId: '2225',
  roles: ['portOfficer'],
  offices: ['2225'],
  mayBackdate: false,
  via: 'session',
};
const AT = '2026-07-01T01:00:00.000Z';

let database: TestDatabase;
let db: Db;
beforeEach(async () => {
  database = await testDatabase();
  db = database.db;
});
afterEach(() => database.drop());

const sealer = () => createSealer({ db, clock: createManualClock(AT), log: silentLog });
const act = (tx: Db, subject: string) =>
  recordAudit(tx, {
    actor,
    operation: 'clearance.examine',
    subjects: [`declaration:${subject}`],
    outcome: 'done',
    detail: { quantity: '12.50', note: '封志完好', share: 0.1 },
    at: AT,
  });

/** Three links of two rows each. */
async function threeLinks(): Promise<void> {
  for (const batch of ['a', 'b', 'c']) {
    for (const i of [1, 2]) await act(db, `${batch}${i}`);
    expect(await sealer().sealNow()).toBe(1);
  }
}

/** As somebody with the database in their hands would: with the guards switched off. */
async function tamper(tx: Db, statement: string): Promise<void> {
  await sql`set local session_replication_role = replica`.execute(tx);
  await sql.raw(statement).execute(tx);
}

/** What is done here is undone again. */
async function trying(work: (tx: Db) => Promise<void>): Promise<void> {
  const undo = new Error('undone');
  await inTransaction(db, async (tx) => {
    await work(tx);
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}

test('rows are chained in batches and the chain holds', async () => {
  await threeLinks();
  await act(db, 'later');
  expect(await verifyAudit(db)).toEqual({
    intact: true,
    batchesChecked: 3,
    rowsChecked: 6,
    firstBroken: null,
  });
  expect(await readAuditStatus(db)).toMatchObject({
    rows: 7,
    unsealed: 1,
    oldestUnsealedAt: AT,
    batches: 3,
    lastBatchAt: AT,
    lastHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('an empty audit is whole', async () => {
  expect(await sealer().sealNow()).toBe(0);
  expect(await verifyAudit(db)).toMatchObject({ intact: true, rowsChecked: 0 });
  expect(await readAuditStatus(db)).toMatchObject({ rows: 0, batches: 0, lastHash: null });
});

test('a transaction that fails leaves a gap, one that commits late comes later: neither is a break', async () => {
  await act(db, 'first');
  await inTransaction(db, async (tx) => {
    await act(tx, 'rolled-back');
    throw new Error('refused after all');
  }).catch(() => undefined);
  let commit = (): void => undefined;
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let written = (): void => undefined;
  const isWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  const late = inTransaction(db, async (tx) => {
    await act(tx, 'late');
    written();
    await mayCommit;
  });
  await isWritten;
  await act(db, 'after');
  expect(await sealer().sealNow()).toBe(1);
  commit();
  await late;
  expect(await sealer().sealNow()).toBe(1);
  expect(await verifyAudit(db)).toMatchObject({ intact: true, batchesChecked: 2, rowsChecked: 3 });
});

test('two sealers over one database make one chain', async () => {
  for (let i = 0; i < 50; i++) await act(db, `d${i}`);
  await Promise.all([sealer().sealNow(), sealer().sealNow(), sealer().sealNow()]);
  expect(await verifyAudit(db)).toMatchObject({ intact: true, rowsChecked: 50 });
});

const FORBIDDEN = [
  'update identity.audit set outcome = $$refused$$',
  'update identity.audit set sealed_in = null',
  'update identity.audit set sealed_in = 2',
  'update identity.audit set sealed_in = 9, operation = $$x$$ where sealed_in is null',
  'delete from identity.audit',
  'truncate identity.audit',
  'update identity.audit_seal set hash = previous_hash',
  'delete from identity.audit_seal',
  'truncate identity.audit_seal',
];
test('the database itself refuses to change what was written', async () => {
  await act(db, 'sealed');
  await sealer().sealNow();
  await act(db, 'unsealed');
  for (const statement of FORBIDDEN) {
    await expect(sql.raw(statement).execute(db), statement).rejects.toThrow(
      'the audit is never changed',
    );
  }
});

const HANDS = [
  {
    hand: 'alters a row',
    statement: `update identity.audit set detail = '{"quantity":"1.50"}' where subjects = '{declaration:b2}'`,
    found: { batch: 2, row: 'b2', reason: 'identity.row_altered' },
  },
  {
    hand: 'puts an act on another person',
    statement: `update identity.audit set person_id = 'wang' where subjects = '{declaration:c1}'`,
    found: { batch: 3, row: 'c1', reason: 'identity.row_altered' },
  },
  {
    hand: 'moves a row back into the unsealed window',
    statement: `update identity.audit set sealed_in = null where subjects = '{declaration:a2}'`,
    found: { batch: 1, row: 'a2', reason: 'identity.row_altered' },
  },
  {
    hand: 'removes a row',
    statement: `delete from identity.audit where subjects = '{declaration:b1}'`,
    found: { batch: 2, row: 'b1', reason: 'identity.row_missing' },
  },
  {
    hand: 'adds a row to a batch',
    statement: `insert into identity.audit (at, person_id, post_id, organisation_id, operation, subjects, outcome, detail, sealed_in)
      values ('${AT}', 'p', 'p', 'o', 'x', '{declaration:added}', 'done', '{}', 2)`,
    found: { batch: 2, row: 'added', reason: 'identity.row_added' },
  },
  {
    hand: 'takes a seal out',
    statement: 'delete from identity.audit_seal where batch = 2',
    found: { batch: 2, row: null, reason: 'identity.seal_missing' },
  },
  {
    hand: 'alters a row and its hash',
    statement: `update identity.audit_seal set row_hashes[1] = sha256('forged') where batch = 2`,
    found: { batch: 2, row: null, reason: 'identity.seal_altered' },
  },
  {
    hand: 'backdates a seal',
    statement: `update identity.audit_seal set sealed_at = '2026-06-01' where batch = 3`,
    found: { batch: 3, row: null, reason: 'identity.seal_altered' },
  },
  {
    hand: 'exchanges the chain before a seal',
    statement: `update identity.audit_seal set previous_hash = sha256('other') where batch = 3`,
    found: { batch: 3, row: null, reason: 'identity.chain_cut' },
  },
];
test('whoever changes the audit behind our back is found, and where', async () => {
  await threeLinks();
  const ids = await idsBySubject(db);
  for (const { hand, statement, found } of HANDS) {
    await trying(async (tx) => {
      await tamper(tx, statement);
      const { intact, firstBroken } = await verifyAudit(tx);
      const row = found.row && (ids.get(found.row) ?? (await idsBySubject(tx)).get(found.row));
      const expected = { intact: false, firstBroken: { ...found, row } };
      expect({ intact, firstBroken }, hand).toEqual(expected);
    });
  }
  expect((await verifyAudit(db)).intact).toBe(true);
});

test('a row slipped into a gap between sealed numbers is found', async () => {
  await act(db, 'before');
  await sql`select nextval(pg_get_serial_sequence('identity.audit', 'id'))`.execute(db);
  await act(db, 'after');
  await sealer().sealNow();
  await inTransaction(db, (tx) =>
    tamper(
      tx,
      `insert into identity.audit (id, at, person_id, post_id, organisation_id, operation, subjects, outcome, detail, sealed_in)
    overriding system value values (2, '${AT}', 'p', 'p', 'o', 'x', '{}', 'done', '{}', 1)`,
    ),
  );
  expect((await verifyAudit(db)).firstBroken).toEqual({
    batch: 1,
    row: '2',
    reason: 'identity.row_added',
  });
});

async function idsBySubject(at: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; subject: string }>`
    select id, substr(subjects[1], 13) as subject from identity.audit
  `.execute(at);
  return new Map(rows.map(({ id, subject }) => [subject, id]));
}

test('the command names the broken link and exits 1', async () => {
  await threeLinks();
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    let exitCode = 0;
    const command = auditCommand({
      withDb: (work) => work(db),
      print: (line) => lines.push(line),
      setExitCode: (code) => {
        exitCode = code;
      },
    });
    await command.parseAsync(['verify', ...args], { from: 'user' });
    return { lines, exitCode };
  };
  expect(await run()).toMatchObject({
    exitCode: 0,
    lines: [
      expect.stringContaining('holds: 3 batches, 6 rows'),
      expect.anything(),
      expect.anything(),
    ],
  });
  await inTransaction(db, (tx) =>
    tamper(tx, `delete from identity.audit where subjects = '{declaration:b1}'`),
  );
  const broken = await run('--json');
  expect(broken.exitCode).toBe(1);
  expect(JSON.parse(broken.lines[0] ?? '')).toMatchObject({
    intact: false,
    batchesChecked: 1,
    firstBroken: { batch: 2, reason: 'identity.row_missing' },
  });
  expect((await run()).lines[0]).toMatch(/BROKEN at batch 2, row \d+: the row is missing/);
});

test('a flood of refusals is counted, not written out', async () => {
  const clock = createManualClock(AT);
  const record = createRefusalRecorder({ db, clock, log: silentLog });
  const refuse = (from: string) =>
    record(from, { actor, operation: 'clearance.release', subjects: [] });
  for (let i = 0; i < 500; i++) await refuse('lin-hao');
  expect((await readAuditStatus(db)).rows).toBe(20);
  clock.set(minutesAfter(AT, 1));
  await refuse('lin-hao');
  const { rows } = await sql<{ left_out: string }>`
    select detail->>'refusalsLeftOut' as left_out from identity.audit order by id desc limit 1
  `.execute(db);
  expect(rows[0]?.left_out).toBe('480');
  for (let i = 0; i < 1000; i++) await refuse(`address-${i}`);
  expect((await readAuditStatus(db)).rows).toBeLessThanOrEqual(20 + 200);
});

test('what people do, and what they are refused, can be read by an auditor and by nobody else', async () => {
  const port = await openPort(database);
  const operator = port.browser();
  await operator.signIn('operator', OPERATOR_PASSWORD);
  await operator.go('POST', '/api/organisations', PUDONG);
  await operator.go('POST', '/api/people', { people: [officer()] });
  await operator.go('GET', '/api/people');
  const officerAt = port.browser();
  await officerAt.signIn('lin.hao', 'a wrong password');
  await officerAt.signIn('lin.hao', OFFICER_PASSWORD);
  await officerAt.go('POST', '/api/people', { people: [officer()] });
  expect((await officerAt.go('GET', '/api/audit')).code).toBe('identity.not_permitted');
  await officerAt.go('POST', '/api/session/post', { postId: 'waigaoqiao-audit' });

  const told = await officerAt.go('GET', '/api/audit?limit=200');
  expect(
    told.body.rows.map((row: Record<string, string>) => [row.personId, row.operation, row.outcome]),
  ).toEqual([
    ['lin-hao', 'identity.session.switchPost', 'done'],
    ['lin-hao', 'identity.audit.read', 'refused'],
    ['lin-hao', 'identity.person.save', 'refused'],
    ['lin-hao', 'identity.session.create', 'done'],
    ['lin-hao', 'identity.session.create', 'refused'],
    ['operator', 'identity.person.read', 'done'],
    ['operator', 'identity.person.save', 'done'],
    ['operator', 'identity.organisation.save', 'done'],
    ['operator', 'identity.session.create', 'done'],
    ['system', 'identity.person.save', 'done'],
  ]);
  expect(JSON.stringify(told.body)).not.toMatch(/password|lantern/i);

  const first = await officerAt.go('GET', '/api/audit?limit=4&personId=lin-hao');
  const rest = await officerAt.go(
    'GET',
    `/api/audit?limit=4&personId=lin-hao&cursor=${first.body.next}`,
  );
  expect([first.body.rows.length, rest.body.rows.length, rest.body.next]).toEqual([4, 1, null]);
  const about = await officerAt.go('GET', '/api/audit?subject=organisation:2225&outcome=done');
  expect(about.body.rows).toHaveLength(1);
  const never = await officerAt.go('GET', '/api/audit?from=2026-07-02T00:00:00Z');
  expect(never.body.rows).toEqual([]);
  expect((await officerAt.go('POST', '/api/audit/verify')).body.intact).toBe(true);
  expect((await operator.go('GET', '/api/audit/status')).body.unsealed).toBeGreaterThan(9);
});

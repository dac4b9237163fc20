// What an audit recomputes is owed, or due back: declared at 5,000 euros, found at 6,000 or at 4,000,
// with the money in the ledger, on a real PostgreSQL.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createFollower, type Follower } from '../../../platform/event-log/follow.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { createLedger, type Ledger, openTariff } from '../../duty/index.ts';
import { envelopeAt } from '../../identity/index.ts';
import { createReference, loadShippedTables } from '../../reference/index.ts';
import { createEngine, createHistory, loadPolicy } from '../../risk/index.ts';
import type { DeclarationContent } from '../contract.ts';
import { content, IMPORTER } from '../fixtures.ts';
import { actor, broker, officer, terminal } from '../modes/testing.ts';
import { dutyProvider } from '../providers/duty.ts';
import { type Clearance, createClearance } from '../service/index.ts';
import type { AuditConclusion } from './contract.ts';
import { auditDutyFollowing } from './follow.ts';
import { type Audits, createAudits } from './service.ts';

let database: TestDatabase;
let clearance: Clearance;
let ledger: Ledger;
let audits: Audits;
let follower: Follower;
const clock = createManualClock('2026-07-02T01:00:00.000Z');
const auditor = actor('auditor', 'auditor', { organisationId: '2200' });
const payer = actor('payer', 'declarant', { organisationId: IMPORTER });

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await loadShippedTables({ db, clock });
  const tariff = openTariff(await createReference({ db, clock }));
  const policy = loadPolicy();
  ledger = createLedger({ db, clock, tariff });
  clearance = createClearance({
    ...{ db, clock, history: createHistory(), inForce: () => true, gradeOn: () => null },
    engine: createEngine({
      policy: { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } },
      seed: 's',
    }),
    providers: [dutyProvider(ledger)],
    isRestDay: tariff.isRestDay,
    notComputed: new Set([
      ...(['manifestMatched', 'permitsWrittenDown'] as const),
      ...(['quarantineCleared', 'authorityCleared'] as const),
    ]),
    committed: () => undefined,
  });
  audits = createAudits({ db, clock, duty: ledger.reviews });
  const following = auditDutyFollowing(ledger.reviews);
  follower = createFollower({ db, log: silentLog, ...following });
});
afterAll(() => database.drop());

const bill = (declaration: string) => ledger.reads.bill(auditor, declaration);
const valued = (value: string): DeclarationContent =>
  content({
    totalValue: value,
    lines: [{ ...content().lines[0], lineNo: 1, value, unitPrice: String(Number(value) / 1000) }],
  });

/** Filed, arrived, and paid to the cent: what was paid. */
async function released(id: string): Promise<string> {
  clock.set('2026-07-02T01:00:00.000Z');
  await clearance.filings.fileOne(broker, { id, content: content() });
  await clearance.acts.confirmArrival(terminal, id, { premises: '外四期' });
  const { outstanding } = await bill(id);
  await ledger.payments.pay(payer, {
    ...{ declaration: id, id: `P-${id}`, amount: outstanding, reference: 'bank' },
  });
  const at = clock.now();
  const met = { condition: 'taxPaidOrGuaranteed' as const, owner: null, evidence: `duty:${id}` };
  await inTransaction(database.db, (tx) =>
    clearance.takeAnswers(tx, [{ declaration: id, envelope: envelopeAt(at, at, id), ...met }]),
  );
  expect((await clearance.reads.detail(officer, id)).declaration.status).toBe('released');
  clock.set('2026-07-20T01:00:00.000Z');
  return outstanding;
}

const concluded = (
  declaration: string,
  duty: AuditConclusion['duty'],
  ...corrected: readonly DeclarationContent[]
): AuditConclusion => ({
  ...{ result: 'differs', statement: '价格申报不实', duty, mitigation: 'none' },
  differences: [{ declaration, lineNo: 1, field: 'value', declared: '5000', found: '6000' }],
  corrections: corrected.map((each) => ({ declaration, content: each })),
});
async function audit(declaration: string): Promise<string> {
  const id = `A-${declaration}`;
  await audits.open(officer, { id, declarations: [declaration], reason: '价格' });
  return id;
}
const cents = (yuan: string): number => Math.round(Number(yuan) * 100);

test('found short: the difference is assessed once, due, and paid', async () => {
  const paid = await released('D-1');
  const id = await audit('D-1');
  await audits.conclude(officer, id, concluded('D-1', 'supplementary', valued('6000')));
  await follower.catchUp();
  const after = await bill('D-1');
  expect(after.events.map(({ kind }) => kind)).toEqual([
    ...['duty.assessed', 'duty.paid', 'duty.settled', 'duty.reassessed'],
  ]);
  // A fifth more of value is a fifth more of duty, and of VAT on value and duty, but for the last cent.
  expect(Math.abs(5 * cents(after.outstanding) - cents(paid))).toBeLessThanOrEqual(5);
  expect(after).toMatchObject({ basis: 'review', credit: '0.00', paid });

  // The follower killed before its place moved is told of the conclusion again.
  const again = auditDutyFollowing(ledger.reviews);
  const { db } = database;
  await createFollower({ db, log: silentLog, ...again, name: 'again' }).catchUp();
  expect(await bill('D-1')).toEqual(after);

  const supplement = { declaration: 'D-1', id: 'P2', amount: after.outstanding, reference: 'bank' };
  await ledger.payments.pay(payer, supplement);
  expect(await bill('D-1')).toMatchObject({ outstanding: '0.00', credit: '0.00' });
  expect(await ledger.reads.check(auditor)).toMatchObject({ balanced: true, bills: [] });
});

test('found over: what was paid too much is due back', async () => {
  const paid = await released('D-2');
  const id = await audit('D-2');
  const conclusion = concluded('D-2', 'refund', valued('4000'));
  const { conclusion: said } = await audits.conclude(officer, id, conclusion);
  expect(said).toMatchObject({ duty: 'refund', corrected: ['D-2'] });
  await follower.catchUp();
  const { credit, outstanding } = await bill('D-2');
  expect(Math.abs(5 * cents(credit) - cents(paid))).toBeLessThanOrEqual(5);
  expect(outstanding).toBe('0.00');
});

test('what contradicts itself, or cannot be assessed, is refused and moves nothing', async () => {
  await released('D-3');
  const id = await audit('D-3');
  const conclude = (said: AuditConclusion) => audits.conclude(officer, id, said);
  const other = concluded('D-3', 'refund', valued('6000'));
  await expect(conclude(other)).rejects.toThrow('clearance.audit_duty_goes_the_other_way');
  const unknown = content({
    lines: [{ ...content().lines[0], lineNo: 1, hsCode: '9999999999' }],
  });
  await expect(conclude(concluded('D-3', 'supplementary', unknown))).rejects.toMatchObject({
    refusals: [{ path: expect.stringMatching(/^corrections\[0\]\.content/) }],
  });
  const foreign = concluded('D-3', 'supplementary', valued('6000'));
  const elsewhere = { ...foreign, corrections: [{ declaration: 'D-1', content: content() }] };
  await expect(conclude(elsewhere)).rejects.toThrow('clearance.audit_of_other_declarations');
  await follower.catchUp();
  expect((await audits.get(officer, id)).status).toBe('open');
  expect((await bill('D-3')).events).toHaveLength(3);
});

test('a bill reversed meanwhile is told of in the audit, and stops nobody', async () => {
  await released('D-4');
  const id = await audit('D-4');
  await audits.conclude(officer, id, concluded('D-4', 'supplementary', valued('6000')));
  const at = clock.now();
  await inTransaction(database.db, (tx) =>
    ledger.filing.reverse(tx, 'D-4', envelopeAt(at, at, 'D-4')),
  );
  await follower.catchUp();
  const { story, status } = await audits.get(officer, id);
  expect(status).toBe('concluded');
  expect(story.at(-1)).toMatchObject({
    kind: 'clearance.auditDutyRefused',
    payload: { declaration: 'D-4', problems: [{ code: 'duty.bill_reversed' }] },
  });
});

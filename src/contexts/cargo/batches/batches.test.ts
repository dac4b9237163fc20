// Batched movement on a real PostgreSQL: applying, drawing, crossing, coming back, ending.
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createFollower } from '../../../platform/event-log/follow.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { createLedger, openTariff } from '../../duty/index.ts';
import { createReference } from '../../reference/index.ts';
import { createGates, shippedGatePolicies } from '../gates/index.ts';
import { createZones, shippedZones } from '../zones/zones.ts';
import { toWorkbook } from './export.ts';
import {
  application,
  BUYER,
  completed,
  drawn,
  ENTERPRISE,
  enterprise,
  line,
  officer,
  person,
  stockBill,
} from './fixtures.ts';
import { readStockBills } from './read-workbook.ts';
import { PASSED_GATES, takeCrossings } from './service/crossings.ts';
import { envelopeOf, PLATFORM } from './service/deps.ts';
import { type Batches, createBatches } from './service/index.ts';
import { arrearsOf, enterFirst } from './service/obligations.ts';
import { stockBillPapers } from './service/papers.ts';

let database: TestDatabase;
let batches: Batches;
const clock = createManualClock('2026-07-02T01:00:00.000Z');
const deps = () => ({
  db: database.db,
  clock,
  inForce: (_: string, code: string) => code !== 'XX',
  declaredEntryOf: async () => new Map<string, string>(),
});

beforeAll(async () => {
  database = await testDatabase();
  batches = createBatches(deps());
});
afterAll(() => database.drop());

let n = 0;
const newId = (): string => `BA-${++n}`;
async function opened(content = application(), id = newId()): Promise<string> {
  await batches.applications.apply(enterprise, { id, content });
  await batches.applications.answer(officer, id, { approve: true, note: '' });
  return id;
}
const draw = (batch: string, id: string, quantity: string, kind: 'draw' | 'return' = 'draw') =>
  batches.stockBills.issueOne(enterprise, {
    id,
    application: batch,
    kind,
    lines: [drawn(1, quantity)],
  });
const cross = (bill: string, quantity: string, at = clock.now(), passport?: string) =>
  inTransaction(database.db, async (tx) => {
    const event = await completed(tx, at, [stockBill(bill, [1, quantity])], passport);
    await takeCrossings(deps(), tx, [event]);
    return event;
  });
const detail = (batch: string) => batches.reads.detail(enterprise, batch);
const balance = async (batch: string) => (await detail(batch)).balances[0];
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message.split(' ')[0] ?? '',
  );

describe('an application', () => {
  test('is in force when another account of customs approves it', async () => {
    const id = newId();
    const content = application();
    await batches.applications.apply(enterprise, { id, content });
    expect(await refusal(draw(id, `${id}-S1`, '1'))).toBe('cargo.batch_not_open');
    const self = person('lin', 'portOfficer', { organisationId: '2225', offices: ['2225'] });
    expect(await refusal(batches.applications.answer(self, id, { approve: true, note: '' }))).toBe(
      'cargo.batch_another_account_answers',
    );
    const answered = await batches.applications.answer(officer, id, { approve: true, note: '' });
    expect(answered.status).toBe('open');
    expect(await batches.applications.apply(enterprise, { id, content })).toEqual(answered);
    expect(
      await refusal(
        batches.applications.apply(enterprise, { id, content: application({ deposit: '1' }) }),
      ),
    ).toBe('cargo.batch_id_has_other_content');
  });

  test('is told everything that is wrong with it at once', async () => {
    const content = application({
      validTo: '2026-06-30',
      lines: [line(1, { hsCode: '848210' }), line(1, { cap: '0', unit: 'XX' })],
    });
    const work = batches.applications.apply(enterprise, { id: newId(), content });
    await expect(work).rejects.toMatchObject({
      refusals: [
        { code: 'cargo.batch_validity' },
        { code: 'cargo.batch_validity' },
        { code: 'cargo.batch_hs_code', path: 'lines[0].hsCode' },
        { code: 'cargo.batch_line_repeated' },
        { code: 'cargo.batch_code_not_in_force', path: 'lines[1].unit' },
        { code: 'cargo.batch_amount', path: 'lines[1].cap' },
      ],
    });
  });

  test('belongs to its enterprise and its office, and to nobody else', async () => {
    const id = await opened();
    const stranger = person('wu', 'declarant', { organisationId: 'other' });
    const elsewhere = person('xu', 'portOfficer', { organisationId: '2218', offices: ['2218'] });
    const auditor = person('shen', 'auditor', { organisationId: 'audit' });
    expect(await refusal(batches.reads.detail(stranger, id))).toBe('identity.not_permitted');
    expect(await refusal(batches.reads.detail(elsewhere, id))).toBe('identity.not_permitted');
    expect((await batches.reads.detail(auditor, id)).batch.id).toBe(id);
    expect((await batches.reads.search(stranger, SEARCH)).rows).toEqual([]);
  });

  test('changes when customs agrees, never below what is used', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '60');
    const less = application({ lines: [line(1, { cap: '50' })] });
    const more = application({ lines: [line(1, { cap: '200' })] });
    const reason = '追加订单';
    expect(
      await refusal(batches.applications.change(enterprise, id, { content: less, reason })),
    ).toBe('cargo.batch_cap_below_use');
    await batches.applications.change(enterprise, id, { content: more, reason });
    expect(await balance(id)).toMatchObject({ cap: '100', remaining: '40' });
    await batches.applications.answer(officer, id, { approve: true, note: '' });
    expect(await balance(id)).toMatchObject({ cap: '200', reserved: '60', remaining: '140' });
  });
});

const SEARCH = { waiting: 'false', limit: 50 } as const;

describe('drawing', () => {
  test('warns at four fifths, and never goes over the cap', async () => {
    const id = await opened();
    expect((await draw(id, `${id}-S1`, '79.5')).problems).toEqual([]);
    expect((await draw(id, `${id}-S2`, '0.5')).problems).toMatchObject([
      { code: 'cargo.batch_near_cap', severity: 'warning', params: { lineNo: 1, used: '80' } },
    ]);
    const over = draw(id, `${id}-S3`, '20.1');
    await expect(over).rejects.toMatchObject({
      refusals: [{ code: 'cargo.batch_over_cap', params: { remaining: '20' } }],
    });
    await draw(id, `${id}-S4`, '20');
    expect(await balance(id)).toMatchObject({ remaining: '0', used: '1.00', level: 'exhausted' });
    expect(await refusal(draw(id, `${id}-S5`, '0.001'))).toBe('cargo.batch_over_cap');
  });

  test('many at once each have an answer, and none takes what another has taken', async () => {
    const id = await opened();
    const bills = Array.from({ length: 12 }, (_, index) => ({
      id: `${id}-S${index % 11}`,
      application: id,
      lines: [drawn(1, '10')],
    }));
    const results = await batches.stockBills.issue(enterprise, [...bills, { id: 'bad' }]);
    const outcomes = results.map(({ outcome, repeated }) => (repeated ? 'repeated' : outcome));
    expect(outcomes).toEqual([...Array(10).fill('issued'), 'refused', 'repeated', 'refused']);
    expect(await balance(id)).toMatchObject({ reserved: '100', remaining: '0' });
  });

  test('two who draw the last at the same moment do not both get it', async () => {
    const id = await opened();
    const both = await Promise.all([
      refusal(draw(id, `${id}-S1`, '60')),
      refusal(draw(id, `${id}-S2`, '60')),
    ]);
    expect(both.sort()).toEqual(['cargo.batch_over_cap', 'done']);
  });

  test('the same bill is one bill; after the last day there is none', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '10');
    expect(await draw(id, `${id}-S1`, '10')).toMatchObject({ repeated: true });
    expect(await refusal(draw(id, `${id}-S1`, '11'))).toBe('cargo.batch_id_has_other_content');
    const before = clock.now();
    clock.set('2026-12-31T15:59:59.000Z');
    expect(await refusal(draw(id, `${id}-S2`, '10'))).toBe('done');
    clock.set('2026-12-31T16:00:00.000Z');
    expect(await refusal(draw(id, `${id}-S3`, '10'))).toBe('cargo.batch_validity_over');
    clock.set(before);
  });

  test('what is under way never owes more than the deposit covers', async () => {
    const reference = await createReference({ db: database.db, clock });
    const tariff = openTariff(reference);
    const ledger = createLedger({ db: database.db, clock, tariff });
    const content = application({
      deposit: '1000',
      lines: [line(1, { cap: '1000', securityPerUnit: '12.5' })],
    });
    const id = newId();
    await batches.applications.apply(enterprise, { id, content });
    const approve = () => batches.applications.answer(officer, id, { approve: true, note: '' });
    expect(await refusal(approve())).toMatch(/^duty\./);
    expect((await detail(id)).batch.status).toBe('applied');
    await ledger.guarantees.apply(enterprise, {
      id: 'G-1',
      payer: ENTERPRISE,
      office: '2225',
      kind: 'total',
      form: 'bank',
      limit: '1500',
      validFrom: '2026-07-01',
      validTo: '2027-06-30',
      guarantor: '中国银行',
      reference: 'BG-1',
      declaration: null,
      consolidated: false,
    });
    await ledger.guarantees.answer(officer, 'G-1', { approve: true, note: '' });
    await approve();
    await draw(id, `${id}-S1`, '80');
    expect((await detail(id)).security).toEqual({ needed: '1000', held: '1000', left: '0' });
    expect(await refusal(draw(id, `${id}-S2`, '1'))).toBe('cargo.batch_deposit_exhausted');
    const second = newId();
    await batches.applications.apply(enterprise, { id: second, content });
    const again = batches.applications.answer(officer, second, { approve: true, note: '' });
    expect(await refusal(again)).toMatch(/^duty\./);
    await batches.stockBills.cancel(enterprise, `${id}-S1`, { note: '取消' });
    await batches.applications.close(enterprise, id, { note: '结案' });
    await batches.applications.answer(officer, second, { approve: true, note: '' });
    expect((await detail(second)).batch).toMatchObject({ status: 'open', deposit: '1000' });
  });
});

describe('workbooks', () => {
  test('rows of one number are one bill, each with its answer; a workbook without the columns is refused', async () => {
    const id = await opened(application({ lines: [line(1), line(2)] }));
    const row = (bill: string, lineNo: number, quantity: string) => ({
      出入库单: `${id}-${bill}`,
      申报表序号: lineNo,
      数量: quantity,
      '净重（千克）': quantity,
      '毛重（千克）': quantity,
      件数: '1',
    });
    const book = (data: Record<string, string | number>[]) =>
      writeXlsx({
        sheets: [
          {
            name: '出入库单',
            columns: Object.keys(data[0] ?? {}).map((key) => ({ key, header: key })),
            data,
          },
        ],
      });
    const bytes = await book([row('W1', 1, '10.5'), row('W2', 1, '99'), row('W1', 2, '3')]);
    const bills = await readStockBills(Buffer.from(bytes), id);
    const results = await batches.stockBills.issue(enterprise, bills);
    expect(results.map(({ id: bill, outcome }) => [bill, outcome])).toEqual([
      [`${id}-W1`, 'issued'],
      [`${id}-W2`, 'refused'],
    ]);
    expect((await detail(id)).balances.map(({ reserved }) => reserved)).toEqual(['10.5', '3']);
    const without = Buffer.from(await book([{ 数量: '1' }]));
    expect(await refusal(readStockBills(without, id))).toBe('cargo.batch_workbook_column');
    expect(await refusal(readStockBills(Buffer.from('no workbook'), id))).toBe(
      'cargo.batch_not_a_workbook',
    );
    const rows = (await batches.reads.movements(enterprise, id, { limit: 10 })).rows;
    expect((await toWorkbook(rows, 'en')).length).toBeGreaterThan(0);
  });
});

describe('crossing', () => {
  test('what passed counts once, part by part, and the parts add up to the bill', async () => {
    const id = await opened();
    const bill = `${id}-S1`;
    await batches.stockBills.issueOne(enterprise, {
      id: bill,
      application: id,
      lines: [{ lineNo: 1, quantity: '10', netMassKg: '10', grossMassKg: '11', packages: 4 }],
    });
    const first = await cross(bill, '3');
    await inTransaction(database.db, (tx) => takeCrossings(deps(), tx, [first, first]));
    expect(await balance(id)).toMatchObject({ reserved: '7', crossed: '3' });
    expect((await batches.reads.bill(enterprise, bill)).status).toBe('passing');
    await cross(bill, '3');
    await cross(bill, '4');
    expect((await batches.reads.bill(enterprise, bill)).status).toBe('passed');
    const { rows } = await batches.reads.movements(enterprise, id, { limit: 100 });
    expect(rows.map((row) => Number(row.grossMassKg)).reduce((a, b) => a + b)).toBe(11);
    expect(rows.map((row) => row.packages).reduce((a, b) => a + b)).toBe(4);
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '10', declared: '0' });
  });

  test('more than the bill is no part of it, and is a case', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '10');
    await cross(`${id}-S1`, '12');
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '10' });
    const { rows } = await casesAbout(`stock-bill:${id}-S1`);
    expect(rows).toHaveLength(1);
  });

  test('what comes back frees the cap, on the day of what it reverses', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '40');
    await cross(`${id}-S1`, '40', '2026-07-02T02:00:00.000Z');
    expect(await refusal(draw(id, `${id}-R0`, '41', 'return'))).toBe('cargo.batch_over_return');
    await draw(id, `${id}-R1`, '15', 'return');
    expect((await batches.reads.bill(enterprise, `${id}-R1`)).direction).toBe('in');
    await cross(`${id}-R1`, '15', '2026-08-03T02:00:00.000Z');
    expect(await balance(id)).toMatchObject({ crossed: '25', remaining: '75' });
    const { rows } = await batches.reads.movements(enterprise, id, { limit: 100 });
    expect(rows.map(({ quantity, countsOn }) => [quantity, countsOn])).toEqual([
      ['-15', '2026-07-02'],
      ['40', '2026-07-02'],
    ]);
  });

  test('a bill that is cancelled gives back what has not passed', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '40');
    await cross(`${id}-S1`, '10');
    const cancelled = await batches.stockBills.cancel(enterprise, `${id}-S1`, { note: '取消' });
    expect(cancelled.status).toBe('cancelled');
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '10', remaining: '90' });
    await cross(`${id}-S1`, '5');
    expect(await balance(id)).toMatchObject({ crossed: '10' });
    expect((await casesAbout(`stock-bill:${id}-S1`)).rows).toHaveLength(1);
  });
});

describe('days', () => {
  test('warn, suspend, expire; any day may be told again', async () => {
    const id = await opened();
    await draw(id, `${id}-S1`, '40');
    await cross(`${id}-S1`, '40', '2026-07-02T02:00:00.000Z');
    expect((await detail(id)).openMonths).toMatchObject([
      { month: '2026-07', movements: 1, dueOn: '2026-08-31', state: 'running' },
    ]);
    await batches.tick('2026-08-27');
    expect(await kindsOf(id)).not.toContain('cargo.batchDueSoon');
    await batches.tick('2026-08-28');
    await batches.tick('2026-08-29');
    await batches.tick('2026-08-31');
    expect(await kindsOf(id)).toEqual([
      'cargo.batchApplied',
      'cargo.batchApproved',
      'cargo.batchDueSoon',
    ]);
    await batches.tick('2026-09-01');
    await batches.tick('2026-09-01');
    expect((await detail(id)).batch).toMatchObject({ status: 'suspended' });
    expect(await refusal(draw(id, `${id}-S2`, '1'))).toBe('cargo.batch_suspended');
    await batches.tick('2027-01-01');
    expect((await detail(id)).batch).toMatchObject({ status: 'expired' });
    expect(await refusal(batches.applications.close(enterprise, id, { note: 'x' }))).toBe(
      'cargo.batch_undeclared_left',
    );
  });

  test('an application that is over and has nothing left closes by itself', async () => {
    const id = await opened();
    await batches.tick('2027-01-01');
    expect((await detail(id)).batch).toMatchObject({ status: 'closed' });
  });
});

const kindsOf = async (id: string) => (await detail(id)).timeline.map(({ kind }) => kind);

async function casesAbout(about: string): Promise<{ rows: unknown[] }> {
  const { sql } = await import('kysely');
  return sql`select 1 from cases.item where about = ${about}`.execute(database.db);
}

const openGates = () =>
  createGates({
    db: database.db,
    clock,
    zones: createZones(shippedZones()),
    policies: shippedGatePolicies(),
    paperSources: { stockBill: stockBillPapers },
    released: async () => new Set(),
    arrearsOf,
    say: ({ code }) => ({ zh: code, en: code }),
    committed: () => undefined,
  });

describe('through a real gate', () => {
  let gates: ReturnType<typeof openGates>;
  beforeAll(() => {
    gates = openGates();
  });

  test('a vehicle carries a bill out; what passed is counted by following the log, once', async () => {
    const follower = createFollower({
      db: database.db,
      log: silentLog,
      name: 'cargo-batches',
      kinds: [PASSED_GATES],
      handle: (tx, events) => takeCrossings(deps(), tx, events),
    });
    const id = await opened(application({ zone: 'waigaoqiao' }));
    await draw(id, `${id}-S1`, '40');
    await gates.applications.registerVehicle(enterprise, {
      plate: '沪A12345',
      organisation: ENTERPRISE,
      tareKg: '5000',
      kind: 'van',
    });
    const passport = await gates.applications.apply(enterprise, {
      id: `${id}-P1`,
      content: {
        type: 'secondLine',
        binding: 'oneListOneVehicle',
        zone: 'waigaoqiao',
        line: 'second',
        direction: 'out',
        papers: [{ kind: 'stockBill', no: `${id}-S1` }],
        vehicle: { plate: '沪A12345', tareKg: '5000' },
        goodsGrossKg: '44',
      },
    });
    expect(passport.outcome).toBe('approved');
    expect(await refusal(batches.stockBills.cancel(enterprise, `${id}-S1`, { note: '取消' }))).toBe(
      'cargo.stock_bill_on_passport',
    );
    const read = await gates.readAtGate(
      person('gate', 'terminal', { organisationId: 'terminal' }),
      {
        id: `${id}-R1`,
        gate: 'WGQ-2',
        lane: 'out-1',
        plate: '沪A12345',
        weighing: { kg: '5044' },
      },
    );
    expect(read).toMatchObject({ verdict: 'open', completed: true });
    await follower.catchUp();
    await follower.catchUp();
    expect(await balance(id)).toMatchObject({ reserved: '0', crossed: '40' });
    expect((await batches.reads.bill(enterprise, `${id}-S1`)).status).toBe('passed');
  });

  test('a firm that owes an overdue declaration enters nothing first, and is told why', async () => {
    const late = person('sun', 'declarant', { organisationId: BUYER });
    await inTransaction(database.db, (tx) =>
      enterFirst(deps(), tx, [
        {
          passport: 'Z2225I260601000000000001',
          transportDocNo: 'COSU1',
          organisation: BUYER,
          office: '2225',
          zone: 'waigaoqiao-port',
          packages: 10,
          grossMassKg: '1000',
          envelope: envelopeOf({ clock: createManualClock('2026-06-01T02:00:00.000Z') }, PLATFORM),
        },
      ]),
    );
    expect(await arrearsOf(database.db, BUYER, '2026-06-15')).toBeNull();
    await gates.applications.registerVehicle(late, {
      plate: '沪B12345',
      organisation: BUYER,
      tareKg: '5000',
      kind: 'van',
    });
    await gates.applications.registerPaper(late, {
      kind: 'bill',
      no: 'COSU2',
      organisation: BUYER,
      zone: 'waigaoqiao-port',
      direction: 'in',
      lines: [{ lineNo: 1, description: '轴承', unit: '125', quantity: '10' }],
    });
    const answer = await gates.applications.apply(late, {
      id: 'EF-1',
      content: {
        type: 'enterFirstDeclareLater',
        binding: 'oneListOneVehicle',
        zone: 'waigaoqiao-port',
        line: 'first',
        direction: 'in',
        papers: [{ kind: 'bill', no: 'COSU2' }],
        vehicle: { plate: '沪B12345', tareKg: '5000' },
        goodsGrossKg: '1000',
      },
    });
    expect(answer.outcome).toBe('pending');
    const reasons = answer.conditions.flatMap(({ reasons }) => reasons);
    expect(reasons.map(({ code }) => code)).toEqual(['cargo.entry_right_suspended']);
  });
});

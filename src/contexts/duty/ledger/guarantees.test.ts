// Who stands for what is owed, and what becomes of a bill after release, on a real PostgreSQL: guarantees,
// deposits, payment by the month, reviews, refunds and reversals.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { requestOf } from '../calculation/fixtures.ts';
import { auditor, BOOKS_AGREE, colleague, envelopeAt, officer, openLedger } from './fixtures.ts';
import { freeDeposit, takeDeposit } from './service/deposits.ts';

let database: TestDatabase;
let port: ReturnType<typeof openLedger>;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  port = openLedger(database.db);
});
afterEach(async () => {
  expect(await port.ledger.reads.check(auditor)).toMatchObject(BOOKS_AGREE);
});

let n = 0;
const newId = (): string => `P-${++n}`;

describe('guarantees', () => {
  test('a total guarantee lets goods go at once and is free again when the tax is paid', async () => {
    const guarantee = await port.guaranteed('5000');
    const filing = port.filing('10000');
    const prepared = (await port.file([filing])).get(filing.declaration);
    expect(prepared?.requirements).toMatchObject([
      { metAt: filing.at, evidence: `guarantee:${guarantee}` },
    ]);
    const held = () => port.ledger.guarantees.get(auditor, guarantee);
    expect(await held()).toMatchObject({ committed: '2100.00', available: '2900.00' });
    await expect(
      port.ledger.guarantees.close(officer, guarantee, { note: '不再使用' }),
    ).rejects.toThrow('duty.guarantee_still_committed');
    await port.pay(filing.declaration, newId(), '1000');
    expect(await held()).toMatchObject({ committed: '1100.00' });
    await port.pay(filing.declaration, newId(), '1100');
    expect(await held()).toMatchObject({ committed: '0.00' });
    await port.ledger.guarantees.close(officer, guarantee, { note: '不再使用' });
  });

  test('two filings of one group never take the same remainder; the second pays, and is told why', async () => {
    const guarantee = await port.guaranteed('3000');
    const filings = [port.filing('10000'), port.filing('10000')];
    const prepared = [...(await port.file(filings)).values()];
    expect(prepared.map(({ requirements: [first] }) => first?.evidence)).toEqual([
      `guarantee:${guarantee}`,
      null,
    ]);
    expect(prepared[1]?.notes).toMatchObject([
      {
        code: 'duty.guarantee_exhausted',
        params: { guarantee, available: '900.00', needed: '2100.00' },
      },
    ]);
    const second = filings[1]?.declaration ?? '';
    expect(await port.bill(second)).toMatchObject({
      status: 'payable',
      unsecured: { code: 'duty.guarantee_exhausted' },
    });
    await port.pay(filings[0]?.declaration ?? '', newId(), '2100');
    expect(await port.ledger.secure(port.payer, second)).toBeNull();
    expect(await port.bill(second)).toMatchObject({ status: 'guaranteed', unsecured: null });
    await port.pay(second, newId(), '2100');
    await port.ledger.guarantees.close(officer, guarantee, { note: '测试结束' });
  });

  test('twenty filings at once never commit more than the limit', async () => {
    const guarantee = await port.guaranteed('21000');
    const filings = Array.from({ length: 20 }, () => port.filing('10000'));
    await Promise.all(filings.map((filing) => port.file([filing])));
    expect(await port.ledger.guarantees.get(auditor, guarantee)).toMatchObject({
      committed: '21000.00',
      available: '0.00',
    });
    await port.ledger.age('2026-07-01');
    for (const { declaration } of filings) await port.pay(declaration, newId(), '2100');
    await port.ledger.guarantees.close(officer, guarantee, { note: '测试结束' });
  });

  test('it takes two accounts, and ends on its day: what holds it keeps it', async () => {
    const own = { ...port.payer, roles: ['declarant', 'portOfficer'], offices: ['2225'] } as const;
    await expect(port.guaranteed('100', { id: 'G-wrong', validTo: '2025-01-01' })).rejects.toThrow(
      'duty.guarantee_ends_before_it_begins',
    );
    const id = 'G-four-eyes';
    const application = {
      id,
      payer: port.payer.organisationId,
      office: '2225',
      kind: 'total',
      form: 'deposit',
      limit: '5000',
      validFrom: '2026-01-01',
      validTo: '2026-07-10',
      guarantor: '浦江贸易',
      reference: 'D-1',
      declaration: null,
      consolidated: false,
    } as const;
    await port.ledger.guarantees.apply(own, application);
    await port.ledger.guarantees.apply(own, application);
    await expect(
      port.ledger.guarantees.answer(own, id, { approve: true, note: '' }),
    ).rejects.toThrow('duty.another_account_answers');
    await port.ledger.guarantees.answer(colleague, id, { approve: true, note: '' });
    const held = await port.filed('10000');
    port.clock.set('2026-07-11T01:00:00.000Z');
    expect(await port.ledger.age('2026-07-11')).toMatchObject({ expired: 1 });
    expect(await port.ledger.age('2026-07-11')).toMatchObject({ expired: 0 });
    const after = port.filing('10000');
    const prepared = (await port.file([after])).get(after.declaration);
    expect(prepared?.notes).toMatchObject([{ code: 'duty.guarantee_not_valid' }]);
    expect(await port.bill(held)).toMatchObject({ status: 'guaranteed', committed: '2100.00' });
    await port.pay(held, newId(), '2100');
    await port.ledger.guarantees.close(officer, id, { note: '退还保证金' });
  });

  test('one given for a declaration carries its bill the moment it is approved', async () => {
    const declaration = await port.filed('10000', { declaration: 'B-single' });
    expect((await port.bill(declaration)).status).toBe('payable');
    await port.guaranteed('2100', { kind: 'single', declaration });
    expect(await port.bill(declaration)).toMatchObject({ status: 'guaranteed' });
    expect(await port.kinds(declaration)).toEqual(['assessed', 'guaranteed']);
  });

  test('a deposit is taken once, not beyond what is free, and given back once', async () => {
    const guarantee = await port.guaranteed('5000', { form: 'deposit' });
    const wanted = {
      payer: port.payer.organisationId,
      office: '2225',
      amount: '4000',
      secures: 'batch:A1',
    };
    const envelope = envelopeAt(port.clock.now());
    const take = (id: string) =>
      inTransaction(database.db, (tx) => takeDeposit(tx, { ...wanted, id }, envelope));
    expect(await take('D-1')).toEqual({ guarantee });
    expect(await take('D-1')).toEqual({ guarantee });
    await expect(take('D-2')).rejects.toThrow('duty.guarantee_exhausted');
    const free = () =>
      inTransaction(database.db, (tx) => freeDeposit(tx, 'D-1', '申请表结案', envelope));
    await free();
    await free();
    expect(await port.ledger.guarantees.get(auditor, guarantee)).toMatchObject({
      committed: '0.00',
    });
    await port.ledger.guarantees.close(officer, guarantee, { note: '测试结束' });
  });
});

describe('consolidated payment', () => {
  test('a month is released at once, and paid together by the fifth working day of the next', async () => {
    port.clock.set('2027-03-02T01:00:00.000Z');
    const valid = { validFrom: '2027-01-01', validTo: '2027-12-31' };
    const guarantee = await port.guaranteed('100000', { consolidated: true, ...valid });
    const ids = [await port.filed('10000')];
    port.clock.set('2027-03-20T01:00:00.000Z');
    ids.push(await port.filed('20000'), await port.filed('30000'));
    const statement = async () => {
      const wanted = { payer: port.payer.organisationId, period: '2027-03', limit: 10 };
      return (await port.ledger.reads.statements(port.payer, wanted))[0];
    };
    expect(await statement()).toMatchObject({ bills: 3, outstanding: '12600.00', status: 'open' });
    port.clock.set('2027-04-01T01:00:00.000Z');
    const dueOn = (await statement())?.dueOn ?? '';
    expect(dueOn > '2027-04-05' && dueOn < '2027-04-12').toBe(true);
    const payMonth = (id: string, amount: string) =>
      port.ledger.payments.payStatement(port.payer, port.payer.organisationId, '2027-03', {
        id,
        amount,
        reference: 'bank',
      });
    expect(await payMonth('M1', '3000')).toMatchObject({
      outcome: 'paidShort',
      outstanding: '9600.00',
    });
    expect((await port.bill(ids[0] ?? '')).status).toBe('settled');
    expect((await port.bill(ids[1] ?? '')).status).toBe('guaranteed');
    expect(await payMonth('M1', '3000')).toMatchObject({ repeated: true });
    expect(await payMonth('M2', '9700')).toMatchObject({ outcome: 'overpaid', credit: '100.00' });
    expect(await statement()).toMatchObject({ status: 'settled', outstanding: '0.00' });
    await port.ledger.guarantees.close(officer, guarantee, { note: '测试结束' });
  });
});

describe('after release', () => {
  test('a review that finds more asks for the difference; one that finds less gives it back with interest', async () => {
    const id = await port.filed('10000');
    await port.pay(id, newId(), '2100');
    port.clock.set('2026-09-01T01:00:00.000Z');
    const review = (review: string, value: string) =>
      port.ledger.reviews.reassess(officer, id, {
        id: review,
        request: requestOf({ declaration: id, on: '2026-07-01' }, { value }),
        reason: '价格偏低',
      });
    await review('V1', '12000');
    await review('V1', '12000');
    expect(await port.bill(id)).toMatchObject({
      status: 'paidShort',
      basis: 'review',
      outstanding: '420.00',
      dueOn: '2026-09-16',
      isOverdue: false,
    });
    await port.pay(id, newId(), '420');
    const { reviews } = port.ledger;
    await expect(review('V2', '8000')).rejects.toThrow('duty.another_account_answers');
    await reviews.reassess(colleague, id, {
      id: 'V2',
      request: requestOf({ declaration: id, on: '2026-07-01' }, { value: '8000' }),
      reason: '复议',
    });
    expect(await port.bill(id)).toMatchObject({ status: 'settled', credit: '840.00' });
    const proposal = { id: 'R1', amount: '840', reason: 'overAssessed', note: '' } as const;
    await reviews.proposeRefund(officer, id, proposal);
    await expect(
      reviews.answerRefund(officer, id, 'R1', { approve: true, note: '' }),
    ).rejects.toThrow('duty.another_account_answers');
    port.clock.set('2027-06-30T01:00:00.000Z');
    await reviews.answerRefund(colleague, id, 'R1', { approve: true, note: '' });
    const [refund] = (await port.bill(id)).refunds;
    expect(Number(refund?.interest)).toBeGreaterThan(0);
    await reviews.payOutRefund(officer, id, 'R1', { reference: 'T-9' });
  });

  test('a cancelled declaration owes nothing: what was paid is a credit, the guarantee free', async () => {
    const guarantee = await port.guaranteed('5000', {
      kind: 'single',
      declaration: 'B-gone',
      validTo: '2028-01-01',
    });
    await port.filed('10000', { declaration: 'B-gone' });
    await port.pay('B-gone', newId(), '100');
    const reverse = () =>
      inTransaction(database.db, (tx) =>
        port.ledger.filing.reverse(tx, 'B-gone', envelopeAt(port.clock.now())),
      );
    await reverse();
    await reverse();
    expect(await port.bill('B-gone')).toMatchObject({
      status: 'reversed',
      outstanding: '0.00',
      credit: '100.00',
      committed: '0.00',
    });
    expect(await port.ledger.guarantees.get(auditor, guarantee)).toMatchObject({
      committed: '0.00',
    });
  });

  test('an amendment before payment replaces the assessment; one to nothing settles the bill', async () => {
    const filing = port.filing('10000');
    await port.file([filing]);
    const amended = (value: string) => ({
      ...filing,
      amends: true,
      request: requestOf({ declaration: filing.declaration }, { value }),
    });
    const more = (await port.file([amended('20000')])).get(filing.declaration);
    expect(more?.requirements).toMatchObject([{ metAt: null }]);
    expect(await port.bill(filing.declaration)).toMatchObject({
      basis: 'amendment',
      outstanding: '4200.00',
    });
    const bonded = amended('20000');
    await port.file([{ ...bonded, request: { ...bonded.request, supervisionMode: '0214' } }]);
    expect(await port.kinds(filing.declaration)).toEqual([
      'assessed',
      'reassessed',
      'reassessed',
      'settled',
    ]);
  });
});

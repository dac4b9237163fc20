// The life of duty bills on a real PostgreSQL: filed, guaranteed, paid, paid twice and short, late,
// reviewed, refunded, reversed; and after every story the books are what the bills say.
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readStream } from '../../../platform/event-log/event-log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { requestOf } from '../calculation/fixtures.ts';
import type { TrialBalance } from '../contract.ts';
import { BillSearch, JournalSearch } from '../contract.ts';
import { auditor, colleague, envelopeAt, loader, officer, openLedger } from './fixtures.ts';
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
afterEach(booksAgree);

/** What holds of the books whatever happened. */
async function booksAgree(): Promise<void> {
  const balance: TrialBalance = await port.ledger.reads.trialBalance(auditor, '2030-01-01');
  expect(balance.balanced).toBe(true);
  const { rows: askew } = await sql`
    select posting from duty.entry group by posting having sum(debit) <> sum(credit)
  `.execute(database.db);
  expect(askew).toEqual([]);
  const { rows: bills } = await sql`
    select declaration from duty.bill b
    left join (
      select subject,
        sum(debit - credit) filter (where account = 'receivable') as receivable,
        sum(debit - credit) filter (where account = 'treasury') as treasury,
        sum(credit - debit) filter (where account = 'credit') as credit,
        sum(debit - credit) filter (where account = 'guaranteeCommitted') as committed
      from duty.entry group by subject
    ) e on e.subject = 'duty:' || b.declaration
    where (b.outstanding, b.paid, b.credit, b.committed) is distinct from
      (coalesce(e.receivable, 0), coalesce(e.treasury, 0), coalesce(e.credit, 0),
       coalesce(e.committed, 0))
  `.execute(database.db);
  expect(bills).toEqual([]);
  const { rows: guarantees } = await sql`
    select g.id from duty.guarantee g
    left join (
      select guarantee, sum(debit - credit) as committed from duty.entry
      where account = 'guaranteeCommitted' group by guarantee
    ) e on e.guarantee = g.id
    where g.committed <> coalesce(e.committed, 0)
  `.execute(database.db);
  expect(guarantees).toEqual([]);
}

const bill = (declaration: string) => port.ledger.reads.bill(auditor, declaration);
const kinds = async (declaration: string) =>
  (await readStream(database.db, `duty:${declaration}`)).map(({ kind }) =>
    kind.replace('duty.', ''),
  );
const pay = (declaration: string, id: string, amount: string, occurredAt?: string) =>
  port.ledger.payments.pay(loader, {
    declaration,
    id,
    amount,
    reference: `bank-${id}`,
    occurredAt,
  });
let n = 0;
const newId = (): string => `P-${++n}`;

describe('filing', () => {
  test('a bill says what is owed, why, and by when; nothing owed asks for nothing', async () => {
    const filing = port.filing('10000');
    const prepared = (await port.file([filing])).get(filing.declaration);
    expect(prepared?.requirements).toMatchObject([
      {
        kind: 'taxPaidOrGuaranteed',
        owner: port.payer.organisationId,
        metAt: null,
        dueAt: expect.any(String),
      },
    ]);
    expect(await bill(filing.declaration)).toMatchObject({
      status: 'payable',
      dueOn: '2026-07-16',
      assessed: '2100.00',
      outstanding: '2100.00',
      items: [
        { item: 'importDuty', assessed: '1000.00' },
        { item: 'vat', assessed: '1100.00' },
      ],
    });
    const bonded = port.filing('10000');
    const free = { ...bonded, request: { ...bonded.request, supervisionMode: '0214' } };
    expect((await port.file([free])).get(free.declaration)?.requirements).toEqual([]);
    expect(await bill(free.declaration)).toMatchObject({ status: 'nothingDue', dueOn: null });
  });

  test('what cannot be assessed is a problem with its reason, and writes nothing', async () => {
    const filing = port.filing('10000');
    const wrong = { ...filing, request: { ...filing.request, currency: 'XXX' } };
    const prepared = (await port.file([wrong])).get(wrong.declaration);
    expect(prepared?.problems.map(({ code }) => code)).toEqual(['duty.exchange_rate_missing']);
    await expect(bill(wrong.declaration)).rejects.toThrow('duty.bill_not_found');
  });

  test('a dry run reads and writes nothing', async () => {
    const filing = port.filing('10000');
    await port.ledger.filing.prepare(database.db, [filing]);
    await expect(bill(filing.declaration)).rejects.toThrow('duty.bill_not_found');
  });

  test('the tariff changes at midnight: each declaration is assessed by its own day', async () => {
    port = openLedger(database.db, [
      { code: '8482', mfn: '10', vat: '10', unit: '035', to: '2026-07-02' },
      { code: '8482', mfn: '20', vat: '10', unit: '035', from: '2026-07-02' },
    ]);
    const [before, after] = ['2026-07-01', '2026-07-02'].map((on) => {
      const filing = port.filing('10000');
      return { ...filing, request: { ...filing.request, on } };
    });
    if (!before || !after) throw new Error('Two days make two filings.');
    await port.file([before, after]);
    expect((await bill(before.declaration)).assessed).toBe('2100.00');
    expect((await bill(after.declaration)).assessed).toBe('3200.00');
  });
});

describe('payment', () => {
  test('paid in full it is settled; the same payment again is the same payment', async () => {
    const id = await port.filed('10000');
    const first = await pay(id, 'once', '2100');
    expect(first).toMatchObject({ outcome: 'settled', outstanding: '0.00', repeated: false });
    expect(await pay(id, 'once', '2100.00')).toEqual({ ...first, repeated: true });
    expect(await kinds(id)).toEqual(['assessed', 'paid', 'settled']);
    await expect(pay(id, 'once', '99')).rejects.toThrow('duty.payment_id_taken');
  });

  test('paid short it stays open and says how much; the rest settles it', async () => {
    const id = await port.filed('10000');
    expect(await pay(id, newId(), '1500')).toMatchObject({
      outcome: 'paidShort',
      outstanding: '600.00',
    });
    expect(await bill(id)).toMatchObject({
      status: 'paidShort',
      items: [
        { item: 'importDuty', paid: '1000.00', outstanding: '0.00' },
        { item: 'vat', paid: '500.00', outstanding: '600.00' },
      ],
    });
    expect(await pay(id, newId(), '600')).toMatchObject({ outcome: 'settled' });
  });

  test('paid twice under another id it is a credit, refunded by two people and the treasury', async () => {
    const id = await port.filed('10000');
    await pay(id, newId(), '2100');
    expect(await pay(id, newId(), '2100')).toMatchObject({
      outcome: 'overpaid',
      credit: '2100.00',
    });
    const { reviews } = port.ledger;
    const proposal = { id: 'R1', amount: '2100', reason: 'overpaid', note: '重复缴款' } as const;
    await expect(
      reviews.proposeRefund(port.payer, id, { ...proposal, amount: '2100.01' }),
    ).rejects.toThrow('duty.refund_beyond_credit');
    await reviews.proposeRefund(port.payer, id, proposal);
    await reviews.proposeRefund(port.payer, id, proposal);
    await expect(
      reviews.proposeRefund(port.payer, id, { ...proposal, id: 'R2', amount: '1' }),
    ).rejects.toThrow('duty.refund_beyond_credit');
    await reviews.answerRefund(officer, id, 'R1', { approve: true, note: '' });
    expect((await bill(id)).allowed).toEqual([]);
    await reviews.payOutRefund(officer, id, 'R1', { reference: 'T-1' });
    expect(await bill(id)).toMatchObject({
      status: 'settled',
      credit: '0.00',
      refunds: [{ status: 'paidOut', amount: '2100.00', interest: '0.00' }],
    });
  });

  test('ten times the same payment at once is one payment', async () => {
    const id = await port.filed('10000');
    const payment = newId();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(id, payment, '2100')));
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await bill(id)).payments).toHaveLength(1);
  });

  test('many at once: each has its answer, a bad one stops nobody and its id stays free', async () => {
    const [a, b] = [await port.filed('10000'), await port.filed('20000')];
    const row = (declaration: string, id: string, amount: string) => ({
      declaration,
      id,
      amount,
      reference: 'bank',
    });
    const ids = [newId(), newId(), newId()];
    const results = await port.ledger.payments.payMany(port.payer, [
      row(a, ids[0] ?? '', '2100'),
      row('nowhere', ids[1] ?? '', '5'),
      row(a, ids[0] ?? '', '2100'),
      row(b, ids[2] ?? '', '100'),
    ]);
    expect(results.map(({ outcome, repeated }) => [outcome, repeated])).toEqual([
      ['settled', false],
      ['refused', false],
      ['settled', true],
      ['paidShort', false],
    ]);
    expect(await pay(b, ids[1] ?? '', '4100')).toMatchObject({ outcome: 'settled' });
  });

  test('nobody pays, or reads, what is not theirs', async () => {
    const id = await port.filed('10000');
    const stranger = { ...port.payer, organisationId: 'stranger' };
    const payment = { declaration: id, id: newId(), amount: '1', reference: 'x' };
    await expect(port.ledger.payments.pay(stranger, payment)).rejects.toThrow('not_permitted');
    await expect(port.ledger.reads.bill(stranger, id)).rejects.toThrow('not_permitted');
    const page = await port.ledger.reads.bills(stranger, BillSearch.parse({ q: id }));
    expect(page).toMatchObject({ rows: [], totals: { bills: 0 } });
    await expect(
      port.ledger.payments.pay(port.payer, { ...payment, occurredAt: '2026-07-01T00:30:00Z' }),
    ).rejects.toThrow('duty.may_not_backdate');
  });
});

describe('paying late', () => {
  test('the surcharge runs by the day on what is unpaid, and stops when the tax is paid', async () => {
    const id = await port.filed('1000000');
    port.clock.set('2026-09-30T01:00:00.000Z');
    await port.ledger.age('2026-07-16');
    expect((await bill(id)).outstanding).toBe('210000.00');
    // 10 days × 0.5 ‰ of 100,000 duty and 110,000 VAT.
    await port.ledger.age('2026-07-26');
    expect((await bill(id)).outstanding).toBe('211050.00');
    await port.ledger.age('2026-07-26');
    await port.ledger.age('2026-07-20');
    expect((await bill(id)).outstanding).toBe('211050.00');
    await pay(id, newId(), '210000', '2026-07-26T02:00:00.000Z');
    await port.ledger.age('2026-09-30');
    expect(await bill(id)).toMatchObject({ outstanding: '1050.00', status: 'paidShort' });
    await pay(id, newId(), '1050');
    expect(await bill(id)).toMatchObject({ status: 'settled', credit: '0.00' });
  });

  test('a week of silence, or a run every day, leaves the same surcharge', async () => {
    const [daily, once] = [await port.filed('33333.33'), await port.filed('33333.33')];
    port.clock.set('2026-12-31T01:00:00.000Z');
    for (let day = 17; day <= 31; day += 1) await port.ledger.age(`2026-07-${day}`);
    await port.ledger.age('2026-11-30');
    expect((await bill(daily)).items).toEqual((await bill(once)).items);
    expect((await kinds(daily)).length).toBe((await kinds(once)).length);
  });

  test('a payment that was made in time and arrives late takes the surcharge back', async () => {
    const id = await port.filed('1000000');
    port.clock.set('2026-08-30T01:00:00.000Z');
    await port.ledger.age('2026-08-10');
    await pay(id, newId(), '210000', '2026-07-15T02:00:00.000Z');
    expect(await bill(id)).toMatchObject({ status: 'settled', assessed: '210000.00' });
  });
});

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
    await pay(filing.declaration, newId(), '1000');
    expect(await held()).toMatchObject({ committed: '1100.00' });
    await pay(filing.declaration, newId(), '1100');
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
    expect(await bill(second)).toMatchObject({
      status: 'payable',
      unsecured: { code: 'duty.guarantee_exhausted' },
    });
    await pay(filings[0]?.declaration ?? '', newId(), '2100');
    expect(await port.ledger.secure(port.payer, second)).toBeNull();
    expect(await bill(second)).toMatchObject({ status: 'guaranteed', unsecured: null });
    await pay(second, newId(), '2100');
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
    for (const { declaration } of filings) await pay(declaration, newId(), '2100');
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
    expect(await bill(held)).toMatchObject({ status: 'guaranteed', committed: '2100.00' });
    await pay(held, newId(), '2100');
    await port.ledger.guarantees.close(officer, id, { note: '退还保证金' });
  });

  test('one given for a declaration carries its bill the moment it is approved', async () => {
    const declaration = await port.filed('10000', { declaration: 'B-single' });
    expect((await bill(declaration)).status).toBe('payable');
    await port.guaranteed('2100', { kind: 'single', declaration });
    expect(await bill(declaration)).toMatchObject({ status: 'guaranteed' });
    expect(await kinds(declaration)).toEqual(['assessed', 'guaranteed']);
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
    expect((await bill(ids[0] ?? '')).status).toBe('settled');
    expect((await bill(ids[1] ?? '')).status).toBe('guaranteed');
    expect(await payMonth('M1', '3000')).toMatchObject({ repeated: true });
    expect(await payMonth('M2', '9700')).toMatchObject({ outcome: 'overpaid', credit: '100.00' });
    expect(await statement()).toMatchObject({ status: 'settled', outstanding: '0.00' });
    await port.ledger.guarantees.close(officer, guarantee, { note: '测试结束' });
  });
});

describe('after release', () => {
  test('a review that finds more asks for the difference; one that finds less gives it back with interest', async () => {
    const id = await port.filed('10000');
    await pay(id, newId(), '2100');
    port.clock.set('2026-09-01T01:00:00.000Z');
    const review = (review: string, value: string) =>
      port.ledger.reviews.reassess(officer, id, {
        id: review,
        request: requestOf({ declaration: id, on: '2026-07-01' }, { value }),
        reason: '价格偏低',
      });
    await review('V1', '12000');
    await review('V1', '12000');
    expect(await bill(id)).toMatchObject({
      status: 'paidShort',
      basis: 'review',
      outstanding: '420.00',
      dueOn: '2026-09-16',
      isOverdue: false,
    });
    await pay(id, newId(), '420');
    const { reviews } = port.ledger;
    await expect(review('V2', '8000')).rejects.toThrow('duty.another_account_answers');
    await reviews.reassess(colleague, id, {
      id: 'V2',
      request: requestOf({ declaration: id, on: '2026-07-01' }, { value: '8000' }),
      reason: '复议',
    });
    expect(await bill(id)).toMatchObject({ status: 'settled', credit: '840.00' });
    const proposal = { id: 'R1', amount: '840', reason: 'overAssessed', note: '' } as const;
    await reviews.proposeRefund(officer, id, proposal);
    await expect(
      reviews.answerRefund(officer, id, 'R1', { approve: true, note: '' }),
    ).rejects.toThrow('duty.another_account_answers');
    port.clock.set('2027-06-30T01:00:00.000Z');
    await reviews.answerRefund(colleague, id, 'R1', { approve: true, note: '' });
    const [refund] = (await bill(id)).refunds;
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
    await pay('B-gone', newId(), '100');
    const reverse = () =>
      inTransaction(database.db, (tx) =>
        port.ledger.filing.reverse(tx, 'B-gone', envelopeAt(port.clock.now())),
      );
    await reverse();
    await reverse();
    expect(await bill('B-gone')).toMatchObject({
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
    expect(await bill(filing.declaration)).toMatchObject({
      basis: 'amendment',
      outstanding: '4200.00',
    });
    const bonded = amended('20000');
    await port.file([{ ...bonded, request: { ...bonded.request, supervisionMode: '0214' } }]);
    expect(await kinds(filing.declaration)).toEqual([
      'assessed',
      'reassessed',
      'reassessed',
      'settled',
    ]);
  });
});

describe('the books', () => {
  test('the journal pages through every entry once, and leads back to the events', async () => {
    const id = await port.filed('10000');
    await pay(id, newId(), '2100');
    const entries: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await port.ledger.reads.journal(
        auditor,
        JournalSearch.parse({ subject: `duty:${id}`, limit: 2, ...(cursor && { cursor }) }),
      );
      entries.push(...page.entries.map((e) => `${e.posting} ${e.account} ${e.item}`));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(entries).size).toBe(8);
    expect(entries).toHaveLength(8);
    await expect(port.ledger.reads.journal(port.payer, JournalSearch.parse({}))).rejects.toThrow(
      'not_permitted',
    );
  });

  test('statistics are the sums of the events, to the cent', async () => {
    const { rows } = await port.ledger.reads.statistics(auditor, '2020-01-01', '2035-01-01');
    const { rows: told } = await sql<{ item: string; assessed: string; collected: string }>`
      select e ->> 'item' as item,
        sum((e ->> 'credit')::numeric - (e ->> 'debit')::numeric)
          filter (where e ->> 'account' = 'revenue') as assessed,
        coalesce(sum((e ->> 'debit')::numeric - (e ->> 'credit')::numeric)
          filter (where e ->> 'account' = 'treasury'), 0) as collected
      from platform.event, jsonb_array_elements(payload -> 'entries') as e
      where e ->> 'item' is not null group by 1 order by 1
    `.execute(database.db);
    const sum = (item: string, of: 'assessed' | 'collected') =>
      rows
        .filter((row) => row.item === item)
        .reduce((total, row) => total + BigInt(row[of].replace('.', '')), 0n);
    expect(told.length).toBeGreaterThan(2);
    for (const { item, assessed, collected } of told) {
      expect([item, sum(item, 'assessed'), sum(item, 'collected')]).toEqual([
        item,
        BigInt(assessed.replace('.', '')),
        BigInt(collected.replace('.', '')),
      ]);
    }
  });
});

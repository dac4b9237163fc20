// What a declaration owes, told on a real PostgreSQL: assessed, paid, paid twice, short and late; and after
// every story the books are what the bills say.
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { BillSearch } from '../contract.ts';
import { JournalSearch } from './contract.ts';
import { auditor, BOOKS_AGREE, officer, openLedger } from './fixtures.ts';

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
    expect(await port.bill(filing.declaration)).toMatchObject({
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
    expect(await port.bill(free.declaration)).toMatchObject({ status: 'nothingDue', dueOn: null });
  });

  test('what cannot be assessed is a problem with its reason, and writes nothing', async () => {
    const filing = port.filing('10000');
    const wrong = { ...filing, request: { ...filing.request, currency: 'ZZZ' } };
    const prepared = (await port.file([wrong])).get(wrong.declaration);
    expect(prepared?.problems.map(({ code }) => code)).toEqual(['duty.exchange_rate_missing']);
    await expect(port.bill(wrong.declaration)).rejects.toThrow('duty.bill_not_found');
  });

  test('a dry run reads and writes nothing', async () => {
    const filing = port.filing('10000');
    await port.ledger.filing.prepare(database.db, [filing]);
    await expect(port.bill(filing.declaration)).rejects.toThrow('duty.bill_not_found');
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
    expect((await port.bill(before.declaration)).assessed).toBe('2100.00');
    expect((await port.bill(after.declaration)).assessed).toBe('3200.00');
  });
});

describe('payment', () => {
  test('paid in full it is settled; the same payment again is the same payment', async () => {
    const id = await port.filed('10000');
    const first = await port.pay(id, 'once', '2100');
    expect(first).toMatchObject({ outcome: 'settled', outstanding: '0.00', repeated: false });
    expect(await port.pay(id, 'once', '2100.00')).toEqual({ ...first, repeated: true });
    expect(await port.kinds(id)).toEqual(['assessed', 'paid', 'settled']);
    await expect(port.pay(id, 'once', '99')).rejects.toThrow('duty.payment_id_taken');
  });

  test('paid short it stays open and says how much; the rest settles it', async () => {
    const id = await port.filed('10000');
    expect(await port.pay(id, newId(), '1500')).toMatchObject({
      outcome: 'paidShort',
      outstanding: '600.00',
    });
    expect(await port.bill(id)).toMatchObject({
      status: 'paidShort',
      items: [
        { item: 'importDuty', paid: '1000.00', outstanding: '0.00' },
        { item: 'vat', paid: '500.00', outstanding: '600.00' },
      ],
    });
    expect(await port.pay(id, newId(), '600')).toMatchObject({ outcome: 'settled' });
  });

  test('paid twice under another id it is a credit, refunded by two people and the treasury', async () => {
    const id = await port.filed('10000');
    await port.pay(id, newId(), '2100');
    expect(await port.pay(id, newId(), '2100')).toMatchObject({
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
    expect((await port.bill(id)).allowed).toEqual([]);
    await reviews.payOutRefund(officer, id, 'R1', { reference: 'T-1' });
    expect(await port.bill(id)).toMatchObject({
      status: 'settled',
      credit: '0.00',
      refunds: [{ status: 'paidOut', amount: '2100.00', interest: '0.00' }],
    });
  });

  test('ten times the same payment at once is one payment', async () => {
    const id = await port.filed('10000');
    const payment = newId();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => port.pay(id, payment, '2100')),
    );
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await port.bill(id)).payments).toHaveLength(1);
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
    expect(await port.pay(b, ids[1] ?? '', '4100')).toMatchObject({ outcome: 'settled' });
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
    ).rejects.toThrow('identity.may_not_backdate');
  });
});

describe('paying late', () => {
  test('the surcharge runs by the day on what is unpaid, and stops when the tax is paid', async () => {
    const id = await port.filed('1000000');
    port.clock.set('2026-09-30T01:00:00.000Z');
    await port.ledger.age('2026-07-16');
    expect((await port.bill(id)).outstanding).toBe('210000.00');
    // 10 days × 0.5 ‰ of 100,000 duty and 110,000 VAT.
    await port.ledger.age('2026-07-26');
    expect((await port.bill(id)).outstanding).toBe('211050.00');
    await port.ledger.age('2026-07-26');
    await port.ledger.age('2026-07-20');
    expect((await port.bill(id)).outstanding).toBe('211050.00');
    await port.pay(id, newId(), '210000', '2026-07-26T02:00:00.000Z');
    await port.ledger.age('2026-09-30');
    expect(await port.bill(id)).toMatchObject({ outstanding: '1050.00', status: 'paidShort' });
    await port.pay(id, newId(), '1050');
    expect(await port.bill(id)).toMatchObject({ status: 'settled', credit: '0.00' });
  });

  test('a week of silence, or a run every day, leaves the same surcharge', async () => {
    const [daily, once] = [await port.filed('33333.33'), await port.filed('33333.33')];
    port.clock.set('2026-12-31T01:00:00.000Z');
    for (let day = 17; day <= 31; day += 1) await port.ledger.age(`2026-07-${day}`);
    await port.ledger.age('2026-11-30');
    expect((await port.bill(daily)).items).toEqual((await port.bill(once)).items);
    expect((await port.kinds(daily)).length).toBe((await port.kinds(once)).length);
  });

  test('a payment that was made in time and arrives late takes the surcharge back', async () => {
    const id = await port.filed('1000000');
    port.clock.set('2026-08-30T01:00:00.000Z');
    await port.ledger.age('2026-08-10');
    await port.pay(id, newId(), '210000', '2026-07-15T02:00:00.000Z');
    expect(await port.bill(id)).toMatchObject({ status: 'settled', assessed: '210000.00' });
  });
});

describe('the books', () => {
  test('the journal pages through every entry once, and leads back to the events', async () => {
    const id = await port.filed('10000');
    await port.pay(id, newId(), '2100');
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

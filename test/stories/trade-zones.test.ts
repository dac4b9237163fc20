// Goods that pass a zone's gates before they are declared: entered first and declared later, and a
// week of batched movements that one declaration adds up.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchContentInput } from '../../src/contexts/cargo/index.ts';
import { application, goods } from '../../src/contexts/clearance/consolidation/story.ts';
import { BROKER } from '../../src/contexts/clearance/fixtures.ts';
import { openTradePort, type TradePort, ZONE } from './trade.ts';

let port: TradePort;
beforeAll(async () => {
  port = await openTradePort();
});
afterAll(() => port?.close());

const reasonsOf = (answer: { conditions: { reasons: { code: string }[] }[] }): string[] =>
  answer.conditions.flatMap(({ reasons }) => reasons.map(({ code }) => code));
const codesOf = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);

describe('entering first', () => {
  const PLATE = '沪A10001';
  const consignee = { uscc: BROKER, name: '上海江海报关有限公司', country: 'CN' };
  const passportOver = (bill: string, plate = PLATE) =>
    port.apply(plate, {
      ...{ type: 'enterFirstDeclareLater', line: 'first', direction: 'in', goodsGrossKg: '1050' },
      papers: [{ kind: 'bill', no: bill }],
    });
  /** Outer gate, then inner: the goods are in the zone. */
  const enter = async (bill: string): Promise<string> => {
    await port.manifest(bill, { consignee });
    const { outcome, number } = await passportOver(bill);
    expect(outcome).toBe('approved');
    const at = { plate: PLATE, lane: 'in-1' } as const;
    const outer = await port.read({ ...at, id: port.next('G'), gate: 'WGP-1', kg: '6060' });
    expect(outer).toMatchObject({ verdict: 'open', completed: false, passport: number });
    port.pass(5);
    const inner = await port.read({ ...at, id: port.next('G'), gate: 'WGP-1B', kg: '6050' });
    expect(inner).toMatchObject({ verdict: 'open', completed: true });
    return number;
  };
  const owed = async (passport: string) =>
    (await port.list('declarant', '/api/entry-obligations')).rows.find(
      (row: { passport: string }) => row.passport === passport,
    );
  const declare = (id: string, bill: string, passportNo: string, count = 10) =>
    port.file(id, bill, {
      modes: { entry: 'enterFirst', line: 'firstLine', zone: ZONE, passportNo },
      packages: { kind: '22', count },
    });

  test('through both gates of the zone, and declared with what entered', async () => {
    await port.lorry(PLATE);
    const passport = await enter('COSU-E1');
    expect(await owed(passport)).toMatchObject({ status: 'open', packages: 10, daysLate: 0 });
    const wrong = await declare('E-1', 'COSU-E1', passport, 9);
    expect(codesOf(wrong.problems)).toEqual(['cargo.entry_packages_differ']);
    expect(await declare('E-2', 'COSU-E1', passport)).toMatchObject({ problems: [] });
    await port.payAll('E-2');
    expect(await port.now('E-2')).toMatchObject({ status: 'released' });
    expect(await owed(passport)).toMatchObject({ status: 'declared', declaration: 'E-2' });
  });

  test('overdue, its enterprise enters nothing first until it has declared', async () => {
    const passport = await enter('COSU-E2');
    const { dueOn } = await owed(passport);
    const ofBill = await port.list('declarant', '/api/entry-obligations?bill=COSU-E2');
    expect(ofBill.rows).toEqual([expect.objectContaining({ passport, status: 'open' })]);
    expect(dueOn).toBe('2026-07-16');
    await port.turnTo('2026-07-20');
    expect(await owed(passport)).toMatchObject({ status: 'overdue', daysLate: 4 });
    await port.manifest('COSU-E3', { consignee });
    const waiting = await passportOver('COSU-E3');
    expect(waiting.outcome).toBe('pending');
    expect(reasonsOf(waiting)).toEqual(['cargo.entry_right_suspended']);

    expect(await declare('E-3', 'COSU-E2', passport)).toMatchObject({ problems: [] });
    expect(await owed(passport)).toMatchObject({ status: 'declared', daysLate: 4 });
    const again = `/api/passports/${waiting.number}/reconsider`;
    expect(await port.done('declarant', 'POST', again)).toMatchObject({ state: 'approved' });
  });
});

describe('batched movements', () => {
  const PLATE = '沪A20002';
  const FIRST = '2026-08-03';
  let bills = 0;
  const opened = async (id: string, changes: Partial<BatchContentInput>) => {
    const content = application([goods(1, { cap: '100', securityPerUnit: '10' })], {
      ...{ deposit: '800', validFrom: FIRST, validTo: '2026-08-10', ...changes },
    });
    const guarantee = {
      ...{ id: `G-${id}`, payer: port.broker, office: '2225', kind: 'total', form: 'bank' },
      ...{ limit: '1000', validFrom: '2026-01-01', validTo: '2026-12-31' },
      ...{ guarantor: '浦东银行', reference: id },
    };
    await port.done('declarant', 'POST', '/api/duty/guarantees', guarantee);
    await port.done('officer', 'POST', `/api/duty/guarantees/G-${id}/answer`, { approve: true });
    await port.done('declarant', 'POST', '/api/batches', { id, content });
    await port.done('officer', 'POST', `/api/batches/${id}/answer`, { approve: true });
  };
  const draw = async (
    batch: string,
    quantity: string,
  ): Promise<{ id: string; codes: string[] }> => {
    const id = `SB-${++bills}`;
    const lines = [
      { lineNo: 1, quantity, netMassKg: quantity, grossMassKg: quantity, packages: 1 },
    ];
    const { results } = await port.done('declarant', 'POST', '/api/stock-bills/bulk', {
      bills: [{ id, application: batch, lines }],
    });
    const errors = results[0].problems.filter(
      ({ severity }: { severity?: string }) => severity !== 'warning',
    );
    return { id, codes: codesOf(errors) };
  };
  const balanceOf = async (batch: string) =>
    (await port.list('declarant', `/api/batches/${batch}`)).balances[0];
  /** One vehicle out of the zone with a bill, past the inner gate and the outer one. */
  const carry = async (bill: string, kg: number): Promise<void> => {
    const { outcome } = await port.apply(PLATE, {
      ...{ type: 'secondLine', line: 'second', direction: 'out', goodsGrossKg: String(kg) },
      papers: [{ kind: 'stockBill', no: bill }],
    });
    expect(outcome).toBe('approved');
    for (const gate of ['WGP-B', 'WGP-A']) {
      port.pass(3);
      const at = { id: port.next('G'), gate, plate: PLATE, lane: 'out-1' } as const;
      // The bridge swings a little: no two readings are alike.
      const swing = gate === 'WGP-A' ? 2 : 4;
      expect(await port.read({ ...at, kg: String(5000 + kg + swing) })).toMatchObject({
        verdict: 'open',
      });
    }
    await port.platform.followers.catchUp();
  };

  test('a week through the gates becomes one declaration whose totals agree; duty is due once', async () => {
    await port.turnTo(FIRST);
    await port.lorry(PLATE);
    await opened('BA-1', {});
    const quantities = [11, 12, 13, 14, 15];
    for (const [index, quantity] of quantities.entries()) {
      await port.turnTo(`2026-08-0${3 + index}`);
      const bill = await draw('BA-1', String(quantity));
      expect(bill.codes).toEqual([]);
      await carry(bill.id, quantity);
    }
    expect(await balanceOf('BA-1')).toMatchObject({ reserved: '0', crossed: '65', declared: '0' });

    // 15 more would owe 800 in all; one more than that is more than the deposit, and than the cap 35.
    expect((await draw('BA-1', '16')).codes).toEqual(['cargo.batch_deposit_exhausted']);
    expect((await draw('BA-1', '36')).codes).toContain('cargo.batch_over_cap');

    const request = { id: 'BA-1-W1' };
    const path = '/api/batches/BA-1/consolidations';
    const consolidated = await port.done('declarant', 'POST', path, request);
    expect(await port.done('declarant', 'POST', path, request)).toMatchObject({ id: 'BA-1-W1' });
    expect(consolidated).toMatchObject({ status: 'declared', movements: 5 });
    expect(consolidated.declarations).toMatchObject([{ lines: 1, totalValue: '325' }]);
    const [{ id }] = consolidated.declarations;
    const { content } = await port.now(id);
    expect(content).toMatchObject({ packages: { count: 5 }, grossMassKg: '65', totalValue: '325' });
    expect(content.lines).toMatchObject([{ quantity: '65', netMassKg: '65' }]);

    const { totals } = await port.done('auditor', 'GET', `/api/duty/bills?q=BA-1`);
    expect(totals.bills).toBe(1);
    await port.payAll(id);
    expect(await port.now(id)).toMatchObject({ status: 'released' });
    expect(await balanceOf('BA-1')).toMatchObject({ crossed: '65', declared: '65' });
    // Declared, it burdens the deposit no more.
    const more = await draw('BA-1', '16');
    expect(more.codes).toEqual([]);
    await carry(more.id, 16);
  });

  test('after its last day nothing is drawn; the month nobody asked for is declared by itself', async () => {
    await port.turnTo('2026-08-11');
    expect((await draw('BA-1', '1')).codes).toEqual(['cargo.batch_validity_over']);
    await port.turnTo('2026-09-01');
    const { rows } = await port.list('declarant', '/api/batches/BA-1/consolidations');
    expect(rows).toMatchObject([{ id: 'BA-1-202608', status: 'declared', movements: 1 }, {}]);
    expect(await balanceOf('BA-1')).toMatchObject({ crossed: '81', declared: '81' });
  });
});

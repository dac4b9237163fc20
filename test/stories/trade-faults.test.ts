// What goes wrong where ships, gates and money meet, and what the port says of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localDateOf } from '../../src/kernel/dates.ts';
import { openTradePort, type TradePort } from './trade.ts';

let port: TradePort;
beforeAll(async () => {
  port = await openTradePort();
});
afterAll(() => port?.close());

const codesOf = (refusals: { code: string }[]): string[] => refusals.map(({ code }) => code);

describe('on paper', () => {
  test('goods of one bill declared twice at the same moment: one is accepted, the other told why', async () => {
    await port.manifest('COSU-F1');
    const answers = await Promise.all([
      port.file('F-1', 'COSU-F1'),
      port.file('F-2', 'COSU-F1', { remarks: 'again' }),
    ]);
    const outcomes = answers.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['accepted', 'returned']);
    const { claims } = (await port.bill('COSU-F1')).bill;
    expect(claims).toHaveLength(1);
  });

  test('a payment that arrives short, then twice, then under the same number with another amount', async () => {
    await port.manifest('COSU-F3');
    await port.file('F-3', 'COSU-F3');
    await port.report('arrival', { number: 'COSU-F3' });
    const { outstanding } = await port.tax('F-3');
    const short = (Number(outstanding) - 1).toFixed(2);
    expect(await port.pay('F-3', 'P-1', short)).toMatchObject({
      ...{ outcome: 'paidShort', outstanding: '1.00', repeated: false },
    });
    expect(await port.pay('F-3', 'P-1', short)).toMatchObject({ repeated: true });
    const path = '/api/duty/bills/F-3/payments';
    const other = { id: 'P-1', amount: '5.00', reference: 'bank P-1' };
    expect((await port.as('declarant', 'POST', path, other)).status).toBe(409);
    expect(await port.conditionsOf('F-3')).toMatchObject({ taxPaidOrGuaranteed: 'unmet' });
    expect(await port.pay('F-3', 'P-2', '3.00')).toMatchObject({
      ...{ outcome: 'overpaid', outstanding: '0.00', credit: '2.00' },
    });
    expect(await port.now('F-3')).toMatchObject({ status: 'released' });
  });

  test('a guarantee that is exhausted: the tax is payable at once, and the bill says why', async () => {
    const guarantee = {
      ...{ id: 'TG-1', payer: port.importer, office: '2225', kind: 'total', form: 'bank' },
      ...{ limit: '10000', validFrom: '2026-01-01', validTo: '2026-12-31' },
      ...{ guarantor: '浦东银行', reference: 'L-1' },
    };
    await port.done('window', 'POST', '/api/duty/guarantees', guarantee);
    await port.done('officer', 'POST', '/api/duty/guarantees/TG-1/answer', { approve: true });
    for (const id of ['F-4', 'F-5']) {
      await port.manifest(`COSU-${id}`);
      await port.file(id, `COSU-${id}`);
    }
    expect(await port.tax('F-4')).toMatchObject({ status: 'guaranteed', unsecured: null });
    expect(await port.tax('F-5')).toMatchObject({
      ...{ status: 'payable', unsecured: { code: 'duty.guarantee_exhausted' } },
    });
    expect(await port.conditionsOf('F-4')).toMatchObject({ taxPaidOrGuaranteed: 'met' });
    expect(await port.conditionsOf('F-5')).toMatchObject({ taxPaidOrGuaranteed: 'unmet' });
  });
});

describe('at the gate', () => {
  const PLATE = '沪A30003';
  /** A passport into the zone, over a bill whose goods are declared later. */
  const over = async (plate: string, bill: string): Promise<string> => {
    const { number, outcome } = await port.apply(plate, {
      ...{ type: 'enterFirstDeclareLater', line: 'first', direction: 'in', goodsGrossKg: '1050' },
      papers: [{ kind: 'bill', no: bill }],
    });
    expect(outcome).toBe('approved');
    return number;
  };
  const shipped = async (bill: string): Promise<string> => {
    const consignee = { uscc: port.broker, name: '上海江海报关有限公司', country: 'CN' };
    await port.manifest(bill, { consignee });
    return bill;
  };
  const at = (id: string, gate: string, kg = '6055', plate = PLATE) =>
    port.read({ id, gate, plate, kg });

  test('a bridge that reads zero accuses nobody: the vehicle waits, and an officer opens', async () => {
    await port.lorry(PLATE);
    const passport = await over(PLATE, await shipped('COSU-G1'));
    const answer = await at('Z-1', 'WGP-1', '0');
    expect(answer).toMatchObject({ verdict: 'wait', completed: false });
    expect(codesOf(answer.reasons)).toEqual(['cargo.weight_zero']);
    const opened = await port.done('officer', 'POST', '/api/gates/readings/Z-1/decision', {
      ...{ decision: 'open', reason: 'readingFaulty', note: '地磅故障，人工核放' },
    });
    expect(opened).toMatchObject({ verdict: 'open', passport });
  });

  test('one vehicle at two gates in the same minute is in one place; the other gate keeps it', async () => {
    expect(await at('Z-2', 'WGP-1B', '6052')).toMatchObject({ verdict: 'open', completed: true });
    const elsewhere = await at('Z-3', 'WGQ-1', '6053');
    expect(elsewhere.verdict).toBe('refuse');
    expect(codesOf(elsewhere.reasons)).toContain('cargo.vehicle_at_two_gates');
    expect(await at('Z-2', 'WGP-1B', '6052')).toMatchObject({ verdict: 'open', repeated: true });
  });

  test('a passport after its last day opens nothing, and its goods are free for another', async () => {
    const plate = await port.lorry('沪A40004');
    const bill = await shipped('COSU-G2');
    await over(plate, bill);
    await port.turnTo('2026-07-12');
    const answer = await at('Z-5', 'WGP-1', '6055', plate);
    expect(answer.verdict).toBe('refuse');
    expect(codesOf(answer.reasons)).toContain('cargo.passport_expired');
    await over(await port.lorry('沪A50005'), bill);
  });

  test('a gate without the system goes by its list, and tells afterwards, twice and out of order', async () => {
    const declared = { id: 'DT-1', from: port.clock.now(), reason: '网络故障' };
    await port.done('supervisor', 'POST', '/api/downtimes', declared);
    const { passports } = await port.done('terminal', 'GET', '/api/gates/WGP-1/offline-list');
    const [listed] = passports;
    expect(passports).toHaveLength(1);
    expect(listed).toMatchObject({ plate: '沪A50005', next: 'outer', expectedKg: '6050' });

    const reading = (id: string, gate: string, plate: string, kg: string, minutes: number) => ({
      ...{ id, gate, lane: 'in-1', plate, weighing: { kg }, passed: true, onDuty: '值班员' },
      occurredAt: new Date(Date.parse(port.clock.now()) + minutes * 60_000).toISOString(),
    });
    const readings = [
      reading('OFF-2', 'WGP-1B', '沪A50005', '6051', 9),
      reading('OFF-3', 'WGP-1', '沪A66666', '8000', 12),
      reading('OFF-1', 'WGP-1', '沪A50005', '6052', 4),
    ];
    port.pass(30);
    await port.done('supervisor', 'POST', '/api/downtimes/DT-1/end', { note: '已恢复' });
    const path = '/api/gates/offline-readings';
    const { results } = await port.done('terminal', 'POST', path, { readings });
    expect(results).toMatchObject([
      { reading: 'OFF-2', outcome: 'accepted' },
      { reading: 'OFF-3', outcome: 'flagged', caseId: expect.any(String) },
      { reading: 'OFF-1', outcome: 'accepted' },
    ]);
    const again = await port.done('terminal', 'POST', path, { readings });
    for (const each of again.results) expect(each.repeated).toBe(true);
    const { passport } = await port.list('officer', `/api/passports/${listed.number}`);
    expect(passport.crossings.map(({ reading: id }: { reading: string }) => id)).toEqual([
      'OFF-1',
      'OFF-2',
    ]);
    const { rows } = await port.list('declarant', '/api/entry-obligations');
    const owed = rows.filter((row: { passport: string }) => row.passport === listed.number);
    expect(owed).toHaveLength(1);
  });
});

describe('at midnight', () => {
  test('whichever way a filing meets midnight, its number, its tax and its rate are of one day', async () => {
    const rates: Record<string, string> = { '2026-07-31': '8.3617', '2026-08-01': '8.3352' };
    await port.turnTo('2026-07-31');
    const seen = new Set<string>();
    for (const moment of [1, 2, 3, 4, 6, 8, 12]) {
      const id = `N-${moment}`;
      port.strikesTwelveAfter('2026-07-31T15:59:59.999Z', moment);
      const { outcome, problems } = await port.file(id, `COSU-${id}`);
      expect({ outcome, problems }).toEqual({ outcome: 'accepted', problems: [] });
      const { acceptedAt } = await port.now(id);
      const { on, assessment } = await port.tax(id);
      expect(on).toBe(localDateOf(acceptedAt));
      expect(JSON.stringify(assessment)).toContain(rates[on]);
      seen.add(on);
    }
    expect([...seen].sort()).toEqual(['2026-07-31', '2026-08-01']);
  });
});

// Ways of declaring, told from filing to their end: in two steps, admitted in two stages, in transit.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import { cleanExamination } from './port.ts';
import { onBill, openTradePort, SUMMARY, type TradePort } from './trade.ts';

let port: TradePort;
beforeAll(async () => {
  port = await openTradePort();
});
afterAll(() => port?.close());

const clockOf = async (id: string, kind: string) =>
  (await port.now(id)).clocks.find((clock: { kind: string }) => clock.kind === kind);
const casesOf = async (id: string) =>
  (await port.list('supervisor', '/api/cases')).cases.filter(
    (each: { consignment: string }) => each.consignment === id,
  );

describe('two stages', () => {
  test('goods are removed when the port is done, under a conditional notice; used when quarantine is', async () => {
    await port.done('supervisor', 'POST', '/api/prohibitions/load', {
      ...{ source: 'a story', version: '1' },
      rules: [
        {
          ...{ id: 'gears', label: { zh: '齿轮检验', en: 'Inspection of gears' } },
          ...{ hs: ['8483'], ieFlag: 'I', legalBasis: '进出口商品检验法', from: '2026-01-01' },
          effect: {
            ...{ kind: 'check', authority: 'customs', topic: 'productSafety' },
            ...{ visit: false, days: 5, percent: 100 },
          },
        },
      ],
    });
    const [line] = content().lines;
    await port.manifest('COSU-S1');
    await port.file('S-1', 'COSU-S1', {
      modes: { admission: 'twoStage' },
      lines: [{ ...line, lineNo: 1, hsCode: '8483409000', description: '齿轮箱' }],
    });
    await port.payAll('S-1');
    await port.report('arrival', { number: 'COSU-S1' });
    expect(await port.now('S-1')).toMatchObject({ status: 'removed', releasedAt: null });
    expect(await clockOf('S-1', 'releaseForUse')).toMatchObject({ metAt: null, overdue: false });
    expect(await port.releases('S-1')).toMatchObject([
      { notice: { conditional: { kind: 'removal', conditions: ['quarantineCleared'] } } },
    ]);

    const [check] = (await port.list('officer', '/api/checks?status=pending&owner=2225')).items;
    port.pass(60);
    await port.done('officer', 'POST', `/api/checks/${check.id}/answer`, { outcome: 'passed' });
    expect(await port.now('S-1')).toMatchObject({ status: 'released' });
    expect(await clockOf('S-1', 'releaseForUse')).toMatchObject({ metAt: port.clock.now() });
    // The goods left by the notice of their removal: there is no second one.
    expect(await port.releases('S-1')).toHaveLength(1);
  });
});

describe('transit', () => {
  test('goods travel under seal to an inland office; where a seal differs they are examined there', async () => {
    const modes = { transit: 'transit', transitOffice: '2244' } as const;
    for (const id of ['T-1', 'T-2']) {
      await port.manifest(`COSU-${id}`);
      expect(await port.file(id, `COSU-${id}`, { modes })).toMatchObject({ problems: [] });
      await port.payAll(id);
      await port.report('arrival', { number: `COSU-${id}` });
      expect(await port.conditionsOf(id)).toMatchObject({ transitEnded: 'unmet' });
      await port.done('officer', 'POST', `/api/declarations/${id}/transit-start`, {
        seals: ['HG000001'],
      });
    }
    expect(await clockOf('T-1', 'endTransit')).toMatchObject({ dueOn: '2026-07-09' });
    const premises = '内陆监管场所';
    await port.done('inland', 'POST', '/api/declarations/T-1/transit-end', {
      ...{ premises, seals: ['HG000001'], intact: true },
    });
    expect(await port.now('T-1')).toMatchObject({
      status: 'released',
      transit: { from: '2225', to: '2244', intact: true },
    });
    await port.done('inland', 'POST', '/api/declarations/T-2/transit-end', {
      ...{ premises, seals: ['HG999999'], intact: true },
    });
    expect(await port.now('T-2')).toMatchObject({
      ...{ status: 'examination', transit: { intact: false }, examinations: [{ office: '2244' }] },
    });
    await port.done('inland', 'POST', '/api/declarations/T-2/examinations', cleanExamination);
    expect(await port.now('T-2')).toMatchObject({ status: 'released' });
  });
});

describe('two steps', () => {
  const WHOLE = { filing: 'twoStep' } as const;
  const arrive = async (id: string) => {
    await port.manifest(`COSU-${id}`);
    const filed = await port.file(id, `COSU-${id}`, SUMMARY);
    expect(filed).toMatchObject({ outcome: 'accepted', problems: [] });
    await port.payAll(id);
    await port.report('arrival', { number: `COSU-${id}` });
  };
  const complete = (id: string, totalValue = '5000') =>
    port.done('declarant', 'POST', `/api/declarations/${id}/complete`, {
      content: content(onBill(`COSU-${id}`, { ...WHOLE, totalValue })),
    });

  test('released on its summary, completed within fourteen days; the tax is assessed on the whole', async () => {
    await arrive('W-1');
    await arrive('W-2');
    expect(await port.now('W-1')).toMatchObject({ status: 'released', completedAt: null });
    expect(await clockOf('W-1', 'completeDeclaration')).toMatchObject({ dueOn: '2026-07-15' });
    const before = await port.tax('W-1');
    await complete('W-1');
    expect(await clockOf('W-1', 'completeDeclaration')).toMatchObject({ overdue: false });
    const after = await port.tax('W-1');
    expect(after).toMatchObject({ outstanding: '0.00', credit: '0.00', paid: before.paid });
  });

  test('the other is warned, then late: a case, and a late-declaration fee once it is completed', async () => {
    await port.turnTo('2026-07-13');
    expect(await port.kindsOf('W-2')).toContain('clockWarned');
    await port.turnTo('2026-07-20');
    await port.turnTo('2026-07-21');
    expect((await port.kindsOf('W-2')).filter((kind) => kind === 'clockExpired')).toHaveLength(1);
    expect(await clockOf('W-2', 'completeDeclaration')).toMatchObject({ overdue: true });
    expect(await casesOf('W-2')).toMatchObject([{ status: 'open' }]);
    await complete('W-2');
    expect(await casesOf('W-2')).toMatchObject([{ status: 'closed' }]);
    const bill = await port.tax('W-2');
    const fee = bill.items.find(({ item }: { item: string }) => item === 'lateDeclarationFee');
    expect(Number(fee?.outstanding)).toBeGreaterThan(0);
    await port.payAll('W-2');
    expect(await port.tax('W-2')).toMatchObject({ outstanding: '0.00', status: 'settled' });
  });
});

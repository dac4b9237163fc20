// A consignment from the ship to the gate: every condition with its owner and clock, met by whom it
// concerns, and the release told to the terminal by events, with no click between.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IMPORTER } from '../../src/contexts/clearance/fixtures.ts';
import { readStream } from '../../src/platform/event-log/event-log.ts';
import { ACID, ACID_PERMIT, openTradePort, type TradePort } from './trade.ts';

let port: TradePort;
beforeAll(async () => {
  port = await openTradePort();
  await port.done('supervisor', 'POST', '/api/prohibitions/load', {
    ...{ source: 'a story', version: '1' },
    rules: [
      {
        ...{ id: 'acid-by-sea', label: { zh: '船舶载运硫酸', en: 'Acid by sea' } },
        ...{ hs: ['2807'], ieFlag: 'I', legalBasis: '海上交通安全法', from: '2026-01-01' },
        effect: {
          ...{ kind: 'check', authority: 'maritime', topic: 'dangerousGoods' },
          ...{ visit: false, days: 1, percent: 100 },
        },
      },
    ],
  });
});
afterAll(() => port?.close());

test('acid from abroad: manifest, permit, another authority, tax, arrival, release, tally', async () => {
  const filed = await port.file('A-1', 'COSU-A1', ACID);
  expect(filed).toMatchObject({ outcome: 'accepted', problems: [] });
  const waiting = (await port.now('A-1')).conditions.filter(
    ({ status }: { status: string }) => status === 'unmet',
  );
  expect(waiting).toMatchObject([
    { kind: 'arrivalConfirmed', dueAt: null },
    { kind: 'manifestMatched', owner: 'carrier' },
    { kind: 'permitsWrittenDown', owner: 'issuingAuthority' },
    { kind: 'authorityCleared', owner: 'maritime', dueAt: '2026-07-03T02:00:00.000Z' },
    { kind: 'taxPaidOrGuaranteed', owner: IMPORTER, dueAt: '2026-07-17T15:59:59.999Z' },
  ]);
  for (const { since, legalBasis } of waiting) {
    expect(since).toBe(port.clock.now());
    expect(legalBasis).not.toBe('');
  }

  port.pass(30);
  const issued = await port.done('commerce', 'POST', '/api/permits', { permits: [ACID_PERMIT] });
  expect(issued.results).toMatchObject([{ outcome: 'issued', matched: ['A-1'] }]);
  port.pass(30);
  const [check] = (await port.list('authority', '/api/checks?status=pending')).items;
  expect(check).toMatchObject({ declaration: 'A-1', topic: 'dangerousGoods', overdue: false });
  const pause = { code: 'awaitingDocuments', note: '请补交安全数据单' };
  await port.done('authority', 'POST', `/api/checks/${check.id}/pause`, pause);
  port.pass(60);
  await port.done('authority', 'POST', `/api/checks/${check.id}/resume`, { note: '已收到' });
  const [resumed] = (await port.list('authority', '/api/checks?status=pending')).items;
  expect(resumed.dueAt).toBe('2026-07-03T03:00:00.000Z');
  await port.done('authority', 'POST', `/api/checks/${check.id}/answer`, { outcome: 'passed' });

  await port.manifest('COSU-A1', { packages: 60, grossMassKg: '61000', description: '硫酸' });
  await port.payAll('A-1');
  expect(await port.conditionsOf('A-1')).toMatchObject({
    manifestMatched: 'met',
    permitsWrittenDown: 'met',
    authorityCleared: 'met',
    taxPaidOrGuaranteed: 'met',
    arrivalConfirmed: 'unmet',
  });
  port.pass(60);
  await port.report('arrival', { number: 'COSU-A1' });

  const released = await port.now('A-1');
  expect(released).toMatchObject({ status: 'released', untouched: true });
  for (const { status, since, metAt } of released.conditions) {
    if (status === 'met') expect(since <= metAt && metAt <= port.clock.now()).toBe(true);
    else expect(status).toBe('notApplicable');
  }
  const permit = await port.done('commerce', 'GET', '/api/permits/2-P1');
  expect(permit).toMatchObject({
    quantityLeft: '40',
    uses: [{ declaration: 'A-1', status: 'writtenDown', quantity: '60' }],
  });
  const where = await port.done('declarant', 'GET', '/api/bills/COSU-A1/where');
  expect(where).toMatchObject({ stage: 'released' });
});

test('the terminal knows of it once, however often it says so; what it then counts opens a case', async () => {
  expect(await port.releases('A-1')).toMatchObject([{ id: 'A-1-R1', status: 'notified' }]);
  const { items } = await port.done('terminal', 'GET', '/api/releases/feed');
  expect(items).toMatchObject([{ release: 'A-1-R1', toAcknowledge: 'notice' }]);
  const twice = { acknowledgements: [{ release: 'A-1-R1' }, { release: 'A-1-R1' }] };
  for (let time = 0; time < 2; time += 1) {
    const { results } = await port.done(
      'terminal',
      'POST',
      '/api/releases/acknowledgements',
      twice,
    );
    expect(results).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  }
  const stream = await readStream(port.db, 'release:A-1-R1');
  expect(stream.map(({ kind }) => kind)).toEqual([
    'cargo.releaseNotified',
    'cargo.releaseAcknowledged',
  ]);
  expect((await port.done('terminal', 'GET', '/api/releases/feed')).items).toEqual([]);

  const { bills } = await port.report('tally', { number: 'COSU-A1', packages: 59 });
  expect(bills).toMatchObject([{ outcome: 'recorded', cases: [expect.any(String)] }]);
  expect((await port.bill('COSU-A1')).bill.discrepancies).toMatchObject([
    { kind: 'short', caseId: bills[0].cases[0] },
  ]);
});

test('a cancelled declaration gives back its bill, its permit and its tax, which is refunded by two', async () => {
  const changes = { ...ACID, totalValue: '4000', netMassKg: '40000', grossMassKg: '40500' };
  const [line] = ACID.lines ?? [];
  const forty = {
    ...changes,
    packages: { kind: '22', count: 40 },
    lines: [{ ...line, lineNo: 1, quantity: '40', netMassKg: '40000', value: '4000' }],
  };
  await port.manifest('COSU-A2', { packages: 40, grossMassKg: '40500', description: '硫酸' });
  expect(await port.file('A-2', 'COSU-A2', forty)).toMatchObject({ problems: [] });
  expect(await port.file('A-3', 'COSU-A2', forty)).toMatchObject({ outcome: 'returned' });
  await port.payAll('A-2');
  const { paid } = await port.tax('A-2');
  expect(Number(paid)).toBeGreaterThan(0);

  await port.done('declarant', 'POST', '/api/declarations/A-2/cancel', { note: '货物退运' });
  expect((await port.bill('COSU-A2')).bill.claims).toEqual([]);
  expect(await port.done('commerce', 'GET', '/api/permits/2-P1')).toMatchObject({
    quantityLeft: '40',
  });
  expect(await port.tax('A-2')).toMatchObject({
    ...{ status: 'reversed', outstanding: '0.00', credit: paid, refundable: paid },
  });
  const [check] = (await port.list('authority', '/api/checks?status=pending')).items;
  expect(check?.declaration).not.toBe('A-2');

  const path = '/api/duty/bills/A-2/refunds';
  const refund = { id: 'RF-1', amount: paid, reason: 'cancelled' };
  await port.done('officer', 'POST', path, refund);
  const answer = `${path}/RF-1/answer`;
  expect(await port.refused('officer', answer, { approve: true })).toHaveLength(1);
  await port.done('officer2', 'POST', answer, { approve: true });
  const paidOut = await port.done('officer', 'POST', `${path}/RF-1/pay-out`, { reference: 'T1' });
  expect(paidOut).toMatchObject({ credit: '0.00', refunds: [{ status: 'paidOut', amount: paid }] });
  expect(await port.done('auditor', 'GET', '/api/duty/ledger/check')).toMatchObject({
    ...{ balanced: true, postings: [], bills: [], guarantees: [] },
  });
  // The same goods may be declared again, under another number.
  expect(await port.file('A-4', 'COSU-A2', forty)).toMatchObject({ problems: [] });
});

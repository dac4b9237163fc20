// A manufacturer's period is written off. Lists are posted when declarations are released and goods have crossed, work
// orders use them, the store is counted, and the filing is examined by nobody: only the duty on what is missing is
// asked for, and paid. Where a person is needed, two officers look, and still no duty is waived.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTradePort, type TradePort } from './trade.ts';

const PLATE = '沪A30003';
let port: TradePort;
beforeAll(async () => {
  port = await openTradePort();
  await port.lorry(PLATE);
});
afterAll(() => port?.close());

const STEEL = { kind: 'material', description: '镀锌钢板', unit: '035', hsCode: '7210490000' };
const at = (ledger: string, rest = '') => `/api/bonded/ledgers/${ledger}${rest}`;
const lines = (...said: [string, string][]) => said.map(([part, quantity]) => ({ part, quantity }));

async function openLedger(id: string): Promise<void> {
  const ledger = {
    ...{ id, enterprise: port.broker, name: '江海自行车', office: '2225', mode: 'workOrder' },
    opensOn: '2026-07-01',
  };
  await port.done('declarant', 'POST', '/api/bonded/ledgers', { ledger });
  await port.done('officer', 'POST', at(id, '/answer'), { approve: true, note: '' });
  await port.done('declarant', 'POST', at(id, '/parts'), {
    parts: [
      { part: 'STEEL', ...STEEL },
      { part: 'PAINT', kind: 'material', unit: '035' },
      { part: 'FRAME', kind: 'finished', unit: '007' },
    ],
  });
  await port.done('declarant', 'POST', at(id, '/consumption'), {
    consumption: [
      {
        ...{ product: 'FRAME', version: '1', part: 'STEEL', net: '9.8' },
        ...{ intangibleLossRate: '0.02', evidence: '备案单耗', from: '2026-07-01' },
      },
    ],
  });
}

/** A day of the ERP: events in the order they happened, an hour apart. */
async function post(ledger: string, day: string, ...events: object[]): Promise<void> {
  const { answers } = await port.done('declarant', 'POST', at(ledger, '/events'), {
    events: events.map((event, hour) => ({
      ...{ id: port.next('ERP'), occurredAt: `${day}T0${hour + 1}:00:00.000Z` },
      ...event,
    })),
  });
  expect(answers.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
    events.map(() => 'applied'),
  );
}
const order = (id: string, steel: string, frames: string) => [
  { kind: 'orderOpened', order: id, product: 'FRAME', version: '1' },
  { kind: 'issued', order: id, lines: lines(['STEEL', steel]) },
  { kind: 'received', order: id, lines: lines(['FRAME', frames]) },
  { kind: 'orderClosed', order: id },
];

/** The store is counted on the last evening of July, closed and explained. */
async function count(ledger: string, ...found: [string, string, string][]): Promise<string> {
  const id = `${ledger}-07`;
  await port.done('declarant', 'POST', at(ledger, '/stocktakes'), { id });
  await port.done('declarant', 'POST', at(ledger, `/stocktakes/${id}/tags`), {
    tags: found.map(([part, stock, quantity], index) => ({
      ...{ tag: `T${index + 1}`, part, stock, quantity, countedAt: '2026-07-31T10:00:00.000Z' },
    })),
  });
  await port.done('declarant', 'POST', at(ledger, `/stocktakes/${id}/close`), {});
  await port.done('declarant', 'POST', at(ledger, `/stocktakes/${id}/explain`), {});
  return id;
}
const rowOf = async (ledger: string, filing: string, part: string) =>
  (await port.list('officer', at(ledger, `/filings/${filing}/rows?q=${part}`))).rows[0];
const filingOf = async (ledger: string, filing: string) =>
  (await port.list('declarant', at(ledger, `/filings/${filing}`))).filing;

describe('a period that nobody has to look at', () => {
  const LEDGER = 'H22250000101';
  const LIST = 'QD222526I000000001';
  const list = {
    ...{ no: LIST, direction: 'in', declaration: 'WO-D1' },
    lines: [
      {
        ...{ lineNo: 1, part: 'STEEL', quantity: '1000' },
        ...{ value: '200000', currency: 'USD', origin: 'DE' },
      },
    ],
  };
  const listNow = async () => (await port.list('declarant', at(LEDGER, `/lists/${LIST}`))).list;

  test('a list is pre-posted by the release, and posted when all of it has crossed', async () => {
    await openLedger(LEDGER);
    await port.manifest('COSU-WO1');
    await port.file('WO-D1', 'COSU-WO1');
    await port.done('declarant', 'POST', at(LEDGER, '/lists'), { list });
    expect(await listNow()).toMatchObject({ posting: 'notPosted', passports: 0 });
    await port.report('arrival', { number: 'COSU-WO1' });
    await port.payAll('WO-D1');
    expect(await listNow()).toMatchObject({ posting: 'prePosted' });

    await port.done('declarant', 'PUT', '/api/gate-papers', {
      ...{ kind: 'list', no: LIST, organisation: port.broker, zone: 'waigaoqiao' },
      ...{ direction: 'in', declaration: 'WO-D1' },
      lines: [{ lineNo: 1, description: '钢板', unit: '035', quantity: '1000' }],
    });
    const carry = async (quantity: string, kg: string) => {
      const { outcome } = await port.apply(PLATE, {
        ...{ type: 'secondLine', line: 'second', direction: 'in', goodsGrossKg: quantity },
        ...{ binding: 'oneListManyVehicles', zone: 'waigaoqiao' },
        papers: [{ kind: 'list', no: LIST, lines: [{ lineNo: 1, quantity }] }],
      });
      expect(outcome).toBe('approved');
      const reading = { id: port.next('G'), gate: 'WGQ-2', plate: PLATE, kg };
      expect(await port.read(reading)).toMatchObject({ verdict: 'open', completed: true });
      port.pass(30);
    };
    await carry('600', '5603');
    expect(await listNow()).toMatchObject({ posting: 'prePosted', passports: 1, entry: null });
    await carry('400', '5405');
    const posted = await listNow();
    expect(posted).toMatchObject({
      posting: 'posted',
      passports: 2,
      entry: { outcome: 'applied' },
    });
    const steel = await port.done('officer', 'GET', at(LEDGER, '/position/STEEL'));
    expect(steel).toMatchObject({ remainder: '1000', lots: [{ document: LIST }] });
    // Told again, it is entered no second time.
    expect(await port.done('declarant', 'POST', at(LEDGER, '/lists'), { list })).toMatchObject({
      list: { version: posted.version },
    });
  });

  test('its filing is drafted from the journal; each figure opens on the entries it is made of', async () => {
    await port.turnTo('2026-08-01');
    await post(LEDGER, '2026-07-10', ...order('W1', '500', '50'));
    const stocktake = await count(
      LEDGER,
      ['STEEL', 'materials', '497'],
      ['FRAME', 'finished', '50'],
    );
    const asked = { id: 'F-1', through: '2026-07-31', stocktake };
    const rehearsed = { ...asked, dryRun: true };
    await port.done('declarant', 'POST', at(LEDGER, '/filings'), rehearsed);
    expect((await port.list('officer', at(LEDGER, '/filings'))).rows).toEqual([]);
    const { filing } = await port.done('declarant', 'POST', at(LEDGER, '/filings'), asked);
    expect(filing).toMatchObject({ status: 'drafted', from: '2026-07-01', number: 1 });
    expect(await rowOf(LEDGER, 'F-1', 'STEEL')).toMatchObject({
      ...{ opening: '0', remainder: '500', shouldRemain: '500', counted: '497' },
      ...{ actualRemain: '497', difference: '-3', rate: '0.003', isWithinTolerance: true },
      ...{ adjustedDown: '3', closing: '497', shortage: '3' },
      figures: { imported: '1000', consumed: '490', intangibleLoss: '10', excessUse: '0' },
      // 600 dollars at 7.2111; 5 % duty, and 13 % of both.
      duty: { value: '4326.66', origin: 'DE', payable: '806.92' },
    });
    const entries = await port.done(
      ...([
        'officer',
        'GET',
        at(LEDGER, '/filings/F-1/entries?part=STEEL&figure=imported'),
      ] as const),
    );
    expect(entries).toMatchObject({ total: '1000', rows: [{ document: LIST, quantity: '1000' }] });
    expect(
      await port.refused('declarant', at(LEDGER, '/filings'), { ...asked, stocktake: null }),
    ).toEqual(['bonded.filing_id_has_other_content']);
  });

  test('signed, it waits for the duty and for nothing else; paid, it is written off', async () => {
    await port.done('declarant', 'POST', at(LEDGER, '/filings/F-1/sign'), {});
    const signed = await filingOf(LEDGER, 'F-1');
    expect(signed).toMatchObject({ status: 'awaitingPayment', reasons: [], caseId: null });
    // 806.92 for thirty days at 0.35 % of a year of 360.
    expect(signed.duty).toMatchObject({
      ...{ state: 'open', bill: 'bonded-filing.F-1', payable: '807.16', interest: '0.24' },
      ...{ interestDays: 30, interestFrom: '2026-07-03' },
    });
    await port.payAll(signed.duty.bill);
    expect(await filingOf(LEDGER, 'F-1')).toMatchObject({
      ...{ status: 'writtenOff', isAutomatic: true, duty: { state: 'paid' } },
    });
    expect(await listNow()).toMatchObject({ posting: 'writtenOff', filing: 'F-1' });
    const steel = await port.done('officer', 'GET', at(LEDGER, '/position/STEEL'));
    expect(steel).toMatchObject({ remainder: '497', accounts: { countLoss: '3' } });
    const forged = { id: 'X', kind: 'countedShort', occurredAt: '2026-07-31T00:00:00.000Z' };
    expect(await port.refused('declarant', at(LEDGER, '/events'), { events: [forged] })).toEqual([
      'bonded.kind_of_customs',
    ]);
  });

  test('its consumption note says what orders used, and by which lists that came in', async () => {
    const asked = { id: 'CMB-1', filing: 'F-1' };
    const note = await port.done('declarant', 'POST', at(LEDGER, '/consumption-notes'), asked);
    expect(note).toMatchObject({
      ...{ number: 1, from: '2026-07-10', through: '2026-07-10', lists: [LIST], scrap: [] },
      lines: [
        { part: 'STEEL', used: '500', embodied: '490', intangibleLoss: '10', excessUse: '0' },
      ],
    });
    expect(await port.done('declarant', 'POST', at(LEDGER, '/consumption-notes'), asked)).toEqual(
      note,
    );
    const ofOrders = { id: 'CMB-2', orders: ['W1', 'W-OPEN'] };
    expect(await port.refused('declarant', at(LEDGER, '/consumption-notes'), ofOrders)).toEqual([
      'bonded.note_order_open',
    ]);
  });

  test('what comes late for it is a supplementary filing’s, and the period stands', async () => {
    const before = await rowOf(LEDGER, 'F-1', 'STEEL');
    await post(LEDGER, '2026-07-20', { kind: 'exported', lines: lines(['FRAME', '20']) });
    await port.turnTo('2026-09-01');
    const august = { id: 'F-2', through: '2026-08-31', stocktake: null };
    expect(await port.refused('declarant', at(LEDGER, '/filings'), august)).toEqual([
      'bonded.filing_supplement_first',
    ]);
    const late = { id: 'F-1S', kind: 'supplementary' };
    await port.done('declarant', 'POST', at(LEDGER, '/filings'), late);
    expect(await rowOf(LEDGER, 'F-1S', 'FRAME')).toMatchObject({
      ...{ opening: '50', remainder: '30', actualRemain: '50', difference: '20', shortage: '0' },
    });
    expect(await rowOf(LEDGER, 'F-1', 'STEEL')).toEqual(before);
    await port.done('declarant', 'POST', at(LEDGER, '/filings/F-1S/withdraw'), { note: '误报' });
    expect(await filingOf(LEDGER, 'F-1S')).toMatchObject({ status: 'withdrawn' });
  });
});

describe('a period that needs a person', () => {
  const LEDGER = 'H22250000102';

  test('beyond tolerance, and worth nobody knows what: it goes to an officer, with its reasons', async () => {
    await openLedger(LEDGER);
    await post(
      LEDGER,
      '2026-07-05',
      { kind: 'imported', document: 'OPENING', lines: lines(['STEEL', '1000'], ['PAINT', '100']) },
      ...order('W2', '600', '50'),
    );
    const found: [string, string, string][] = [
      ['STEEL', 'materials', '400'],
      ['PAINT', 'materials', '130'],
      ['FRAME', 'finished', '50'],
    ];
    const counted = await count(LEDGER, ...found);
    const asked = { id: 'F-9', through: '2026-07-31', stocktake: counted };
    await port.done('declarant', 'POST', at(LEDGER, '/filings'), asked);
    // 110 kg more than fifty frames may use; what paint is over makes up for none of it.
    expect(await rowOf(LEDGER, 'F-9', 'STEEL')).toMatchObject({
      ...{ shouldRemain: '498', actualRemain: '400', shortage: '98', isWithinTolerance: false },
      missing: [{ code: 'bonded.origin_missing' }, { code: 'bonded.value_missing' }],
    });
    expect(await rowOf(LEDGER, 'F-9', 'PAINT')).toMatchObject({ shortage: '0', adjustedUp: '30' });
    await port.done('declarant', 'POST', at(LEDGER, '/filings/F-9/sign'), {});
    const { status, reasons, caseId } = await filingOf(LEDGER, 'F-9');
    expect(status).toBe('atOfficer');
    expect(reasons).toEqual([
      { code: 'bonded.filing_beyond_tolerance', params: { count: 2, rate: '0.006' } },
      { code: 'bonded.filing_cannot_assess', params: { count: 1 } },
    ]);
    expect(await port.done('officer', 'GET', `/api/cases/${caseId}`)).toMatchObject({
      status: 'open',
    });
  });

  test('an officer states what is missing, another confirms, and the duty is guaranteed all the same', async () => {
    const act = at(LEDGER, '/filings/F-9');
    const decision = { decision: 'writeOff', note: '超耗属实，补税核销' };
    expect(await port.refused('officer', `${act}/decide`, decision)).toEqual([
      ...['bonded.origin_missing', 'bonded.value_missing'],
    ]);
    const stated = [{ part: 'STEEL', origin: 'DE', value: '120000', reason: '同期进口价格' }];
    await port.done('officer', 'POST', `${act}/decide`, { ...decision, stated });
    expect(await port.refused('officer', `${act}/confirm`, { agree: true })).toEqual([
      'bonded.filing_another_officer',
    ]);
    await port.done('officer2', 'POST', `${act}/confirm`, { agree: true });
    const { status, duty } = await filingOf(LEDGER, 'F-9');
    expect({ status, state: duty.state }).toEqual({ status: 'awaitingPayment', state: 'open' });

    const guarantee = {
      ...{ id: 'G-F9', payer: port.broker, office: '2225', kind: 'total', form: 'bank' },
      ...{ limit: '100000', validFrom: '2026-01-01', validTo: '2026-12-31' },
      ...{ guarantor: '浦东银行', reference: 'F9' },
    };
    await port.done('declarant', 'POST', '/api/duty/guarantees', guarantee);
    await port.done('officer', 'POST', '/api/duty/guarantees/G-F9/answer', { approve: true });
    await port.done('declarant', 'POST', `/api/duty/bills/${duty.bill}/guarantee`);
    const written = await filingOf(LEDGER, 'F-9');
    expect(written).toMatchObject({ status: 'writtenOff', isAutomatic: false });
    expect(await port.done('officer', 'GET', `/api/cases/${written.caseId}`)).toMatchObject({
      ...{ status: 'closed', outcome: 'writtenOff' },
    });
    const paint = await port.done('officer', 'GET', at(LEDGER, '/position/PAINT'));
    expect(paint).toMatchObject({ remainder: '130', accounts: { countGain: '-30' } });
  });
});

describe('a product that is short', () => {
  const LEDGER = 'H22250000103';

  test('is owed for as the materials its orders really took', async () => {
    await openLedger(LEDGER);
    await port.manifest('COSU-WO3');
    await port.file('WO-D3', 'COSU-WO3');
    const value = { value: '200000', currency: 'USD', origin: 'DE' };
    const list = {
      ...{ no: 'QD222526I000000031', type: 'consolidated', direction: 'in', declaration: 'WO-D3' },
      lines: [{ lineNo: 1, part: 'STEEL', quantity: '1000', ...value }],
    };
    await port.done('declarant', 'POST', at(LEDGER, '/lists'), { list });
    await port.report('arrival', { number: 'COSU-WO3' });
    await port.payAll('WO-D3');
    await port.list('officer', at(LEDGER, '/lists'));
    await post(LEDGER, '2026-07-10', ...order('W3', '500', '50'));
    const stocktake = await count(
      LEDGER,
      ['STEEL', 'materials', '500'],
      ['FRAME', 'finished', '49'],
    );
    const asked = { id: 'F-30', through: '2026-07-31', stocktake };
    await port.done('declarant', 'POST', at(LEDGER, '/filings'), asked);
    // Ten kilograms went into each: two thousand dollars at 7.2063; 5 % duty, and 13 % of both.
    expect(await rowOf(LEDGER, 'F-30', 'FRAME')).toMatchObject({
      ...{ shortage: '1', missing: [], duty: { origin: 'DE', payable: '2687.95' } },
      madeOf: { basis: 'actual', materials: [{ part: 'STEEL', quantity: '10' }] },
    });
    expect(await rowOf(LEDGER, 'F-30', 'STEEL')).toMatchObject({ shortage: '0', madeOf: null });
  });
});

describe('a transfer inside the zone', () => {
  const [OUT, IN] = ['QD222526E000000007', 'QD222526I000000008'];
  const side = (no: string, otherSide: string, direction: 'in' | 'out', quantity = '10') => ({
    list: {
      ...{ no, otherSide, direction, type: 'intraZone' },
      lines: [{ lineNo: 1, part: 'STEEL', quantity }],
    },
  });
  const [FROM, TO] = ['H22250000101', 'H22250000102'];
  const postingOf = async (ledger: string, no: string) =>
    (await port.list('officer', at(ledger, `/lists/${no}`))).list.posting;

  test('without a declaration it is posted on both sides once an officer has accepted both', async () => {
    await port.done('declarant', 'POST', at(FROM, '/lists'), side(OUT, IN, 'out'));
    await port.done('officer', 'POST', at(FROM, `/lists/${OUT}/answer`), { accept: true });
    expect(await postingOf(FROM, OUT)).toBe('prePosted');
    await port.done('declarant', 'POST', at(TO, '/lists'), side(IN, OUT, 'in'));
    expect(await postingOf(FROM, OUT)).toBe('prePosted');
    await port.done('officer', 'POST', at(TO, `/lists/${IN}/answer`), { accept: true });
    expect([await postingOf(FROM, OUT), await postingOf(TO, IN)]).toEqual(['posted', 'posted']);
    const steel = await port.done('officer', 'GET', at(FROM, '/position/STEEL'));
    expect(steel).toMatchObject({ remainder: '487', accounts: { reExport: '10' } });
    const taken = await port.done('officer', 'GET', at(TO, '/position/STEEL'));
    expect(taken.lots).toContainEqual(expect.objectContaining({ document: IN, quantity: '10' }));
  });

  test('a list that only checks the balance is refused where there is not so much', async () => {
    const no = 'QD222526E000000009';
    const asked = side(no, IN, 'out', '500');
    const list = { ...asked.list, type: 'ordinary', otherSide: null, mode: 'checkOnly' };
    expect(await port.refused('declarant', at(FROM, '/lists'), { list })).toEqual([
      'bonded.list_beyond_balance',
    ]);
    const lines = [{ lineNo: 1, part: 'STEEL', quantity: '400' }];
    const fits = { list: { ...list, lines } };
    expect(await port.done('declarant', 'POST', at(FROM, '/lists'), fits)).toMatchObject({
      list: { posting: 'notPosted', conditions: [] },
    });
  });
});

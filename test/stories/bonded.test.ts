// A manufacturer opens a bonded ledger, its ERP sends what really happens, and everybody who may sees the same book:
// what is there, what an order took, and which import line is in which product.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import { filing, openPort, type StoryPort } from './port.ts';

let port: StoryPort;
beforeAll(async () => {
  port = await openPort();
});
afterAll(() => port?.close());

const LEDGER = 'H22250000001';
const at = `/api/bonded/ledgers/${LEDGER}`;
const enterprise = content().parties.declarant?.uscc ?? '';
const yesterday = new Date(Date.now() - 86_400_000).toISOString();

let counted = 0;
const event = (kind: string, more: object = {}) => {
  counted += 1;
  return { id: `ERP-${counted}`, kind, occurredAt: yesterday, ...more };
};
const lines = (...said: [string, string][]) => said.map(([part, quantity]) => ({ part, quantity }));
const post = async (...events: object[]) =>
  (await port.done('declarant', 'POST', `${at}/events`, { events })).answers as {
    event: string;
    outcome: string;
    isRepeat: boolean;
    problems: { code: string }[];
  }[];

test('a ledger is registered by the enterprise and opened by an officer', async () => {
  const ledger = {
    ...{ id: LEDGER, enterprise, name: '江海自行车', office: '2225', mode: 'workOrder' },
    ...{ opensOn: '2026-01-01', beyondStock: 'hold' },
  };
  await port.done('declarant', 'POST', '/api/bonded/ledgers', { ledger });
  const early = await port.as('declarant', 'POST', `${at}/events`, {
    events: [event('orderClosed', { order: 'W0' })],
  });
  expect(early.body.refusals).toMatchObject([{ code: 'bonded.ledger_not_open' }]);
  await port.done('officer', 'POST', `${at}/answer`, { approve: true, note: '' });
  await port.done('declarant', 'POST', `${at}/parts`, {
    parts: [
      { part: 'STEEL', kind: 'material', description: '钢管', unit: '035' },
      { part: 'PAINT', kind: 'material', description: '漆', unit: '035' },
      { part: 'FRAME', kind: 'semiFinished', description: '车架', unit: '007' },
      { part: 'BIKE', kind: 'finished', description: '自行车', unit: '007' },
    ],
  });
  await port.done('declarant', 'POST', `${at}/consumption`, {
    consumption: [
      {
        ...{ product: 'FRAME', version: '1', part: 'STEEL', net: '9' },
        ...{ intangibleLossRate: '0.02', evidence: '备案单耗', from: '2026-01-01' },
      },
    ],
  });
});

test('the ERP sends a day; what came too early goes on by itself, what came twice is done once', async () => {
  const issue = event('issued', { order: 'W1', lines: lines(['STEEL', '100'], ['PAINT', '3']) });
  const day = [
    event('orderOpened', { order: 'W1', product: 'FRAME', planned: '10' }),
    issue,
    event('received', { order: 'W1', lines: lines(['FRAME', '10']) }),
    event('orderClosed', { order: 'W1' }),
  ];
  expect((await post(...day)).map(({ outcome }) => outcome)).toEqual([
    ...['applied', 'held', 'applied', 'held'],
  ]);
  expect((await port.done('officer', 'GET', `${at}/held`)).rows).toHaveLength(2);
  await post(
    event('imported', { document: 'QD0001-1', lines: lines(['STEEL', '60']) }),
    event('imported', { document: 'QD0002-1', lines: lines(['STEEL', '80'], ['PAINT', '10']) }),
  );
  expect((await port.done('officer', 'GET', `${at}/held`)).rows).toEqual([]);
  expect(await post(issue)).toMatchObject([{ isRepeat: true }]);
  const other = await post({ ...issue, lines: lines(['STEEL', '1']) });
  expect(other).toMatchObject([
    { outcome: 'refused', problems: [{ code: 'bonded.event_id_taken' }] },
  ]);
});

test('the position says what must be there, and the order how its use divides', async () => {
  const { rows } = await port.done('supervisor', 'GET', `${at}/position`);
  expect(rows.find(({ part }: { part: string }) => part === 'STEEL')).toMatchObject({
    remainder: '40',
    accounts: {
      ...{ customsIn: '-140', rawMaterial: '40', embodied: '90' },
      ...{ intangibleLoss: '2', excessUse: '8' },
    },
  });
  const order = await port.done('officer', 'GET', `${at}/orders/W1`);
  expect(order).toMatchObject({ product: 'FRAME', isClosed: true, made: '10' });
  expect(order.uses).toMatchObject([
    { part: 'STEEL', used: '100', embodied: '90', intangibleLoss: '2', excessUse: '8' },
    { part: 'PAINT', used: '3', embodied: '3' },
  ]);
});

test('from a bicycle back to its import lines, and forward again', async () => {
  await post(
    event('issued', { order: 'W2', lines: lines(['FRAME', '4']) }),
    event('received', { order: 'W2', lines: lines(['BIKE', '4']) }),
    event('orderClosed', { order: 'W2' }),
  );
  const back = await port.done('officer', 'GET', `${at}/orders/W2/trace`);
  expect(back.madeOf).toMatchObject([
    { level: 0, part: 'FRAME', quantity: '4' },
    { level: 1, part: 'STEEL', document: 'QD0001-1', quantity: '60' },
    { level: 1, part: 'STEEL', document: 'QD0002-1', quantity: '40' },
    { level: 1, part: 'PAINT', document: 'QD0002-1', quantity: '3' },
  ]);
  const forward = await port.done('officer', 'GET', `${at}/trace?part=STEEL&lot=QD0002-1%231`);
  expect(forward.wentInto).toMatchObject([
    { level: 0, part: 'STEEL', order: 'W1', quantity: '40', made: [{ part: 'FRAME' }] },
    { level: 1, part: 'FRAME', order: 'W2', quantity: '4', made: [{ part: 'BIKE' }] },
  ]);
});

test('who has no business with a ledger is refused, and a part nobody registered is told', async () => {
  expect((await port.as('carrier', 'GET', `${at}/position`)).status).toBe(403);
  expect(
    (
      await port.as('officer', 'POST', `${at}/events`, {
        events: [event('orderClosed', { order: 'W1' })],
      })
    ).status,
  ).toBe(403);
  const [answer] = await post(event('issued', { order: 'W3', lines: lines(['BRASS', '1']) }));
  expect(answer?.problems).toMatchObject([{ code: 'bonded.part_unknown', path: 'lines[0].part' }]);
});

describe('goods that a list brings and the ERP tells of as well', () => {
  const [LIST, LATE] = ['QD222526I000000021', 'QD222526I000000022'];
  const list = (no: string, quantity: string) => ({
    list: {
      ...{ no, type: 'consolidated', direction: 'in', declaration: 'BL-1' },
      lines: [{ lineNo: 1, part: 'STEEL', quantity }],
    },
  });
  const told = async (no: string) => {
    await port.platform.followers.catchUp();
    return port.done('officer', 'GET', `${at}/lists/${no}`);
  };
  const steel = async () => (await port.done('officer', 'GET', `${at}/position/STEEL`)).remainder;
  const received = (document: string, quantity: string) =>
    event('imported', { document, lines: lines(['STEEL', quantity]) });
  const reason = { reason: '情报核查', legalBasis: '海关法 第六条' };
  const revoke = () => port.done('officer', 'POST', '/api/declarations/BL-1/revocation', reason);
  const lift = () =>
    port.done('officer', 'POST', '/api/declarations/BL-1/lift-hold', { note: '排除' });

  test('are entered once: by the list, which the receipt confirms; what differs is told', async () => {
    await port.done('declarant', 'POST', '/api/declarations', filing('BL-1'));
    await port.done('terminal', 'POST', '/api/declarations/BL-1/arrival', {
      premises: '外高桥四期',
    });
    await port.done('declarant', 'POST', `${at}/lists`, list(LIST, '100'));
    expect(await told(LIST)).toMatchObject({ list: { posting: 'posted' }, receipts: [] });
    expect(await steel()).toBe('140');
    const receipt = received(`${LIST}-1`, '95');
    expect(await post(receipt)).toMatchObject([{ outcome: 'confirms', isRepeat: false }]);
    expect(await post(receipt)).toMatchObject([{ outcome: 'confirms', isRepeat: true }]);
    expect(await post({ ...receipt, lines: lines(['STEEL', '96']) })).toMatchObject([
      { outcome: 'refused', problems: [{ code: 'bonded.event_id_taken' }] },
    ]);
    expect(await steel()).toBe('140');
    expect((await told(LIST)).receipts).toEqual([
      { part: 'STEEL', listed: '100', received: '95', difference: '-5' },
    ]);
  });

  test('are entered once although the ERP was first', async () => {
    expect(await post(received(LATE, '30'))).toMatchObject([{ outcome: 'applied' }]);
    await port.done('declarant', 'POST', `${at}/lists`, list(LATE, '40'));
    expect(await told(LATE)).toMatchObject({
      list: { posting: 'posted', entry: { outcome: 'applied' } },
      receipts: [{ part: 'STEEL', listed: '40', received: '30', difference: '-10' }],
    });
    expect(await steel()).toBe('180');
  });

  test('go back when the release is taken back, and come again with it', async () => {
    await revoke();
    expect((await told(LIST)).list).toMatchObject({ posting: 'notPosted', postedAt: null });
    expect(await steel()).toBe('70');
    await lift();
    expect((await told(LIST)).list).toMatchObject({
      ...{ posting: 'posted', entry: { event: `bonded-list:${LIST}#2`, outcome: 'applied' } },
    });
    expect(await steel()).toBe('180');
  });

  test('and stay where they are used already: a person has to see to that', async () => {
    await post(event('issued', { order: 'W9', lines: lines(['STEEL', '175']) }));
    await revoke();
    expect((await told(LIST)).list).toMatchObject({
      posting: 'posted',
      conditions: [{ kind: 'released', metAt: null }],
      entry: { outcome: 'refused', problems: [{ code: 'bonded.reversal_of_what_is_gone' }] },
    });
  });
});

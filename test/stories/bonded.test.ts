// A manufacturer opens a bonded ledger, its ERP sends what really happens, and everybody who may sees the same book:
// what is there, what an order took, and which import line is in which product.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { content } from '../../src/contexts/clearance/fixtures.ts';
import { openPort, type StoryPort } from './port.ts';

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

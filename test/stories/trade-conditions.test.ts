// A consignment from the ship to the gate: every condition with its owner and clock, met by whom it
// concerns, and the release told to the terminal by events, with no click between.
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  const { conditions } = await port.now('A-1');
  console.log(JSON.stringify(conditions, null, 1));
});

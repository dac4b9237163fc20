// A file reaches its ledger through the server's own interface: parts first, then what happened, and the
// same file again changes nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { testFolder } from '../../../platform/testing.ts';
import { LedgerEvent } from '../contract.ts';
import { factory } from '../ledgers/fixtures.ts';
import { openLedgers } from '../testing.ts';
import { bring } from './bring.ts';
import { type Ask, remoteInlet } from './inlet.ts';
import { loadLedgerMapping } from './mapping.ts';
import { createRefusedFile } from './refused-file.ts';

const LEDGER = 'H2218-FILE';
let ledgers: Awaited<ReturnType<typeof openLedgers>>;
let ask: Ask;
let place: Awaited<ReturnType<typeof testFolder>>;
beforeAll(async () => {
  place = await testFolder();
  ledgers = await openLedgers('2026-07-20T01:00:00.000Z');
  ask = ledgers.askAs(factory);
  await ledgers.open(LEDGER);
});
afterAll(async () => {
  await ledgers.close();
  await place.remove();
});

async function brought(name: string, mapping: string, ...rows: string[]) {
  const file = await place.write(name, rows.join('\n'));
  const refused = createRefusedFile(`${file}.refused.csv`, ({ code }) => ({ zh: code, en: code }));
  const summary = await bring({
    ...{ file, ledger: LEDGER, stocktake: null, explode: null, inlet: remoteInlet(ask), refused },
    ...{ mapping: await loadLedgerMapping(mapping), progress: () => undefined },
  });
  const { counts } = await refused.end();
  return { ...summary, told: counts.map(({ first }) => [first.line, first.code]) };
}

test('parts and events of a file reach the book, and once', async () => {
  const parts = ['part,kind,unit', 'P,finished,pcs', 'A,material,kg'];
  expect(await brought('parts.csv', 'jianghai-parts', ...parts)).toMatchObject({ sent: 2 });
  const events = [
    'id,kind,occurredAt,order,product,part,quantity,unit,conversion,lot',
    'E1,imported,2026-07-02 08:00,,,A,10,,,L1',
    'E2,orderOpened,2026-07-02 09:00,W1,P,,,,,',
    'E3,issued,2026-07-02 10:00,W1,,A,1500,g,0.001,',
    'E4,issued,2026-07-02 10:00,W1,,NOWHERE,1,,,',
    'E5,received,2026-07-02 11:00,W1,,P,3,,,F1',
  ];
  expect(await brought('events.csv', 'jianghai', ...events)).toMatchObject({
    ...{ rows: 5, sent: 4, outcomes: { applied: 4, refused: 1 } },
    told: [[5, 'bonded.part_unknown']],
  });
  expect(await brought('events.csv', 'jianghai', ...events)).toMatchObject({
    outcomes: { repeated: 4, refused: 1 },
  });
  const { accounts } = await ledgers.bonded.books.part(factory, LEDGER, 'A');
  expect(accounts).toMatchObject({ customsIn: '-10', rawMaterial: '8.5', inProcess: '1.5' });
});

test('what is wrong with many rows is told once, with the first of them', async () => {
  const rows = ['P', 'A'].map((product) => `${product},1,NOWHERE,2,0.01,filed,2026-07-01`);
  const told = await brought(
    'consumption.csv',
    'jianghai-consumption',
    'product,version,part,net,intangibleLossRate,evidence,from',
    ...rows,
  );
  expect(told).toMatchObject({ sent: 0, told: [[2, 'bonded.part_unknown']] });
});

test('a database that is away and answers that are lost keep nothing from being entered, once', async () => {
  let calls = 0;
  const shaky: Ask = async (method, path, body) => {
    calls += 1;
    if (calls === 1) throw new TypeError('fetch failed');
    if (calls === 2) throw new Refused('conflict', { code: 'bonded.ledger_opening' });
    const answer = await ask(method, path, body);
    // Done, and nobody heard of it.
    if (calls === 3) throw new TypeError('fetch failed');
    return answer;
  };
  const event = LedgerEvent.parse({
    ...{ id: 'E9', kind: 'imported', occurredAt: '2026-07-03T00:00:00.000Z' },
    lines: [{ part: 'A', quantity: '5' }],
  });
  const before = (await ledgers.bonded.books.part(factory, LEDGER, 'A')).remainder;
  const inlet = remoteInlet(shaky, { forMs: 10_000, eachMs: 1 });
  expect(await inlet.post(LEDGER, [event])).toMatchObject([{ outcome: 'repeated' }]);
  const { remainder } = await ledgers.bonded.books.part(factory, LEDGER, 'A');
  expect(Number(remainder) - Number(before)).toBe(5);
  const gone: Ask = async () => {
    throw new TypeError('fetch failed');
  };
  await expect(remoteInlet(gone, { forMs: 5, eachMs: 1 }).post(LEDGER, [event])).rejects.toThrow(
    'fetch failed',
  );
});

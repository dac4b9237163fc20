// A file reaches its ledger through the server's own interface: parts first, then what happened, and the
// same file again changes nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import { createManualClock } from '../../../platform/clock.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { testFolder } from '../../../platform/testing.ts';
import type { Actor } from '../../identity/index.ts';
import { type Bonded, openBonded } from '../bonded.ts';
import { factory, ledgerInput, officer } from '../ledgers/fixtures.ts';
import { bondedRoutes } from '../routes.ts';
import { bring } from './bring.ts';
import { type Ask, remoteInlet } from './inlet.ts';
import { loadLedgerMapping } from './mapping.ts';
import { createRefusedFile } from './refused-file.ts';

const LEDGER = 'H2218-FILE';
let database: TestDatabase;
let bonded: Bonded;
let ask: Ask;
let place: Awaited<ReturnType<typeof testFolder>>;
beforeAll(async () => {
  place = await testFolder();
  database = await testDatabase();
  const clock = createManualClock('2026-07-20T01:00:00.000Z');
  const { db, pool } = database;
  bonded = openBonded({ db, pool, clock, log: silentLog, inForce: () => true });
  const app = createHttp<Actor>({
    ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
    authenticate: async () => factory,
  });
  bondedRoutes(app, bonded);
  ask = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.request(path, { method, headers, body: JSON.stringify(body) });
    const said = await answer.json();
    if (!answer.ok) throw new Refused(said.kind, said.refusals);
    return said;
  };
  const { registration } = bonded.ledgers;
  await registration.register(factory, { ledger: ledgerInput(LEDGER) });
  await registration.answer(officer, LEDGER, { approve: true, note: '' });
});
afterAll(async () => {
  await bonded.books.stop();
  await database.drop();
  await place.remove();
});

async function brought(name: string, mapping: string, ...rows: string[]) {
  const file = await place.write(name, rows.join('\n'));
  const refused = createRefusedFile(`${file}.refused.csv`, ({ code }) => ({ zh: code, en: code }));
  const summary = await bring({
    ...{ file, ledger: LEDGER, explode: null, inlet: remoteInlet(ask), refused },
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
  const { accounts } = await bonded.books.part(factory, LEDGER, 'A');
  expect(accounts).toMatchObject({ customsIn: '-10', rawMaterial: '8.5', inProcess: '1.5' });
});

// The same stories as a carrier's system and a terminal's meet them, through HTTP.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import type { Actor } from '../../identity/index.ts';
import { createEngine, loadPolicy } from '../../risk/index.ts';
import { bill, carrier, officer, terminal, voyage } from './fixtures.ts';
import { manifestRoutes } from './routes.ts';
import { createManifests } from './service/index.ts';

let database: TestDatabase;
const people = new Map([carrier, terminal, officer].map((person) => [person.name, person]));
const app = createHttp<Actor>({
  log: silentLog,
  metrics: createMetrics(),
  authenticate: async ({ headers }) => people.get(headers.get('x-person') ?? '') ?? null,
  checkResponses: true,
});

beforeAll(async () => {
  database = await testDatabase();
  const manifests = createManifests({
    db: database.db,
    clock: createManualClock('2026-07-02T01:00:00.000Z'),
    engine: createEngine({ policy: loadPolicy(), seed: 's' }),
    inForce: () => true,
    committed: () => undefined,
  });
  manifestRoutes(app, manifests);
});
afterAll(() => database.drop());

async function ask(person: Actor, method: string, path: string, body?: unknown) {
  const answer = await app.request(path, {
    method,
    headers: { 'content-type': 'application/json', 'x-person': person.name },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.clone().json() };
}

test('a carrier files, a terminal reports, an officer orders, and each reads what is theirs', async () => {
  const houses = [bill('H1')];
  const filed = await ask(
    carrier,
    'POST',
    '/api/manifests',
    voyage('M1', [bill('COSU1', { houses })]),
  );
  expect(filed).toMatchObject({ status: 200, body: { outcome: 'accepted' } });

  const house = encodeURIComponent('COSU1*H1');
  const read = await ask(carrier, 'GET', `/api/bills/${house}`);
  expect(read.body).toMatchObject({
    bill: { number: 'COSU1*H1', master: 'COSU1', assessment: null },
  });
  const order = { reason: '夹藏嫌疑', legalBasis: '海关法 第六条' };
  expect(await ask(carrier, 'POST', '/api/bills/cosu1/do-not-load', order)).toMatchObject({
    status: 403,
  });
  expect(await ask(officer, 'POST', '/api/bills/cosu1/do-not-load', order)).toMatchObject({
    status: 200,
    body: { number: 'COSU1', isPending: false },
  });
  const arrival = { kind: 'arrival', id: 'R1', premises: '外四期', bills: [{ number: 'COSU1' }] };
  expect((await ask(terminal, 'POST', '/api/manifests', arrival)).body).toMatchObject({
    bills: [{ outcome: 'recorded', doNotLoad: true, cases: ['COSU1-C1'] }],
  });
  expect((await ask(terminal, 'GET', `/api/bills/${house}/where`)).body).toMatchObject({
    stage: 'arrived',
  });
  const whole = await ask(carrier, 'GET', '/api/bills/cosu1/content');
  expect(whole.body).toMatchObject({ number: 'COSU1', houses: [{ number: 'H1', packages: 10 }] });
  expect((await ask(officer, 'GET', '/api/bills/cosu1/content')).body).toEqual(whole.body);
  expect(await ask(terminal, 'GET', '/api/bills/cosu1/content')).toMatchObject({ status: 403 });
  const list = await ask(terminal, 'GET', '/api/bills?task=tally');
  expect(list.body.rows).toMatchObject([{ number: 'COSU1*H1' }]);
  const manifests = await ask(officer, 'GET', '/api/manifests');
  expect(manifests.body.rows.map((row: { id: string }) => row.id).sort()).toEqual(['M1', 'R1']);
  expect((await ask(carrier, 'GET', '/api/manifests/M1')).body).toMatchObject({
    manifest: { id: 'M1', kind: 'original', parts: 1 },
    answers: [{ id: 'M1', bills: [{ number: 'COSU1' }, { number: 'COSU1*H1' }] }],
  });
  expect(await ask(carrier, 'GET', '/api/manifests/R1')).toMatchObject({ status: 404 });
  expect((await ask(officer, 'GET', '/api/bill-stages')).body).toEqual({
    rows: [{ direction: 'I', stage: 'arrived', bills: 1 }],
  });
});

test('what cannot be read is refused with every place, what is not there is not found', async () => {
  const bad = await ask(carrier, 'POST', '/api/manifests', {
    kind: 'original',
    id: 'no good',
    bills: [],
  });
  expect(bad.status).toBe(422);
  expect(bad.body.refusals.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['id', 'bills', 'conveyance']),
  );
  expect(await ask(officer, 'GET', '/api/bills/NONE')).toMatchObject({ status: 404 });
});

test('the list is a workbook too', async () => {
  const answer = await app.request('/api/bills.xlsx?language=zh', {
    headers: { 'x-person': officer.name },
  });
  expect(answer.status).toBe(200);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

// A ledger as machines and pages speak of it, over HTTP, with every answer checked against its shape.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createHttp, type HttpApp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import type { Actor } from '../../identity/index.ts';
import { FACTORY, factory, OFFICE, officer } from './fixtures.ts';
import { createLedgers, ledgerRoutes } from './index.ts';

const people: Readonly<Record<string, Actor>> = { factory, officer };
let database: TestDatabase;
let app: HttpApp<Actor>;
beforeAll(async () => {
  database = await testDatabase();
  const clock = createManualClock('2026-07-02T01:00:00.000Z');
  app = createHttp<Actor>({
    ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
    authenticate: async ({ headers }) => people[headers.get('authorization') ?? ''] ?? null,
  });
  ledgerRoutes(app, createLedgers({ db: database.db, clock, inForce: () => true }));
});
afterAll(() => database.drop());

async function call(who: string, method: string, path: string, body?: unknown) {
  const answer = await app.request(`/api/bonded/ledgers${path}`, {
    method,
    headers: {
      authorization: who,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, said: await answer.json() };
}

test('from registration to parts and consumption', async () => {
  const ledger = {
    ...{ id: 'H2218-HTTP', enterprise: FACTORY, name: '轴承账册', office: OFFICE },
    ...{ mode: 'workOrder', opensOn: '2026-07-01' },
  };
  expect((await call('nobody', 'POST', '', { ledger })).status).toBe(401);
  const { said: registered } = await call('factory', 'POST', '', { ledger });
  expect(registered).toMatchObject({
    status: 'registered',
    content: { lots: 'fifo', beyondStock: 'hold', sites: ['main'], closesOn: null },
  });
  expect((await call('factory', 'POST', '/H2218-HTTP/answer', { approve: true })).status).toBe(403);
  const { said: open } = await call('officer', 'POST', '/H2218-HTTP/answer', { approve: true });
  expect(open.status).toBe('open');
  const change = { ledger: { ...ledger, name: '轴承账册（二）' }, reason: '更名' };
  await call('factory', 'POST', '/H2218-HTTP/change', change);
  const { said: changed } = await call('officer', 'POST', '/H2218-HTTP/answer', { approve: true });
  expect(changed.content.name).toBe('轴承账册（二）');

  const parts = [
    { part: 'P', kind: 'finished', unit: 'pcs' },
    { part: 'A', kind: 'material', unit: 'kg', unitValue: '12.5', currency: 'EUR' },
  ];
  const { said: put } = await call('factory', 'POST', '/H2218-HTTP/parts', { parts });
  expect(put).toEqual({ added: 2, changed: 0, same: 0, parts: 2 });
  const consumption = [{ product: 'P', version: '1', part: 'A', net: '0.25', from: '2026-07-01' }];
  const recorded = await call('factory', 'POST', '/H2218-HTTP/consumption', { consumption });
  expect(recorded.said).toEqual({ recorded: 1, same: 0, lines: 1 });
  const { said: listed } = await call('officer', 'GET', '/H2218-HTTP/parts?kind=material');
  expect(listed.rows).toMatchObject([{ number: 1, part: 'A', unitValue: '12.5', isUsed: true }]);
  const { said: used } = await call('officer', 'GET', '/H2218-HTTP/consumption?product=P');
  expect(used.rows).toMatchObject([{ seq: 1, net: '0.25', to: null }]);
  const { said: page } = await call('factory', 'GET', '/H2218-HTTP');
  expect(page).toMatchObject({ parts: 2, consumption: 1, ledger: { version: 6 } });
  expect((await call('factory', 'GET', '?q=H2218')).said.rows).toMatchObject([{ parts: 2 }]);

  const bad = { parts: [{ part: '', kind: 'thing', unit: 'kg' }] };
  const { status, said } = await call('factory', 'POST', '/H2218-HTTP/parts', bad);
  expect([status, said.refusals.map(({ path }: { path: string }) => path)]).toEqual([
    422,
    ['parts[0].part', 'parts[0].kind'],
  ]);
});

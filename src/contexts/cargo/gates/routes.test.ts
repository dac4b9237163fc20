// A day at the gates as machines and pages speak of it, over HTTP, with every answer checked against its shape.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp, type HttpApp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import type { Actor } from '../../identity/index.ts';
import { FIRM } from './fixtures.ts';
import { gateRoutes } from './routes.ts';
import { firm, lorry, officer, openWorld, terminal, type World } from './testing.ts';

const people: Readonly<Record<string, Actor>> = { firm, terminal, officer };
let world: World;
let app: HttpApp<Actor>;
beforeAll(async () => {
  world = await openWorld();
  app = createHttp<Actor>({
    ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
    authenticate: async ({ headers }) => people[headers.get('authorization') ?? ''] ?? null,
  });
  gateRoutes(app, world.gates);
});
afterAll(() => world.database.drop());

async function call(who: string, method: string, path: string, body?: unknown) {
  const answer = await app.request(`/api/${path}`, {
    method,
    headers: {
      authorization: who,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, said: await answer.json() };
}

test('from the vehicle’s registration to the officer who lets it through', async () => {
  const plate = '沪H00001';
  const vehicle = { plate: '沪H·00001', organisation: FIRM, tareKg: '5000', kind: 'van' };
  expect((await call('firm', 'PUT', 'vehicles', vehicle)).said.plate).toBe(plate);
  const asked = await call('firm', 'GET', `vehicles/${encodeURIComponent(plate)}`);
  expect(asked.said.tareKg).toBe('5000');

  const line = { lineNo: 1, description: '轴承', unit: '035', quantity: '1000' };
  const list = {
    kind: 'list',
    no: 'QD-H',
    organisation: FIRM,
    zone: 'waigaoqiao',
    direction: 'out',
  };
  expect((await call('firm', 'PUT', 'gate-papers', { ...list, lines: [line] })).status).toBe(200);

  const { said: applied } = await call('firm', 'POST', 'passports', lorry('P-H', 'QD-H', plate));
  expect(applied).toMatchObject({ outcome: 'approved', problems: [] });
  const bulk = { passports: [lorry('P-H', 'QD-H', plate), { id: 'P-H2' }] };
  const { said: many } = await call('firm', 'POST', 'passports/bulk', bulk);
  expect(many.results.map((each: { outcome: string }) => each.outcome)).toEqual([
    'approved',
    'refused',
  ]);
  const { said: listed } = await call('terminal', 'GET', 'gates/WGQ-2/offline-list');
  expect(listed.passports).toMatchObject([{ number: applied.number, expectedKg: '15000' }]);

  const seen = { id: 'R-H', gate: 'WGQ-2', lane: 'out-1', plate, weighing: { kg: '16000' } };
  const { said: waits } = await call('terminal', 'POST', 'gates/readings', seen);
  expect(waits).toMatchObject({ verdict: 'wait', reasons: [{ code: 'cargo.weight_differs' }] });
  const { said: work } = await call('officer', 'GET', 'gates/work-list');
  expect(work.readings.map(({ id }: { id: string }) => id)).toEqual(['R-H']);
  const byHand = { decision: 'open', reason: 'weighedAgain', note: '复磅相符' };
  const opened = await call('officer', 'POST', 'gates/readings/R-H/decision', byHand);
  expect(opened.said).toMatchObject({ verdict: 'open', completed: true });

  const { said: board } = await call('officer', 'GET', 'gates/board?gate=WGQ-2');
  expect(board.latest[0]).toMatchObject({ id: 'R-H', standing: 'openedByHand' });
  const { said: page } = await call('firm', 'GET', `passports/${applied.number}`);
  expect(page.passport).toMatchObject({ state: 'crossed' });
  expect(page.timeline.map(({ kind }: { kind: string }) => kind)).toContain('cargo.crossed');
  const { said: found } = await call('firm', 'GET', 'passports?state=crossed&paper=QD-H');
  expect(found.rows).toMatchObject([{ number: applied.number, plate }]);

  const late = await call('firm', 'POST', `passports/${applied.number}/cancel`, { note: '撤' });
  expect(late).toMatchObject({
    status: 409,
    said: { refusals: [{ code: 'cargo.passport_not_in_this_state' }] },
  });
});

test('an offline gate tells what it did; zones are shown as they stood on a day', async () => {
  const told = { id: 'R-O', gate: 'WGQ-2', lane: 'out-1', plate: '沪H00009', passed: true };
  const readings = [{ ...told, onDuty: '老王', occurredAt: '2026-07-02T01:00:00.000Z' }];
  const { said } = await call('terminal', 'POST', 'gates/offline-readings', { readings });
  expect(said.results).toMatchObject([{ outcome: 'flagged', passport: null }]);
  expect((await call('firm', 'POST', 'gates/offline-readings', { readings })).status).toBe(403);

  const regimeOf = async (on: string) => {
    const { said: book } = await call('firm', 'GET', `supervision-zones?on=${on}`);
    const zone = book.zones.find(({ id }: { id: string }) => id === 'yangshan');
    return [zone.regime.kind, zone.gateMode];
  };
  expect(await regimeOf('2020-05-15')).toEqual(['bondedPort', 'double']);
  expect(await regimeOf('2020-05-16')).toEqual(['specialComprehensiveBondedZone', 'single']);
});

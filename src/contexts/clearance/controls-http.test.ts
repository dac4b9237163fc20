// Permits, prohibitions, checks and audits over HTTP, each over its own address; answers keep to their schemas.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../platform/clock.ts';
import { createHttp, type HttpApp } from '../../platform/http/index.ts';
import { silentLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../platform/postgres/testing.ts';
import { inTransaction } from '../../platform/postgres/transaction.ts';
import { createLedger, openTariff } from '../duty/index.ts';
import type { Actor } from '../identity/index.ts';
import { createReference } from '../reference/index.ts';
import { auditFollowing } from './audits/follow.ts';
import { auditRoutes } from './audits/routes.ts';
import { type Controls, createControls } from './controls.ts';
import { content, IMPORTER, life } from './fixtures.ts';
import { linkageRoutes } from './linkage/routes.ts';
import {
  authority,
  broker,
  importer,
  NOW,
  officer,
  permitInput,
  request,
  supervisor,
} from './permits/fixtures.ts';
import { permitRoutes } from './permits/routes.ts';
import { prohibitionRoutes } from './prohibitions/routes.ts';
import { insertNew, toRow } from './store.ts';

const people: Readonly<Record<string, Actor>> = {
  authority,
  broker,
  importer,
  officer,
  supervisor,
};
let database: TestDatabase;
let app: HttpApp<Actor>;
let controls: Controls;
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const clock = createManualClock(NOW);
  controls = await createControls({
    ...{ db, clock, log: silentLog, inForce: () => true, seed: 'key', auditPercent: 100 },
    duty: createLedger({ db, clock, tariff: openTariff(await createReference({ db, clock })) })
      .reviews,
  });
  app = createHttp<Actor>({
    ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
    authenticate: async ({ headers }) => people[headers.get('authorization') ?? ''] ?? null,
  });
  permitRoutes(app, controls.permits);
  prohibitionRoutes(app, controls.prohibitions);
  linkageRoutes(app, controls.linkage);
  auditRoutes(app, controls.audits);
});
afterAll(() => database.drop());

async function call(who: string, method: string, path: string, body?: unknown) {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const answer = await app.request(`/api/${path}`, {
    method,
    headers: {
      authorization: who,
      ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  return { status: answer.status, said: text.startsWith('{') ? JSON.parse(text) : text, bytes };
}

test('permits are issued one by one or as a table, found, exported and loaded again', async () => {
  const issued = await call('authority', 'POST', 'permits', {
    permits: [permitInput(), { kind: 1 }],
  });
  expect(issued.said.results).toMatchObject([{ outcome: 'issued' }, { outcome: 'refused' }]);
  expect((await call('broker', 'POST', 'permits', { permits: [permitInput()] })).status).toBe(403);
  const table = [
    'kind,number,holder,ieFlag,goods,quantity,unit,uses,validFrom,validUntil',
    `1,26-001,${IMPORTER},I,9306 9305,500,035,,2026-01-01,2026-12-31`,
    `1,26-002,${IMPORTER},I,9306,5x,035,1,2026-01-01,2026-12-31`,
  ].join('\n');
  const loaded = await call('authority', 'PUT', 'permits/table', table);
  expect(loaded.said.results).toMatchObject([
    { id: '1-26-001', outcome: 'issued' },
    { outcome: 'refused', problems: [{ code: 'clearance.permit_amount_not_positive' }] },
  ]);
  const page = await call('importer', 'GET', 'permits?kind=1&status=valid');
  expect(page.said).toMatchObject({ rows: [{ id: '1-26-001', quantityLeft: '500' }], next: null });
  expect((await call('broker', 'GET', 'permits')).said.rows).toEqual([]);
  const workbook = await call('officer', 'GET', 'permits.xlsx?language=zh');
  const again = await call('authority', 'PUT', 'permits/table', workbook.bytes);
  expect(again.said.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    ...['known', 'known'],
  ]);
  expect((await call('officer', 'GET', 'permits.csv')).said).toContain('26-001');
  const headless = await call('authority', 'PUT', 'permits/table', 'a,b\n1,2\n');
  expect(headless.said.refusals[0].code).toBe('clearance.permit_table_has_no_head');

  const permit = await call('authority', 'GET', 'permits/1-26-001');
  expect(permit.said).toMatchObject({ allowed: ['change', 'revoke'], story: [{}] });
  const change = { terms: { ...permit.said.terms, quantity: '900' }, basedOn: 1, reason: '增量' };
  const changed = await call('authority', 'POST', 'permits/1-26-001/change', change);
  expect(changed.said).toMatchObject({ version: 2, quantityLeft: '900' });
  const revoked = await call('authority', 'POST', 'permits/1-26-001/revocation', {
    reason: '吊销',
  });
  expect(revoked.said).toMatchObject({ status: 'revoked', allowed: [] });
});

test('anybody asks what applies to goods; a supervisor loads the law', async () => {
  const found = await call('broker', 'GET', 'prohibitions?hs=3915900000&ieFlag=I');
  expect(found.said).toMatchObject({
    ...{ on: '2026-07-02' },
    rules: [{ id: 'waste-import', source: 'compiled by the project, not official' }],
  });
  const rule = { ...found.said.rules[0], id: 'new', hs: ['8544'] };
  const load = { source: '海关总署', version: '2026-1', rules: [rule] };
  expect((await call('officer', 'POST', 'prohibitions/load', load)).status).toBe(403);
  const loaded = await call('supervisor', 'POST', 'prohibitions/load', load);
  expect(loaded.said).toEqual({ written: 1, unchanged: 0 });
  const again = await call('supervisor', 'POST', 'prohibitions/load', load);
  expect(again.said).toEqual({ written: 0, unchanged: 1 });
  expect((await call('broker', 'GET', 'prohibitions?hs=85')).said.rules).toMatchObject([
    { id: 'new' },
  ]);
  const bad = { ...load, rules: [rule, { ...rule, to: '2000-01-01' }] };
  const refused = await call('supervisor', 'POST', 'prohibitions/load', bad);
  expect(refused.said.refusals.map(({ code }: { code: string }) => code)).toEqual([
    ...['clearance.prohibition_twice', 'clearance.prohibition_ends_before_it_begins'],
  ]);
});

test('a check is on its owner’s list, paused, resumed, visited and answered', async () => {
  const [line] = content().lines;
  const filed = content({ lines: [{ ...line, lineNo: 1, hsCode: '0101210010' }] });
  await inTransaction(database.db, async (tx) => {
    await insertNew(tx, [toRow({ ...life('green'), id: 'H1', content: filed }, 0)]);
    for (const provider of controls.providers) {
      const asked = request('H1', filed);
      const answers = await provider.prepare(tx, [asked]);
      await provider.record(tx, [{ ...asked, kept: answers.get('H1')?.kept }]);
    }
  });
  const list = await call('officer', 'GET', 'checks');
  expect(list.said.items).toMatchObject([{ id: 'H1-live-animals', hsCode: '0101210010' }]);
  expect((await call('officer', 'GET', 'checks.xlsx?language=en')).said.slice(0, 2)).toBe('PK');
  expect((await call('authority', 'GET', 'checks')).said.items).toEqual([]);
  expect((await call('broker', 'GET', 'declarations/H1/checks')).said.allowed).toEqual([]);
  expect((await call('broker', 'GET', 'declarations/H1/permits')).said).toEqual({ permits: [] });
  const path = 'checks/H1-live-animals';
  const pause = { code: 'awaitingPresentation', note: '' };
  const paused = await call('officer', 'POST', `${path}/pause`, pause);
  expect(paused.said).toMatchObject({ checks: [{ pause: { code: 'awaitingPresentation' } }] });
  expect((await call('officer', 'POST', `${path}/resume`, {})).said.checks[0].pause).toBe(null);
  const participants = [{ owner: '2225', officers: ['陈立'] }];
  const visit = { id: 'V1', participants };
  const visited = await call('officer', 'POST', 'declarations/H1/joint-visits', visit);
  expect(visited.said).toMatchObject({
    visits: [{ id: 'V1' }],
    allowed: ['answer', 'pause', 'visit'],
  });
  const wrong = await call('officer', 'POST', `${path}/answer`, {
    outcome: 'passedWithConditions',
  });
  expect(wrong.said.refusals[0].code).toBe('clearance.check_conditions_needed');
  const said = { outcome: 'passedWithConditions', conditions: '隔离30日' };
  expect((await call('officer', 'POST', `${path}/answer`, said)).said.checks[0]).toMatchObject({
    ...{ status: 'passedWithConditions', conditions: '隔离30日' },
  });
});

test('an audit is opened, asked, replied to and concluded; a disclosure comes by itself', async () => {
  const released = { ...life('blue'), id: 'H2', number: null, releasedAt: NOW };
  await inTransaction(database.db, (tx) => insertNew(tx, [toRow(released, 0)]));
  const disclosure = {
    ...{ id: 'D1', declarations: ['H2'], statement: '漏报运费' },
    differences: [{ declaration: 'H2', lineNo: 1, field: 'freight', declared: '0', found: '1200' }],
  };
  const disclosed = await call('importer', 'POST', 'disclosures', disclosure);
  expect(disclosed.said).toMatchObject({ origin: 'disclosure', status: 'open' });
  const ask = { id: 'R1', kind: 'supplementPrice', items: ['运费发票'], dueOn: '2026-07-10' };
  const asked = await call('officer', 'POST', 'audits/D1/requests', ask);
  expect(asked.said).toMatchObject({ status: 'awaitingEnterprise', allowed: ['ask', 'extend'] });
  const extension = { request: 'R1', dueOn: '2026-07-12', reason: '企业申请' };
  await call('officer', 'POST', 'audits/D1/extension', extension);
  const reply = { request: 'R1', statement: '附发票' };
  expect((await call('importer', 'POST', 'audits/D1/replies', reply)).said.status).toBe('open');
  const conclusion = {
    ...{ result: 'differs', statement: '属实', differences: disclosure.differences },
    ...{ duty: 'supplementary', mitigation: 'reduced' },
  };
  const concluded = await call('officer', 'POST', 'audits/D1/conclusion', conclusion);
  expect(concluded.said).toMatchObject({
    status: 'concluded',
    conclusion: { mitigation: 'reduced' },
  });
  const opening = { id: 'A1', declarations: ['H2'], reason: '抽查' };
  expect((await call('officer', 'POST', 'audits', opening)).said.status).toBe('open');
  expect((await call('importer', 'GET', 'audits?status=open')).said.rows).toMatchObject([
    { id: 'A1' },
  ]);
  expect((await call('broker', 'GET', 'audits/A1')).status).toBe(403);
  expect((await call('supervisor', 'GET', 'audits.xlsx')).said.slice(0, 2)).toBe('PK');
});

test('a release in the blue lane opens an audit, once; one in the green lane opens none', async () => {
  const { envelope } = request('H2', content());
  const released = (lane: string) => ({
    ...{ id: 'declaration:H2@9', stream: 'declaration:H2', seq: 9, kind: 'clearance.released' },
    ...{ envelope, payload: { lane } },
  });
  const { handle } = auditFollowing({ seed: 'key', percent: 100 });
  const follow = (lane: string) => inTransaction(database.db, (tx) => handle(tx, [released(lane)]));
  const opened = async () => (await call('importer', 'GET', 'audits?origin=lane')).said.rows;
  await follow('green');
  expect(await opened()).toEqual([]);
  await follow('blue');
  await follow('blue');
  expect(await opened()).toMatchObject([{ id: 'H2-A', declarations: 1, office: '2225' }]);
  expect((await call('officer', 'GET', 'audits/H2-A')).said.allowed).toEqual(['ask', 'conclude']);
});

// A terminal describes its yard and tells what happens in it: a conflict opens a case that customs and
// the terminal see and other authorities add to, a move closes it, the same event again is answered as before, and a server that
// starts again finds the yard as it was.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createHttp, type HttpApp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { createCases } from '../../cases/index.ts';
import type { Actor } from '../../identity/index.ts';
import { yardRoutes } from './routes.ts';
import { createYards } from './service.ts';
import { listGoodsOf } from './store.ts';

const post = (personId: string, more: Partial<Actor>): Actor => ({
  ...{ personId, name: personId, postId: `${personId}.post`, organisationId: personId },
  ...{ roles: ['terminal'], offices: [], mayBackdate: false, via: 'session' },
  ...more,
});
const people: Readonly<Record<string, Actor>> = {
  terminal: post('terminal', {}),
  other: post('other', {}),
  maritime: post('maritime', { roles: ['otherAuthority'] }),
  officer: post('officer', { organisationId: '2225', roles: ['portOfficer'], offices: ['2225'] }),
};
const clock = createManualClock('2026-03-01T08:00:00.000Z');
let database: TestDatabase;
const apps: HttpApp<Actor>[] = [];
beforeAll(async () => {
  database = await testDatabase();
  for (let server = 0; server < 2; server += 1) {
    const app = createHttp<Actor>({
      ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
      authenticate: async ({ headers }) => people[headers.get('authorization') ?? ''] ?? null,
    });
    yardRoutes(app, createYards({ db: database.db, clock }));
    apps.push(app);
  }
});
afterAll(() => database.drop());

async function call(who: string, method: string, path: string, body?: unknown, server = 0) {
  const isText = typeof body === 'string';
  const answer = await (apps[server] as HttpApp<Actor>).request(`/api/chemicals/${path}`, {
    method,
    headers: { authorization: who, ...(!isText && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, said: await answer.json() };
}

const block = (id: string, classes: string[], x: number) => ({
  ...{ id, name: { zh: id, en: id }, kind: 'dangerous', classes, bays: 2, rows: 2, tiers: 3 },
  at: { x, y: 0 },
});
const layout = {
  id: 'WGQ',
  name: { zh: '外高桥', en: 'Waigaoqiao' },
  ...{ terminal: 'terminal', office: '2225', authorities: ['maritime'] },
  blocks: [block('D1', ['3', '9'], 0), block('D2', ['9'], 3)],
};
const methanol = { name: '甲醇', un: '1230', class: '3', packingGroup: 'II', netMassKg: '20000' };
const battery = { name: '锂离子电池', un: '3480', class: '9', netMassKg: '9000' };
const stored = (id: string, container: string, slot: string, goods: object, papers = {}) => ({
  ...{ id, kind: 'stored', container, slot, goods: [goods], papers },
});
const batteryStored = stored('E2', 'BATU0000002', 'D1-02-01-1', battery, { declaration: 'D77' });

test('from an event to its resolution', async () => {
  expect((await call('other', 'PUT', 'yards', layout)).status).toBe(403);
  expect((await call('terminal', 'PUT', 'yards', layout)).status).toBe(200);
  const first = await call('terminal', 'POST', 'yards/WGQ/events', {
    events: [
      stored('E1', 'METU0000001', 'D1-01-01-1', methanol),
      batteryStored,
      stored('E3', 'METU0000003', 'D9-01-01-1', methanol),
      { id: 'E4', kind: 'left', container: 'nobody' },
    ],
  });
  expect(first.said.answers).toMatchObject([
    { id: 'E1', outcome: 'done', began: [] },
    { id: 'E2', outcome: 'done', began: ['lithiumApart D1'] },
    {
      id: 'E3',
      outcome: 'refused',
      problems: [{ code: 'chemicals.slot_unknown', seen: 'D9-01-01-1' }],
    },
    { id: 'E4', outcome: 'refused', problems: [{ path: 'container' }] },
  ]);

  const seen = (await call('officer', 'GET', 'yards/WGQ', undefined, 1)).said;
  expect(seen.conflicts).toMatchObject([
    { rule: 'lithiumApart', block: 'D1', containers: ['BATU0000002', 'METU0000001'] },
  ]);
  expect(seen.load).toEqual({ certain: '0.04', possible: '0.04', isReached: false, isOpen: false });
  const cases = createCases({ db: database.db, clock });
  const { caseId } = seen.conflicts[0];
  expect(await cases.get(people.officer as Actor, caseId)).toMatchObject({
    ...{ kind: 'storageConflict', consignment: 'D77', status: 'open' },
    owners: ['2225', 'terminal', 'maritime'],
  });

  // Whoever it concerns sees it and says what it found; others do not.
  const [maritime, yardman, other] = ['maritime', 'terminal', 'other'].map((it) => people[it]);
  const finding = {
    ...{ id: 'M1', kind: 'undeclaredGoods', severity: 'serious', description: '标志不符' },
    ...{ quantity: null, unit: null, lineNo: null },
  };
  const added = await cases.addFinding(maritime as Actor, caseId, finding);
  expect(added.findings).toMatchObject([
    { kind: 'storageConflict' },
    { kind: 'undeclaredGoods', added: { id: 'M1', organisation: 'maritime' } },
  ]);
  expect(await cases.addFinding(maritime as Actor, caseId, finding)).toEqual(added);
  await expect(
    cases.addFinding(maritime as Actor, caseId, { ...finding, severity: 'minor' }),
  ).rejects.toThrow('cases.finding_has_other_content');
  await expect(cases.addFinding(other as Actor, caseId, finding)).rejects.toMatchObject({
    kind: 'forbidden',
  });
  expect((await cases.list(yardman as Actor, 'open')).map(({ id }) => id)).toEqual([caseId]);
  expect(await cases.list(other as Actor, null)).toEqual([]);
  expect(await listGoodsOf(database.db, { declaration: 'D77', bill: null })).toEqual([
    '锂离子电池',
  ]);

  // Another server takes the next change: its book is of the same yard.
  const moved = { id: 'E5', kind: 'moved', container: 'BATU0000002', slot: 'D2-01-01-1' };
  const second = await call('terminal', 'POST', 'yards/WGQ/events', { events: [moved] }, 1);
  expect(second.said.answers).toMatchObject([{ outcome: 'done', ended: ['lithiumApart D1'] }]);
  expect(await cases.get(people.officer as Actor, caseId)).toMatchObject({
    status: 'closed',
    outcome: 'resolved',
  });
  const late = { ...finding, id: 'M2' };
  await expect(cases.addFinding(maritime as Actor, caseId, late)).rejects.toThrow(
    'cases.closed_already',
  );
  expect((await call('terminal', 'GET', 'yards/WGQ')).said.conflicts).toEqual([]);
});

test('twice the same is once; another content under its id is refused', async () => {
  const again = await call('terminal', 'POST', 'yards/WGQ/events', {
    events: [batteryStored, { ...batteryStored, slot: 'D1-02-02-1' }],
  });
  expect(again.said.answers).toMatchObject([
    { outcome: 'done', isRepeat: true, began: ['lithiumApart D1'] },
    { outcome: 'refused', problems: [{ code: 'chemicals.event_has_other_content' }] },
  ]);
});

test('a file of changes, and a layout that would leave a container without a slot', async () => {
  const csv = [
    'id,kind,container,slot,name,un,class,packingGroup,netMassKg',
    'F1,stored,CSVU0000001,D1-01-02-1,甲醇,1230,3,II,500000',
    'F2,moved,BATU0000002,D2-02-01-1,,,,,',
  ].join('\n');
  const told = await call('terminal', 'PUT', 'yards/WGQ/events/table', csv);
  expect(told.said.answers).toMatchObject([
    { outcome: 'done', began: ['majorHazard'] },
    { outcome: 'done', ended: [] },
  ]);
  const smaller = await call('terminal', 'PUT', 'yards', { ...layout, blocks: [layout.blocks[0]] });
  expect(smaller).toMatchObject({ status: 409, said: { refusals: [{ seen: 'BATU0000002' }] } });
  const [row] = (await call('officer', 'GET', 'yards')).said.yards;
  expect(row).toMatchObject({ slots: 24, containers: 3, conflicts: 1, load: { isReached: true } });
  expect((await call('other', 'GET', 'yards')).said.yards).toEqual([]);
  expect((await call('other', 'GET', 'yards/WGQ')).status).toBe(403);
});

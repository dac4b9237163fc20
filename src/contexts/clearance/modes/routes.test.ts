// Modes as a page meets them: the catalogue, a preview, a declaration in two steps, its clocks; every answer has the shape it promises.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { openFileStore } from '../../../platform/files.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { createEngine, createHistory, loadPolicy } from '../../risk/index.ts';
import type { ConditionKind } from '../contract.ts';
import { BROKER, content } from '../fixtures.ts';
import { clearanceRoutes } from '../routes.ts';
import { createClearance } from '../service/index.ts';

let database: TestDatabase;
let folder: string;
interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test asks for whatever it expects to be there.
  readonly body: any;
}
let ask: (by: string, method: string, path: string, body?: unknown) => Promise<Answer>;

const person = (name: string, role: Role, offices: string[] = []): Actor => ({
  ...{ personId: name, name, postId: `${name}-post`, organisationId: BROKER, roles: [role] },
  ...{ offices, mayBackdate: false, via: 'session' },
});
const people: Readonly<Record<string, Actor>> = {
  broker: person('broker', 'declarant'),
  officer: person('officer', 'portOfficer', ['2225']),
  terminal: person('terminal', 'terminal'),
};

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'modes-'));
  const policy = loadPolicy();
  const sample = { ...policy.sample, rate: 0, rateByGrade: {} };
  const clearance = createClearance({
    db: database.db,
    clock: createManualClock('2026-07-02T01:00:00.000Z'),
    engine: createEngine({ policy: { ...policy, sample }, seed: 's' }),
    history: createHistory(),
    inForce: () => true,
    gradeOn: () => null,
    quote: async () => ({ total: '1.00' }),
    notComputed: new Set<ConditionKind>([
      ...(['manifestMatched', 'permitsWrittenDown', 'quarantineCleared'] as const),
      ...(['authorityCleared', 'taxPaidOrGuaranteed'] as const),
    ]),
    committed: () => undefined,
  });
  const app = createHttp<Actor>({
    log: silentLog,
    metrics: createMetrics(),
    authenticate: async ({ headers }) => people[headers.get('x-who') ?? ''] ?? null,
    onForbidden: async () => undefined,
    checkResponses: true,
  });
  clearanceRoutes(app, {
    ...clearance,
    files: await openFileStore(folder),
    recordsOf: async () => [],
  });
  ask = async (by, method, path, body) => {
    const answer = await app.request(path, {
      method,
      headers: { 'x-who': by, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

test('the catalogue says what there is on a day', async () => {
  const { status, body } = await ask('broker', 'GET', '/api/modes?on=2019-06-01');
  expect(status).toBe(200);
  const twoStep = body.values.find(({ id }: { id: string }) => id === 'twoStep');
  expect(twoStep).toMatchObject({ inForce: false, label: { zh: '两步申报' } });
  expect(await ask('broker', 'GET', '/api/modes?on=2019-02-30')).toMatchObject({ status: 422 });
});

test('a preview is made of what is there, and of what it would cost', async () => {
  const { status, body } = await ask('broker', 'POST', '/api/modes/preview', {
    choice: { filing: 'twoStep', admission: 'twoStage' },
    content: content(),
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ problems: [], quote: { total: '1.00' }, waiting: null });
  expect(body.conditions).toContainEqual({ kind: 'quarantineCleared', stage: 'use' });
});

test('two steps, by request: filed, released, its clock seen and paused, completed', async () => {
  const id = 'MR-1';
  const summary = { ...content({ filing: 'twoStep' }), tradeTerms: null };
  expect(await ask('broker', 'POST', '/api/declarations', { id, content: summary })).toMatchObject({
    status: 200,
    body: { outcome: 'accepted' },
  });
  const arrived = await ask('terminal', 'POST', `/api/declarations/${id}/arrival`, {
    premises: '外四期',
  });
  expect(arrived.body).toMatchObject({ status: 'released' });
  const { body: clocks } = await ask('officer', 'GET', '/api/clocks');
  expect(clocks).toEqual({
    next: null,
    rows: [
      {
        ...{ declaration: id, kind: 'completeDeclaration', owner: 'declarant' },
        ...{ organisation: BROKER, office: '2225', dueOn: '2026-07-15' },
        ...{ paused: false, overdue: false },
      },
    ],
  });
  const pause = { clock: 'completeDeclaration', code: 'awaitingLaboratory', note: '化验' };
  expect(await ask('officer', 'POST', `/api/declarations/${id}/clock-pause`, pause)).toMatchObject({
    status: 200,
  });
  expect(await ask('broker', 'GET', '/api/clocks?overdue=false')).toMatchObject({
    body: { rows: [{ declaration: id, paused: true }] },
  });
  const unlisted = { ...pause, code: 'noTime' };
  expect(
    await ask('officer', 'POST', `/api/declarations/${id}/clock-pause`, unlisted),
  ).toMatchObject({ status: 422 });
  const completed = await ask('broker', 'POST', `/api/declarations/${id}/complete`, {
    content: content({ filing: 'twoStep' }),
  });
  expect(completed).toMatchObject({
    status: 200,
    body: { completedAt: '2026-07-02T01:00:00.000Z' },
  });
  const page = await ask('broker', 'GET', '/api/declarations?filing=twoStep');
  expect(page.body.rows).toMatchObject([{ id, filing: 'twoStep' }]);
});

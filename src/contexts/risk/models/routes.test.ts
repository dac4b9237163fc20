// Models and oddities as a page or the command line meets them: every answer is of the shape it
// promises, and what is refused says which rule.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { declaredFacts } from '../../facts/index.ts';
import type { Actor } from '../../identity/index.ts';
import { anomalyRoutes, createAnomalies } from '../anomaly/index.ts';
import { riskFacts } from '../facts.ts';
import { openModel } from '../learning/index.ts';
import { loadPolicy } from '../policy.ts';
import { actor, smallModel } from './fixtures.ts';
import {
  createDriftReports,
  createModels,
  createModelsInForce,
  createTraining,
  modelRoutes,
} from './index.ts';

let database: TestDatabase;
let ask: (by: string, method: string, path: string, body?: unknown) => Promise<Answer>;
/** Waits for the run under way. */
let idle: () => Promise<unknown>;

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test asks for whatever it expects to be there.
  readonly body: any;
}

const people: Readonly<Record<string, Actor>> = {
  analyst: actor('analyst', 'riskAnalyst'),
  supervisor: actor('supervisor', 'supervisor'),
  officer: actor('officer', 'portOfficer'),
};

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const clock = createManualClock('2026-07-02T01:00:00.000Z');
  const facts = new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]));
  const inForce = createModelsInForce({ db, log: silentLog, use: () => undefined });
  const models = createModels({ db, clock, facts, inForce, changed: () => undefined });
  const training = createTraining({
    ...{ db, clock, models, log: silentLog, everyDays: 7, told: () => undefined },
    say: ({ code }) => ({ zh: code, en: code }),
  });
  idle = training.idle;
  const app = createHttp<Actor>({
    log: silentLog,
    metrics: createMetrics(),
    authenticate: async ({ headers }) => people[headers.get('x-who') ?? ''] ?? null,
    onForbidden: async () => undefined,
    checkResponses: true,
  });
  modelRoutes(app, { models, training, drift: createDriftReports({ db, clock, facts }) });
  anomalyRoutes(app, createAnomalies({ db, policy: loadPolicy() }));
  ask = async (by, method, path, body) => {
    const answer = await app.request(path, {
      method,
      headers: { 'x-who': by, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
});
afterAll(() => database.drop());

test('a file of the command line is brought, put in force by two, read and stopped', async () => {
  const file = smallModel();
  const brought = await ask('analyst', 'PUT', '/api/risk/models/M-1', file);
  expect(brought).toMatchObject({
    status: 200,
    body: { status: 'draft', allowed: ['propose', 'retire'] },
  });
  for (const to of ['shadow', 'live']) {
    const proposed = await ask('analyst', 'POST', '/api/risk/models/M-1/propose', { to });
    expect(proposed.body).toMatchObject({ proposal: { to, note: '' } });
    const own = await ask('analyst', 'POST', '/api/risk/models/M-1/answer', { approve: true });
    expect(own).toMatchObject({
      status: 403,
      body: { refusals: [{ code: 'risk.model_own_approval' }] },
    });
    const answered = await ask('supervisor', 'POST', '/api/risk/models/M-1/answer', {
      approve: true,
    });
    expect(answered.body).toMatchObject({ status: to });
  }
  const kept = await ask('supervisor', 'GET', '/api/risk/models/M-1/file');
  expect(openModel(kept.body).version).toBe(brought.body.version);
  expect((await ask('supervisor', 'GET', '/api/risk/models')).body.models).toMatchObject([
    { id: 'M-1', status: 'live', figures: { auc: { value: expect.any(Number) } } },
  ]);
  expect((await ask('supervisor', 'GET', '/api/risk/models/M-1/drift')).body).toMatchObject({
    ...{ model: 'M-1', recent: { decisions: 0, from: null }, weeks: [], signals: [] },
  });
  const noReason = await ask('supervisor', 'POST', '/api/risk/models/M-1/retire', { reason: ' ' });
  expect(noReason.status).toBe(422);
  const back = await ask('supervisor', 'POST', '/api/risk/models/M-1/roll-back', { reason: 'x' });
  expect(back).toMatchObject({
    status: 409,
    body: { refusals: [{ code: 'risk.model_replaced_none' }] },
  });
  const retired = await ask('supervisor', 'POST', '/api/risk/models/M-1/retire', {
    reason: '换季',
  });
  expect(retired.body).toMatchObject({ status: 'retired', liveTo: '2026-07-02T01:00:00.000Z' });
});

test.each([
  { file: [], status: 422, code: 'risk.model_not_readable' },
  { file: 'x'.repeat(20_000_001), status: 413, code: 'http.body_too_large' },
])('what is no model file is refused: $code', async ({ file, status, code }) => {
  const refused = await ask('analyst', 'PUT', '/api/risk/models/M-2', file);
  expect(refused).toMatchObject({ status, body: { refusals: [{ code }] } });
});

test('an id says what it is for', async () => {
  const refused = await ask('analyst', 'PUT', '/api/risk/models/m_2', {});
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.body)).toContain('risk.model_malformed_id');
});

test('training is begun, told of and cancelled over the wire', async () => {
  const begun = await ask('analyst', 'POST', '/api/risk/training', { id: 'M-3' });
  expect(begun).toMatchObject({ status: 200, body: { id: 'M-3', state: 'running', share: 0 } });
  await idle();
  expect((await ask('supervisor', 'GET', '/api/risk/training')).body).toMatchObject({
    ...{ running: null, everyDays: 7, examinedMin: 200, foundMin: 20 },
    runs: [{ id: 'M-3', state: 'waiting', sentence: { en: 'risk.model_too_few_findings' } }],
  });
  const cancelled = await ask('analyst', 'POST', '/api/risk/training/M-3/cancel');
  expect(cancelled.body.refusals[0].code).toBe('risk.model_training_not_here');
});

test('the anomalies of a day are asked for by day', async () => {
  const found = await ask('analyst', 'GET', '/api/risk/anomalies?day=2026-07-01&office=2225');
  expect(found.body).toEqual({
    ...{ day: '2026-07-01', office: '2225', considered: 0, unusual: 0, anomalies: [] },
  });
  expect((await ask('analyst', 'GET', '/api/risk/anomalies?day=2026-02-30')).status).toBe(422);
});

test.each([
  '/api/risk/models',
  '/api/risk/models/M-1',
  '/api/risk/models/M-1/file',
  '/api/risk/models/M-1/drift',
  '/api/risk/training',
  '/api/risk/anomalies?day=2026-07-01',
])('%s is not for an officer', async (path) => {
  expect((await ask('officer', 'GET', path)).status).toBe(403);
});

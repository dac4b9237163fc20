// The life of a rule and of a list as pages and machines speak of it, over HTTP.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { createHttp, type HttpApp } from '../../../platform/http/index.ts';
import { silentLog } from '../../../platform/log.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import type { BacktestReport } from '../backtest/contract.ts';
import { known, policy } from '../fixtures.ts';
import { createLiveEngine } from '../live-engine.ts';
import { saveDecisions } from '../store.ts';
import { contentOf, person, reportOf, vocabulary } from './fixtures.ts';
import { ruleRoutes } from './routes.ts';
import { createRules } from './service/index.ts';

const people: Readonly<Record<string, Actor>> = {
  author: person('author', 'riskAnalyst'),
  supervisor: person('supervisor', 'supervisor'),
  officer: person('officer', 'portOfficer'),
};
const engine = createLiveEngine({ policy, seed: 's' });
const backtests = new Map<string, BacktestReport>();

let database: TestDatabase;
let app: HttpApp<Actor>;
beforeAll(async () => {
  database = await testDatabase();
  const clock = createManualClock('2026-07-02T01:00:00.000Z');
  const rules = createRules({
    ...{ db: database.db, clock, log: silentLog, facts: vocabulary, policy, engine },
    findBacktest: async (id) => backtests.get(id) ?? null,
    say: ({ code }) => ({ zh: code, en: code }),
  });
  app = createHttp<Actor>({
    ...{ log: silentLog, metrics: createMetrics(), checkResponses: true },
    authenticate: async ({ headers }) => people[headers.get('authorization') ?? ''] ?? null,
  });
  ruleRoutes(app, rules);
});
afterAll(() => database.drop());

async function call(who: string, method: string, path: string, body?: unknown) {
  const isText = typeof body === 'string';
  const answer = await app.request(`/api/risk/${path}`, {
    method,
    headers: {
      authorization: who,
      ...(body !== undefined && !isText && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, said: text.startsWith('{') ? JSON.parse(text) : text };
}

test('a rule is written, tried, back-tested, approved and read, each over its own address', async () => {
  const scope = { offices: [], directions: [], modes: [] };
  const wrong = await call('author', 'POST', 'rules/check', { text: 'price.perKg < "x"', scope });
  expect(wrong.said).toMatchObject({ canonical: null, hash: null });
  expect(wrong.said.problems[0]).toMatchObject({ code: expect.stringMatching(/^risk\.rule_/) });

  const draft = { content: contentOf({ text: 'price.perKg<0.9' }), basedOn: 0 };
  const dry = await call('author', 'PUT', 'rules/R-0001?dryRun=true', draft);
  expect(dry.said).toMatchObject({ rule: null, reading: { canonical: 'price.perKg < 0.9' } });
  const saved = await call('author', 'PUT', 'rules/R-0001', draft);
  expect(saved.said.rule).toMatchObject({ status: 'checked', working: 1 });

  const facts = known({ 'goods.value': 16_000 });
  const decision = engine.decide('D1', '2026-07-02', facts);
  await inTransaction(database.db, (tx) => saveDecisions(tx, [decision]));
  const text = 'price.perKg < 0.9 && goods.origin == "EC"';
  const tried = await call('author', 'POST', 'rules/try', { text, subject: 'D1' });
  expect(tried.said.outcome).toBe('hit');
  const parts = { depth: 1, outcome: true };
  expect(tried.said.steps).toMatchObject([{ depth: 0, outcome: true }, parts, parts]);

  const early = await call('author', 'POST', 'rules/R-0001/proposal', { version: 1, to: 'live' });
  expect([early.status, early.said.refusals[0].code]).toEqual([409, 'risk.rule_not_back_tested']);
  const report = reportOf(saved.said.rule.versions[0].hash, 20, 1000);
  backtests.set(report.id, report);
  await call('author', 'POST', 'rules/R-0001/backtests', { backtest: report.id });
  await call('author', 'POST', 'rules/R-0001/proposal', { version: 1, to: 'live' });
  const approval = { version: 1, approve: true };
  expect((await call('author', 'POST', 'rules/R-0001/approval', approval)).status).toBe(403);
  const live = await call('supervisor', 'POST', 'rules/R-0001/approval', approval);
  expect(live.said).toMatchObject({ status: 'live', live: { approvedBy: 'supervisor' } });

  const list = await call('officer', 'GET', 'rules');
  expect(list.said).toMatchObject({ rules: [{ id: 'R-0001' }], nextId: 'R-0002' });
  expect((await call('officer', 'GET', 'rules/R-0001')).said.versions).toHaveLength(1);
  expect((await call('officer', 'GET', 'vocabulary')).status).toBe(403);
  const snooze = { id: 's', until: '2026-07-09', only: null, reason: 'holiday' };
  expect((await call('author', 'POST', 'rules/R-0001/snooze', snooze)).said.snoozes).toHaveLength(
    1,
  );
  const wake = { id: 's', reason: 'over' };
  expect((await call('author', 'POST', 'rules/R-0001/wake', wake)).said.snoozes).toEqual([]);
  const retired = await call('author', 'POST', 'rules/R-0001/retire', { reason: 'found nothing' });
  expect(retired.said).toMatchObject({ status: 'retired', allowed: [] });
  const reversion = { to: 1, basedOn: 1, reason: 'needed after all' };
  const again = await call('author', 'POST', 'rules/R-0001/revert', reversion);
  expect(again.said).toMatchObject({ status: 'backTested', working: 2 });
});

test('a list goes in as a table and out as one; the vocabulary then offers it', async () => {
  const said = 'labelZh=%E4%BC%81%E4%B8%9A&labelEn=firms&type=text&origin=case&basedOn=0';
  const bad = await call('author', 'PUT', `lists/firms?${said}`, 'acme\nacme\n');
  expect(bad.said.refusals[0].code).toBe('risk.list_value_twice');
  await call('author', 'PUT', `lists/firms?${said}`, 'acme\nbolt,2026-08-01,for a month\n');
  await call('supervisor', 'POST', 'lists/firms/approval', { version: 1, approve: true });
  expect((await call('author', 'GET', 'lists')).said.lists).toMatchObject([
    { name: 'firms', published: { entries: 2, state: 'published' }, proposed: null },
  ]);
  expect((await call('author', 'GET', 'lists/firms')).said.versions).toHaveLength(1);
  expect((await call('author', 'GET', 'vocabulary')).said.lists).toMatchObject([{ name: 'firms' }]);
  const page = await call('author', 'GET', 'lists/firms/entries?from=1');
  expect(page.said).toMatchObject({ total: 2, next: null, entries: [{ value: 'bolt' }] });
  const csv = await call('author', 'GET', 'lists/firms/entries.csv');
  expect(csv.said).toBe('value,until,note\nacme,,\nbolt,2026-08-01,for a month\n');
  expect((await call('author', 'GET', 'lists/firms/entries.xlsx')).said.slice(0, 2)).toBe('PK');
});

// A port's decisions and findings flow into the pool; an analyst asks what a rule would have done, and
// the figures are those one counts by hand.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventRecord } from '../../../kernel/event.ts';
import type { Analytics } from '../../../platform/analytics/analytics.ts';
import { openDuckdb } from '../../../platform/analytics/duckdb.ts';
import { systemClock } from '../../../platform/clock.ts';
import { append, readAfter } from '../../../platform/event-log/event-log.ts';
import { createLiveHub } from '../../../platform/live.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { declaredFacts, type FactSet } from '../../facts/index.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { createPool, type Mapping, type Pool } from '../../pool/index.ts';
import type { Decision } from '../contract.ts';
import { riskFacts } from '../facts.ts';
import { bananas, dayOf, engine } from '../fixtures.ts';
import { readContent } from '../rules/reading.ts';
import { saveDecisions } from '../store.ts';
import type { Backtest, BacktestReport } from './contract.ts';
import { type DecidedEvents, factTables } from './fact-tables.ts';
import { type Backtests, createBacktests, type KeptRule } from './service.ts';
import { findDecided } from './store/decided.ts';

const facts = [...declaredFacts, ...riskFacts];
const words = { facts: new Map(facts.map((fact) => [fact.name, fact])), lists: new Map() };

const actor = (role: Role, personId: string = role): Actor => ({
  ...{ personId, name: 'P', postId: 'post', organisationId: '2200' },
  ...{ roles: [role], offices: [], mayBackdate: false, via: 'session' },
});
const analyst = actor('riskAnalyst');

const events: DecidedEvents = {
  decided: {
    kind: 'goods.decided',
    subjectOf: ({ stream }) => stream.slice('goods:'.length),
    decisionOf: ({ payload }) => (payload as { decision: string }).decision,
  },
  examined: {
    kind: 'goods.examined',
    subjectOf: ({ stream }) => stream.slice('goods:'.length),
    foundOf: ({ payload }) => (payload as { found: boolean }).found,
  },
};

function kept(id: string, text: string): KeptRule {
  const everywhere = { offices: [], directions: [], modes: [] };
  const { sound } = readContent(text, everywhere, words);
  if (!sound) throw new Error(`${text} is a rule.`);
  return { ...sound, id, version: 1 };
}
const cheap = kept('R-0001', 'price.perKg < 0.5');

let database: TestDatabase;
let folder: string;
let analytics: Analytics;
let pool: Pool;
let backtests: Backtests;
const heard: unknown[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  folder = await mkdtemp(join(tmpdir(), 'jianghai-backtest-'));
  analytics = await openDuckdb({ file: join(folder, 'pool.duckdb') });
  pool = await createPool({
    ...{ db, analytics, folder, clock: systemClock, log: silentLog, readAfter },
    tables: factTables({ events, facts, findDecided: (ids) => findDecided(db, ids) }),
  });
  const hub = createLiveHub();
  hub.subscribe(({ data }) => heard.push(data));
  backtests = createBacktests({
    ...{ db, analytics, folder: join(folder, 'backtests'), clock: systemClock, log: silentLog },
    ...{ hub, facts, catchUp: () => pool.catchUp(), processes: 1 },
    rules: {
      words: async () => words,
      find: async (id) => (id === cheap.id ? cheap : null),
      live: async () => [{ ...cheap, label: { zh: '低价', en: 'Cheap' } }],
      lists: async () => new Map(),
    },
  });
});
afterAll(async () => {
  await backtests.stop();
  await pool.stop();
  await analytics.close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

let minute = 0;
function event(subject: string, seq: number, kind: string, payload: object): EventRecord {
  minute += 1;
  const at = new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
  return {
    ...{ id: `goods:${subject}@${seq}`, stream: `goods:${subject}`, seq, kind, payload },
    envelope: {
      ...{ actor: 'system', post: null, organisation: null, onBehalfOf: null },
      ...{ occurredAt: at, recordedAt: at, consignment: subject, cause: null, correlation: null },
      ...{ legalBasis: null, clock: null, pauseCode: null },
    },
  };
}

/** Decides in one transaction with its event, as every context does. */
async function decide(
  subject: string,
  day: string,
  known: FactSet,
  { seq = 1, selectedBy }: { seq?: number; selectedBy?: Decision['selectedBy'] } = {},
): Promise<void> {
  const made = engine.decide(subject, day, { 'price.perKg': 1, ...known });
  const decision = selectedBy ? { ...made, selectedBy } : made;
  await inTransaction(database.db, async (tx) => {
    await saveDecisions(tx, [decision]);
    await append(tx, [event(subject, seq, 'goods.decided', { decision: decision.id })]);
  });
}
const examine = (subject: string, seq: number, found: boolean): Promise<void> =>
  append(database.db, [event(subject, seq, 'goods.examined', { found })]);

async function ended(id: string): Promise<Backtest> {
  for (;;) {
    const backtest = await backtests.read(analyst, id);
    if (backtest.state !== 'queued' && backtest.state !== 'running') return backtest;
    await pause(20);
  }
}

async function report(rules: object[], more: object = {}): Promise<BacktestReport> {
  const id = randomUUID();
  await backtests.ask(analyst, { id, rules, ...more });
  const { report: found, state } = await ended(id);
  if (!found) throw new Error(`The back-test ended ${state}.`);
  return found;
}

test('an empty pool gives a plain report of noughts, and says so', async () => {
  const found = await report([{ text: 'goods.origin == "EC"' }]);
  expect(found).toMatchObject({ rows: 0, period: { from: null, to: null } });
  expect(found.notes[0]?.en).toContain('holds nothing');
  expect(found.rules[0]).toMatchObject({
    hits: 0,
    traffic: { value: null, interval: null },
    precision: { numerator: 0, denominator: 0, value: null },
    ...{ offices: [], days: [], examples: [], notEvaluated: { rows: 0, missing: [] } },
  });
});

test('the figures are those one counts by hand', async () => {
  // Twelve declarations on three days at two offices; every third is cheap.
  for (let n = 0; n < 12; n += 1) {
    await decide(
      `D${n}`,
      dayOf(n % 3),
      bananas({
        'price.perKg': n % 3 === 0 ? 0.4 : 1.2,
        'goods.origin': n < 8 ? 'EC' : 'CO',
        'declaration.borderOffice': n % 2 === 0 ? '2225' : '2248',
        'importer.earlier': n === 5 ? null : n,
      }),
      n === 6 ? { selectedBy: 'sample' } : {},
    );
  }
  // Cheap and examined: 0 (found), 6 (found, drawn at random), 9 (nothing). Dear: 1 (found), 2.
  for (const [n, found] of [
    [0, true],
    [6, true],
    [9, false],
    [1, true],
    [2, false],
  ] as const) {
    await examine(`D${n}`, 2, found);
  }
  // 3 was cheap when filed; amended, it is not.
  await decide('D3', dayOf(0), bananas({ 'price.perKg': 2, 'goods.origin': 'EC' }), { seq: 2 });

  const found = await report([
    { text: 'price.perKg < 1.0' },
    { text: 'importer.earlier < 6 && goods.origin == "EC"' },
  ]);
  expect(found).toMatchObject({
    ...{ rows: 12, examined: 5, found: 3, period: { from: dayOf(0), to: dayOf(2) } },
    baseRate: { numerator: 3, denominator: 5, value: 0.6 },
    sampleRate: { numerator: 1, denominator: 1 },
  });
  const [price, importer] = found.rules;
  expect(price).toMatchObject({
    rule: { id: null, version: null, text: 'price.perKg < 1.0' },
    hits: 3,
    traffic: { numerator: 3, denominator: 12, value: 0.25 },
    precision: { numerator: 2, denominator: 3 },
    recall: { numerator: 2, denominator: 3 },
    recallOfSample: { numerator: 1, denominator: 1, value: 1 },
    notEvaluated: { rows: 0, missing: [] },
    offices: [
      { office: '2225', hits: 2, days: 3, meanADay: 2 / 3, peak: 2, peakDay: dayOf(0) },
      { office: '2248', hits: 1, days: 3, meanADay: 1 / 3, peak: 1, peakDay: dayOf(0) },
    ],
    days: [
      { day: dayOf(0), rows: 4, hits: 3, found: 2 },
      { day: dayOf(1), rows: 4, hits: 0, found: 0 },
      { day: dayOf(2), rows: 4, hits: 0, found: 0 },
    ],
    overlap: [{ rule: 'R-0001', version: 1, both: 3 }],
    onlyThis: 0,
  });
  expect(price?.examples.map(({ subject, found, values }) => [subject, found, values])).toEqual([
    ['D9', false, { 'price.perKg': 0.4 }],
    ['D6', true, { 'price.perKg': 0.4 }],
    ['D0', true, { 'price.perKg': 0.4 }],
  ]);
  // Of the Ecuadorian ones 0, 1, 2 and 4 came from importers new enough; of 3 and 5 nobody knows.
  expect(importer).toMatchObject({
    hits: 4,
    notEvaluated: { rows: 2, missing: [{ fact: 'importer.earlier', rows: 2 }] },
  });
});

test('what is fed anew gives the same report; a period leaves the other days out', async () => {
  const rules = [{ id: 'R-0001' }];
  const period = { from: null, to: dayOf(1) };
  const first = await report(rules, { period });
  expect(first).toMatchObject({
    rows: 8,
    rules: [{ rule: { id: 'R-0001', hash: cheap.hash }, hits: 3, overlap: [] }],
  });
  await pool.rebuild();
  expect((await report(rules, { period })).hash).toBe(first.hash);
});

/** Four declarations somebody brings, three of them with what was found. */
const CSV = `id,date,origin,value,fraud
X1,2026-03-01,EC,100,1
X2,2026-03-02,EC,900,0
X3,2026-03-02,CO,80,0
X4,2026-03-03,EC,70,
`;
const brought: Mapping = {
  ...{ name: 'brought', version: 1, label: { zh: '自带', en: 'Brought' }, source: 'a test' },
  ...{ dataset: 'brought', id: 'declaration.id', date: 'declaration.date', format: 'csv' },
  columns: [
    { from: 'id', to: 'declaration.id', type: 'text', required: true },
    { from: 'date', to: 'declaration.date', type: 'date', required: true },
    { from: 'origin', to: 'goods.origin', type: 'text', required: false },
    { from: 'value', to: 'goods.value', type: 'decimal', required: false },
    { from: 'fraud', to: 'label.fraud', type: 'integer', required: false },
  ],
  constants: { 'declaration.ieFlag': 'I' },
  labels: ['label.fraud'],
};

test('a dataset that somebody brought is tried on as well, by the label it holds', async () => {
  const content = Readable.from([CSV]);
  const { id } = await pool.importFile(analyst, { name: 'brought.csv', mapping: brought, content });
  while ((await pool.importJob(analyst, id)).state === 'running') await pause(20);
  const dataset = { name: 'brought', label: 'label.fraud' };
  const rules = [
    { text: 'goods.origin == "EC" && goods.value < 500.0 && declaration.ieFlag == "I"' },
    { text: 'peers.count > 3' },
  ];
  const found = await report(rules, { dataset });
  expect(found).toMatchObject({ dataset, rows: 4, examined: 3, found: 1, liveRules: 1 });
  expect(found.notes[0]?.en).toContain('does not have peers.count');
  expect(found.rules).toMatchObject([
    {
      ...{ hits: 2, precision: { numerator: 1, denominator: 1 }, recall: { value: 1 } },
      examples: [
        { subject: 'X4', found: null },
        { subject: 'X1', found: true, office: null },
      ],
    },
    { hits: 0, notEvaluated: { rows: 4, missing: [{ fact: 'peers.count', rows: 4 }] } },
  ]);
  const unknown = { name: 'brought', label: 'goods.value' };
  await expect(
    backtests.ask(analyst, { id: randomUUID(), rules, dataset: unknown }),
  ).rejects.toThrow('risk.backtest_label_unknown');
});

test('the same id is the same back-test, another question under it is refused', async () => {
  const id = randomUUID();
  const request = { id, rules: [{ id: 'R-0001' }] };
  const asked = await backtests.ask(analyst, request);
  expect(await backtests.ask(analyst, request)).toMatchObject({ id, askedAt: asked.askedAt });
  await expect(
    backtests.ask(analyst, { id, rules: [{ text: 'price.perKg < 2.0' }] }),
  ).rejects.toThrow('risk.backtest_id_taken');
  expect(await ended(id)).toMatchObject({ state: 'done', share: 1 });
  expect(heard).toContainEqual({ id, state: 'done', share: 1 });
  const [newest] = await backtests.list(actor('auditor'));
  expect(newest).toMatchObject({ id, rows: 12, rules: [{ hits: 3 }] });
});

test('everything wrong with the rules is told at once, and nothing is kept', async () => {
  const id = randomUUID();
  const rules = [{ text: 'goods.colour == "red"' }, { id: 'R-0404' }, { text: 'price.perKg <' }];
  const asked = backtests.ask(analyst, { id, rules });
  await expect(asked).rejects.toMatchObject({
    refusals: [
      { code: 'risk.rule_fact_unknown', path: 'rules[0].text' },
      { code: 'risk.backtest_rule_not_found', path: 'rules[1]' },
      { path: 'rules[2].text' },
    ],
  });
  await expect(backtests.read(analyst, id)).rejects.toThrow('risk.backtest_not_found');
  const dataset = { name: 'nowhere', label: null };
  await expect(backtests.ask(analyst, { id, rules: [{ id: 'R-0001' }], dataset })).rejects.toThrow(
    'risk.backtest_dataset_unknown',
  );
});

test('who neither writes nor approves rules asks for none', async () => {
  const request = { id: randomUUID(), rules: [{ id: 'R-0001' }] };
  for (const role of ['portOfficer', 'auditor', 'declarant'] as const) {
    await expect(backtests.ask(actor(role), request)).rejects.toThrow('identity.not_permitted');
  }
  await expect(backtests.list(actor('portOfficer'))).rejects.toThrow('identity.not_permitted');
});

test('one that waits or runs can be cancelled; one person may have a few at a time', async () => {
  const ids = Array.from({ length: 5 }, () => randomUUID());
  const rules = [{ id: 'R-0001' }];
  for (const id of ids) await backtests.ask(analyst, { id, rules });
  await expect(backtests.ask(analyst, { id: randomUUID(), rules })).rejects.toThrow(
    'risk.backtest_too_many',
  );
  for (const id of ids) await backtests.cancel(analyst, id);
  for (const id of ids) expect((await ended(id)).state).toBe('cancelled');
});

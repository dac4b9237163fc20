// A port learns from its own findings: too few at first, then enough; in a thread of its own, one run
// at a time at all servers, on a schedule; and what comes of it is a draft and nothing more.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { declaredFacts } from '../../facts/index.ts';
import { riskFacts } from '../facts.ts';
import { openModel } from '../learning/index.ts';
import { recordFinding, saveDecisions } from '../store.ts';
import type { TrainingRun } from './contract.ts';
import { actor, decisionOn, type Past, pastTrade } from './fixtures.ts';
import { createModels, createModelsInForce, createTraining } from './index.ts';
import { insertRun, whileTrainingAlone } from './store.ts';

/** A thread that lets everybody pass takes its time on a busy machine. */
vi.setConfig({ testTimeout: 180_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const clock = createManualClock('2026-07-02T01:00:00.000Z');
const facts = new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact]));
const analyst = actor('analyst', 'riskAnalyst');
const supervisor = actor('supervisor', 'supervisor');
const past = pastTrade(300);
const at = (hour: number) => clock.set(`2026-07-02T${String(hour).padStart(2, '0')}:00:00.000Z`);

function open(everyDays: number | null = null) {
  const { db } = database;
  const inForce = createModelsInForce({ db, log: silentLog, use: () => undefined });
  const models = createModels({ db, clock, facts, inForce, changed: () => undefined });
  const told: TrainingRun[] = [];
  const training = createTraining({
    ...{ db, clock, models, everyDays, log: silentLog, told: (run) => told.push(run) },
    say: ({ code, params }) => ({ zh: code, en: `${code} ${JSON.stringify(params ?? {})}` }),
  });
  return { models, training, told };
}

/** Every third was drawn at random, one in twenty. */
const DRAWN = {
  selectedBy: 'sample',
  sampling: { rate: 0.05, draw: 0.01, seedVersion: 's', selected: true },
} as const;

async function examine(examined: readonly Past[]): Promise<void> {
  await inTransaction(database.db, async (tx) => {
    await saveDecisions(
      tx,
      examined.map((one, n) => (n % 3 === 0 ? decisionOn(one, DRAWN) : decisionOn(one))),
    );
    for (const { subject, found } of examined) {
      await recordFinding(tx, { subject, found, at: clock.now() });
    }
  });
}

test('with too few findings it says so, with the figures, and waits', async () => {
  await examine(past.slice(0, 150));
  const { training, models, told } = open();
  const begun = await training.begin(analyst, { id: 'M-early', aim: 'harm', weighSample: true });
  expect(begun).toMatchObject({ id: 'M-early', state: 'running', askedBy: 'analyst' });
  await training.idle();
  const { running, runs, nextAt } = await training.status(analyst);
  const found = past.slice(0, 150).filter((one) => one.found).length;
  expect({ running, nextAt }).toEqual({ running: null, nextAt: null });
  expect(runs).toMatchObject([{ id: 'M-early', state: 'waiting', examined: 150, found }]);
  expect(runs[0]?.sentence?.en).toBe(
    `risk.model_too_few_findings {"examined":150,"found":${found},"examinedMin":200,"foundMin":20}`,
  );
  expect(told.at(-1)).toMatchObject({ state: 'waiting' });
  expect(await models.list(analyst)).toEqual([]);
  // Asking again under the same id is the same run.
  expect(
    await training.begin(analyst, { id: 'M-early', aim: 'harm', weighSample: true }),
  ).toMatchObject({
    state: 'waiting',
  });
});

test('with enough it makes a draft with its card, which whoever asked cannot approve', async () => {
  at(2);
  await examine(past.slice(150));
  const { training, models, told } = open();
  await training.begin(analyst, { id: 'M-own', aim: 'harm', weighSample: true });
  await training.idle();
  const [run] = (await training.status(analyst)).runs;
  expect(run).toMatchObject({ id: 'M-own', state: 'done', examined: 300, sentence: null });
  const model = await models.read(analyst, 'M-own');
  expect(model).toMatchObject({ status: 'draft', origin: 'retraining', madeBy: 'analyst' });
  expect(model.card.data.map(({ role, rows }) => ({ role, rows }))).toEqual([
    { role: 'fit', rows: expect.any(Number) },
    { role: 'choose', rows: expect.any(Number) },
  ]);
  expect(model.card.data.reduce((sum, { rows }) => sum + rows, 0)).toBe(300);
  expect(told.some(({ share }) => share !== null && share > 0)).toBe(true);
  await models.propose(analyst, 'M-own', { to: 'shadow', note: '' });
  await expect(models.answer(analyst, 'M-own', { approve: true, note: '' })).rejects.toThrow(
    'risk.model_own_approval',
  );
  await models.answer(supervisor, 'M-own', { approve: true, note: '' });
});

test('while one server trains another does not, and a run that died is not left running', async () => {
  at(3);
  const { training } = open();
  const answer = await whileTrainingAlone(database.db, async () => {
    await expect(
      training.begin(analyst, { id: 'M-other', aim: 'harm', weighSample: true }),
    ).rejects.toThrow('risk.model_training_running');
    return 'alone';
  });
  expect(answer).toBe('alone');
  expect((await training.status(analyst)).runs.map(({ id }) => id)).not.toContain('M-other');

  await insertRun(database.db, {
    ...{ id: 'M-dead', askedBy: 'analyst', startedAt: clock.now(), endedAt: null },
    ...{ state: 'running', aim: 'harm', examined: 0, found: 0, sentence: null },
  });
  expect((await training.status(analyst)).running).toMatchObject({ id: 'M-dead', share: null });
  training.start();
  await training.stop();
  const { running, runs } = await training.status(analyst);
  expect({ running, first: runs[0] }).toMatchObject({
    ...{ running: null, first: { id: 'M-dead', state: 'failed', endedAt: clock.now() } },
  });
});

test('a run is cancelled, and makes nothing', async () => {
  at(4);
  const { training, models } = open();
  await training.begin(analyst, { id: 'M-stopped', aim: 'harm', weighSample: true });
  await expect(
    training.begin(analyst, { id: 'M-second', aim: 'harm', weighSample: true }),
  ).rejects.toThrow('risk.model_training_running');
  await training.cancel(analyst, 'M-stopped');
  await training.idle();
  const [run] = (await training.status(analyst)).runs;
  expect(run).toMatchObject({ id: 'M-stopped', state: 'cancelled', share: null });
  expect((await models.list(analyst)).map(({ id }) => id)).toEqual(['M-own']);
  await expect(training.cancel(analyst, 'M-stopped')).rejects.toThrow(
    'risk.model_training_not_here',
  );
});

test('the schedule trains when it is time and not before; nothing is promoted by it', async () => {
  at(5);
  const { training, models } = open(7);
  expect((await training.status(analyst)).nextAt).toBe(clock.now());
  await training.trainIfDue();
  await training.idle();
  const id = 'M-2026-07-02';
  const [run] = (await training.status(analyst)).runs;
  // The same findings and seed give the same file, and that is already kept.
  expect(run).toMatchObject({ id, askedBy: 'system', state: 'waiting' });
  expect(run?.sentence?.zh).toBe('risk.model_file_known');
  // Then for each named aim, of whose goods nothing was examined yet.
  for (const aim of ['precursor', 'hazard']) {
    expect((await training.status(analyst)).nextAt).toBe(clock.now());
    await training.trainIfDue();
    await training.idle();
    const [named] = (await training.status(analyst)).runs.filter((run) => run.aim === aim);
    expect(named).toMatchObject({ id: `M-${aim}-2026-07-02`, state: 'waiting', examined: 0 });
  }
  expect((await training.status(analyst)).nextAt).toBe('2026-07-03T05:00:00.000Z');
  await training.trainIfDue();
  await training.idle();
  expect((await training.status(analyst)).runs).toHaveLength(7);
  expect((await models.list(analyst)).map(({ status }) => status)).toEqual(['shadow']);
});

test('what was drawn at random may count for what it stands for, or for itself alone', async () => {
  clock.set('2026-07-02T05:30:00.000Z');
  const { training, models } = open();
  await training.begin(analyst, { id: 'M-plain', aim: 'harm', weighSample: false });
  await training.idle();
  expect((await training.status(analyst)).runs[0]).toMatchObject({ id: 'M-plain', state: 'done' });
  const [plain, weighed] = await Promise.all(
    ['M-plain', 'M-own'].map((id) => models.read(analyst, id)),
  );
  expect(plain?.version).not.toBe(weighed?.version);
  expect(plain?.card.data).toEqual(weighed?.card.data);
});

test('only an analyst trains; stopping the server ends the run', async () => {
  at(6);
  const { training } = open();
  const refused = 'identity.not_permitted';
  await expect(
    training.begin(supervisor, { id: 'M-x', aim: 'harm', weighSample: true }),
  ).rejects.toThrow(refused);
  await expect(training.cancel(supervisor, 'M-x')).rejects.toThrow(refused);
  await expect(training.status(actor('officer', 'portOfficer'))).rejects.toThrow(refused);
  await training.begin(analyst, { id: 'M-cut', aim: 'harm', weighSample: true });
  await pause(5);
  await training.stop();
  expect((await training.status(analyst)).runs[0]).toMatchObject({
    id: 'M-cut',
    state: 'cancelled',
  });
});

test('a model of a named aim learns among its own goods, and from its own kinds of finding', async () => {
  clock.set('2026-07-02T05:45:00.000Z');
  // Of bananas, wine and cars: cars become an acid, and what is found of German ones is a precursor.
  const chemicals: readonly Past[] = pastTrade(700, 5).map((one) => ({
    ...one,
    subject: `C-${one.subject}`,
    facts: {
      ...one.facts,
      'goods.hs6': one.facts['goods.hs6'] === '870323' ? '280610' : '080390',
    },
  }));
  const acids = chemicals.filter((one) => one.facts['goods.hs6'] === '280610');
  await inTransaction(database.db, async (tx) => {
    await saveDecisions(
      tx,
      acids.map((one) => decisionOn(one)),
    );
    for (const { subject, found, facts } of acids) {
      const kind = facts['goods.origin'] === 'DE' ? 'disguisedPrecursor' : 'undervaluation';
      await recordFinding(tx, { subject, found, kinds: found ? [kind] : [], at: clock.now() });
    }
  });
  const { training, models } = open();
  await training.begin(analyst, { id: 'M-acids', aim: 'precursor', weighSample: false });
  await training.idle();
  const found = acids.filter((one) => one.found && one.facts['goods.origin'] === 'DE').length;
  expect((await training.status(analyst)).runs.find(({ id }) => id === 'M-acids')).toMatchObject({
    ...{ aim: 'precursor', state: 'done', examined: acids.length, found },
  });
  const { aim, card } = await models.read(analyst, 'M-acids');
  expect({ aim, label: card.label }).toEqual({
    ...{ aim: 'precursor', label: 'found: disguised precursor' },
  });
  const model = openModel(JSON.parse(await models.file(analyst, 'M-acids')));
  const risky = acids.find((one) => one.facts['goods.origin'] === 'DE')?.facts ?? {};
  const plain = acids.find((one) => one.facts['goods.origin'] === 'NL')?.facts ?? {};
  expect(model.probability(risky)).toBeGreaterThan(0.5);
  expect(model.probability(plain)).toBeLessThan(0.1);
});

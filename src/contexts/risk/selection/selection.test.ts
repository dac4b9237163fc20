// A supervisor plans examinations; the port decides, examines and releases; the figures say what the
// plan was spent on and what slipped past it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Actor, Role } from '../../identity/index.ts';
import type { Decision } from '../contract.ts';
import { createEngine, type Scorer } from '../engine.ts';
import { bananas, policy } from '../fixtures.ts';
import { recordFinding, saveDecisions } from '../store.ts';
import { openBudgets } from './budgets.ts';
import { createCapacity, observeDecision } from './capacity.ts';
import { BudgetChange, SelectionPeriod } from './contract.ts';
import { createSelection, rebuildCapacity } from './service.ts';
import { recordReleases } from './store.ts';

const OFFICE = '2225';
const DAYS = 12;
const A_DAY = 60;
const clock = createManualClock('2026-03-01T02:00:00.000Z');
const dayOf = (n: number) => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10);

let database: TestDatabase;
let port: Awaited<ReturnType<typeof openPort>>;
beforeAll(async () => {
  database = await testDatabase();
  port = await openPort();
});
afterAll(() => database.drop());

const actor = (role: Role): Actor => ({
  ...{ personId: `p-${role}`, name: 'P', postId: 'post', organisationId: '2200' },
  ...{ roles: [role], offices: [], mayBackdate: false, via: 'session' },
});
const supervisor = actor('supervisor');
const budget = (changed: Partial<BudgetChange> = {}): BudgetChange =>
  BudgetChange.parse({
    ...{ id: randomUUID(), office: OFFICE, perDay: 6, effectiveFrom: dayOf(0) },
    ...{ reason: '查验科六人在岗', ...changed },
  });
const period = (from: number, to: number, office: string | null = null) =>
  SelectionPeriod.parse({ from: dayOf(from), to: dayOf(to), office });

/** The dearer, the likelier; what is declared above 85,000 is wrong. */
const model: Scorer = {
  version: 'by-value',
  probability: (facts) => Number(facts['goods.value']) / 100_000,
  contributions: () => [],
};

async function openPort() {
  const { db } = database;
  const budgets = await openBudgets(db);
  const capacity = createCapacity({ policy, budgetOn: budgets.on });
  const selection = createSelection({ db, clock, budgets, capacity });
  const sample = { ...policy.sample, rate: 0.1, rateByGrade: {} };
  const engine = createEngine({ policy: { ...policy, sample }, seed: 'port', model });
  return { db, budgets, capacity, selection, engine };
}

/** A day of ordinary trade; one consignment in thirty has a mandatory criterion. */
async function liveThrough(n: number): Promise<Decision[]> {
  const { db, capacity, engine } = port;
  const on = dayOf(n);
  const decisions = Array.from({ length: A_DAY }, (_, k) => {
    const facts = bananas({
      'goods.value': 1_000 + ((k * 7_919) % A_DAY) * 1_600,
      'party.importerGrade': k % 30 === 0 ? 'seriouslyDishonest' : 'regular',
    });
    const decision = engine.decide(`D${n}-${k}`, on, {
      ...facts,
      ...capacity.factsFor(OFFICE, on),
    });
    observeDecision(capacity, decision);
    return decision;
  });
  await inTransaction(db, async (tx) => {
    await saveDecisions(tx, decisions);
    const at = `${on}T05:00:00.000Z`;
    for (const { subject, facts } of decisions.filter(({ lane }) => lane === 'red')) {
      await recordFinding(tx, { subject, found: Number(facts['goods.value']) > 85_000, at });
    }
    const releases = decisions.map(({ subject, lane }) => {
      const untouched = lane === 'green' || lane === 'blue';
      return { subject, at, untouched, seconds: untouched ? 12 : 7_200 };
    });
    await recordReleases(tx, releases);
  });
  return decisions;
}

test('a budget is planned with a dry run, set by a supervisor, and by nobody else', async () => {
  const { selection } = port;
  const wanted = budget();
  const tried = await selection.setBudget(supervisor, { ...wanted, dryRun: true });
  expect(tried).toMatchObject({ before: null, threshold: { missing: 'tooLittleHistory' } });
  expect(await selection.listBudgets(supervisor)).toEqual([]);

  await selection.setBudget(supervisor, wanted);
  await selection.setBudget(supervisor, wanted);
  expect(await selection.listBudgets(actor('auditor'))).toMatchObject([{ perDay: 6 }]);

  const again = budget({ id: wanted.id, perDay: 7 });
  await expect(selection.setBudget(supervisor, again)).rejects.toThrow('risk.budget_id_taken');
  const late = budget({ effectiveFrom: '2026-02-27' });
  await expect(selection.setBudget(supervisor, late)).rejects.toThrow('risk.budget_in_the_past');
  for (const role of ['riskAnalyst', 'portOfficer', 'auditor'] as const) {
    await expect(selection.setBudget(actor(role), budget())).rejects.toThrow(
      'identity.not_permitted',
    );
  }
  await expect(selection.today(actor('portOfficer'), null)).rejects.toThrow(
    'identity.not_permitted',
  );
});

test('the model waits for history, then fills what others leave of each day', async () => {
  const byDay: Decision[][] = [];
  for (let n = 0; n < DAYS; n += 1) byDay.push(await liveThrough(n));
  const red = (decisions: readonly Decision[]) =>
    decisions.filter(({ lane }) => lane === 'red').length;
  const byModel = byDay.map(
    (decisions) => decisions.filter(({ selectedBy }) => selectedBy === 'model').length,
  );
  expect(byModel.slice(0, policy.selection.daysMin)).toEqual(
    Array(policy.selection.daysMin).fill(0),
  );
  expect(Math.min(...byModel.slice(policy.selection.daysMin))).toBeGreaterThan(0);
  // Mandatory criteria and the draw are not refused; the model stops when the day is full.
  for (const decisions of byDay) {
    const last = decisions.findLastIndex(({ selectedBy }) => selectedBy === 'model');
    expect(red(decisions.slice(0, last + 1))).toBeLessThanOrEqual(6);
  }

  const today = await port.selection.today(supervisor, dayOf(DAYS - 1));
  const [office] = today.offices;
  expect(today.latest).toBe(dayOf(DAYS - 1));
  expect(office).toMatchObject({ office: OFFICE, decided: A_DAY, budget: { perDay: 6 } });
  expect(office?.selected.mandatory).toBe(2);
  expect(office?.threshold.harm).toBeGreaterThan(policy.selection.harmMin);
  expect(office?.mandatoryLoad).toBeGreaterThanOrEqual(2);

  const days = await port.selection.history(supervisor, period(0, DAYS - 1, OFFICE));
  expect(days).toHaveLength(DAYS);
  expect(days.at(0)).toMatchObject({ threshold: null, budget: 6, decided: A_DAY });
  expect(days.at(-1)?.threshold).toBe(office?.threshold.harm);
  expect(days.reduce((sum, day) => sum + day.examined, 0)).toBe(red(byDay.flat()));
});

test('after a restart the capacity is what it was', async () => {
  const again = createCapacity({ policy, budgetOn: port.budgets.on });
  const { windowDays } = policy.selection;
  expect(await rebuildCapacity(database.db, again, windowDays)).toBe(DAYS * A_DAY);
  expect(again.stateOf(OFFICE, dayOf(DAYS))).toEqual(port.capacity.stateOf(OFFICE, dayOf(DAYS)));
  expect(again.factsFor(OFFICE, dayOf(DAYS - 1))).toEqual(
    port.capacity.factsFor(OFFICE, dayOf(DAYS - 1)),
  );
});

test('fast release is told with its time and its leakage', async () => {
  const figures = await port.selection.fastRelease(supervisor, period(0, DAYS - 1));
  expect(figures.share.denominator).toBe(DAYS * A_DAY);
  expect(figures.seconds).toEqual({ median: 12, p95: 12, p99: 12 });
  const { leakage, exploration } = figures;
  expect(leakage.method).toBe('clopperPearson');
  expect(leakage.strata).toHaveLength(1);
  expect(leakage.strata[0]?.drawn).toBeGreaterThan(20);
  expect(leakage.strata[0]?.examined).toBe(leakage.strata[0]?.drawn);
  expect(leakage.interval?.high).toBeLessThan(0.3);
  expect(exploration.sample.denominator).toBe(leakage.strata[0]?.drawn);
  expect(exploration.model.value).toBeGreaterThan(exploration.sample.value ?? 1);
  expect(exploration.explore).toMatchObject({ value: null, denominator: 0 });

  const nothing = await port.selection.fastRelease(supervisor, period(200, 210));
  expect(nothing).toMatchObject({ seconds: null, leakage: { rate: null }, share: { value: null } });
  await expect(port.selection.fastRelease(supervisor, period(3, 1))).rejects.toThrow(
    'risk.budget_period_malformed',
  );
});

test('exploration draws more of the release lane, and its draws are told apart', async () => {
  const { selection } = port;
  clock.set(`${dayOf(DAYS)}T01:00:00.000Z`);
  await selection.setBudget(supervisor, budget({ exploreShare: 0.5, effectiveFrom: dayOf(DAYS) }));
  for (let n = DAYS; n < DAYS + 14; n += 1) await liveThrough(n);
  const { exploration, leakage } = await selection.fastRelease(supervisor, period(DAYS, DAYS + 13));
  expect(leakage.strata.every(({ rate }) => rate > 0.1)).toBe(true);
  expect(exploration.explore.denominator).toBeGreaterThan(0);
  expect(exploration.forgone).not.toBeNull();
});

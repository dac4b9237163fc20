// Who owns the catalogue of risk points, who must never see the withheld cases, and what it takes for
// a point to count as covered.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createManualClock } from '../../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { FactSet } from '../../facts/index.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { bananas, engine, policy } from '../fixtures.ts';
import { recordReleases } from '../selection/store.ts';
import { recordFinding, saveDecisions } from '../store.ts';
import { loadCatalogue } from './catalogue.ts';
import { CasesToWithhold, PointScope, RiskPointChange, type WithheldCase } from './contract.ts';
import { isInScope } from './scope.ts';
import { createCoverage } from './service/index.ts';
import { ensureCatalogue } from './service/points.ts';

const clock = createManualClock('2026-06-20T02:00:00.000Z');
const QUARTER = { id: '2026Q3', from: '2026-07-01', to: '2026-09-30', dryRun: false };

let database: TestDatabase;
let coverage: ReturnType<typeof createCoverage>;
beforeAll(async () => {
  database = await testDatabase();
  coverage = createCoverage({
    ...{ db: database.db, clock, policy, engine },
    selectionFacts: () => ({}),
    isAuthor: async (personId) => personId === 'wrote-a-rule-once',
  });
});
afterAll(() => database.drop());

const actor = (role: Role, personId = `p-${role}`, others: Role[] = []): Actor => ({
  ...{ personId, name: 'P', postId: 'post', organisationId: '2200' },
  ...{ roles: [role, ...others], offices: [], mayBackdate: false, via: 'session' },
});
const owner = actor('supervisor');

const catalogue = loadCatalogue();
const dishonest = catalogue.points.find(({ id }) => id === 'party.seriouslyDishonest');
const change = (changed: object): RiskPointChange =>
  RiskPointChange.parse({ ...dishonest, reason: '季度修订', ...changed });

const cases = (expected: WithheldCase['expected'], facts: FactSet, count = 6) =>
  CasesToWithhold.parse({
    cases: Array.from({ length: count }, (_, n) => {
      return { id: `${expected}-${n}`, expected, on: '2026-07-15', facts };
    }),
  });

test('the shipped catalogue looks from every side, in both languages, and says it is a proposal', async () => {
  const aspects = new Set(catalogue.points.map(({ aspect }) => aspect));
  expect(aspects.size).toBe(7);
  expect(catalogue.points.length).toBeGreaterThanOrEqual(60);
  expect(new Set(catalogue.points.map(({ id }) => id)).size).toBe(catalogue.points.length);
  expect(catalogue.points.every(({ origin }) => origin.en.startsWith('Proposed'))).toBe(true);

  const { db } = database;
  expect(await ensureCatalogue({ db, clock })).toBe(catalogue.points.length);
  expect(await ensureCatalogue({ db, clock })).toBe(0);
  const points = await coverage.points(actor('riskAnalyst'));
  expect(points).toHaveLength(catalogue.points.length);
  expect(points[0]).toMatchObject({
    version: 1,
    status: 'active',
    changedBy: 'system',
    test: null,
  });
});

test.each<[string, object, FactSet, boolean]>([
  ['nothing named, everything within', {}, {}, true],
  ['goods by prefix', { hsPrefixes: ['0803', '02'] }, bananas(), true],
  ['other goods', { hsPrefixes: ['02'] }, bananas(), false],
  ['the direction', { ieFlag: 'E' }, bananas(), false],
  ['the origin', { origins: ['EC'], partners: ['EC'] }, bananas(), true],
  ['what is not known is not within', { supervisionModes: ['0110'] }, bananas(), false],
  ['a claimed preference', { preferenceClaimed: true }, bananas(), false],
  [
    'a claimed preference',
    { preferenceClaimed: true },
    bananas({ 'goods.preference': '08' }),
    true,
  ],
])('scope: %s', (_, scope, facts, expected) => {
  expect(isInScope(PointScope.parse(scope), facts)).toBe(expected);
});

test('authors of detectors may read what is covered, and neither own points nor see withheld cases', async () => {
  const analyst = actor('riskAnalyst');
  const both = actor('supervisor', 'p-both', ['riskAnalyst']);
  const former = actor('supervisor', 'wrote-a-rule-once');
  const asks = (who: Actor) => [
    coverage.write(who, change({ weight: 1 })),
    coverage.retire(who, 'party.dishonest', { reason: '无', dryRun: false }),
    coverage.freeze(who, QUARTER),
    coverage.withhold(who, 'party.dishonest', cases('hit', {})),
    coverage.cases(who, 'party.dishonest'),
    coverage.test(who, QUARTER.id),
  ];
  for (const [who, code] of [
    [analyst, 'identity.not_permitted'],
    [both, 'risk.coverage_author'],
    [former, 'risk.coverage_author'],
  ] as const) {
    const refused = await Promise.allSettled(asks(who));
    expect(refused.map((one) => one.status === 'rejected' && one.reason.message)).toEqual(
      Array(6).fill(code),
    );
  }
  await expect(coverage.points(actor('portOfficer'))).rejects.toThrow('identity.not_permitted');
});

test('a frozen period keeps its catalogue; what is changed later counts from the next', async () => {
  expect(await coverage.write(owner, change({ weight: 10 }))).toMatchObject({ version: 2 });
  expect(await coverage.write(owner, change({ weight: 10 }))).toMatchObject({ version: 2 });
  expect(await coverage.write(owner, change({ weight: 9, dryRun: true }))).toMatchObject({
    version: 3,
  });
  const frozen = await coverage.freeze(owner, QUARTER);
  expect(frozen).toMatchObject({ points: catalogue.points.length, frozenBy: owner.personId });
  expect(await coverage.freeze(owner, QUARTER)).toEqual(frozen);

  await coverage.write(owner, change({ weight: 1 }));
  const report = await coverage.test(owner, QUARTER.id);
  expect(report.points.find(({ point }) => point === dishonest?.id)).toMatchObject({
    ...{ version: 2, weight: 10, covered: false, because: 'neverTested' },
  });
  expect(report.byWeight.value).toBe(0);

  const overlapping = { ...QUARTER, id: '2026H2', from: '2026-09-30', to: '2026-12-31' };
  await expect(coverage.freeze(owner, overlapping)).rejects.toThrow(
    'risk.coverage_period_overlaps',
  );
  const begun = { ...QUARTER, id: '2026Q2', from: '2026-06-20', to: '2026-06-30' };
  await expect(coverage.freeze(owner, begun)).rejects.toThrow('risk.coverage_begun');
});

test('a point is covered when a live detector catches enough withheld cases and few others', async () => {
  const id = dishonest?.id ?? '';
  const test = async () => {
    const { points } = await coverage.test(owner, QUARTER.id);
    return points.find(({ point }) => point === id);
  };
  const guilty = bananas({ 'party.importerGrade': 'seriouslyDishonest' });
  await coverage.withhold(owner, id, cases('hit', guilty));
  expect(await test()).toMatchObject({ covered: false, because: 'tooFewCases' });

  await coverage.withhold(owner, id, cases('pass', bananas()));
  expect(await test()).toMatchObject({
    covered: true,
    because: null,
    test: {
      recall: { numerator: 6, denominator: 6 },
      falseAlarms: { numerator: 0, denominator: 6 },
      detectors: [{ detector: 'gradeSeriouslyDishonest', caught: 6 }],
    },
  });

  // Ten that nothing sees: recall falls below the bar, and the point is covered no more.
  const unseen = cases('hit', bananas(), 10).cases.map((one) => ({
    ...one,
    id: `unseen-${one.id}`,
  }));
  await coverage.withhold(owner, id, { cases: unseen, subjects: [], dryRun: false });
  expect(await test()).toMatchObject({ covered: false, because: 'recallTooLow' });

  expect(await coverage.cases(actor('auditor'), id)).toHaveLength(22);
  const { rows } = await sql<{ told: string }>`
    select payload::text as told from platform.event where kind = 'risk.casesWithheld'
  `.execute(database.db);
  expect(rows.some(({ told }) => told.includes('hash'))).toBe(true);
  expect(rows.some(({ told }) => told.includes('importerGrade'))).toBe(false);
});

test('past findings are withheld only when they were made after the freeze', async () => {
  const { db } = database;
  const decisions = ['early', 'late'].map((name, n) =>
    engine.decide(name, '2026-07-10', bananas({ 'goods.value': 30_000 + n })),
  );
  await inTransaction(db, async (tx) => {
    await saveDecisions(tx, decisions);
    const examined = (subject: string, at: string) =>
      recordFinding(tx, { subject, found: true, at });
    await examined('early', '2026-06-19T00:00:00.000Z');
    await examined('late', '2026-07-11T00:00:00.000Z');
  });
  const withhold = (subjects: string[]) =>
    coverage.withhold(owner, 'value.importLow', CasesToWithhold.parse({ subjects }));
  await expect(withhold(['early', 'nobody'])).rejects.toThrow('risk.coverage_case_unfit');
  const [finding] = await withhold(['late']);
  expect(finding).toMatchObject({ id: 'late', expected: 'hit', source: 'finding' });
});

test('coverage is told by weight and by value, beside what was decided before release', async () => {
  const { db } = database;
  clock.set('2026-10-01T01:00:00.000Z');
  await inTransaction(db, (tx) =>
    recordReleases(tx, [
      { subject: 'late', at: '2026-07-12T01:00:00.000Z', untouched: true, seconds: 30 },
      { subject: 'never decided', at: '2026-07-12T01:00:00.000Z', untouched: true, seconds: 30 },
    ]),
  );
  const id = 'mode.samples';
  const watched = { 'declaration.mode': '3010' };
  await coverage.withhold(owner, id, cases('hit', bananas(watched)));
  const report = await coverage.test(owner, QUARTER.id);
  expect(report.decidedBeforeRelease).toMatchObject({ numerator: 1, denominator: 2 });
  expect(report.scoredByModel.numerator).toBe(0);
  expect(report.byValue.inScope).toBeGreaterThan(0);
  expect(report.byValue.covered).toBe(0);
  expect(report.points.find(({ point }) => point === 'value.importLow')?.consignments).toBe(2);
  expect(await coverage.report(actor('auditor'), null)).toEqual(report);
  const { hash } = await coverage.test(owner, QUARTER.id);
  expect(hash).toBe(report.hash);
});

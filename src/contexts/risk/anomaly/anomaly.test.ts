// A day's declarations in order of how unlike their peers they are: what counts, how much, in which
// words, and what must change nothing.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import type { FactValue } from '../../facts/index.ts';
import type { Actor, Role } from '../../identity/index.ts';
import { dayOf, engine, fortyDays, known, policy } from '../fixtures.ts';
import { saveDecisions } from '../store.ts';
import { createRanking, type Decided, type Ranked } from './ranking.ts';
import { createAnomalies } from './service.ts';
import { deviationProbability, nextProbability, surpriseOf } from './surprise.ts';

const history = fortyDays();

const decided = (subject: string, changed: Record<string, FactValue> = {}): Decided => ({
  subject,
  decision: `${subject}:1`,
  lane: 'green',
  facts: known(changed, history),
});

function rank(rows: readonly Decided[], limit = 10): Ranked {
  const ranking = createRanking(policy, limit);
  for (const row of rows) ranking.add(row);
  return ranking.result();
}

describe('surprise', () => {
  test.each([
    { probability: 1, bits: 0 },
    { probability: 0.25, bits: 0 },
    { probability: 0.125, bits: 1 },
    { probability: 1 / 1024, bits: 8 },
    { probability: 1e-30, bits: 14 },
    { probability: 0, bits: 14 },
  ])('of $probability is $bits bits', ({ probability, bits }) => {
    expect(surpriseOf(probability)).toBeCloseTo(bits, 12);
  });

  // By hand: with z = √3 the law's x is 1, so 1 − (2/π)(1/2 + π/4) = 1/2 − 1/π.
  test.each([
    { deviation: 0, probability: 1 },
    { deviation: Math.sqrt(3), probability: 0.5 - 1 / Math.PI },
    { deviation: -Math.sqrt(3), probability: 0.5 - 1 / Math.PI },
    { deviation: 3.182446, probability: 0.05 },
    { deviation: 5.840909, probability: 0.01 },
    { deviation: 1e9, probability: 2 ** -16 },
  ])('a deviation of $deviation has probability $probability', ({ deviation, probability }) => {
    expect(deviationProbability(deviation)).toBeCloseTo(probability, 6);
  });

  test('what was never seen is rarer the more was seen', () => {
    expect(nextProbability(0, 0)).toBe(0.5);
    expect(nextProbability(0, 199)).toBe(0.0025);
    expect(nextProbability(199, 199)).toBe(0.9975);
  });
});

test('an ordinary consignment is not in the list; a cheap one is, in words with its peers’ figures', () => {
  const { considered, unusual, anomalies } = rank([
    decided('D1'),
    decided('D2', { 'goods.value': 9_000 }),
  ]);
  expect({ considered, unusual }).toEqual({ considered: 2, unusual: 1 });
  expect(anomalies).toMatchObject([{ subject: 'D2', hs6: '080390', parts: [{ kind: 'price' }] }]);
  expect(anomalies[0]?.parts[0]?.sentence.en).toMatch(
    /^Unit price 0\.45 USD\/kg; the middle half of 80 earlier imports of 080390 from EC paid/,
  );
});

test('cheap and by a route nobody takes comes before either alone', () => {
  const { anomalies } = rank([
    decided('cheap', { 'goods.value': 9_000 }),
    decided('detour', { 'route.departure': 'NL' }),
    decided('both', { 'goods.value': 9_000, 'route.departure': 'NL' }),
  ]);
  expect(anomalies.map(({ subject }) => subject)[0]).toBe('both');
  const [both, ...single] = anomalies;
  expect(both?.bits).toBeCloseTo(
    single.reduce((sum, { bits }) => sum + bits, 0),
    9,
  );
  expect(both?.parts.map(({ kind }) => kind).sort()).toEqual(['price', 'route']);
  // 80 earlier imports, none from there: −log2(0.5 ∕ 81) bits, less the two that surprise nobody.
  const route = both?.parts.find(({ kind }) => kind === 'route');
  expect(route?.bits).toBeCloseTo(Math.log2(162) - 2, 9);
});

describe('a party nobody has seen', () => {
  const stranger = { 'party.importer': '91310000000000009X' };
  const familiar = (count: number) => Array.from({ length: count }, (_, n) => decided(`F${n}`));

  test('is surprising where new parties are rare', () => {
    const { anomalies } = rank([...familiar(63), decided('new', stranger)]);
    expect(anomalies).toMatchObject([{ subject: 'new', parts: [{ kind: 'party' }] }]);
    expect(anomalies[0]?.bits).toBeCloseTo(-Math.log2(1.5 / 65) - 2, 9);
  });

  test('is nothing where half of the day is new', () => {
    expect(rank([...familiar(2), decided('new', stranger)]).anomalies).toEqual([]);
  });

  test('is not known to be new before the history is old enough to tell', () => {
    const facts = { ...known(stranger, history), 'history.days': 5 };
    const young = { subject: 'new', decision: 'new:1', lane: 'green' as const, facts };
    expect(rank([...familiar(63), young]).unusual).toBe(0);
  });
});

test('goods of high value a known party never dealt in are said to be so', () => {
  const machine = { 'goods.hs6': '847130', 'goods.hs': '8471300000', 'goods.value': 900_000 };
  const row = { ...decided('D1'), facts: known(machine, history) };
  expect(rank([row]).anomalies[0]?.parts.map(({ kind }) => kind)).toEqual(['partyGoods']);
});

const values = fc.record(
  {
    'goods.value': fc.double({ min: 1, max: 1e7, noNaN: true }),
    'route.departure': fc.constantFrom('EC', 'NL', 'HK'),
    'party.importer': fc.constantFrom('91310000000000001X', '91310000000000009X'),
  },
  { requiredKeys: [] },
);
const rows = fc
  .array(values, { maxLength: 12 })
  .map((all) => all.map((changed, n) => decided(`D${n}`, changed)));

test('the order in which a day arrives changes nothing, and a longer list begins with the shorter', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 12 }), (day, limit) => {
      const all = rank(day, 20);
      expect(rank([...day].reverse(), 20)).toEqual(all);
      expect(rank(day, limit)).toEqual({ ...all, anomalies: all.anomalies.slice(0, limit) });
      for (const { bits, parts } of all.anomalies) {
        expect(bits).toBeGreaterThan(0);
        expect(bits).toBeCloseTo(
          parts.reduce((sum, part) => sum + part.bits, 0),
          9,
        );
      }
    }),
    { numRuns: 50 },
  );
});

test('a price further from its peers is never less surprising; a fact that is missing never adds', () => {
  const deviation = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(deviation, deviation, (a, b) => {
      const [near, far] = Math.abs(a) < Math.abs(b) ? [a, b] : [b, a];
      const bits = (z: number) => surpriseOf(deviationProbability(z));
      expect(bits(far)).toBeGreaterThanOrEqual(bits(near));
    }),
  );
  const full = known({ 'goods.value': 9_000, 'route.departure': 'NL' }, history);
  const bitsOf = (facts: Decided['facts']) =>
    rank([{ ...decided('D'), facts }]).anomalies[0]?.bits ?? 0;
  for (const name of Object.keys(full)) {
    expect(bitsOf({ ...full, [name]: null })).toBeLessThanOrEqual(bitsOf(full));
  }
});

describe('read from what was decided', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const actor = (role: Role): Actor => ({
    ...{ personId: 'p1', name: 'P', postId: 'post', organisationId: '2200' },
    ...{ roles: [role], offices: [], mayBackdate: false, via: 'session' },
  });
  const search = { day: dayOf(40), limit: 50 };

  test('a declaration counts as it was decided last that day, at its offices only', async () => {
    const { db } = database;
    const decide = (subject: string, changed: Record<string, FactValue>, day = dayOf(40)) =>
      engine.decide(subject, day, known(changed, history));
    await inTransaction(db, (tx) =>
      saveDecisions(tx, [
        decide('cheap', { 'goods.value': 9_000 }),
        decide('mended', { 'goods.value': 9_000 }),
        decide('border', { 'goods.value': 9_000, 'declaration.borderOffice': '2248' }),
        decide('yesterday', { 'goods.value': 9_000 }, dayOf(39)),
      ]),
    );
    await inTransaction(db, (tx) => saveDecisions(tx, [decide('mended', {})]));
    const anomalies = createAnomalies({ db, policy });
    const all = await anomalies.search(actor('riskAnalyst'), search);
    expect(all).toMatchObject({ considered: 3, unusual: 2, office: null });
    expect(all.anomalies.map(({ subject }) => subject)).toEqual(['border', 'cheap']);
    const there = await anomalies.search(actor('auditor'), { ...search, office: '2248' });
    expect(there.anomalies.map(({ subject }) => subject)).toEqual(['border']);
    const empty = await anomalies.search(actor('supervisor'), { ...search, day: dayOf(10) });
    expect(empty).toMatchObject({ considered: 0, anomalies: [] });
  });

  test('an officer or a declarant is not shown it', async () => {
    const anomalies = createAnomalies({ db: database.db, policy });
    for (const role of ['portOfficer', 'declarant'] as const) {
      await expect(anomalies.search(actor(role), search)).rejects.toThrow('identity.not_permitted');
    }
  });
});

// From facts to a lane: what comes first, what the sample draws, and that it can all be done again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../kernel/canonical.ts';
import { declaredFacts } from '../facts/index.ts';
import { Decision } from './contract.ts';
import { createEngine, replay } from './engine.ts';
import { riskFacts } from './facts.ts';
import { dayOf, engine, known, policy } from './fixtures.ts';

const on = dayOf(40);

describe('the order of reasons', () => {
  test.each([
    ['nothing hits', {}, 'green', 'none'],
    ['15 points', { 'party.importer': 'new' }, 'blue', 'score'],
    ['40 points', { 'goods.value': 8_000 }, 'yellow', 'score'],
    ['70 points', { 'goods.value': 8_000, 'party.importerGrade': 'dishonest' }, 'red', 'score'],
    [
      'a yellow criterion',
      { 'goods.hs6': '291524', 'goods.hs': '2915240000' },
      'yellow',
      'mandatory',
    ],
    ['a red criterion', { 'party.importerGrade': 'seriouslyDishonest' }, 'red', 'mandatory'],
  ] as const)('%s', (_, changed, lane, selectedBy) => {
    expect(engine.decide('D1', on, known(changed))).toMatchObject({ lane, selectedBy });
  });

  test('a mandatory criterion never makes a lane lighter than the score does', () => {
    const precursor = { 'goods.hs6': '291524', 'goods.hs': '2915240000' };
    const decision = engine.decide('D1', on, {
      ...known(precursor),
      'party.importerGrade': 'dishonest',
    });
    expect(decision).toMatchObject({ lane: 'red', selectedBy: 'mandatory', score: 60 });
  });
});

describe('the random sample', () => {
  const sampling = createEngine({ policy, seed: 'secret' });
  const draws = Array.from({ length: 20_000 }, (_, n) => sampling.decide(`D${n}`, on, known()));

  test('is drawn at the stated rate and logged whether it selects or not', () => {
    const selected = draws.filter(({ sampling: s }) => s?.selected);
    expect(draws.every(({ sampling: s }) => s?.rate === 0.01)).toBe(true);
    expect(selected.length).toBeGreaterThan(140);
    expect(selected.length).toBeLessThan(260);
    for (const { lane, selectedBy } of selected)
      expect([lane, selectedBy]).toEqual(['red', 'sample']);
  });

  test('depends on the secret and the subject, and on nothing that can be tried out', () => {
    const other = createEngine({ policy, seed: 'another' });
    const drawOf = (e: typeof engine, changed = {}) =>
      e.decide('D1', on, known(changed)).sampling?.draw;
    expect(drawOf(sampling)).toBe(drawOf(sampling, { 'declaration.packages': 7 }));
    expect(drawOf(sampling)).not.toBe(drawOf(other));
  });

  test('looks less often at certified enterprises, and not at all where a reason already stands', () => {
    const certified = known({ 'party.importerGrade': 'advancedCertified' });
    expect(sampling.decide('D1', on, certified).sampling?.rate).toBe(0.003);
    const cheap = known({ 'goods.value': 8_000 });
    expect(sampling.decide('D1', on, cheap).sampling).toBeNull();
  });
});

describe('doing it again', () => {
  test('a decision is of its contract and replays to the byte, through JSON and back', () => {
    for (const changed of [{}, { 'goods.value': 8_000 }, { 'goods.origin': 'PH' }]) {
      const decision = engine.decide('D1', on, known(changed));
      const stored = Decision.parse(JSON.parse(JSON.stringify(decision)));
      expect(replay(engine, stored)).toEqual({ identical: true, decision });
    }
  });

  test('another policy is another version, and does not replay as the same', () => {
    const stricter = createEngine({
      policy: { ...policy, lanes: { red: 50, yellow: 20, blue: 10 } },
      seed: 'a seed for tests',
    });
    expect(stricter.versions.policy).not.toBe(engine.versions.policy);
    const decision = engine.decide('D1', on, known());
    expect(replay(stricter, decision).identical).toBe(false);
  });

  test('facts in any order, with nulls, strangers and wrong types among them, decide the same', () => {
    const facts = known();
    const expected = canonicalJson(engine.decide('D1', on, facts));
    const noise = { 'goods.preference': null, 'no.such': 'x', 'goods.taxRate': 'ten' };
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.entries(facts), { minLength: Object.keys(facts).length }),
        (entries) => {
          const shuffled = { ...noise, ...Object.fromEntries(entries) };
          expect(canonicalJson(engine.decide('D1', on, shuffled))).toBe(expected);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('no value of any fact makes deciding fail', () => {
    const names = [...declaredFacts, ...riskFacts].map(({ name }) => name);
    const value = fc.oneof(
      fc.constant(null),
      fc.double(),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 60 }), (facts) => {
        const decision = engine.decide('D1', on, facts);
        expect(replay(engine, JSON.parse(JSON.stringify(decision))).identical).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

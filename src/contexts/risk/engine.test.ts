// From facts to a lane: what comes first, what the sample draws, and that it can all be done again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../kernel/canonical.ts';
import { declaredFacts, type FactSet } from '../facts/index.ts';
import { Decision, ShownDecision } from './contract.ts';
import { createEngine, type EngineOptions, replay } from './engine.ts';
import { riskFacts } from './facts.ts';
import { dayOf, engine, known, modelOf, policy } from './fixtures.ts';
import { createLiveEngine } from './live-engine.ts';
import { createReplayer } from './replayer.ts';
import { bookOf, bookRule, textList } from './rules/fixtures.ts';
import { toldToDeclarant, veiled } from './veil.ts';

const on = dayOf(40);
const quiet = { ...policy, sample: { ...policy.sample, rate: 0, rateByGrade: {} } };

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

describe('rules and model beside the checks', () => {
  const cheap = bookRule('R-0001', { text: 'price.perKg < 0.9', points: 20 });
  const model = modelOf(({ 'goods.value': value }) => (value === 31_000 ? 0.9 : 0.1));
  const wide = { 'selection.threshold': 500, 'selection.left': 3 };
  const with_ = (options: Partial<EngineOptions>) =>
    createEngine({ policy: quiet, seed: 's', ...options });
  const risky = { 'goods.value': 31_000, 'declaration.value': 31_000 };

  test('an officer’s rule adds its points and quotes what it saw; a mandatory one fixes the lane', () => {
    const strict = bookRule('R-0002', {
      text: 'goods.origin == "EC"',
      mandatory: 'red',
      points: 0,
    });
    const decision = with_({ book: bookOf([cheap, strict]) }).decide(
      'D1',
      on,
      known({ 'goods.value': 16_000 }),
    );
    expect(decision).toMatchObject({ lane: 'red', selectedBy: 'mandatory', score: 20 });
    expect(decision.results.map(({ check }) => check)).toEqual(['R-0001', 'R-0002']);
    expect(decision.results[0]?.sentence.en).toContain('(price per kilogram 0.80).');
  });

  test('what a rule cannot judge is not evaluated, and said once for all such declarations', () => {
    const engineWith = with_({
      book: bookOf([bookRule('R-0003', { text: 'goods.taxRate > 5.0' })]),
    });
    const results = ['D1', 'D2'].map((id) =>
      engineWith.decide(id, on, known()).results.find(({ check }) => check === 'R-0003'),
    );
    expect(results[0]).toMatchObject({ outcome: 'notEvaluated', missing: ['goods.taxRate'] });
    expect(results[0]).toBe(results[1]);
  });

  test.each([
    ['above the threshold, while examinations are left', wide, 'model', 'red'],
    ['below the threshold', { ...wide, 'selection.threshold': 1e9 }, 'none', 'green'],
    ['with no examination left', { ...wide, 'selection.left': 0 }, 'none', 'green'],
    ['where no threshold can be stated', {}, 'none', 'green'],
  ] as const)('the model selects %s', (_, selection, selectedBy, lane) => {
    const decision = with_({ model }).decide('D1', on, { ...known(risky), ...selection });
    expect(decision).toMatchObject({ selectedBy, lane });
    expect(decision.model).toMatchObject({ version: 'model of a test', probability: 0.9 });
    expect(decision.model?.contributions).toHaveLength(lane === 'red' ? 2 : 0);
  });

  test('a reason of the checks comes before the model, and the sample after it', () => {
    const facts = { ...known({ ...risky, 'party.importerGrade': 'seriouslyDishonest' }), ...wide };
    expect(with_({ model }).decide('D1', on, facts).selectedBy).toBe('mandatory');
    const always = { ...policy, sample: { ...policy.sample, rate: 1, rateByGrade: {} } };
    const sampling = with_({ policy: always, model });
    const selected = sampling.decide('D1', on, { ...known(risky), ...wide });
    expect([selected.selectedBy, selected.sampling]).toEqual(['model', null]);
    expect(sampling.decide('D1', on, known(risky)).selectedBy).toBe('sample');
  });

  test('whoever is not in the sample is not drawn; one that says nothing of it is', () => {
    const always = { ...policy, sample: { ...policy.sample, rate: 1, rateByGrade: {} } };
    const selectedBy = (isSampled: FactSet) =>
      with_({ policy: always }).decide('D1', on, { ...known(), ...isSampled }).selectedBy;
    expect(selectedBy({ 'selection.isSampled': false })).toBe('none');
    expect(selectedBy({ 'selection.isSampled': true })).toBe('sample');
    expect(selectedBy({})).toBe('sample');
  });

  test('exploring raises the rate of the draw, and the log says so', () => {
    const facts = { ...known(), 'selection.exploreRate': 0.25 };
    expect(with_({}).decide('D1', on, facts).sampling?.rate).toBe(0.25);
  });

  test('what is on trial is recorded and touches nothing', () => {
    const trial = bookRule('R-0004', { text: 'price.perKg < 2.0' }, { standing: 'shadow' });
    const facts = { ...known(risky), ...wide };
    const tried = with_({ book: bookOf([trial]), shadow: model }).decide('D1', on, facts);
    expect(tried).toMatchObject({ selectedBy: 'none', score: 0, model: null });
    expect(tried.shadow).toMatchObject([
      { kind: 'rule', rule: 'R-0004', outcome: 'hit', because: 'shadow' },
      { kind: 'model', probability: 0.9 },
    ]);
  });

  test('a model of a named aim speaks of its own goods only; who expects the most harm is quoted', () => {
    const [acid, wine] = [known({ 'goods.hs6': '280610' }), known({ 'goods.hs6': '220421' })];
    const mild = modelOf(() => 0.2, 'general');
    const named = {
      live: { precursor: modelOf(() => 0.7, 'of-precursors') },
      shadow: { hazard: modelOf(() => 0.5, 'of-hazards') },
    };
    const three = with_({ model: mild, named });
    expect(three.versions).toMatchObject({
      ...{ model: 'general', named: 'precursor:of-precursors hazard/shadow:of-hazards' },
    });
    const onAcid = three.decide('D1', on, { ...acid, ...wide });
    expect(onAcid).toMatchObject({
      selectedBy: 'model',
      model: { version: 'of-precursors', aim: 'precursor', probability: 0.7 },
      beside: [{ version: 'general', probability: 0.2 }],
      shadow: [{ kind: 'model', aim: 'hazard', version: 'of-hazards' }],
    });
    const onWine = three.decide('D2', on, { ...wine, ...wide });
    expect(onWine.model).toMatchObject({ version: 'general', probability: 0.2 });
    expect(onWine.model).not.toHaveProperty('aim');
    expect(onWine).not.toHaveProperty('beside');
    expect(onWine.shadow).toEqual([]);
    // Without the general one, goods that no other is about have no model at all.
    expect(with_({ named }).decide('D2', on, { ...wine, ...wide }).model).toBeNull();
    for (const facts of [acid, wine]) {
      const shown = veiled(three.decide('D1', on, { ...facts, ...wide }));
      expect(shown).not.toHaveProperty('beside');
      expect(shown.model).toMatchObject({ probability: null, harm: null });
    }
  });

  test('with all of it a decision is of its contract and replays to the byte', async () => {
    const named = {
      live: { precursor: modelOf(() => 0.7, 'v1') },
      shadow: { hazard: modelOf(() => 0.5, 'v2') },
    };
    const whole = with_({ book: bookOf([cheap]), model, shadow: model, named });
    const facts = { ...known({ ...risky, 'goods.hs6': '280610' }), ...wide };
    const decision = whole.decide('D1', on, facts);
    const stored = Decision.parse(JSON.parse(JSON.stringify(decision)));
    expect(replay(whole, stored)).toEqual({ identical: true, decision });
    const kept = new Map(
      [model, named.live.precursor, named.shadow.hazard].map((each) => [each.version, each]),
    );
    const again = await createReplayer({
      ...{ policy: quiet, seed: 's' },
      bookOf: async () => bookOf([cheap]),
      modelOf: async (version) => kept.get(version) ?? null,
    })(stored.versions);
    expect(again && replay(again, stored)).toEqual({ identical: true, decision });
  });

  test('parts are swapped between two decisions, and none is dropped', () => {
    const live = createLiveEngine({ policy: quiet, seed: 's' });
    const before = live.decide('D1', on, known({ 'goods.value': 16_000 }));
    live.use({ book: bookOf([cheap]) });
    const after = live.decide('D1', on, known({ 'goods.value': 16_000 }));
    expect([before.score, after.score]).toEqual([0, 20]);
    expect(live.versions.rules).toBe(after.versions.rules);
  });
});

describe('the veil', () => {
  const model = modelOf(() => 0.4);
  const always = { ...policy, sample: { ...policy.sample, rate: 1, rateByGrade: {} } };
  const judged = createEngine({ policy: always, seed: 's', model, shadow: model });
  const byModel = judged.decide('D1', on, {
    ...known(),
    'selection.threshold': 0,
    'selection.left': 3,
  });
  const bySample = judged.decide('D1', on, known());

  test('model and sample look the same to whoever will examine', () => {
    expect([byModel.selectedBy, bySample.selectedBy]).toEqual(['model', 'sample']);
    const { id: _, ...one } = veiled(byModel);
    const { id: __, ...other } = veiled(bySample);
    expect(one).toEqual(other);
    expect(ShownDecision.parse(one.model ? veiled(byModel) : null)).toMatchObject({
      ...{ selectedBy: 'targeting', sampling: null, shadow: [] },
      model: {
        ...{ probability: null, harm: null, threshold: null },
        contributions: [{ logOdds: 0, facts: ['goods.value'] }],
      },
    });
  });

  test('declarants read which rule hit, and of one that asks a list only that there was one', () => {
    const open = bookRule('R-1', { text: 'goods.origin == "EC"' });
    const watched = [textList('watched', ['EC'])];
    const listed = bookRule('R-2', { text: 'goods.origin in lists.watched' }, {}, watched);
    const book = bookOf([open, listed], watched);
    const both = createEngine({ policy: quiet, seed: 's', book });
    const told = toldToDeclarant(both.decide('D1', on, known({ 'goods.value': 8_000 })));
    expect(told).toMatchObject({ score: 0, model: null, facts: {} });
    expect(told.results.map(({ check }) => check)).toEqual(['priceBelowPeers', 'R-1', 'targeting']);
    expect(JSON.stringify(told.results)).not.toMatch(/R-2/);
  });

  test('a reason that is no secret stays: the score, and what hit', () => {
    const scored = engine.decide('D1', on, known({ 'goods.value': 8_000 }));
    expect(veiled(scored)).toMatchObject({ selectedBy: 'score', results: scored.results });
  });
});

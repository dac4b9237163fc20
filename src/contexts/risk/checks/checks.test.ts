// Each check on a declaration it is made for, and on the nearest one it must leave alone.
import { describe, expect, test } from 'vitest';
import type { FactSet, FactValue } from '../../facts/index.ts';
import { bananas, dayOf, engine, fortyDays, known } from '../fixtures.ts';
import { allChecks } from './all.ts';

type Changed = Record<string, FactValue>;
const decide = (facts: FactSet) => engine.decide('D1', dayOf(40), facts);
const hitsOf = (facts: FactSet) =>
  decide(facts).results.flatMap(({ check, outcome }) => (outcome === 'hit' ? [check] : []));

const price = (perKg: number): Changed => ({ 'goods.value': perKg * 20_000 });
const split = { 'party.seller': 'S', 'goods.value': 250, 'declaration.value': 250 };
const afterSmallOnes = (): FactSet => {
  const history = fortyDays();
  for (const n of [37, 38]) history.observe(bananas(split), dayOf(n));
  return known(split, history);
};
const recognised: Changed = {
  'chemical.substance': '甲苯 toluene',
  'chemical.cas': '108-88-3',
  'chemical.lineNo': 1,
  'chemical.likelihood': 0.99,
};
const stated: Changed = { 'chemical.unStated': '1993', 'chemical.hazardClass': '3' };
const listed: Changed = {
  ...recognised,
  'chemical.list': 'cn_precursor',
  'chemical.listClass': '3',
  'chemical.isControlled': true,
  'chemical.isLicensed': false,
  'chemical.isCertain': true,
};
const apiece = (kg: number): Changed => ({ 'goods.quantity': 20_000 / kg });

test('an ordinary declaration is green and every check that could judge says nothing', () => {
  expect(decide(known())).toMatchObject({
    lane: 'green',
    score: 0,
    selectedBy: 'none',
    results: [],
  });
});

describe.each<[check: string, hit: FactSet, clear: FactSet]>([
  ['priceBelowPeers', known(price(0.41)), known(price(0.7))],
  ['priceAbovePeers', known(price(3.4)), known(price(2.5))],
  ['weightPerUnit', known(apiece(2)), known(apiece(1.2))],
  ['netToGross', known({ 'declaration.grossMass': 60_000 }), known()],
  ['routeUnusual', known({ 'route.departure': 'PA' }), known()],
  [
    'preferenceOrigin',
    known({ 'goods.preference': '22' }),
    known({ 'goods.preference': '22', 'goods.origin': 'VN' }),
  ],
  [
    'preferenceRoute',
    known({ 'goods.preference': '18', 'goods.origin': 'AU', 'route.departure': 'US' }),
    known({ 'goods.preference': '18', 'goods.origin': 'AU', 'route.departure': 'AU' }),
  ],
  ['taxTypeOrigin', known({ 'goods.taxType': 'FCN1' }), known({ 'goods.taxType': 'A' })],
  ['importerNew', known({ 'party.importer': 'new' }), known()],
  [
    'importerNewGoods',
    known({ 'goods.hs6': '870323', 'goods.value': 900_000 }),
    known({ 'goods.hs6': '870323', 'goods.value': 100_000 }),
  ],
  ['valueUnderThreshold', known({ 'declaration.value': 590 }), known({ 'declaration.value': 600 })],
  ['consignmentSplit', afterSmallOnes(), known(split)],
  [
    'gradeSeriouslyDishonest',
    known({ 'party.importerGrade': 'seriouslyDishonest' }),
    known({ 'party.importerGrade': 'dishonest' }),
  ],
  [
    'gradeDishonest',
    known({ 'party.importerGrade': 'dishonest' }),
    known({ 'party.importerGrade': 'certified' }),
  ],
  [
    'watchedGoods',
    known({ 'goods.hs': '3915100000', 'goods.hs6': '391510' }),
    known({ 'goods.hs': '3915100000', 'goods.hs6': '391510', 'declaration.ieFlag': 'E' }),
  ],
  ['controlledUnlicensed', known(listed), known({ ...listed, 'chemical.isLicensed': true })],
  [
    'substanceDisguised',
    known({ ...recognised, 'chemical.disguises': 1 }),
    known({ ...recognised, 'chemical.disguises': 0 }),
  ],
  [
    'hsOfAnother',
    known({ ...recognised, 'chemical.expectedHs': '290230', 'chemical.hsFits': false }),
    known({ ...recognised, 'chemical.expectedHs': '290230', 'chemical.hsFits': true }),
  ],
  [
    'hazardOfAnother',
    known({ ...recognised, ...stated, 'chemical.hazardFits': false }),
    known({ ...recognised, ...stated, 'chemical.hazardFits': true }),
  ],
])('%s', (id, hit, clear) => {
  test('hits', () => expect(hitsOf(hit)).toContain(id));
  test('leaves the nearest alone', () => expect(hitsOf(clear)).not.toContain(id));
  test('says why in both languages, with no gap in the sentence', () => {
    const result = decide(hit).results.find(({ check }) => check === id);
    expect(result?.sentence.zh).toMatch(/。$/);
    expect(result?.sentence.en).toMatch(/\.$/);
    expect(JSON.stringify(result?.sentence)).not.toMatch(/NaN|undefined|null/);
  });
});

test('a duty rate that peers of the same type hardly ever pay', () => {
  const history = fortyDays();
  const rated = { 'goods.taxType': 'A', 'goods.taxRate': 10 };
  for (let n = 0; n < 40; n++) history.observe(bananas(rated), dayOf(n));
  expect(hitsOf(known({ ...rated, 'goods.taxRate': 0 }, history))).toContain('taxRateUnusual');
  expect(hitsOf(known(rated, history))).not.toContain('taxRateUnusual');
});

test('a price is told beside its peers', () => {
  const [result] = decide(known(price(0.41))).results;
  expect(result?.sentence).toEqual({
    zh: '申报单价 0.41 USD/千克；此前 80 票原产地为 EC 的 080390 进口货物，居中一半的单价在 1.05–1.24 之间。',
    en: 'Unit price 0.41 USD/kg; the middle half of 80 earlier imports of 080390 from EC paid 1.05–1.24.',
  });
});

test('missing is not false: without peers the price is not evaluated, and the fact is named', () => {
  const { results } = decide(known({ 'goods.origin': 'PH' }));
  const result = results.find(({ check }) => check === 'priceBelowPeers');
  expect(result).toMatchObject({ outcome: 'notEvaluated', points: 0 });
  expect(result?.missing).toEqual(['peers.priceMedian', 'peers.priceDeviation']);
  expect(result?.sentence.zh).toContain('同类单价中位数');
});

test('with no preference claimed there is nothing to say about preferences', () => {
  const named = decide(known({ 'goods.preference': null })).results.map(({ check }) => check);
  expect(named).not.toContain('preferenceRoute');
});

test('a precursor without its licence is a certain hit only where substance and law are certain', () => {
  const judged = (changed: Changed) =>
    decide(known({ ...listed, ...changed })).results.find(
      ({ check }) => check === 'controlledUnlicensed',
    );
  expect(judged({})).toMatchObject({ mandatory: true, lane: 'red' });
  expect(judged({ 'chemical.isCertain': false })).toMatchObject({ mandatory: false, lane: null });
  const unknown = judged({ 'chemical.isControlled': null });
  expect(unknown).toMatchObject({ outcome: 'notEvaluated', missing: ['chemical.isControlled'] });
  expect(unknown?.sentence.zh).toContain('浓度');
});

test('every check has a test above, and a different name', () => {
  const ids = allChecks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(20);
});

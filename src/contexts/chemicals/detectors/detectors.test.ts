// What does not fit, detector by detector: each on goods it speaks of, on the nearest it must leave
// alone, and on goods of which too little is said.
import { beforeAll, describe, expect, test } from 'vitest';
import { createIdentifier, type Identifier } from '../identify/identifier.ts';
import { shippedLists } from '../lists/shipped.ts';
import { containerType, drift } from './drift.ts';
import { chemicalFactsOf } from './facts.ts';
import { identifyGoods, remembering } from './goods-text.ts';
import { hazard, packaging, type StatedHazard } from './hazard.ts';
import { type DeclaredLine, lawOf } from './line.ts';
import { againstPeers, weighing } from './physical.ts';
import { tariffCode } from './tariff-code.ts';

let identifier: Identifier;
beforeAll(() => {
  identifier = createIdentifier(shippedLists());
});
const of = (text: string) => identifier.identify(text);
const code = (verdict: { code: string } | null | undefined) => verdict?.code ?? null;

test.each([
  ['甲苯', '2902300000', null],
  ['甲苯', '2902900000', 'chemicals.hs_residual'],
  ['甲苯', '2902200000', 'chemicals.hs_other_subheading'],
  ['甲苯', '2914110000', 'chemicals.hs_other_heading'],
  ['甲苯', '2710121000', 'chemicals.hs_other_chapter'],
  ['甲苯', '3402900000', 'chemicals.hs_cover_chapter'],
  ['稀释剂（甲苯30%，丙酮70%）', '3814000000', null],
  ['不锈钢水杯', '7323930000', 'chemicals.hs_not_evaluated'],
])('%s under %s: %s', (text, hsCode, wanted) => {
  expect(code(tariffCode(of(text), hsCode))).toBe(wanted);
});

test('each substance of a recipe is judged by its own share; one that may be of either is of none', () => {
  const asked = { hsCode: null, ieFlag: 'I', partnerCountry: 'DE', on: '2026-03-01' } as const;
  const controls = (text: string) =>
    lawOf(of(text), asked).memberships.flatMap(({ entry, control }) =>
      control === 'told' ? [] : [`${entry.cas} ${control}`],
    );
  expect(controls('稀释剂（甲苯30%，丙酮70%）')).toEqual(['108-88-3 exempt', '67-64-1 applies']);
  const unclear = controls('甲苯、丙酮混合物（30%，70%）');
  expect(unclear).toHaveLength(2);
  expect(unclear.join()).not.toContain('exempt');
});

test.each([
  ['稀释剂', '甲苯20%,丙酮15%;200升/桶', '3814000000', ['toluene', 'acetone']],
  ['清洗剂', '成分：丙酮 60％', '3402900090', ['acetone']],
  ['盐酸', '1吨/桶', '2806100000', ['hydrochloric acid']],
  ['不锈钢水杯', '铬18%,镍8%', '7323930000', []],
  ['稀释剂', '200升/桶', '3814000000', []],
])('%s, specified as %s under %s', (description, specification, hsCode, wanted) => {
  const { unknown, candidates } = identifyGoods({ description, specification, hsCode }, of);
  const sure = candidates.filter(({ score }) => score > 0.9).map(({ name }) => name);
  expect(unknown ? [] : sure).toEqual(wanted);
});

const unstated: StatedHazard = { un: null, class: null, packingGroup: null, isDangerous: null };
test.each<[string, Partial<StatedHazard>, string[]]>([
  ['甲醇', {}, []],
  ['甲醇', { un: '1230', class: '3', isDangerous: true }, []],
  ['甲醇', { isDangerous: false }, ['chemicals.hazard_not_declared']],
  ['甲醇', { class: '9' }, ['chemicals.hazard_class_other']],
  ['甲醇', { un: '1993' }, ['chemicals.un_other']],
  ['不锈钢水杯', { isDangerous: false }, []],
])('%s stated as %j', (text, stated, wanted) => {
  expect(hazard(of(text), { ...unstated, ...stated }).map((it) => it.code)).toEqual(wanted);
});

test.each([
  ['盐酸溶液 31% 25kg/袋', null, 'chemicals.packaging_cannot_hold'],
  ['硫磺', null, 'chemicals.packaging_not_stated'],
])('packaging of %s', (text, kind, wanted) => {
  expect(code(packaging(of(text), kind))).toBe(wanted);
});

describe('one consignment under several names', () => {
  test.each([
    ['甲苯', 'toluene', []],
    ['甲苯', '丙酮', ['chemicals.names_differ']],
    ['硝酸铵', 'plant growth regulator', ['chemicals.name_withheld']],
    ['不锈钢水杯', 'shoes', []],
  ])('%s, then %s', (manifest, declaration, wanted) => {
    const told = { manifest: [of(manifest)], declaration: [of(declaration)] };
    expect(drift(told).map((it) => it.code)).toEqual(wanted);
  });

  test('several lines are one consignment: one name in common is enough', () => {
    const declaration = [of('不锈钢水杯'), of('甲苯'), of('丙酮')];
    expect(drift({ manifest: [of('toluene')], declaration })).toEqual([]);
    expect(drift({ declaration, storage: [of('methanol')] })).toMatchObject([
      { code: 'chemicals.names_differ', params: { from: 'declaration', to: 'storage' } },
    ]);
  });
  test.each([
    ['丙烷', '22U1', 'chemicals.container_open_top'],
    ['丙烷', '22T6', null],
  ])('%s in %s', (text, type, wanted) => {
    expect(code(containerType(of(text), type))).toBe(wanted);
  });
});

test.each([
  ['22500', '20000', '2300', null],
  ['26000', '20000', '2300', 'chemicals.mass_differs'],
  ['2550', '100', '2300', null],
  [null, '20000', '2300', 'chemicals.weighing_missing'],
])('weighed %s, declared %s, tare %s: %s', (weighed, declared, tare, wanted) => {
  expect(code(weighing(weighed, declared, tare))).toBe(wanted);
});

test.each([
  [1.2, 80, 2, null],
  [9, 80, 40, 'chemicals.far_from_peers'],
  [0.1, 80, -6.1, 'chemicals.far_from_peers'],
  [9, 29, 40, 'chemicals.peers_missing'],
  [null, 80, null, 'chemicals.peers_missing'],
])('%s against %i peers, %s deviations away: %s', (value, count, deviations, wanted) => {
  expect(code(againstPeers({ what: 'price', value, count, median: 1, deviations }))).toBe(wanted);
});

test('a decision is told of the most telling line, and each text is looked at once', () => {
  const line = (lineNo: number, description: string, hsCode: string): DeclaredLine => ({
    ...{ lineNo, description, hsCode, specification: null, packageKind: null, licenceKinds: [] },
    ...{ ieFlag: 'I', partnerCountry: 'DE', on: '2026-03-01', hazard: unstated },
  });
  let asked = 0;
  const identify = remembering((text) => {
    asked += 1;
    return of(text);
  });
  const lines = [
    line(1, '甲醇', '2905110000'),
    line(2, '醋·酸·酐', '3402900000'),
    line(3, '甲醇', '2905110000'),
    line(4, '全棉衬衫', '6205200000'),
  ];
  expect(chemicalFactsOf(lines, identify)).toMatchObject({
    ...{ 'chemical.lineNo': 2, 'chemical.cas': '108-24-7', 'chemical.list': 'cn_precursor' },
    ...{ 'chemical.isControlled': true, 'chemical.isLicensed': false, 'chemical.hsFits': false },
    'chemical.isCertain': true,
  });
  expect(asked).toBe(2);
  expect(chemicalFactsOf([line(1, '全棉衬衫', '6205200000')], identify)).toEqual({});
});

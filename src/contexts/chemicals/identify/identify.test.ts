// Goods are declared under many names, badly spelt, in two languages, in commercial words and in disguise. With the
// lists that come along, and nothing running, each is told for what it is; and what is nothing of the kind is not.
import { describe, expect, test } from 'vitest';
import { readList } from '../lists/read-list.ts';
import { shippedLists } from '../lists/shipped.ts';
import { createIdentifier } from './identifier.ts';

const { identify, entriesOf } = createIdentifier(shippedLists());
const first = (text: string): string | null => {
  const { unknown, candidates } = identify(text);
  return unknown ? null : (candidates[0]?.cas ?? null);
};

describe('names', () => {
  test.each([
    ['甲苯', '108-88-3'],
    ['Toluene 99.9% industrial grade 200kg drum', '108-88-3'],
    ['丙酮 工业级 160kg/桶', '67-64-1'],
    ['高錳酸鉀', '7722-64-7'],
    ['propan-2-ol', '67-63-0'],
    ['isopropyl alcohol', '67-63-0'],
    ['acetic acid, ethyl ester', '141-78-6'],
    ['ammonium peroxodisulphate', '7727-54-0'],
    ['toluen', '108-88-3'],
    ['KMnO4', '7722-64-7'],
    ['H2SO4 98%', '7664-93-9'],
    ['sulphuric acid', '7664-93-9'],
    ['sulfuric acid', '7664-93-9'],
    ['CAS No. 108-24-7', '108-24-7'],
    ['UN1294', '108-88-3'],
    ['2-hydroxypropane', '67-63-0'],
    ['butan-2-one (MEK)', '78-93-3'],
    ["4,4'-thiobis(phenol)", null],
    ['plastic chairs', null],
    ['涤纶面料 150D', null],
    ['صناديق بلاستيكية', null],
    ['', null],
  ])('%s is %s', (text, cas) => expect(first(text)).toBe(cas));
});

test('a list in one language answers a name in the other', () => {
  const named =
    'cas,name\n78-00-2,tetraethyllead\n117-81-7,bis(2-ethylhexyl) phthalate\n110-16-7,maleic acid\n';
  const { identify: byEnglish } = createIdentifier([
    {
      list: 'names',
      source: 'ours',
      version: '1',
      from: null,
      to: null,
      foundation: 'official',
      rows: readList(named).rows,
    },
  ]);
  const cas = (text: string) => byEnglish(text).candidates[0]?.cas;
  expect(cas('四乙基铅')).toBe('78-00-2');
  expect(cas('邻苯二甲酸二(2-乙基己)酯 工业级')).toBe('117-81-7');
  expect(cas('顺丁烯二酸')).toBe('110-16-7');
  expect(byEnglish('四甲基铅').unknown).toBe(true);
});

describe('what only resembles a name is not it', () => {
  test.each([
    '对甲苯磺酸',
    '硫酸铝',
    'sodium sulfate',
    '丙酮检测试纸',
    'acetone-free nail polish remover',
    '硫酸储罐 玻璃钢',
    'ethyl phenylacetate',
  ])('%s', (text) => {
    expect(identify(text).listed.filter(({ list }) => list === 'cn_precursor')).toEqual([]);
  });
});

describe('disguises are undone, and told', () => {
  test.each([
    ['甲.苯', '108-88-3', 'inserted'],
    ['曱苯', '108-88-3', 'lookAlike'],
    ['T o l u e n e', '108-88-3', 'spaced'],
    ['аcetone', '67-64-1', 'lookAlike'],
    ['t0luene', '108-88-3', 'lookAlike'],
    ['甲苯😀', '108-88-3', 'inserted'],
    ['醋·酸·酐（清洗用）', '108-24-7', 'inserted'],
    ['高 锰.酸·钾 清洗剂', '7722-64-7', 'inserted'],
    ['脱脂剂 甲_苯 桶装', '108-88-3', 'inserted'],
  ])('%s', (text, cas, kind) => {
    expect(first(text)).toBe(cas);
    expect(identify(text).reading.disguises.map((one) => one.kind)).toContain(kind);
  });
});

test.each(['丙酮检 测·仪', '不锈钢 轴 承 座', '耐丙·酮手套'])('not these: %s', (text) => {
  expect(identify(text).unknown).toBe(true);
});

test('each component of a mixture is told, with its share', () => {
  const { reading, candidates, listed } = identify('混合溶剂:甲苯50%,丙酮30%,丁酮20%');
  expect(reading.isMixture).toBe(true);
  expect(reading.components.map(({ concentration }) => concentration?.low)).toEqual([50, 30, 20]);
  expect(candidates.slice(0, 3).map(({ cas }) => cas)).toEqual(['108-88-3', '67-64-1', '78-93-3']);
  expect(
    new Set(listed.filter(({ list }) => list === 'cn_precursor').map(({ cas }) => cas)).size,
  ).toBe(3);
});

test.each([
  ['甲苯30%,丙酮30%,二甲苯40%', [30, 30, 40]],
  ['稀释剂(甲苯30%,二甲苯40%,丙酮30%)', [30, 40, 30]],
  ['清洗剂(丙酮20%,水80%)', [20, 80]],
])('shares that are stated are read: %s', (text, shares) => {
  const { reading, listed } = identify(text);
  expect(reading.isMixture).toBe(true);
  expect(reading.components.map(({ concentration }) => concentration?.low)).toEqual(shares);
  expect(listed.map(({ cas }) => cas)).toContain('67-64-1');
});

test('a salt is listed where its list takes in salts, and not where it does not', () => {
  const classes = (text: string) =>
    identify(text).listed.filter(({ list }) => list === 'cn_precursor');
  expect(classes('盐酸麻黄碱')).toMatchObject([{ class: '1', salts: true, cas: '299-42-3' }]);
  expect(identify('盐酸麻黄碱').reading.components[0]?.forms).toEqual(['盐酸']);
  expect(classes('sodium phenylacetate')).toMatchObject([{ class: '2' }]);
});

test('an entry holds from its day: an old declaration is judged by the old list', () => {
  expect(entriesOf('41661-47-6', '2025-07-19').map(({ list }) => list)).not.toContain(
    'cn_precursor',
  );
  expect(entriesOf('41661-47-6', '2025-07-20').map(({ list }) => list)).toContain('cn_precursor');
  const isListed = (on: string) =>
    identify('溴素', on).listed.some(({ list }) => list === 'cn_precursor');
  expect([isListed('2017-01-01'), isListed('2018-01-01')]).toEqual([false, true]);
});

test('every entry says what it rests on', () => {
  const entries = shippedLists()
    .filter(({ list }) => list === 'memberships')
    .flatMap(({ rows }) => rows);
  expect(entries.filter(({ attributes }) => !attributes.basis)).toEqual([]);
  const read = entries.filter(({ attributes }) => attributes.foundation === 'text');
  expect(read.every(({ attributes }) => attributes.from === '2005-11-01')).toBe(true);
  expect(read.length).toBe(29);
});

describe('bad input', () => {
  test('a wrong check digit is told, and the name answers still', () => {
    const { problems, candidates } = identify('toluene CAS 108-88-4');
    expect(problems).toEqual([{ code: 'chemicals.cas_check_digit', seen: '108-88-4' }]);
    expect(candidates[0]).toMatchObject({ cas: '108-88-3', by: 'name' });
  });

  test('a number no list has is still that number', () => {
    expect(identify('CAS 58-08-2')).toMatchObject({
      unknown: false,
      candidates: [{ cas: '58-08-2', by: 'cas' }],
    });
  });

  test('ten thousand characters, two hundred components', () => {
    const long = identify(`甲苯 ${'货物说明'.repeat(2_500)}`);
    expect(long.problems.map(({ code }) => code)).toContain('chemicals.text_cut');
    const many = identify(
      Array.from({ length: 200 }, (_, i) => (i % 2 ? 'acetone' : `filler${i}`)).join('; '),
    );
    expect(many.problems).toContainEqual({ code: 'chemicals.components_left_out', seen: '160' });
    expect(many.candidates[0]?.cas).toBe('67-64-1');
  });
});

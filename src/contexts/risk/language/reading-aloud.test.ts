// A rule is read to an officer as a sentence, and its outcome step by step, with what was seen.
import { describe, expect, test } from 'vitest';
import { declaredFacts } from '../../facts/index.ts';
import { riskFacts } from '../facts.ts';
import { explain } from './explain.ts';
import { readRule } from './read.ts';
import { sentenceOf } from './sentence.ts';

const scope = {
  facts: new Map([...declaredFacts, ...riskFacts].map((fact) => [fact.name, fact])),
  lists: new Map([['watchedGoods', 'text' as const]]),
};

const read = (text: string) => {
  const { expression, problems } = readRule(text, scope);
  expect(problems).toEqual([]);
  if (!expression) throw new Error(`Not read: ${text}`);
  return expression;
};

test.each([
  [
    'importer.earlier < 3 && price.perKg < peers.priceMedian * 0.5',
    '企业此前申报票数少于 3 且 每千克单价低于同类单价中位数的一半',
    'the enterprise’s earlier declarations fewer than 3 and price per kilogram below half of peers’ median price',
  ],
  [
    'goods.netMass >= 20.5 && !(goods.origin in ["CN", "US"])',
    '净重不低于 20.5 千克 且 原产国（地区）不是“CN”、“US”中的任何一个',
    'net mass at least 20.5 kg and country of origin is none of “CN”, “US”',
  ],
  [
    '!goods.hs.startsWith("84") || goods.hs6 in lists.watchedGoods && !has(goods.preference)',
    '商品编码不以“84”开头 或 （六位商品编码在清单“watchedGoods”中 且 缺少优惠贸易协定）',
    'tariff code as declared does not start with “84” or (six-digit HS code is on the list “watchedGoods” and preferential agreement claimed is missing)',
  ],
  [
    'goods.netMass + 1.0 > 0.0 && goods.value / (goods.netMass + 1.0) > 2.0 || true',
    '（净重与 1 之和高于 0 且 商品总价与（净重与 1 之和）之比高于 2） 或 恒成立',
    '(net mass plus 1 above 0 and value of the line divided by (net mass plus 1) above 2) or always',
  ],
  [
    'goods.value in [5.0, 10.0] && !(declaration.lines in [1])',
    '商品总价为 5、10 之一 且 商品项数不为 1',
    'value of the line is one of 5, 10 and number of lines is not 1',
  ],
  [
    '!(route.mode == "9" && goods.taxRate < 5.0)',
    '并非（运输方式为“9” 且 税率低于 5%）',
    'not (mode of transport is “9” and rate of duty below 5 %)',
  ],
])('%s', (text, zh, en) => {
  expect(sentenceOf(read(text), scope)).toEqual({ zh, en });
});

describe('step by step', () => {
  const rule = read(
    'importer.earlier < 3 && (goods.netMass > 0.0 && goods.value / goods.netMass < 1.2 || has(party.seller))',
  );

  test('every condition is shown with the values seen, calculated ones too', () => {
    const facts = { 'importer.earlier': 2, 'goods.netMass': 4, 'goods.value': 3 };
    const whole = explain(rule, facts, new Map(), scope);
    expect(whole.outcome).toBe(true);
    const price = whole.children[1]?.children[0]?.children[1];
    expect(price?.text).toBe('goods.value / goods.netMass < 1.2');
    expect(price?.seen.map(({ text, value }) => [text, value])).toEqual([
      ['goods.value', 3],
      ['goods.netMass', 4],
      ['goods.value / goods.netMass', 0.75],
    ]);
    expect(whole.children[1]?.children[1]).toMatchObject({
      outcome: false,
      seen: [{ value: null }],
    });
  });

  test('what is missing is seen as nothing and leaves its steps unknown', () => {
    const whole = explain(rule, { 'goods.netMass': 4 }, new Map(), scope);
    expect(whole.outcome).toBe(null);
    expect(whole.children[0]).toMatchObject({ outcome: null, seen: [{ value: null }] });
    expect(whole.children[0]?.seen[0]?.sentence.zh).toBe('企业此前申报票数');
  });
});

// What the law in force says of goods: the shipped rules, by direction, country, mode and day.
import { describe, expect, test } from 'vitest';
import type { DeclarationInput } from '../contract.ts';
import { content } from '../fixtures.ts';
import { findingsOf, isDrawn, rulesFor } from './rule.ts';
import { shippedRules } from './shipped.ts';

const { rules } = shippedRules();
const goods = (hsCode: string, changes: Partial<DeclarationInput> = {}) => {
  const base = content();
  return content({
    ...changes,
    lines: [{ ...base.lines[0], lineNo: 1, hsCode, ...changes.lines?.[0] }],
  });
};
const said = (filed: ReturnType<typeof content>, on = '2026-07-02') => {
  const { problems, permits, checks } = findingsOf(rules, filed, on);
  return [
    ...problems.map(({ code, params }) => `${code} ${params?.rule}`),
    ...permits.map(({ rule }) => `permit ${rule}`),
    ...checks.map(({ rule }) => `check ${rule.id}`),
  ];
};

describe('the shipped rules', () => {
  const line = (originCountry: string) => ({ lines: [{ lineNo: 1, originCountry }] });
  test.each<[string, ReturnType<typeof content>, string, string[]]>([
    ['ordinary goods', goods('8482102000'), '2026-07-02', []],
    ['waste', goods('3915100000'), '2026-07-02', ['clearance.goods_prohibited waste-import']],
    ['waste, the day before', goods('3915100000'), '2020-12-31', []],
    ['waste that leaves', goods('3915100000', { ieFlag: 'E' }), '2026-07-02', []],
    ['bamboo charcoal', goods('4402100000', { ieFlag: 'E' }), '2026-07-02', []],
    [
      'wood charcoal',
      goods('4402900090', { ieFlag: 'E' }),
      '2026-07-02',
      ['clearance.goods_prohibited charcoal-export'],
    ],
    [
      'coal from a sanctioned country',
      goods('2701121000', line('KP')),
      '2026-07-02',
      ['clearance.goods_prohibited dprk-minerals-seafood'],
    ],
    ['coal from elsewhere', goods('2701121000', line('AU')), '2026-07-02', []],
    [
      'a precursor without its permit',
      goods('2807000010'),
      '2026-07-02',
      ['clearance.permit_required precursors-import', 'permit precursors-import'],
    ],
    [
      'a precursor with its permit',
      goods('2807000010', { licences: [{ kind: '2', number: 'P1' }] }),
      '2026-07-02',
      ['permit precursors-import'],
    ],
    ['arms for an exhibition', goods('9306210000', { supervisionMode: '2600' }), '2026-07-02', []],
    ['beef', goods('0202300090'), '2026-07-02', ['check animal-products']],
    ['styrene', goods('2902500000'), '2026-07-02', ['check dangerous-goods-import']],
  ])('%s', (_, filed, on, expected) => {
    expect(said(filed, on)).toEqual(expected);
  });

  test('each names its law, says it is not official where it comes from, and has words in both languages', () => {
    expect(shippedRules().source).toBe('compiled by the project, not official');
    for (const rule of rules) expect(rule.legalBasis).not.toBe('');
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
});

test('a reader asks by code, and a short code asks for everything under it', () => {
  const ids = (wanted: Parameters<typeof rulesFor>[1], on = '2026-07-02') =>
    rulesFor(rules, wanted, on).map(({ id }) => id);
  expect(ids({ hs: '3915900000', ieFlag: 'I' })).toEqual(['waste-import']);
  expect(ids({ hs: '28', ieFlag: 'E' })).toEqual(['precursors-export']);
  expect(ids({ hs: '4402100000' })).toEqual([]);
  expect(ids({ hs: '2701', country: 'AU' })).toEqual([]);
  expect(ids({ hs: '3915' }, '2020-01-01')).toEqual([]);
  expect(ids({})).toHaveLength(rules.length);
});

test('a share is drawn with a key, always alike', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `D${index}`);
  const drawn = ids.filter((id) => isDrawn('key', 'food', id, 10));
  expect(drawn).toEqual(ids.filter((id) => isDrawn('key', 'food', id, 10)));
  expect(drawn.length).toBeGreaterThan(150);
  expect(drawn.length).toBeLessThan(250);
  expect(ids.filter((id) => isDrawn('other key', 'food', id, 10))).not.toEqual(drawn);
  expect(ids.every((id) => isDrawn('key', 'food', id, 100))).toBe(true);
});

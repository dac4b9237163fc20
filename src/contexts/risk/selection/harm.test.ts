// What a wrong declaration would cost: by value and rate, within a floor and a ceiling.
import { expect, test } from 'vitest';
import type { FactSet } from '../../facts/index.ts';
import { loadPolicy } from '../policy.ts';
import { harmOf, revenueAtStake } from './harm.ts';

const { selection } = loadPolicy();
const policy = {
  selection: { ...selection, cnyPer: { CNY: 1, USD: 7 }, dutyDefault: 0.1, vat: 0.13 },
};
const goods = (changed: FactSet): FactSet => ({
  ...{ 'declaration.ieFlag': 'I', 'declaration.currency': 'CNY', 'declaration.value': 100_000 },
  ...changed,
});

test.each<[string, FactSet, number]>([
  ['duty and tax on an import at its rate', goods({ 'goods.taxRate': 20 }), 35_600],
  ['at a rate of nought, tax alone', goods({ 'goods.taxRate': 0 }), 13_000],
  ['the usual rate where none is known', goods({}), 24_300],
  [
    'the usual rate where a preference is claimed',
    goods({ 'goods.taxRate': 0, 'goods.preference': '08' }),
    24_300,
  ],
  ['the refund of an export', goods({ 'declaration.ieFlag': 'E' }), 13_000],
  ['in another currency', goods({ 'declaration.currency': 'USD' }), 170_100],
  ['nothing in a currency nobody quotes', goods({ 'declaration.currency': 'ZWG' }), 0],
  ['nothing where the value is missing', { 'declaration.currency': 'CNY' }, 0],
])('at stake: %s', (_, facts, expected) => {
  expect(revenueAtStake(facts, policy)).toBeCloseTo(expected, 6);
});

test('a cheap consignment competes by its probability, and a huge one cannot outbid ten', () => {
  const { stakeMin, stakeMax } = policy.selection;
  expect(harmOf(0.5, goods({ 'declaration.value': 1 }), policy)).toBe(0.5 * stakeMin);
  expect(harmOf(0.5, goods({ 'declaration.value': 1e9 }), policy)).toBe(0.5 * stakeMax);
});

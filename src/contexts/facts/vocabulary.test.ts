// The vocabulary: contexts bring their words, one word has one meaning, and values keep to their type.
import { describe, expect, test } from 'vitest';
import { Refused } from '../../kernel/refusal.ts';
import type { Fact, Metric } from './contract.ts';
import { declaredFacts } from './declared.ts';
import { createVocabulary } from './vocabulary.ts';

const price: Fact = {
  name: 'price.perKg',
  type: 'number',
  unit: 'currency/kg',
  label: { zh: '每千克单价', en: 'price per kilogram' },
  source: 'risk',
};

const metric = (name: string, counterFigure: string): Metric => ({
  metric: name,
  version: 1,
  promise: 'speed',
  label: { zh: '指标', en: 'metric' },
  definition: { zh: '定义', en: 'definition' },
  owner: { zh: '通关处', en: 'clearance division' },
  unit: 'seconds',
  counterFigure,
});

const codesOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map((r) => r.code);
    throw error;
  }
  return [];
};

describe('putting words together', () => {
  test('the declared facts and another context’s facts stand side by side', () => {
    const vocabulary = createVocabulary([{ facts: declaredFacts }, { facts: [price] }]);
    expect(vocabulary.facts.get('goods.hs6')?.label.zh).toBe('六位商品编码');
    expect(vocabulary.facts.get('price.perKg')).toEqual(price);
  });

  test('a fact two contexts claim is refused, and so is one without both labels', () => {
    expect(codesOf(() => createVocabulary([{ facts: [price] }, { facts: [price] }]))).toEqual([
      'facts.word_taken',
    ]);
    const unlabelled = { ...price, label: { zh: '', en: 'price' } };
    expect(codesOf(() => createVocabulary([{ facts: [unlabelled] }]))).toEqual([
      'facts.malformed_word',
    ]);
  });

  test('a figure is never shown alone: its counter-figure must exist and be another', () => {
    const pair = [metric('median', 'leakage'), metric('leakage', 'median')];
    expect(codesOf(() => createVocabulary([{ metrics: pair }]))).toEqual([]);
    expect(codesOf(() => createVocabulary([{ metrics: [metric('median', 'leakage')] }]))).toEqual([
      'facts.no_counter_figure',
    ]);
    expect(codesOf(() => createVocabulary([{ metrics: [metric('median', 'median')] }]))).toEqual([
      'facts.no_counter_figure',
    ]);
  });
});

describe('checking a set of facts', () => {
  const { check } = createVocabulary([{ facts: declaredFacts }]);

  test.each([
    [{ 'goods.netMass': 12.5 }, []],
    [{ 'goods.netMass': null }, []],
    [{ 'goods.netMass': '12.5' }, ['facts.wrong_type']],
    [{ 'goods.netMass': Number.NaN }, ['facts.wrong_type']],
    [{ 'declaration.lines': 1.5 }, ['facts.wrong_type']],
    [{ 'goods.colour': 'red' }, ['facts.unknown_fact']],
  ])('%j → %j', (facts, codes) => {
    expect(check(facts).map((r) => r.code)).toEqual(codes);
  });
});

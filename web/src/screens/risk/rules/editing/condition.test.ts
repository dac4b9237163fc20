// The builder's view of a condition: what it can show it writes back, what it cannot it leaves to the text.
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../../../../../src/contexts/risk/language/ast.ts';
import { conditionOf, type Group, isUnfinished, tableOf, textOf } from './condition.ts';

const fact = (name: string, type: 'text' | 'number' | 'integer' = 'number') =>
  ({ kind: 'fact', type, fact: name }) as const;
const number = (value: number) => ({ kind: 'literal', type: 'number', value }) as const;
const text = (value: string) => ({ kind: 'literal', type: 'text', value }) as const;

const cheap: Expression = {
  kind: 'compare',
  operator: '<',
  left: fact('price.perKg'),
  right: {
    kind: 'arithmetic',
    type: 'number',
    operator: '*',
    left: number(0.5),
    right: fact('peers.priceMedian'),
  },
};
const cars: Expression = {
  kind: 'textTest',
  test: 'startsWith',
  text: fact('goods.hs6', 'text'),
  part: text('87'),
};
const watched: Expression = {
  kind: 'inList',
  value: fact('party.importer', 'text'),
  list: 'firms',
};

describe('a condition the builder can show', () => {
  test.each<[string, Expression, string]>([
    ['one line', cars, 'goods.hs6.startsWith("87")'],
    ['a factor of another fact', cheap, 'price.perKg < 0.5 * peers.priceMedian'],
    ['a named list', watched, 'party.importer in lists.firms'],
    ['not in a list', { kind: 'not', operand: watched }, '!(party.importer in lists.firms)'],
    [
      'a fact that is not known',
      { kind: 'not', operand: { kind: 'has', type: 'text', fact: 'goods.unit' } },
      '!has(goods.unit)',
    ],
    [
      'some of several',
      { kind: 'oneOf', value: fact('goods.origin', 'text'), values: [text('VN'), text('US')] },
      'goods.origin in ["VN", "US"]',
    ],
    [
      'groups in groups',
      { kind: 'or', operands: [watched, { kind: 'and', operands: [cars, cheap] }] },
      'party.importer in lists.firms ||\n(\n  goods.hs6.startsWith("87") &&\n  price.perKg < 0.5 * peers.priceMedian\n)',
    ],
  ])('%s', (_, expression, written) => {
    const condition = conditionOf(expression);
    expect(condition && textOf(condition)).toBe(written);
  });

  test('quotes and breaks in what was typed stay within their text', () => {
    const typed: Group = {
      kind: 'group',
      join: 'and',
      parts: [
        {
          kind: 'row',
          fact: 'goods.description',
          operator: 'contains',
          with: { kind: 'text', value: '"\n) || true' },
        },
      ],
    };
    expect(textOf(typed)).toBe(String.raw`goods.description.contains("\"\n) || true")`);
  });
});

test.each<[string, Expression]>([
  [
    'a sum',
    {
      kind: 'compare',
      operator: '>',
      left: { kind: 'negate', type: 'number', operand: fact('price.perKg') },
      right: number(1),
    },
  ],
  ['the denial of a group', { kind: 'not', operand: { kind: 'and', operands: [cars, cheap] } }],
])('%s is left to the text', (_, expression) => expect(conditionOf(expression)).toBeNull());

test('alternatives become rows of a table, groups within them do not', () => {
  const alternatives = conditionOf({
    kind: 'or',
    operands: [watched, { kind: 'and', operands: [cars, cheap] }],
  });
  expect(alternatives && tableOf(alternatives)?.map((row) => row.map(({ fact }) => fact))).toEqual([
    ['party.importer'],
    ['goods.hs6', 'price.perKg'],
  ]);
  const deeper = conditionOf({
    kind: 'and',
    operands: [cars, { kind: 'or', operands: [watched, cheap] }],
  });
  expect(deeper && tableOf(deeper)).toBeNull();
});

test('a line that waits for its value is told from one that has it, at any depth', () => {
  const line = (value: string): Group => ({
    ...{ kind: 'group', join: 'and' },
    parts: [
      { kind: 'row', fact: 'goods.hs6', operator: 'startsWith', with: { kind: 'text', value } },
    ],
  });
  expect(isUnfinished(line('84'))).toBe(false);
  expect(isUnfinished(line(' '))).toBe(true);
  expect(isUnfinished({ kind: 'group', join: 'or', parts: [line('84'), line('')] })).toBe(true);
});

// A bicycle maker's bills are flattened: what one bicycle takes of each bought part, losses with it, exactly,
// and what an order of many takes. A slow way that cannot be wrong is kept beside it.
import { describe, expect, test } from 'vitest';
import { toText } from '../../../kernel/decimal.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { quantity, quantityText, rateText } from '../quantity.ts';
import { createBoms } from './boms.ts';
import { type BomLine, readLine, readSourcing } from './line.ts';
import { down, expectedOf, forest, line, nearest } from './testing.ts';

const DAY = '2026-06-01';

function bomsOf(...lines: BomLine[]) {
  const boms = createBoms();
  boms.record({ lines });
  return boms;
}

const sourcing = (part: string, source: 'made' | 'bought', from = '2026-01-01') =>
  readSourcing({
    ...{ id: `${part} ${from}`, part, source, from, to: null, evidence: '' },
    recordedAt: '2026-01-01T00:00:00.000Z',
  });

function refusals(act: () => unknown): (string | undefined)[][] {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map(({ code, seen }) => [code, seen]);
    throw error;
  }
  return [];
}

describe('what one unit takes', () => {
  const two = (quantity: string, more: Partial<Parameters<typeof line>[0]> = {}) => [
    line({ assembly: 'A', component: 'S', ...more, quantity: more.quantity ?? '1' }),
    line({ assembly: 'S', component: 'M', quantity }),
  ];

  test.each<[string, BomLine[], string]>([
    ['a plain line', [line({ component: 'M', quantity: '2' })], 'M 2 2 0 0'],
    [
      'Order 155: 0.98 with 2 % lost takes 1',
      [line({ component: 'M', quantity: '0.98', tangibleLossRate: '0.02' })],
      'M 0.98 1 0.02 0',
    ],
    [
      'both losses are shares of what is used',
      [
        line({
          ...{ component: 'M', quantity: '9' },
          ...{ tangibleLossRate: '0.06', intangibleLossRate: '0.04' },
        }),
      ],
      'M 9 10 0.6 0.4',
    ],
    ['levels multiply', two('3', { quantity: '2' }), 'M 6 6 0 0'],
    [
      'a lost component takes its materials with it',
      two('3', { quantity: '0.5', tangibleLossRate: '0.5' }),
      'M 1.5 3 1.5 0',
    ],
    [
      'the same material on two ways adds up',
      [...two('3'), line({ assembly: 'A', component: 'M', quantity: '0.25' })],
      'M 3.25 3.25 0 0',
    ],
    [
      'half of the last place is rounded up, once, at the end',
      two('0.000000001', { quantity: '0.5' }),
      'M 0.000000001 0.000000001 0 0',
    ],
    [
      'what is lost level by level is not: two quarters of the last place are a half',
      [
        ...two('0.000000001', { quantity: '0.25' }),
        line({ assembly: 'A', component: 'T', quantity: '0.25' }),
        line({ assembly: 'T', component: 'M', quantity: '0.000000001' }),
      ],
      'M 0.000000001 0.000000001 0 0',
    ],
    [
      'a third and two thirds of a loss',
      [line({ component: 'M', quantity: '1', tangibleLossRate: '0.1', intangibleLossRate: '0.2' })],
      'M 1 1.428571429 0.142857142 0.285714285',
    ],
  ])('%s', (_, lines, expected) => {
    const uses = bomsOf(...lines).now.compile('A', DAY) ?? [];
    const text = uses.map(({ part, net, use, tangibleLoss, intangibleLoss }) =>
      [part, ...[net, use, tangibleLoss, intangibleLoss].map(rateText)].join(' '),
    );
    expect(text).toEqual([expected]);
  });

  test('a bought part is a base material even with a bill, from the day it is bought', () => {
    const boms = bomsOf(...two('3'));
    boms.record({ sourcings: [sourcing('S', 'bought', '2026-06-01')] });
    const partsOn = (day: string) => boms.now.compile('A', day)?.map(({ part }) => part);
    expect(partsOn('2026-05-31')).toEqual(['M']);
    expect(partsOn('2026-06-01')).toEqual(['S']);
    expect(boms.now.compile('S', '2026-06-01')).toBeNull();
  });

  test('parts said to be made that have no bill are named, all of them', () => {
    const boms = bomsOf(
      line({ component: 'S' }),
      line({ component: 'T' }),
      line({ component: 'M' }),
    );
    boms.record({ sourcings: [sourcing('S', 'made'), sourcing('T', 'made')] });
    expect(refusals(() => boms.now.compile('A', DAY)).sort()).toEqual([
      ['bonded.bom_missing', 'S'],
      ['bonded.bom_missing', 'T'],
    ]);
    boms.record({
      lines: ['S', 'T'].map((assembly) => line({ assembly, component: 'M', quantity: '2' })),
    });
    expect(boms.now.compile('A', DAY)?.map(({ use }) => rateText(use))).toEqual(['5']);
  });

  test('ten thousand levels are no deeper than ten', () => {
    const chain = Array.from({ length: 10_000 }, (_, n) =>
      line({ assembly: `L${n}`, component: `L${n + 1}` }),
    );
    expect(
      bomsOf(...chain)
        .now.compile('L0', DAY)
        ?.map(({ part }) => part),
    ).toEqual(['L10000']);
  });
});

describe('what an order takes', () => {
  const explode = (lines: BomLine[], made: string, levels: 'all' | 'one' = 'all') =>
    bomsOf(...lines)
      .now.explode({ product: 'A', quantity: quantity(made), on: DAY, levels })
      .map(({ part, net, use, tangibleLoss, intangibleLoss }) =>
        [part, ...[net, use, tangibleLoss, intangibleLoss].map(quantityText)].join(' '),
      );
  const lossy = { tangibleLossRate: '0.02' };
  const below = [
    line({ assembly: 'A', component: 'S', quantity: '1', ...lossy }),
    line({ assembly: 'S', component: 'M', quantity: '1', ...lossy }),
  ];

  test.each<[string, string[], string[]]>([
    [
      'the exact unit consumption is multiplied, not the rounded one',
      ['1000000'],
      ['M 1000000 1041232.81966 41232.81965 0'],
    ],
    // 2401 = 49²: each level adds a fiftieth exactly, which no decimal of one unit does.
    ['2500 used for 2401, and 99 lost to the last place', ['2401'], ['M 2401 2500 99 0']],
    ['one level: the order draws the semi-finished part', ['49', 'one'], ['S 49 50 1 0']],
  ])('%s', (_, [made = '', levels], expected) => {
    expect(explode(below, made, levels === 'one' ? 'one' : 'all')).toEqual(expected);
  });

  test('a product without a bill that day, and more than a factory moves, are refused', () => {
    const boms = bomsOf(line({ component: 'M', quantity: '999999999' }));
    const ask = (product: string, made: string, on: string) =>
      refusals(() => boms.now.explode({ product, quantity: quantity(made), on, levels: 'all' }));
    expect(ask('A', '10', '2025-12-31')).toEqual([['bonded.bom_missing', 'A']]);
    expect(ask('A', '11', DAY)).toEqual([['bonded.bom_quantity_too_large', 'A']]);
    expect(ask('A', '10', DAY)).toEqual([]);
  });
});

describe('bills as factories have them, against the slow way', () => {
  test.each([
    { seed: 1, products: 1, depth: 4, linesPerProduct: 1700, materials: 900 },
    { seed: 2, products: 1, depth: 25, linesPerProduct: 1700, materials: 600 },
    { seed: 3, products: 4, depth: 9, linesPerProduct: 300, materials: 80 },
    { seed: 4, products: 6, depth: 4, linesPerProduct: 60, materials: 12 },
    { seed: 5, products: 3, depth: 25, linesPerProduct: 60, materials: 20 },
  ])('$products products, $depth levels, $linesPerProduct lines', (shape) => {
    const inputs = forest(shape);
    const boms = bomsOf(...inputs.map(readLine));
    for (let p = 0; p < shape.products; p += 1) {
      const uses = boms.now.compile(`P${p}`, DAY) ?? [];
      const expected = [...expectedOf(`P${p}`, inputs)].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(
        uses.map(({ part, net, use, tangibleLoss, intangibleLoss }) => [
          part,
          ...[net, use, tangibleLoss, intangibleLoss].map(rateText),
        ]),
      ).toEqual(
        expected.map(([part, { net, use, tangible, intangible }]) => [
          part,
          ...[nearest(net), nearest(use), down(tangible), down(intangible)].map(toText),
        ]),
      );
    }
  });
});

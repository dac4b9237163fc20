// A product that is missing is taken down to its materials: by what was really used, else by what is on record, through
// semi-finished parts, exactly. What is taken down piece by piece adds up to what is taken down at once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOf } from '../accounts.ts';
import type { Entry } from '../engine/entry.ts';
import { consumption, part as partOf } from '../ledgers/fixtures.ts';
import { quantity as q } from '../quantity.ts';
import { createConversion } from './conversion.ts';
import { createMakings, type Made } from './makings.ts';

const KINDS = { STEEL: 'material', PAINT: 'material', FRAME: 'semiFinished', BIKE: 'finished' };
const parts = Object.entries(KINDS).map(([name, kind], number) => ({
  ...{ ...partOf(name, { kind }), number, isUsed: true },
}));
const [STEEL, PAINT, FRAME, BIKE] = parts as [
  (typeof parts)[number],
  (typeof parts)[number],
  (typeof parts)[number],
  (typeof parts)[number],
];
const made = (amount: string, ...used: [number, string][]): Made => ({
  made: q(amount),
  used: new Map(used.map(([part, taken]) => [part, q(taken)])),
});
const recorded = (product: string, name: string, changes: object) => ({
  ...{ ...consumption(product, name, { ...changes }), seq: 1 },
  ...{ recordedAt: '2026-07-01T00:00:00.000Z', recordedBy: 'lin' },
});
const given = (
  known: ReadonlyMap<number, Made>,
  ...on: ReturnType<typeof recorded>[]
): ReturnType<typeof createConversion> =>
  createConversion({ parts, made: known, recorded: on, on: '2026-07-31' });
const shown = (converted: ReturnType<ReturnType<typeof createConversion>>) =>
  converted && [
    converted.basis,
    ...converted.materials.map(({ part, quantity }) => `${part.part} ${quantity / q('1')}`),
  ];

const FRAMES = made('50', [0, '500'], [1, '3']);

describe('what a missing product is owed for as', () => {
  test.each<[string, unknown, string[] | null]>([
    [
      'what its orders took',
      given(new Map([[2, FRAMES]]))(FRAME, q('1')),
      ['actual', 'STEEL 10', 'PAINT 0.06'],
    ],
    [
      'what is on record, where no order made it',
      given(new Map(), recorded('FRAME', 'STEEL', { net: '9.8', intangibleLossRate: '0.02' }))(
        FRAME,
        q('2'),
      ),
      ['filed', 'STEEL 20'],
    ],
    [
      'the version that began last',
      given(
        new Map(),
        recorded('FRAME', 'STEEL', { version: 'A', net: '8' }),
        recorded('FRAME', 'STEEL', { version: 'B', net: '7', from: '2026-07-15' }),
      )(FRAME, q('1')),
      ['filed', 'STEEL 7'],
    ],
    [
      'through a part made on the way, and filed as soon as one step is',
      given(
        new Map([[2, FRAMES]]),
        recorded('BIKE', 'FRAME', { net: '2' }),
        recorded('BIKE', 'PAINT', { net: '1' }),
      )(BIKE, q('3')),
      ['filed', 'STEEL 60', 'PAINT 3.36'],
    ],
    ['nothing, where nobody knows of what', given(new Map())(BIKE, q('1')), null],
    [
      'nothing, where one step of it is not known',
      given(new Map([[3, made('10', [2, '10'])]]))(BIKE, q('1')),
      null,
    ],
    [
      'nothing, where it is made of itself',
      given(new Map([[3, made('10', [3, '2'], [0, '9'])]]))(BIKE, q('1')),
      null,
    ],
  ])('%s', (_story, converted, expected) => {
    expect(shown(converted as never)).toEqual(expected);
  });

  test('never differs from its parts by more than their rounding', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000_000 }), {
      minLength: 1,
      maxLength: 5,
    });
    const use = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(amounts, use, use, (pieces, taken, of) => {
        const convert = given(new Map([[2, { made: of, used: new Map([[0, taken]]) }]]));
        const steel = (amount: number): number =>
          convert(FRAME, amount)?.materials[0]?.quantity ?? 0;
        const whole = pieces.reduce((sum, each) => sum + each, 0);
        const apart = pieces.reduce((sum, each) => sum + steel(each), 0);
        expect(Math.abs(steel(whole) - apart)).toBeLessThanOrEqual(pieces.length / 2 + 0.5);
        expect(Math.abs(steel(whole) - (whole * taken) / of)).toBeLessThanOrEqual(0.51);
      }),
    );
  });
});

describe('what orders really took', () => {
  const entry = (
    kind: Entry['kind'],
    order: string,
    ...moved: [number, Parameters<typeof placeOf>[0], Parameters<typeof placeOf>[0], string][]
  ): Entry =>
    ({
      ...{ seq: 1, event: `${order}-${kind}`, kind, outcome: 'applied', order, document: null },
      ...{ occurredAt: '', recordedAt: '', actor: '', lots: [], detail: null },
      movements: moved.map(([part, from, to, amount]) => ({
        ...{ part, lot: 0, from: placeOf(from, 0), to: placeOf(to, 0), quantity: q(amount) },
      })),
    }) as Entry;

  test('is what was embodied and lost within the rate, of whole orders that made one product', () => {
    const makings = createMakings();
    for (const each of [
      entry('orderOpened', 'W1'),
      entry('received', 'W1', [FRAME.number, 'made', 'semiFinished', '50']),
      entry(
        'orderClosed',
        'W1',
        [STEEL.number, 'inProcess', 'embodied', '490'],
        [STEEL.number, 'inProcess', 'intangibleLoss', '10'],
        [STEEL.number, 'inProcess', 'excessUse', '40'],
      ),
      // Told of late: the order is divided anew.
      entry(
        'returned',
        'W1',
        [STEEL.number, 'intangibleLoss', 'inProcess', '10'],
        [STEEL.number, 'inProcess', 'intangibleLoss', '8'],
      ),
      // Opened in a period before this one.
      entry('received', 'W0', [FRAME.number, 'made', 'semiFinished', '9']),
      // Two products: nobody says which took what.
      entry('orderOpened', 'W2'),
      entry(
        'received',
        'W2',
        [FRAME.number, 'made', 'semiFinished', '1'],
        [BIKE.number, 'made', 'finished', '1'],
      ),
      entry('orderClosed', 'W2', [PAINT.number, 'inProcess', 'embodied', '7']),
      // Still open: it has used nothing yet.
      entry('orderOpened', 'W3'),
      entry('received', 'W3', [BIKE.number, 'made', 'finished', '5']),
    ])
      makings.add(each);
    expect([...makings.byProduct()]).toEqual([
      [FRAME.number, { made: q('50'), used: new Map([[STEEL.number, q('498')]]) }],
    ]);
  });
});

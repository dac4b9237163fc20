// A lot of steel becomes frames, frames become bicycles; from a bicycle one finds the import line, and from the
// import line every bicycle it is in.
import { expect, test } from 'vitest';
import { event, lines, openBook } from '../engine/fixtures.ts';
import { quantityText } from '../quantity.ts';
import { type Lineage, type Outcome, traceBack, traceForward, type Use } from './trace.ts';

function made() {
  const opened = openBook();
  for (const said of [
    event('imported', { document: 'L1', lines: lines(['steel', '30']) }),
    event('imported', { document: 'L2', lines: lines(['steel', '30']) }),
    event('imported', { document: 'L3', lines: lines(['saddle', '10']) }),
    event('issued', { order: 'F1', lines: lines(['steel', '40']) }),
    event('received', { order: 'F1', lines: lines(['frame', '4']) }),
    event('orderClosed', { order: 'F1' }),
    event('issued', { order: 'B1', lines: lines(['frame', '1'], ['saddle', '1']) }),
    event('received', { order: 'B1', lines: lines(['bicycle', '1']) }),
    event('issued', { order: 'B2', lines: lines(['frame', '3'], ['saddle', '3']) }),
    event('issued', { order: 'B3', lines: lines(['saddle', '2']) }),
    event('returned', { order: 'B3', lines: lines(['saddle', '2']) }),
  ]) {
    opened.post(said);
  }
  const { state } = opened.book;
  const lineage: Lineage = {
    state,
    movementsOf: async (orders, told) => {
      for (const { order, movements } of opened.journal)
        if (order !== null && orders.includes(order))
          for (const { part, lot, from, to, quantity } of movements)
            told(order)(part, lot, from, to, quantity);
    },
  };
  const lot = (name: string): number => state.lots.findIndex((each) => each.name === name);
  return { lineage, lot };
}

const back = (uses: readonly Use[]): unknown[] =>
  uses.map(({ lot, quantity, madeOf }) => [lot.name, quantityText(quantity), back(madeOf)]);
const forward = (outcomes: readonly Outcome[]): unknown[] =>
  outcomes.map(({ order, quantity, lots }) => [
    ...[order, quantityText(quantity)],
    lots.map(({ lot, into }) => [lot.name, forward(into)]),
  ]);

test('from a bicycle back to the import lines of its steel', async () => {
  const { lineage } = made();
  expect(back(await traceBack(lineage, 'B1'))).toEqual([
    ['L3#1', '1', []],
    [
      'F1',
      '1',
      [
        ['L1#1', '30', []],
        ['L2#1', '10', []],
      ],
    ],
  ]);
});

test('from an import line forward to every bicycle, open orders included, and what came back left out', async () => {
  const { lineage, lot } = made();
  expect(forward(await traceForward(lineage, lot('L2#1')))).toEqual([
    [
      ...['F1', '10'],
      [
        [
          'F1',
          [
            ['B1', '1', [['B1', []]]],
            ['B2', '3', []],
          ],
        ],
      ],
    ],
  ]);
  expect(forward(await traceForward(lineage, lot('L3#1')))).toEqual([
    ['B1', '1', [['B1', []]]],
    ['B2', '3', []],
  ]);
});

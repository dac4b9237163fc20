// Records as systems we never saw write them: numbers missing on one side or on both, orders long closed, one list taken
// twice a day apart, thousands for units. What contradicts a record is proved; what has an innocent reading is not said.
import { describe, expect, test } from 'vitest';
import { quantity as q, rate } from '../quantity.ts';
import { closuresOf } from './closures.ts';
import type { Evidence } from './evidence.ts';
import {
  abroad,
  line,
  of,
  off,
  order,
  paper,
  posted,
  proved,
  type Row,
  records,
  store,
  use,
} from './testing.ts';

const EVENING = '2026-06-01T20:00:00.000Z';
const TEN_DAYS_LATER = '2026-06-11T08:00:00.000Z';
const closed = (number: string) =>
  posted(`closing-${number}`, [], { kind: 'orderClosed', order: number, document: null });
const contractor = { account: 'outsourced', site: 'main' } as const;
const list = (id: string, amount: string, occurredAt: string) =>
  posted(id, [of('bolt', amount, { from: abroad, to: store })], {
    ...{ kind: 'imported', order: null, document: 'QD-1', occurredAt },
  });
const receipt = (amount: string, kind: 'receipt' | 'importLine' = 'receipt') =>
  paper(kind, 'bolt', amount, { kind, from: abroad, to: store, document: 'QD-1' });
const fifty = { orders: [order('W1')], consumptions: [use('B', 'bolt', '1')] };

const stories: readonly (readonly [string, Evidence, readonly Row[]])[] = [
  [
    'a late issue to an order that was closed takes from the store, and nothing is in process on it',
    records([off('bolt', -q('37')), off('bolt', 0, 'inProcess')], {
      postings: [
        closed('W1'),
        posted('late', [of('bolt', '37')], { recordedAt: '2026-07-02T08:00:00.000Z' }),
      ],
    }),
    [['bolt', 'notPosted', '-37']],
  ],
  [
    'a slip for an order nobody told of says what left the store, not what is still in process',
    records([off('bolt', -q('37')), off('bolt', 0, 'inProcess')], {
      papers: [paper('slip', 'bolt', '37', { document: 'S-1', order: 'UNKNOWN' })],
    }),
    [['bolt', 'notPosted', '-37']],
  ],
  [
    'a gate and an event without numbers, the same goods an evening apart: nothing is missing',
    records([off('bolt', 0), off('bolt', 0, 'outsourced')], {
      postings: [
        posted('out', [of('bolt', '47', { to: contractor })], {
          ...{ kind: 'sentOut', order: null, document: null },
        }),
        posted('back', [of('bolt', '47', { from: contractor, to: store })], {
          ...{ kind: 'cameBack', order: null, document: null, occurredAt: TEN_DAYS_LATER },
        }),
      ],
      papers: [paper('gate', 'bolt', '47', { kind: 'gate', to: contractor, at: EVENING })],
    }),
    [],
  ],
  [
    'two gates without numbers and one event: the second journey was not entered',
    records([off('bolt', -q('47'))], {
      postings: [
        posted('out', [of('bolt', '47', { to: contractor })], {
          ...{ kind: 'sentOut', order: null, document: null },
        }),
      ],
      papers: [
        paper('one', 'bolt', '47', { kind: 'gate', to: contractor }),
        paper('two', 'bolt', '47', { kind: 'gate', to: contractor, at: EVENING }),
      ],
    }),
    [['bolt', 'inTransit', '-47']],
  ],
  [
    'a list entered in thousands, while declared and received in units, and pieces lost beside it',
    records([off('bolt', q('7985'))], {
      postings: [list('in', '8', EVENING)],
      papers: [receipt('8000'), receipt('8000', 'importLine')],
    }),
    [['bolt', 'unitFactor', '7992']],
  ],
  [
    'a tenth of a list received so far may be the unit or the first load: neither is said',
    records([off('bolt', -q('720'))], {
      postings: [list('in', '800', EVENING)],
      papers: [receipt('80')],
    }),
    [],
  ],
  [
    'one list under one number entered again the next evening, received once',
    records([off('bolt', -q('44'))], {
      postings: [list('in', '40', EVENING), list('again', '40', TEN_DAYS_LATER)],
      papers: [receipt('40')],
    }),
    [['bolt', 'duplicate', '-40']],
  ],
  [
    'a receipt of the whole order entered twice: the second names no lot, since the first opened it',
    records([off('bike', -q('50'), 'finished')], {
      postings: ['F1', null].map((lot, n) =>
        posted(
          `made-${n}`,
          [
            of('bike', '50', {
              ...{ from: { account: 'made', site: 'main' }, lot },
              to: { account: 'finished', site: 'main' },
            }),
          ],
          { kind: 'received', document: null },
        ),
      ),
      orders: [order('W1', { received: q('100') })],
    }),
    [['bike', 'duplicate', '-50']],
  ],
  [
    'half of a need entered again the next day: without it the order has just what it needs',
    records([off('bolt', q('25'))], {
      postings: ['a', 'b', 'c'].map((id, day) =>
        posted(id, [of('bolt', '25')], {
          ...{ document: null, occurredAt: `2026-06-0${day + 1}T08:00:00.000Z` },
        }),
      ),
      ...fifty,
    }),
    [['bolt', 'duplicate', '25']],
  ],
  [
    'a half refused is not sent again by the other half',
    records([off('bolt', -q('25'))], {
      postings: [
        posted('refused', [of('bolt', '25')], { state: 'refused', document: 'P-1' }),
        posted('other', [of('bolt', '25')], { document: 'P-2', recordedAt: EVENING }),
      ],
      ...fifty,
    }),
    [['bolt', 'notPosted', '-25']],
  ],
  [
    'an order made fifty of half a bolt: the unit, whatever else is lost',
    records([off('bolt', -q('60'))], {
      postings: [posted('box', [of('bolt', '0.5')])],
      ...fifty,
    }),
    [['bolt', 'unitFactor', '-49.5']],
  ],
  [
    'a rework declares nothing: what it takes is no unit',
    records([off('bolt', 0)], {
      postings: [posted('again', [of('bolt', '500')], { order: 'R1' })],
      orders: [order('R1', { reworks: 'W1' })],
      consumptions: [use('B', 'bolt', '1')],
    }),
    [],
  ],
  [
    'a slip of another part under the number of an issue nobody saw: used in its place, listed or not',
    records([off('bolt', q('43')), off('nut', -q('43'))], {
      postings: [posted('bolt', [of('bolt', '43'), of('oil', '5')], { document: 'P-1' })],
      papers: [paper('slip', 'nut', '43', { document: 'P-1', order: 'W1', to: line })],
      ...fifty,
    }),
    [
      ['bolt', 'substitution', '43'],
      ['nut', 'substitution', '-43'],
    ],
  ],
  [
    'a slip that says itself that it stood in for others: also where the order needs both and lacks this one',
    records([off('bolt', q('43')), off('nut', -q('43'))], {
      postings: [posted('bolt', [of('bolt', '43')], { document: 'P-1' })],
      papers: [paper('slip', 'nut', '43', { document: 'P-1', order: 'W1', tells: 'substituted' })],
      orders: [order('W1')],
      consumptions: [use('B', 'bolt', '1'), use('B', 'nut', '3')],
    }),
    [
      ['bolt', 'substitution', '43'],
      ['nut', 'substitution', '-43'],
    ],
  ],
  [
    'such a slip under whose number nothing was entered: of the part it names it tells all the same',
    records([off('nut', -q('43'))], {
      papers: [paper('slip', 'nut', '43', { document: 'P-1', order: 'W1', tells: 'substituted' })],
      ...fifty,
    }),
    [['nut', 'substitution', '-43']],
  ],
  [
    'two issues were of an alternative: of which nothing says, and both differences say how much',
    records([off('bolt', q('14')), off('nut', -q('14'))], {
      postings: [
        ...[posted('a', [of('bolt', '12')]), posted('b', [of('bolt', '2')], { order: 'W2' })],
        posted('c', [of('bolt', '31')], { order: 'W3' }),
      ],
      substitutes: [{ part: 'bolt', instead: 'nut', ratio: rate('1'), record: 'alternative:1' }],
    }),
    [
      ['bolt', 'substitution', '14'],
      ['nut', 'substitution', '-14'],
    ],
  ],
  [
    'what a rework took, told of again on the order it reworks, which was closed and had all: whatever else is lost',
    records([off('bolt', q('3'))], {
      postings: [
        posted('first', [of('bolt', '50')]),
        closed('W1'),
        posted('rework', [of('bolt', '7')], { order: 'R1', occurredAt: TEN_DAYS_LATER }),
        posted('again', [of('bolt', '7')], { document: 'PL-2', occurredAt: TEN_DAYS_LATER }),
      ],
      orders: [order('W1'), order('R1', { reworks: 'W1', planned: q('7'), received: q('7') })],
      consumptions: [use('B', 'bolt', '1')],
    }),
    [['bolt', 'reworkTwice', '7']],
  ],
  [
    'a slip of the half that an order lacks that made all it was to make: the other half is no match for it',
    records([off('bolt', -q('25'))], {
      postings: [posted('half', [of('bolt', '25')], { document: null })],
      papers: [paper('slip', 'bolt', '25', { document: 'P-1', order: 'W1' })],
      ...fifty,
    }),
    [['bolt', 'notPosted', '-25']],
  ],
];

describe('records of a stranger', () => {
  test.each(stories)('%s', (_, evidence, rows) => {
    expect(proved(evidence)).toEqual(rows);
  });
});

describe('what a fit is worth', () => {
  const sums = (slack: number) =>
    closuresOf(
      [17, 29, 53, 71, 97].map((quantity) => ({
        ...{ id: `${quantity}`, shape: `${quantity}`, uses: [`${quantity}`], quantity, slack },
      })),
      71,
    );

  test('what rounding would let fit as well is worth less than what fits to the last digit', () => {
    expect(sums(3).sets).toEqual(sums(0).sets.map(([only]) => [{ ...only, slack: 3 }]));
    expect(sums(3).chance).toBeCloseTo(7 * sums(0).chance);
  });
});

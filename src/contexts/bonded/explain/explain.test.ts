// One story for each cause, with its exact figures: what the records say, and what may be concluded from it.
// Then what must always hold: nothing is smoothed away, no record serves twice, and order does not matter.
import { describe, expect, test } from 'vitest';
import { quantity as q, rate } from '../quantity.ts';
import type { Evidence } from './evidence.ts';
import { explain } from './explain.ts';
import {
  abroad,
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

const usual = Array.from({ length: 8 }, (_, n) =>
  posted(
    `usual-${n}`,
    [of('bolt', '144', { sent: { quantity: q('12'), unit: 'BOX', conversion: rate('12') } })],
    {
      order: `U${n}`,
    },
  ),
);

const stories: readonly (readonly [string, Evidence, readonly Row[]])[] = [
  [
    'entered three days late',
    records([off('bolt', -q('37'))], {
      postings: [posted('late', [of('bolt', '37')], { recordedAt: '2026-07-02T08:00:00.000Z' })],
    }),
    [['bolt', 'notPosted', '-37']],
  ],
  [
    'held for stock, and the goods are gone',
    records([off('bolt', -q('37'))], {
      postings: [posted('held', [of('bolt', '37')], { state: 'held' })],
    }),
    [['bolt', 'notPosted', '-37']],
  ],
  [
    'held, then sent again and taken: nothing is missing',
    records([off('bolt', -q('37'))], {
      postings: [
        posted('held', [of('bolt', '37')], { state: 'held' }),
        posted('again', [of('bolt', '37')], { recordedAt: '2026-06-02T08:00:00.000Z' }),
      ],
    }),
    [],
  ],
  [
    'a slip whose number nobody entered, beside an event of its order that has no number: the same goods',
    records([off('bolt', -q('37'))], {
      postings: [posted('plain', [of('bolt', '37')], { document: null })],
      papers: [paper('slip', 'bolt', '37', { document: 'PL-7', order: 'W1' })],
    }),
    [],
  ],
  [
    'entered after the count was closed, of days before',
    records([off('bolt', -q('37'))], {
      bookOf: 'occurred',
      postings: [posted('behind', [of('bolt', '37')], { isLate: true })],
    }),
    [['bolt', 'notPosted', '-37']],
  ],
  [
    'an hour before the count, and one of its two parts agrees: it was not on the other side of it',
    records([off('bolt', q('37')), off('nut', 0)], {
      postings: [
        posted('near', [of('bolt', '37'), of('nut', '12')], {
          occurredAt: '2026-06-30T07:00:00.000Z',
          recordedAt: '2026-06-30T07:10:00.000Z',
        }),
      ],
    }),
    [],
  ],
  [
    'an hour before the count, and both of its parts are still there',
    records([off('bolt', q('37')), off('nut', q('12'))], {
      postings: [
        posted('near', [of('bolt', '37'), of('nut', '12')], {
          occurredAt: '2026-06-30T07:00:00.000Z',
          recordedAt: '2026-06-30T07:10:00.000Z',
        }),
      ],
    }),
    [
      ['bolt', 'cutOff', '37'],
      ['nut', 'cutOff', '12'],
    ],
  ],
  [
    'a list brought five hundred, the store has received thirty fewer',
    records([off('bolt', -q('30'))], {
      postings: [
        posted('list', [of('bolt', '500', { from: abroad, to: store })], {
          ...{ kind: 'imported', order: null, document: 'QD-1' },
        }),
      ],
      papers: [
        paper('came', 'bolt', '470', {
          kind: 'receipt',
          from: abroad,
          to: store,
          document: 'QD-1',
        }),
      ],
    }),
    [['bolt', 'inTransit', '-30']],
  ],
  [
    'a correction that stands before what it corrects, since files have them in any order',
    records([off('bolt', q('17'))], {
      postings: [
        posted('right', [of('bolt', '12')], { document: 'PL-9' }),
        posted('wrong', [of('bolt', '17')], { document: 'PL-9' }),
      ],
    }),
    [['bolt', 'missingReversal', '17']],
  ],
  [
    'two parts of one need under one paper are no correction, whatever is missing',
    records([off('bolt', q('17'))], {
      postings: [
        posted('half', [of('bolt', '17')], { document: 'PL-9' }),
        posted('other', [of('bolt', '33')], { document: 'PL-9' }),
      ],
      ...{ orders: [order('W1')], consumptions: [use('B', 'bolt', '1')] },
    }),
    [],
  ],
  [
    'one need filled twice by two feeds that number their papers differently',
    records([off('bolt', q('50'))], {
      postings: [
        posted('one', [of('bolt', '50')], { document: 'PL-9' }),
        posted('two', [of('bolt', '50')], { document: '4900012345' }),
      ],
      ...{ orders: [order('W1')], consumptions: [use('B', 'bolt', '1')] },
    }),
    [['bolt', 'duplicate', '50']],
  ],
  [
    'a gate saw goods that no event tells of, and the count found three fewer',
    records([off('bolt', q('497'))], {
      papers: [
        paper('gate', 'bolt', '500', { kind: 'gate', from: abroad, to: store, document: 'QD-1' }),
      ],
    }),
    [['bolt', 'notPosted', '500']],
  ],
  [
    'entered ten minutes before the count, happened three hours after it',
    records([off('bolt', q('20'))], {
      postings: [
        posted('early', [of('bolt', '20')], {
          ...{ occurredAt: '2026-06-30T11:00:00.000Z', recordedAt: '2026-06-30T07:50:00.000Z' },
        }),
      ],
    }),
    [['bolt', 'cutOff', '20']],
  ],
  [
    'a box of twelve entered as one bolt',
    records([off('bolt', -q('132'))], {
      postings: [
        ...usual,
        posted('box', [
          of('bolt', '12', { sent: { quantity: q('12'), unit: 'BOX', conversion: rate('1') } }),
        ]),
      ],
    }),
    [['bolt', 'unitFactor', '-132']],
  ],
  [
    'an order issued by version A to the last digit, whose head says B',
    records([off('bolt', -q('100')), off('oil', -q('12.5'))], {
      postings: [posted('A', [of('bolt', '200'), of('oil', '25')])],
      orders: [order('W1')],
      consumptions: [
        use('A', 'bolt', '4'),
        use('A', 'oil', '0.5'),
        use('B', 'bolt', '6'),
        use('B', 'oil', '0.75'),
      ],
    }),
    [
      ['bolt', 'version', '-100'],
      ['oil', 'version', '-12.5'],
    ],
  ],
  [
    'scrap that was weighed and not declared',
    records([off('bolt', -q('31')), off('bolt', q('31'), 'scrap')], {
      papers: [paper('weighed', 'bolt', '31', { to: { account: 'scrap', site: 'main' } })],
    }),
    [
      ['bolt', 'scrapNotDeclared', '-31'],
      ['bolt', 'scrapNotDeclared', '31'],
    ],
  ],
  [
    'a nut used where the book says bolt',
    records([off('bolt', q('43')), off('nut', -q('43'))], {
      postings: [posted('bolt', [of('bolt', '43')])],
      substitutes: [{ part: 'bolt', instead: 'nut', ratio: rate('1'), record: 'alternatives:1' }],
    }),
    [
      ['bolt', 'substitution', '43'],
      ['nut', 'substitution', '-43'],
    ],
  ],
  [
    'two feeds sent one pick list',
    records([off('bolt', q('96'))], {
      postings: [
        posted('first', [of('bolt', '96')], { document: 'PL-1' }),
        posted('second', [of('bolt', '96')], {
          document: 'PL-1',
          recordedAt: '2026-06-01T09:00:00.000Z',
        }),
      ],
    }),
    [['bolt', 'duplicate', '96']],
  ],
  [
    'taken back by its sender, never reversed',
    records([off('bolt', q('61'))], {
      postings: [posted('mistake', [of('bolt', '61')])],
      papers: [paper('note', 'bolt', '61', { kind: 'cancellation', document: 'mistake' })],
    }),
    [['bolt', 'missingReversal', '61']],
  ],
  [
    'arrived at the second site and not reported',
    records([off('bolt', q('57'), 'rawMaterial', 'annex'), off('bolt', -q('57'), 'inTransit')], {
      postings: [
        posted('moved', [of('bolt', '57', { to: { account: 'inTransit', site: 'main' } })], {
          ...{ kind: 'moved', toSite: 'annex', order: null },
        }),
      ],
    }),
    [
      ['bolt', 'inTransit', '-57'],
      ['bolt', 'inTransit', '57'],
    ],
  ],
  [
    'a lot that came under bond, issued as domestic',
    records([off('bolt', -q('83'))], {
      postings: [
        posted('in', [of('bolt', '900', { from: abroad, to: store, lot: 'L1' })], {
          kind: 'imported',
          order: null,
        }),
        posted('out', [of('bolt', '83', { lot: 'L1', bonded: false })]),
      ],
    }),
    [['bolt', 'bondedMixed', '-83']],
  ],
  [
    'rework that took the same parts a second time, on paper',
    records([off('bolt', q('75'))], {
      postings: [
        posted('first', [of('bolt', '75')]),
        posted('again', [of('bolt', '75')], { order: 'R1' }),
      ],
      orders: [order('W1'), order('R1', { reworks: 'W1' })],
    }),
    [['bolt', 'reworkTwice', '75']],
  ],
  [
    'two digits the wrong way round are possible and no more',
    records([off('bolt', -q('27'))], {
      tags: [{ id: 'T1', part: 'bolt', ...store, quantity: q('9703'), bin: 'A-1' }],
    }),
    [],
  ],
  ['nothing in the records', records([off('bolt', -q('9'))]), []],
];

describe('one story for each cause', () => {
  test.each(stories)('%s', (_, evidence, rows) => {
    expect(proved(evidence)).toEqual(rows);
  });
});

describe('what is not proved stays unexplained', () => {
  test('a transposition is offered, and the residual is all of the difference', () => {
    const [bolt] = explain(
      stories.find(([name]) => name.startsWith('two digits'))?.[1] as Evidence,
    );
    expect(bolt?.residual).toBe(-q('27'));
    expect(bolt?.possible[0]?.causes.map(({ cause }) => cause)).toEqual(['countingError']);
    expect(bolt?.remedy).toEqual({ kind: 'dutyPayment', part: 'bolt', quantity: q('27') });
  });

  test('two records that fit equally well are both only possible', () => {
    const near = { occurredAt: '2026-06-30T09:00:00.000Z', recordedAt: '2026-06-30T09:10:00.000Z' };
    const [bolt] = explain(
      records([off('bolt', -q('48'))], {
        postings: [
          posted('after', [of('bolt', '48')], near),
          posted('domestic', [of('bolt', '48', { bonded: false })]),
          ...usual,
        ],
      }),
    );
    expect(bolt?.explained).toEqual([]);
    expect(bolt?.residual).toBe(-q('48'));
    expect(bolt?.possible.map(({ causes }) => causes.map(({ cause }) => cause)).sort()).toEqual([
      ['bondedMixed'],
      ['cutOff'],
    ]);
  });

  test('a rest beside what is certain is shown, not spread', () => {
    const [bolt] = explain(stories.find(([name]) => name.startsWith('a gate'))?.[1] as Evidence);
    expect(bolt?.residual).toBe(-q('3'));
  });

  test('a difference nobody counted is not touched by records of it', () => {
    const [nut, another] = explain(
      records([off('nut', 0)], {
        postings: [posted('held', [of('bolt', '37')], { state: 'held' })],
      }),
    );
    expect(another).toBeUndefined();
    expect(nut).toMatchObject({ explained: [], residual: 0, possible: [], remedy: null });
  });
});

describe('remedies', () => {
  test.each([
    ['two feeds', { kind: 'reverse', event: 'second' }],
    ['held for stock', { kind: 'release', event: 'held' }],
    ['entered three', { kind: 'entered', event: 'late' }],
  ])('%s …', (name, remedy) => {
    const [bolt] = explain(stories.find(([told]) => told.startsWith(name))?.[1] as Evidence);
    expect(bolt?.explained[0]?.remedy).toEqual(remedy);
  });
});

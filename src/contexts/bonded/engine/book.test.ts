// A small bicycle maker: steel and paint come in, frames and bicycles are made, some of it goes wrong. What the
// book says afterwards is what one counts by hand.
import { expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import type { Account } from '../accounts.ts';
import { quantityText, rate } from '../quantity.ts';
import { event, lines, openBook, textOf } from './fixtures.ts';
import { balancesOf, faultsOf, lotsOf, remainderOf } from './position.ts';

type Opened = ReturnType<typeof openBook>;
const part = ({ book }: Opened, name: string) => {
  const found = book.state.parts[book.state.numbers.get(name) ?? -1];
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
};
const of = (opened: Opened, name: string): Partial<Record<Account, string>> =>
  Object.fromEntries(
    Object.entries(balancesOf(part(opened, name))).map(([account, quantity]) => [
      account,
      quantityText(quantity),
    ]),
  );
const refused = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error.refusals.map(({ code }) => code);
    throw error;
  }
  return [];
};

const imported = (document: string, name: string, quantity: string) =>
  event('imported', { document, lines: lines([name, quantity]) });

/** Two lots of steel, one of paint. */
function supplied(...options: Parameters<typeof openBook>) {
  const opened = openBook(...options);
  for (const said of [
    imported('L1', 'steel', '100'),
    imported('L2', 'steel', '50'),
    imported('L3', 'paint', '10'),
  ]) {
    opened.post(said);
  }
  return opened;
}
const opening = event('orderOpened', { order: 'W1', product: 'frame', planned: '10' });

test('an order takes from the oldest import lines, and what it made carries them', () => {
  const opened = supplied();
  opened.post(opening);
  opened.post(event('issued', { order: 'W1', lines: lines(['steel', '120'], ['paint', '2']) }));
  opened.post(event('returned', { order: 'W1', lines: lines(['steel', '15']) }));
  opened.post(event('scrapped', { order: 'W1', lines: lines(['steel', '5']) }));
  opened.post(event('received', { order: 'W1', lines: lines(['frame', '10']) }));
  opened.post(event('orderClosed', { order: 'W1' }));
  expect(of(opened, 'steel')).toEqual({
    ...{ customsIn: '-150', rawMaterial: '45', scrap: '5', embodied: '100' },
  });
  expect(of(opened, 'frame')).toEqual({ made: '-10', semiFinished: '10' });
  // What came back is of the line that was issued last.
  expect(
    lotsOf(opened.book.state, part(opened, 'steel')).map(({ account, lot, quantity }) => [
      ...[account, lot, quantityText(quantity)],
    ]),
  ).toEqual([
    ['rawMaterial', 'L2#1', '45'],
    ['scrap', 'L1#1', '5'],
  ]);
  expect(quantityText(remainderOf(part(opened, 'steel')))).toBe('50');
  expect(faultsOf(opened.book.state)).toEqual([]);
});

test('intangible loss is bounded by its recorded rate; what is beyond is a difference', () => {
  const norm = { net: rate('9'), intangibleLossRate: rate('0.02') };
  const opened = supplied({}, (_product, _version, name) => (name === 'steel' ? norm : null));
  opened.post(opening);
  opened.post(event('issued', { order: 'W1', lines: lines(['steel', '100'], ['paint', '3']) }));
  opened.post(event('received', { order: 'W1', lines: lines(['frame', '10']) }));
  opened.post(event('orderClosed', { order: 'W1' }));
  // Ten frames take up 90; of 100 used, 2 may be gone; 8 are to be explained.
  expect(of(opened, 'steel')).toEqual({
    ...{
      customsIn: '-150',
      rawMaterial: '50',
      embodied: '90',
      intangibleLoss: '2',
      excessUse: '8',
    },
  });
  // Of paint nothing is recorded: what was used is the consumption.
  expect(of(opened, 'paint')).toMatchObject({ embodied: '3' });
});

test.each([
  ['2026-03-01T15:59:59.999Z', '100', undefined],
  ['2026-03-01T16:00:00.000Z', '90', '10'],
])(
  'consumption is that of the day at the port: closed at %s',
  (occurredAt, embodied, excessUse) => {
    const norm = { net: rate('9'), intangibleLossRate: rate('0') };
    const opened = supplied({}, (_product, _version, _part, on) =>
      on === '2026-03-02' ? norm : null,
    );
    opened.post(opening);
    opened.post(event('issued', { order: 'W1', lines: lines(['steel', '100']) }));
    opened.post(event('received', { order: 'W1', lines: lines(['frame', '10']) }));
    opened.post(event('orderClosed', { order: 'W1', occurredAt }));
    const { embodied: used, excessUse: beyond } = of(opened, 'steel');
    expect([used, beyond]).toEqual([embodied, excessUse]);
  },
);

test.each([
  ['2025-12-31T15:59:59.999Z', 'bonded.before_ledger'],
  ['2025-12-31T16:00:00.000Z', null],
  ['2026-01-31T15:59:59.999Z', null],
  ['2026-01-31T16:00:00.000Z', 'bonded.after_ledger'],
])('a ledger opens and closes at midnight of the port: %s → %s', (occurredAt, code) => {
  const opened = openBook({ closesOn: '2026-02-01' });
  const post = () => opened.post(event('imported', { occurredAt, lines: lines(['steel', '1']) }));
  if (code === null) expect(post()).toMatchObject([{ outcome: 'applied' }]);
  else
    expect(post).toThrow(
      expect.objectContaining({ refusals: [expect.objectContaining({ code })] }),
    );
});

test('a late event divides the use of a closed order anew', () => {
  const norm = { net: rate('9'), intangibleLossRate: rate('0') };
  const opened = supplied({}, (_product, _version, name) => (name === 'steel' ? norm : null));
  opened.post(event('issued', { order: 'W1', lines: lines(['steel', '100']) }));
  opened.post(event('received', { order: 'W1', lines: lines(['frame', '10']) }));
  opened.post(event('orderClosed', { order: 'W1' }));
  expect(of(opened, 'steel')).toMatchObject({ embodied: '100' });
  // Its opening arrives last of all, and says what it made.
  opened.post(opening);
  expect(of(opened, 'steel')).toMatchObject({ embodied: '90', excessUse: '10' });
  opened.post(event('received', { order: 'W1', lines: lines(['frame', '1']) }));
  expect(of(opened, 'steel')).toMatchObject({ embodied: '99', excessUse: '1' });
});

test('a use beyond the stock waits, and goes on when the goods arrive; its order closes after it', () => {
  const opened = openBook();
  opened.post(imported('L1', 'steel', '10'));
  const [held] = opened.post(event('issued', { order: 'W1', lines: lines(['steel', '25']) }));
  expect(held).toMatchObject({ outcome: 'held', movements: [] });
  const [closing] = opened.post(event('orderClosed', { order: 'W1' }));
  expect(closing).toMatchObject({ outcome: 'held' });
  expect(opened.post(imported('L2', 'steel', '5')).map(({ outcome }) => outcome)).toEqual([
    'applied',
  ]);
  const after = opened.post(imported('L3', 'steel', '20'));
  expect(after.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['imported', 'applied'],
    ['issued', 'applied'],
    ['orderClosed', 'applied'],
  ]);
  expect(of(opened, 'steel')).toEqual({ customsIn: '-35', rawMaterial: '10', embodied: '25' });
  expect(opened.book.state.held.size).toBe(0);
});

test('where the ledger says so, a use beyond the stock is refused whole, with every line told', () => {
  const opened = supplied({ beyondStock: 'refuse' });
  const before = textOf(opened.book);
  const said = event('issued', {
    order: 'W1',
    lines: lines(['steel', '20'], ['steel', '140'], ['paint', '11']),
  });
  expect(refused(() => opened.post(said))).toEqual(['bonded.beyond_stock', 'bonded.beyond_stock']);
  expect(textOf(opened.book)).toBe(before);
});

test.each([
  ['an unknown part', { lines: lines(['brass', '1']) }, ['bonded.part_unknown']],
  ['no order', { order: undefined, lines: lines(['steel', '1']) }, ['bonded.order_missing']],
  ['no lines', {}, ['bonded.lines_missing']],
  [
    'another unit without a conversion',
    { lines: [{ part: 'steel', quantity: '1', unit: 'lb' }] },
    ['bonded.unit_unknown'],
  ],
  [
    'before the ledger opened, at a site nobody knows',
    { occurredAt: '2025-12-31T15:00:00.000Z', site: 'third', lines: lines(['steel', '1']) },
    ['bonded.before_ledger', 'bonded.site_unknown'],
  ],
  [
    'a clock that runs ahead',
    { occurredAt: '2026-03-02T02:30:00.000Z', lines: lines(['steel', '1']) },
    ['bonded.from_the_future'],
  ],
] as const)('refused: %s', (_what, more, codes) => {
  const opened = supplied();
  const said = event('issued', { order: 'W1', ...structuredClone(more) } as never);
  expect(refused(() => opened.post(said))).toEqual(codes);
});

test('units are converted with one rounding; domestic goods are told of and not of the ledger', () => {
  const opened = supplied();
  const [entry] = opened.post(
    event('issued', {
      order: 'W1',
      lines: [
        { part: 'steel', quantity: '3', unit: 'lb', conversion: '0.45359237' },
        { part: 'glue', quantity: '1', bonded: false },
      ],
    }),
  );
  expect(of(opened, 'steel')).toMatchObject({ inProcess: '1.36078' });
  expect(entry?.detail).toMatchObject({ domestic: [{ part: 'glue' }] });
});

test('a reversal undoes an event exactly, once, and not where the goods are gone', () => {
  const opened = supplied();
  const before = balancesOf(part(opened, 'steel'));
  const issue = event('issued', { order: 'W1', lines: lines(['steel', '120']) });
  opened.post(issue);
  opened.post(event('reversed', { reverses: issue.id }));
  expect(balancesOf(part(opened, 'steel'))).toEqual(before);
  const again = () => opened.post(event('reversed', { reverses: issue.id }));
  expect(refused(again)).toEqual(['bonded.reversed_already']);
  const late = imported('L9', 'paint', '5');
  opened.post(late);
  opened.post(event('issued', { order: 'W2', lines: lines(['paint', '14']) }));
  expect(refused(() => opened.post(event('reversed', { reverses: late.id })))).toEqual([
    'bonded.reversal_of_what_is_gone',
  ]);
});

test('an order closed by mistake is opened again', () => {
  const opened = supplied();
  const closing = event('orderClosed', { order: 'W1' });
  opened.post(event('issued', { order: 'W1', lines: lines(['steel', '20']) }));
  opened.post(closing);
  expect(of(opened, 'steel')).toMatchObject({ embodied: '20' });
  opened.post(event('reversed', { reverses: closing.id }));
  expect(of(opened, 'steel')).toMatchObject({ inProcess: '20' });
  opened.post(event('returned', { order: 'W1', lines: lines(['steel', '20']) }));
  opened.post(event('orderClosed', { order: 'W1' }));
  expect(of(opened, 'steel')).toEqual({ customsIn: '-150', rawMaterial: '150' });
});

test('goods go between two sites of one ledger without leaving it', () => {
  const opened = supplied();
  opened.post(event('moved', { toSite: 'second', lines: lines(['steel', '30']) }));
  expect(of(opened, 'steel')).toMatchObject({ rawMaterial: '120', inTransit: '30' });
  opened.post(event('arrived', { site: 'second', lines: lines(['steel', '30']) }));
  expect(quantityText(remainderOf(part(opened, 'steel'), 1))).toBe('30');
  opened.post(event('issued', { site: 'second', order: 'W7', lines: lines(['steel', '30']) }));
  expect(quantityText(remainderOf(part(opened, 'steel'), 1))).toBe('30');
  expect(quantityText(remainderOf(part(opened, 'steel'), 0))).toBe('120');
});

test('by proportion each lot gives its share; by identification the named lot gives all', () => {
  const shares = supplied({ lots: 'proportional' });
  const [entry] = shares.post(event('issued', { order: 'W1', lines: lines(['steel', '10']) }));
  expect(entry?.movements.map(({ quantity }) => quantityText(quantity))).toEqual([
    '6.66667',
    '3.33333',
  ]);
  const named = supplied();
  const [taken] = named.post(
    event('issued', { order: 'W1', lines: [{ part: 'steel', quantity: '10', lot: 'L2#1' }] }),
  );
  expect(taken?.movements).toMatchObject([{ lot: 1 }]);
});

test.each([
  ['more than a ledger can count', { quantity: '99999999999' }],
  ['more once it is converted', { quantity: '9999999999', unit: 't', conversion: '1000' }],
  [
    'nothing that can be counted, once converted',
    { quantity: '0.00001', unit: 'g', conversion: '0.001' },
  ],
])('a line of %s is refused, and the book goes on', (_, line) => {
  const opened = supplied();
  const before = textOf(opened.book);
  const lot = { lines: [{ part: 'steel', ...line }] };
  expect(refused(() => opened.post(event('imported', lot)))).toEqual([
    'bonded.quantity_uncountable',
  ]);
  expect(textOf(opened.book)).toBe(before);
  // Domestic goods are told of, and not counted.
  opened.post(event('issued', { order: 'W1', lines: [{ part: 'steel', ...line, bonded: false }] }));
});

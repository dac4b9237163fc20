// One part of a filing: what must remain, what does, and what is owed for. Every figure is added up from movements, the
// tolerance never touches what is owed, and what came late is explained only as far as records had said so.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACCOUNTS, type Account, isOnHand, placeOf } from '../accounts.ts';
import type { Entry, Movement } from '../engine/entry.ts';
import { quantity } from '../quantity.ts';
import type { Tolerance } from './contract.ts';
import { columnsOf, countedOf, createTally, type Purpose, remainderAfter } from './figures.ts';
import { endOf, isCovered, type Reach } from './period.ts';
import { addsUp, type PartCount, rowOf, supplementaryRowOf } from './row.ts';

const q = quantity;
const tolerance: Tolerance = { rate: '0.01', base: 'openingAndImports', source: 'test' };
const move = (from: Account, to: Account, of: number): Movement => ({
  ...{ part: 0, lot: 0, from: placeOf(from, 0), to: placeOf(to, 0), quantity: of },
});
const entry = (...movements: Movement[]): Entry => ({
  ...{ seq: 1, event: 'E', kind: 'issued', outcome: 'applied', order: null, document: 'D' },
  ...{ occurredAt: '', recordedAt: '', actor: '', movements, lots: [], detail: null },
});
const columns = (purpose: Purpose, ...movements: Movement[]) => {
  const tally = createTally(() => purpose);
  tally.add(entry(...movements));
  return columnsOf(tally.byPart, 0);
};
const count = (unexplained: string, pending = '0'): PartCount => {
  const signed = (text: string) => (text.startsWith('-') ? -q(text.slice(1)) : q(text));
  const spot = { account: 'rawMaterial', site: 'main', part: 'P', counted: 0, causes: [] } as const;
  const found = { unexplained: signed(unexplained), pending: signed(pending) };
  return { ...found, counted: 0, isWhole: true, spots: [{ ...spot, ...found }] };
};
const imported = (of: string) => move('customsIn', 'rawMaterial', q(of));

const CASES: [Account, Account, Purpose, string, number][] = [
  ['customsIn', 'rawMaterial', 'ordinary', 'imported', 1],
  ['rawMaterial', 'customsIn', 'ordinary', 'imported', -1],
  ['customsIn', 'finished', 'exchanged', 'exchangedIn', 1],
  ['made', 'finished', 'ordinary', 'made', 1],
  ['inProcess', 'embodied', 'ordinary', 'consumed', 1],
  ['embodied', 'inProcess', 'ordinary', 'consumed', -1],
  ['inProcess', 'excessUse', 'ordinary', 'excessUse', 1],
  ['finished', 'export', 'ordinary', 'exported', 1],
  ['finished', 'export', 'carriedOver', 'carriedOver', 1],
  ['rawMaterial', 'reExport', 'transferredOut', 'transferredOut', 1],
  ['finished', 'export', 'exchanged', 'exchangedOut', 1],
  ['inProcess', 'scrap', 'ordinary', 'tangibleLoss', 1],
  ['scrap', 'domesticSale', 'ordinary', 'domesticSale scrapSold', 1],
  ['scrap', 'destroyed', 'ordinary', 'destroyed scrapDestroyed', 1],
  ['rawMaterial', 'inProcess', 'ordinary', '', 1],
  ['rawMaterial', 'countLoss', 'ordinary', '', 1],
];
test.each(CASES)('%s → %s, %s: %s', (from, to, purpose, figures, sign) => {
  const found = countedOf(entry(), move(from, to, 5), () => purpose);
  expect(found.map(({ figure }) => figure).join(' ')).toBe(figures);
  for (const each of found) expect(each.quantity).toBe(5 * sign);
});

test('whatever moves, opening and figures are what the book holds', () => {
  const anywhere = fc.constantFrom(...ACCOUNTS.filter((it) => !it.startsWith('count')));
  const movement = fc
    .tuple(anywhere, anywhere, fc.nat(10_000))
    .filter(([from, to]) => isOnHand(from) || isOnHand(to));
  fc.assert(
    fc.property(fc.array(movement), fc.nat(1_000_000), (moved, opening) => {
      const held = moved.reduce(
        (sum, [from, to, of]) => sum + (isOnHand(to) ? of : 0) - (isOnHand(from) ? of : 0),
        opening,
      );
      const all = moved.map(([from, to, of]) => move(from, to, of));
      expect(remainderAfter(opening, columns('ordinary', ...all))).toBe(held);
      const row = rowOf(
        { partKind: 'material', opening, columns: columns('ordinary', ...all), counted: null },
        tolerance,
      );
      expect(addsUp(row)).toBe(true);
    }),
  );
});

describe('a row', () => {
  const row = (counted: PartCount | null, ...movements: Movement[]) =>
    rowOf(
      { partKind: 'material', opening: 0, columns: columns('ordinary', ...movements), counted },
      tolerance,
    );

  test('within tolerance is still short, and owed for', () => {
    const found = row(count('-10'), imported('1000'));
    expect(found).toMatchObject({ isWithinTolerance: true, rate: '0.01', shortage: q('10') });
    expect(found).toMatchObject({ adjustedDown: q('10'), closing: q('990'), adjustedUp: 0 });
    expect(row(count('-10.00001'), imported('1000')).isWithinTolerance).toBe(false);
  });

  test('what was used in excess is short though the store is right', () => {
    const used = [
      move('rawMaterial', 'inProcess', q('50')),
      move('inProcess', 'excessUse', q('50')),
    ];
    const found = row(count('0'), imported('1000'), ...used);
    expect(found).toMatchObject({ remainder: q('950'), shouldRemain: q('1000') });
    expect(found).toMatchObject({ actualRemain: q('950'), difference: -q('50') });
    expect(found).toMatchObject({ shortage: q('50'), isWithinTolerance: false, closing: q('950') });
  });

  test('what records explain is not owed for, and stays in the book until it is entered', () => {
    const found = row(count('-4', '-100'), imported('1000'));
    expect(found).toMatchObject({ difference: -q('104'), explained: -q('100'), shortage: q('4') });
    expect(found).toMatchObject({ closing: q('996'), actualRemain: q('896') });
  });

  test('over is not owed for; not counted is not zero', () => {
    expect(row(count('5'), imported('1000'))).toMatchObject({ shortage: 0, closing: q('1005') });
    expect(row(null, imported('1000'))).toMatchObject({
      ...{ actualRemain: null, difference: null, isWithinTolerance: null, closing: q('1000') },
    });
  });

  const before = { closing: q('996'), explained: -q('100'), actualRemain: q('896') };
  const late = (...movements: Movement[]) =>
    supplementaryRowOf(
      { partKind: 'material', columns: columns('ordinary', ...movements) },
      before,
      tolerance,
    );
  const issue = (of: string) => [move('rawMaterial', 'export', q(of))];
  test.each([
    ['all that was explained came', issue('100'), '0', 0, '896'],
    ['some of it came', issue('40'), '-60', 0, '956'],
    ['the other way came', [imported('10')], '-100', 10, '996'],
  ] as const)('late: %s', (_name, movements, explained, shortage, closing) => {
    const found = late(...movements);
    expect(found.explained).toBe(-q(explained.replace('-', '')) + 0);
    expect(found).toMatchObject({ shortage: q(String(shortage)), closing: q(closing) });
    expect(addsUp(found)).toBe(true);
  });
});

test('every row of a journal is in exactly one filing, whenever it happened and was recorded', () => {
  const reaches: Reach[] = [
    { before: '0000', lastSeq: 0 },
    { before: endOf('2026-06-30'), lastSeq: 100 },
    { before: endOf('2026-06-30'), lastSeq: 180 },
    { before: endOf('2026-07-31'), lastSeq: 250 },
    { before: endOf('2027-12-31'), lastSeq: 400 },
  ];
  const day = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 400 }), (days, seq) => {
      const occurredAt = new Date(Date.parse('2026-05-01') + days * 86_400_000).toISOString();
      const filings = reaches
        .slice(1)
        .filter((now, index) => isCovered({ seq, occurredAt }, now, reaches[index] as Reach));
      expect(filings).toHaveLength(1);
    }),
  );
});

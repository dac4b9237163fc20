// A warehouse is counted, in whole or in part, and every tag must end somewhere: in a difference with its rate and
// value, or among those that say nothing about the book. What nobody looked at is never taken for nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toText } from '../../../kernel/decimal.ts';
import { quantity, rateText } from '../quantity.ts';
import { CountLine, CountScope } from './contract.ts';
import { type Book, spotKey, takeStock } from './differences.ts';

const NOON = '2026-06-30T04:00:00.000Z';
let tags = 0;
const line = (part: string, amount: string, more: Partial<CountLine> = {}): CountLine =>
  CountLine.parse({ tag: `T${++tags}`, part, quantity: amount, countedAt: NOON, ...more });
const everything = CountScope.parse({});

const held = [
  { part: 'steel', account: 'rawMaterial', site: 'main', quantity: quantity('100') },
  { part: 'screw', account: 'rawMaterial', site: 'main', quantity: quantity('500') },
  { part: 'frame', account: 'finished', site: 'main', quantity: quantity('7') },
] as const;
const book: Book = {
  positionAt: (spot) =>
    spot.part === 'unheard-of'
      ? null
      : (held.find((it) => spotKey(it) === spotKey(spot))?.quantity ?? 0),
  heldAt: () => held,
  figuresOf: (part) => ({
    unitValue: part === 'screw' ? null : '12.345',
    consumption: part === 'frame' ? null : quantity('300'),
    openingAndImports: quantity('400'),
  }),
};

describe('a count beside the book', () => {
  test('tags of one spot are added up, whatever their bins and lots', () => {
    const counted = [
      line('steel', '60', { bin: 'A-1' }),
      line('steel', '38.5', { bin: 'A-2', lot: 'x', countedAt: '2026-06-30T05:00:00.000Z' }),
    ];
    const [difference, another] = takeStock(counted, everything, book, 'consumption').differences;
    expect(another).toBeUndefined();
    expect(difference).toMatchObject({
      ...{ part: 'steel', account: 'rawMaterial', site: 'main', lines: [0, 1] },
      ...{ book: quantity('100'), counted: quantity('98.5'), difference: -quantity('1.5') },
      ...{ countedAt: '2026-06-30T05:00:00.000Z', rateBase: 'consumption', base: quantity('300') },
    });
    expect(rateText(difference?.rate ?? 0n)).toBe('0.005');
    expect(toText(difference?.value ?? { coefficient: 0n, scale: 0 })).toBe('-18.5175');
  });

  test('the rate is of the base that was chosen, and none where the base is not known', () => {
    const counted = [line('steel', '98'), line('frame', '6', { stock: 'finished' })];
    const rates = (base: 'consumption' | 'openingAndImports') =>
      takeStock(counted, everything, book, base).differences.map(({ part, rate }) => [
        part,
        rate === null ? null : rateText(rate),
      ]);
    expect(rates('consumption')).toEqual([
      ['frame', null],
      ['steel', '0.006666667'],
    ]);
    expect(rates('openingAndImports')).toEqual([
      ['frame', '0.0025'],
      ['steel', '0.005'],
    ]);
  });

  test('a value that nobody stated is not nothing', () => {
    const [difference] = takeStock(
      [line('screw', '499')],
      everything,
      book,
      'consumption',
    ).differences;
    expect(difference?.value).toBeNull();
  });

  test('not counted is not zero; zero is counted', () => {
    const zero = takeStock([line('steel', '0')], everything, book, 'consumption');
    expect(zero.differences.map(({ difference }) => difference)).toEqual([-quantity('100')]);
    expect(zero.notCounted.map(({ part }) => part)).toEqual(['frame', 'screw']);
  });

  test('what lies outside a partial count has neither a difference nor a place among the forgotten', () => {
    const scope = CountScope.parse({ stocks: ['materials'], parts: ['steel', 'screw'] });
    const counted = [line('steel', '100'), line('frame', '1', { stock: 'finished' })];
    const stocktake = takeStock(counted, scope, book, 'consumption');
    expect(stocktake.differences.map(({ part, difference }) => [part, difference])).toEqual([
      ['steel', 0],
    ]);
    expect(stocktake.outOfScope).toEqual([1]);
    expect(stocktake.notCounted.map(({ part }) => part)).toEqual(['screw']);
  });

  test('goods bought at home and parts unheard of are set aside and shown', () => {
    const counted = [line('steel', '5', { stock: 'boughtAtHome' }), line('unheard-of', '5')];
    const stocktake = takeStock(counted, everything, book, 'consumption');
    expect(stocktake).toMatchObject({ differences: [], notOfTheLedger: [0], unknownParts: [1] });
  });

  test('every tag ends in exactly one list', () => {
    const tag = fc.record({
      part: fc.constantFrom('steel', 'screw', 'frame', 'unheard-of'),
      stock: fc.constantFrom('materials', 'finished', 'boughtAtHome', 'scrap'),
      amount: fc.nat(1000),
    });
    const scoped = fc.constantFrom(everything, CountScope.parse({ stocks: ['materials'] }));
    fc.assert(
      fc.property(fc.array(tag), scoped, (written, scope) => {
        const lines = written.map(({ part, stock, amount }) =>
          line(part, String(amount), { stock: stock as CountLine['stock'] }),
        );
        const { differences, outOfScope, unknownParts, notOfTheLedger } = takeStock(
          ...([lines, scope, book, 'consumption'] as const),
        );
        const ends = [
          ...differences.flatMap((it) => it.lines),
          ...[...outOfScope, ...unknownParts, ...notOfTheLedger],
        ];
        expect(ends.sort((a, b) => a - b)).toEqual(lines.map((_, at) => at));
        for (const it of differences) expect(it.book + it.difference).toBe(it.counted);
      }),
    );
  });
});

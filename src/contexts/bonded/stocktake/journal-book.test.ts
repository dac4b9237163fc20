// Most rows of a journal are added up by way before they reach the book, and most of those by the page; the book is the
// same as if each movement had been looked at by itself, whenever each spot was counted and wherever the period begins.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountAt, isOnHandAt, placeOf } from '../accounts.ts';
import { encodeMovements } from '../journal/codec.ts';
import type { Moments } from '../journal/store/pages.ts';
import { Totals } from '../journal/totals.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { spotKey } from './differences.ts';
import { createJournalBook } from './journal-book.ts';

const SITES = ['north', 'south'];
const PARTS = ['bolt', 'plate', 'wire'];
const parts = PARTS.map(
  (part, number) => ({ part, number, unitValue: '1', kind: 'material' }) as NumberedPart,
);
const places = (
  ['customsIn', 'rawMaterial', 'inProcess', 'finished', 'countLoss'] as const
).flatMap((account) => SITES.map((_, site) => placeOf(account, site)));
const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();

const day = fc.nat({ max: 9 });
const place = fc.constantFrom(...places);
const row = fc.record({
  occurred: day,
  recorded: day,
  movements: fc.array(
    fc.record({
      part: fc.nat({ max: PARTS.length - 1 }),
      lot: fc.constant(-1),
      from: place,
      to: place,
      quantity: fc.integer({ min: 1, max: 1000 }),
    }),
    { maxLength: 5 },
  ),
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;
const spot = fc.record({
  part: fc.constantFrom(...PARTS),
  place: fc.constantFrom(...places.filter(isOnHandAt)),
  day,
});

/** Tells a page of rows as one where the fold lets it, row by row where not. */
function tellPage(fold: ReturnType<typeof createJournalBook>, rows: readonly Row[]): void {
  const moments = rows.map(
    ({ occurred, recorded }): Moments => ({
      occurredAt: Date.parse(dayOf(occurred)),
      recordedAt: Date.parse(dayOf(recorded)),
    }),
  );
  const packed = rows.map(({ movements }) => encodeMovements(movements));
  const end = (least: (...of: number[]) => number): Moments => ({
    occurredAt: least(...moments.map(({ occurredAt }) => occurredAt)),
    recordedAt: least(...moments.map(({ recordedAt }) => recordedAt)),
  });
  if (!fold.isOne(end(Math.min), end(Math.max))) {
    for (const [at, bytes] of packed.entries())
      fold.row(moments[at] as Moments, bytes, 0, bytes.length);
    return;
  }
  const totals = new Totals();
  for (const bytes of packed) totals.add(bytes);
  const bytes = totals.encode();
  fold.row(end(Math.min), bytes, 0, bytes.length);
}

test('the book of a count is what its movements say, one by one', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.array(spot, { maxLength: 4 }),
      ...([
        day,
        day,
        fc.constantFrom('recorded', 'occurred'),
        fc.integer({ min: 1, max: 6 }),
      ] as const),
      (rows, counted, until, from, bookOf, pageRows) => {
        const spotOf = (part: string, at: number) => ({
          ...{ part, account: accountAt(at), site: SITES[at >= 32 ? 1 : 0] as string },
        });
        const moments = new Map(
          counted.map(({ part, place, day }) => [spotKey(spotOf(part, place)), dayOf(day)]),
        );
        const folded = createJournalBook({
          ...{ ledger: { sites: SITES, opensOn: '2026-01-01' }, parts, bookOf, moments },
          ...{ until: dayOf(until), periodFrom: dayOf(from) },
        });
        for (let page = 0; page < rows.length; page += pageRows)
          tellPage(folded, rows.slice(page, page + pageRows));
        const book = folded.close();

        const moved = rows.flatMap((row) =>
          row.movements.map((it) => ({ ...it, at: dayOf(row[bookOf]), name: PARTS[it.part] })),
        );
        const sum = (of: (it: (typeof moved)[number]) => number): number =>
          moved.reduce((total, it) => total + of(it) * it.quantity, 0);
        const heldBy = (part: string, place: number, last: string): number =>
          sum(({ name, from, to, at }) =>
            name === part && at <= last ? Number(to === place) - Number(from === place) : 0,
          );
        const held = new Map([...book.heldAt('')].map((it) => [spotKey(it), it.quantity]));
        for (const part of PARTS) {
          for (const place of places.filter(isOnHandAt)) {
            const key = spotKey(spotOf(part, place));
            const last = moments.get(key) ?? dayOf(until);
            expect(book.positionAt(spotOf(part, place), '')).toBe(heldBy(part, place, last));
            expect(held.get(key) ?? 0).toBe(heldBy(part, place, dayOf(until)));
          }
          const is = (account: string, place: number): number =>
            Number(accountAt(place) === account);
          const inPeriod = (at: string): boolean => at >= dayOf(from) && at <= dayOf(until);
          expect(book.figuresOf(part)).toEqual({
            unitValue: '1',
            consumption: sum(({ name, from, to, at }) => {
              const out = Number(['rawMaterial', 'finished'].includes(accountAt(from)));
              const back = Number(['rawMaterial', 'finished'].includes(accountAt(to)));
              const used = out * is('inProcess', to) - back * is('inProcess', from);
              return name === part && inPeriod(at) ? used : 0;
            }),
            openingAndImports: sum(({ name, from: source, to, at }) => {
              if (name !== part) return 0;
              if (at < dayOf(from)) return Number(isOnHandAt(to)) - Number(isOnHandAt(source));
              return inPeriod(at) ? is('customsIn', source) - is('customsIn', to) : 0;
            }),
          });
        }
      },
    ),
    { numRuns: 300 },
  );
});

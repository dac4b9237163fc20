import type { DutyRequestLine } from '../../src/contexts/duty/calculation/contract.ts';
import type { Book, Cells } from './book.ts';
import {
  type Fraction,
  fractionOf,
  isNothing,
  NOTHING,
  nearest,
  over,
  plus,
  times,
  whole,
} from './fraction.ts';

/** Why nothing can be worked out. */
export class Missing extends Error {}

export interface Tax {
  readonly kind: string;
  readonly column: string;
  readonly base: Fraction;
  readonly quantity: Fraction | null;
  readonly assessed: Fraction;
  payable: Fraction;
}

export const HUNDRED = whole(100);
/** Each unit in the smallest of its kind. */
const UNITS: Readonly<Record<string, readonly [string, bigint]>> = {
  '036': ['mass', 1n],
  '035': ['mass', 1000n],
  '070': ['mass', 1_000_000n],
  '096': ['volume', 1n],
  '095': ['volume', 1000n],
  '063': ['volume', 1_000_000n],
  '007': ['piece', 1n],
  '043': ['piece', 100n],
  '054': ['piece', 1000n],
  '038': ['piece', 10_000n],
  '056': ['piece', 100_000_000n],
  '012': ['stick', 1n],
  '041': ['stick', 100n],
  '143': ['stick', 1000n],
  '030': ['length', 1n],
  '147': ['length', 1000n],
};

/** Percent of the base, so much a unit, or both: to the cent. */
export function byRate(
  cells: Cells,
  name: string,
  line: DutyRequestLine,
  base: Fraction,
  unit: string | undefined,
): Pick<Tax, 'base' | 'quantity' | 'assessed' | 'payable'> {
  const percent = cells[name];
  const perUnit = cells[`${name}PerUnit`];
  const quantity = perUnit ? measure(line, unit ?? '') : null;
  let sum = NOTHING;
  if (percent) sum = over(times(base, fractionOf(percent) ?? NOTHING), HUNDRED);
  if (perUnit && quantity) sum = plus(sum, times(quantity, fractionOf(perUnit) ?? NOTHING));
  const assessed = nearest(sum, 2);
  return { base, quantity, assessed, payable: assessed };
}

export function makerRate(makers: string, wanted: string): string | undefined {
  const plain = (name: string) => name.trim().split(/\s+/).join(' ').toLowerCase();
  for (const one of makers.split(';')) {
    const cut = one.indexOf('=');
    if (cut > 0 && plain(one.slice(0, cut)) === plain(wanted)) return one.slice(cut + 1).trim();
  }
  return undefined;
}

/** As the line says it in that very unit, first; else turned from a unit of the same kind. */
export function measure(line: DutyRequestLine, unit: string): Fraction {
  const said: [string, Fraction][] = [];
  const say = (text?: string | null, own?: string | null) => {
    const quantity = text ? fractionOf(text) : null;
    if (own && quantity && !isNothing(quantity)) said.push([own, quantity]);
  };
  say(line.quantity, line.unit);
  say(line.secondQuantity, line.secondUnit);
  say(line.netMassKg, '035');
  const same = said.find(([own]) => own === unit);
  if (same) return same[1];
  const wanted = UNITS[unit];
  for (const [own, quantity] of said) {
    const known = UNITS[own];
    if (wanted && known && wanted[0] === known[0])
      return over(times(quantity, whole(known[1])), whole(wanted[1]));
  }
  throw new Missing('quantity');
}

export function amount(text: string | null | undefined): Fraction {
  const value = text ? fractionOf(text) : null;
  if (!value) throw new Missing(`amount ${text}`);
  return value;
}

export function yuan(book: Book, currency: string | null, on: string): Fraction {
  if (currency === 'CNY') return whole(1);
  const row = currency ? book.find('exchange_rate', currency, on) : undefined;
  const value = row && fractionOf(row.yuan ?? '');
  if (!value || isNothing(value)) throw new Missing(`rate of ${currency}`);
  return over(value, whole(BigInt(row.per ?? '1')));
}

export function number(book: Book, name: string, on: string): Fraction {
  const value = fractionOf(book.find('duty_policy', name, on)?.value ?? '');
  if (!value) throw new Missing(name);
  return value;
}

export function isRest(day: string, book: Book): boolean {
  const stated = book.find('rest_day', day, day)?.kind;
  if (stated) return stated === 'rest';
  // 2024-01-06 was a Saturday.
  const since = Math.round((Date.parse(day) - Date.parse('2024-01-06')) / 86_400_000);
  return ((since % 7) + 7) % 7 <= 1;
}

export const later = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

export function at<T>(all: readonly T[], index: number): T {
  const value = all[index];
  if (value === undefined) throw new Error('There is no such line.');
  return value;
}

import { type Decimal, decimal, round } from '../../../kernel/decimal.ts';

/** Money owed and paid is counted in cents (分), in whole numbers. */
export type Cents = bigint;

/** The cents of an amount in yuan; an amount finer than a cent was never owed, and is a fault of ours. */
export function centsOf(yuan: string): Cents {
  const value = decimal(yuan);
  if (value.scale > 2) throw new TypeError(`Not an amount to the cent: ${yuan}`);
  return value.coefficient * (value.scale === 2 ? 1n : value.scale === 1 ? 10n : 100n);
}

/** `1234n` is `12.34`: always two places, so that equal amounts are equal text. */
export function yuanOf(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Rounds to the cent, half up, as every amount owed is. */
export function toCents(value: Decimal): Cents {
  const { coefficient, scale } = round(value, 2);
  return coefficient * 10n ** BigInt(2 - scale);
}

export const sumOf = (amounts: Iterable<Cents>): Cents => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};

export const least = (a: Cents, b: Cents): Cents => (a < b ? a : b);
export const notBelowZero = (a: Cents): Cents => (a < 0n ? 0n : a);

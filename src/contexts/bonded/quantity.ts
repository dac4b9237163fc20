import { QUANTITY_SHAPE, RATE_SHAPE } from './contract.ts';

/** A quantity in hundred-thousandths of its part's unit: a safe integer, never a fraction. */
export type Quantity = number;
/** A rate or a net use per unit, in thousand-millionths (the width of 单耗 and 损耗率 in the messages). */
export type Rate = bigint;

export const QUANTITY_DIGITS = 5;
export const RATE_DIGITS = 9;
const QUANTITY_UNIT = 10 ** QUANTITY_DIGITS;
const RATE_UNIT = 10n ** BigInt(RATE_DIGITS);
/** Ten thousand million units: more of anything than a factory moves, and far from what a double cannot hold. */
export const QUANTITY_MAX: Quantity = 10_000_000_000 * QUANTITY_UNIT;

/** Reads plain decimal text; `null` when it is none, has more places than are kept, or is too large. */
export function parseQuantity(text: string): Quantity | null {
  if (!QUANTITY_SHAPE.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  const quantity =
    Number(whole) * QUANTITY_UNIT +
    Number(fraction.slice(0, QUANTITY_DIGITS).padEnd(QUANTITY_DIGITS, '0'));
  return quantity <= QUANTITY_MAX ? quantity : null;
}

/** As `parseQuantity`, for text our own code promised is one. */
export function quantity(text: string): Quantity {
  const value = parseQuantity(text);
  if (value === null) throw new TypeError(`Not a quantity: ${text}`);
  return value;
}

/** Canonical text: no trailing zeros, so equal quantities are equal text. */
export function quantityText(quantity: Quantity): string {
  if (!Number.isSafeInteger(quantity))
    throw new RangeError(`A quantity left the safe integers: ${quantity}`);
  const magnitude = Math.abs(quantity);
  const fraction = String(magnitude % QUANTITY_UNIT)
    .padStart(QUANTITY_DIGITS, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(magnitude / QUANTITY_UNIT));
  return `${quantity < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Reads a rate such as `0.015`; `null` when it is none. */
export function parseRate(text: string): Rate | null {
  if (!RATE_SHAPE.test(text)) return null;
  const [whole = '', fraction = ''] = text.split('.');
  return (
    BigInt(whole) * RATE_UNIT + BigInt(fraction.slice(0, RATE_DIGITS).padEnd(RATE_DIGITS, '0'))
  );
}

export function rate(text: string): Rate {
  const value = parseRate(text);
  if (value === null) throw new TypeError(`Not a rate: ${text}`);
  return value;
}

export function rateText(value: Rate): string {
  const fraction = String(value % RATE_UNIT)
    .padStart(RATE_DIGITS, '0')
    .replace(/0+$/, '');
  return `${value / RATE_UNIT}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `quantity × rate`, half away from zero: the one rounding of the ledger. */
export function times(quantity: Quantity, by: Rate): Quantity {
  const product = BigInt(quantity) * by;
  const half = product < 0n ? -RATE_UNIT / 2n : RATE_UNIT / 2n;
  return Number((product + half) / RATE_UNIT);
}

/** `quantity × rate`, rounded down: a bound is never exceeded by rounding. */
export const atMost = (quantity: Quantity, by: Rate): Quantity =>
  Number((BigInt(quantity) * by) / RATE_UNIT);

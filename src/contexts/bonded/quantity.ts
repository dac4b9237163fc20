import { RATE_SHAPE } from './contract.ts';

/** A quantity in hundred-thousandths of its part's unit: a safe integer, never a fraction. */
export type Quantity = number;
/** A rate or a net use per unit, in thousand-millionths (the width of 单耗 and 损耗率 in the messages). */
export type Rate = bigint;

export const QUANTITY_DIGITS = 5;
export const RATE_DIGITS = 9;
const TENS = Array.from({ length: QUANTITY_DIGITS + 1 }, (_, power) => 10 ** power);
const QUANTITY_UNIT = 10 ** QUANTITY_DIGITS;
const RATE_UNIT = 10n ** BigInt(RATE_DIGITS);
/** Ten thousand million units: more of anything than a factory moves, and far from what a double cannot hold. */
export const QUANTITY_MAX: Quantity = 10_000_000_000 * QUANTITY_UNIT;

const [ZERO, NINE, POINT] = [48, 57, 46];
const WHOLE_DIGITS_MAX = 11;

/**
 * Reads plain decimal text (`QUANTITY_SHAPE`); `null` when it is none, has more places than are kept, or is too
 * large. Digit by digit: it is asked for every line of every event.
 */
export function parseQuantity(text: string): Quantity | null {
  const { length } = text;
  let at = 0;
  let value = 0;
  for (; at < length; at += 1) {
    const digit = text.charCodeAt(at);
    if (digit < ZERO || digit > NINE) break;
    value = value * 10 + digit - ZERO;
  }
  if (at === 0 || at > WHOLE_DIGITS_MAX) return null;
  let places = 0;
  if (at < length) {
    if (text.charCodeAt(at) !== POINT || at + 1 === length) return null;
    for (at += 1; at < length; at += 1) {
      const digit = text.charCodeAt(at);
      if (digit < ZERO || digit > NINE || (places === QUANTITY_DIGITS && digit !== ZERO))
        return null;
      if (places === QUANTITY_DIGITS) continue;
      value = value * 10 + digit - ZERO;
      places += 1;
    }
  }
  const quantity = value * (TENS[QUANTITY_DIGITS - places] as number);
  return quantity <= QUANTITY_MAX ? quantity : null;
}

/** As `parseQuantity`, for text our own code promised is one. */
export function quantity(text: string): Quantity {
  const value = parseQuantity(text);
  if (value === null) throw new TypeError(`Not a quantity: ${text}`);
  return value;
}

/** As `quantity`, for text that may be below nothing. */
export const signedQuantity = (text: string): Quantity =>
  text.startsWith('-') ? -quantity(text.slice(1)) : quantity(text);

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

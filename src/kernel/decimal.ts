/**
 * An exact decimal: `coefficient × 10^-scale`. Money and quantities are this, never a float
 * (0.1 + 0.2 must be 0.3 on a duty bill). Values are plain and immutable; `toText` is canonical:
 * no exponent, no trailing zeros, so equal numbers are equal text.
 */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

/** The widest number we store: PostgreSQL `numeric(38, 10)` holds it, and no trade figure comes near. */
export const DECIMAL_DIGITS_MAX = 28;
export const DECIMAL_SCALE_MAX = 10;

const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads plain decimal text such as `-12.50`; `null` when it is not a number or is too wide to store. */
export function parseDecimal(text: string): Decimal | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > DECIMAL_SCALE_MAX) return null;
  if (whole.replace(/^0+/, '').length > DECIMAL_DIGITS_MAX) return null;
  const magnitude = BigInt(whole + kept);
  return { coefficient: sign === '-' ? -magnitude : magnitude, scale: kept.length };
}

/** As `parseDecimal`, for text our own code promised is a number. */
export function decimal(text: string | number | bigint): Decimal {
  const value = parseDecimal(String(text));
  if (!value) throw new TypeError(`Not a decimal: ${text}`);
  return value;
}

export const ZERO: Decimal = { coefficient: 0n, scale: 0 };

const POWERS = Array.from({ length: 64 }, (_, power) => 10n ** BigInt(power));
const tenTo = (power: number): bigint => POWERS[power] ?? 10n ** BigInt(power);

function align(a: Decimal, b: Decimal): [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.coefficient, b.coefficient, a.scale];
  const scale = Math.max(a.scale, b.scale);
  return [a.coefficient * tenTo(scale - a.scale), b.coefficient * tenTo(scale - b.scale), scale];
}

function normal(coefficient: bigint, scale: number): Decimal {
  let c = coefficient;
  let s = scale;
  while (s > 0 && c % 10n === 0n) {
    c /= 10n;
    s -= 1;
  }
  return { coefficient: c, scale: s };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b);
  return normal(x + y, scale);
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = align(a, b);
  return normal(x - y, scale);
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return normal(a.coefficient * b.coefficient, a.scale + b.scale);
}

/** Rounds half away from zero (四舍五入), the one rounding customs law uses. */
export function round(a: Decimal, scale: number): Decimal {
  if (a.scale <= scale) return a;
  const unit = tenTo(a.scale - scale);
  const magnitude = a.coefficient < 0n ? -a.coefficient : a.coefficient;
  const rounded = (2n * magnitude + unit) / (2n * unit);
  return normal(a.coefficient < 0n ? -rounded : rounded, scale);
}

/** `a ÷ b` to `scale` places, half away from zero; the quotient itself need not be a decimal. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  if (b.coefficient === 0n) throw new RangeError('Division by zero');
  const numerator = a.coefficient * tenTo(b.scale + scale);
  const denominator = b.coefficient * tenTo(a.scale);
  const isBelowZero = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator, denominator].map((x) => (x < 0n ? -x : x)) as [bigint, bigint];
  const rounded = (2n * n + d) / (2n * d);
  return normal(isBelowZero ? -rounded : rounded, scale);
}

/** -1, 0 or 1, as a comparator for sorting. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = align(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export const isNegative = (a: Decimal): boolean => a.coefficient < 0n;
export const isZero = (a: Decimal): boolean => a.coefficient === 0n;

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
}

/** Canonical text; `parseDecimal` reads it back to an equal value. */
export function toText(a: Decimal): string {
  const { coefficient, scale } = normal(a.coefficient, a.scale);
  const digits = (coefficient < 0n ? -coefficient : coefficient)
    .toString()
    .padStart(scale + 1, '0');
  const whole = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return coefficient < 0n ? `-${whole}` : whole;
}

/** For statistics only (medians, scores): a float is fine where nothing is owed. Never for storage. */
export const toFloat = (a: Decimal): number => Number(toText(a));

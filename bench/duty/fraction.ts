/** A number as a quotient of whole numbers: nothing is ever rounded until somebody says so. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export const whole = (value: bigint | number): Fraction => ({ over: BigInt(value), under: 1n });
export const NOTHING = whole(0);

/** `12.50` is 1250 hundredths. Null for anything else than digits and one point. */
export function fractionOf(text: string): Fraction | null {
  const match = /^(\d+)(?:\.(\d*\d))?$/.exec(text);
  if (!match) return null;
  const [, before = '', after = ''] = match;
  return { over: BigInt(before + after), under: 10n ** BigInt(after.length) };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.under === b.under) return { over: a.over + b.over, under: a.under };
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}
export const minus = (a: Fraction, { over, under }: Fraction): Fraction =>
  plus(a, { over: -over, under });
export const times = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.over,
  under: a.under * b.under,
});
export const over = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under,
  under: a.under * b.over,
});
export const total = (all: readonly Fraction[]): Fraction => all.reduce(plus, NOTHING);

export const isLess = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;
export const isNothing = ({ over }: Fraction): boolean => over === 0n;

/** To the nearest unit of ten to the minus `places`; what lies in the middle goes up (四舍五入). */
export function nearest(value: Fraction, places: number): Fraction {
  const steps = 10n ** BigInt(places);
  const scaled = value.over * steps;
  const below = scaled / value.under;
  const rest = scaled - below * value.under;
  return { over: 2n * rest >= value.under ? below + 1n : below, under: steps };
}

/** The whole part. */
export const wholePart = ({ over, under }: Fraction): Fraction => whole(over / under);

/** As decimal text without needless zeros; only for what has an end. */
export function written({ over, under }: Fraction): string {
  const digits = 30;
  const scaled = (over * 10n ** BigInt(digits)) / under;
  const text = scaled.toString().padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0+$/, '');
}

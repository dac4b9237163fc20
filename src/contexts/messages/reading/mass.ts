import { type Decimal, multiply, parseDecimal, toText } from '../../../kernel/decimal.ts';
import { codes } from './codes.ts';

const ONE: Decimal = { coefficient: 1n, scale: 0 };
const POUND: Decimal = { coefficient: 45_359_237n, scale: 8 };

/** Kilograms in one of a unit (UN/ECE recommendation 20), exact. */
const KILOGRAMS = codes<Decimal>({
  KGM: ONE,
  K: ONE,
  KG: ONE,
  KGS: ONE,
  TNE: { coefficient: 1_000n, scale: 0 },
  TON: { coefficient: 1_000n, scale: 0 },
  GRM: { coefficient: 1n, scale: 3 },
  LBR: POUND,
  LBS: POUND,
  LB: POUND,
  DTN: { coefficient: 100n, scale: 0 },
});

const THOUSANDTH: Decimal = { coefficient: 1n, scale: 3 };

/** Cubic metres in one of a unit, exact; a cubic foot is 0.3048 metres cubed. */
const CUBIC_METRES = codes<Decimal>({
  MTQ: ONE,
  CBM: ONE,
  M3: ONE,
  DMQ: THOUSANDTH,
  LTR: THOUSANDTH,
  FTQ: { coefficient: 28_316_846_592n, scale: 12 },
});

/** A mass in kilograms; `null` for a unit that is none of mass. */
export const kilograms = (value: string, unit: string): string | null =>
  converted(value, KILOGRAMS.get(unit) ?? KILOGRAMS.get(unit.toUpperCase()));

/** A volume in cubic metres; `null` for a unit that is none of volume. */
export const cubicMetres = (value: string, unit: string): string | null =>
  converted(value, CUBIC_METRES.get(unit) ?? CUBIC_METRES.get(unit.toUpperCase()));

/** The digits stay as they were written where nothing is converted. */
function converted(value: string, factor: Decimal | undefined): string | null {
  if (factor === ONE) return value;
  const amount = parseDecimal(value);
  return factor === undefined || amount === null ? null : toText(multiply(amount, factor));
}

export const isMassUnit = (unit: string): boolean =>
  KILOGRAMS.get(unit.toUpperCase()) !== undefined;

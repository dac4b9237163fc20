import { type Decimal, multiply, parseDecimal, toText } from '../../../kernel/decimal.ts';

/** Kilograms in one of a unit (UN/ECE recommendation 20), exact. */
const KILOGRAMS: Readonly<Record<string, string>> = {
  KGM: '1',
  K: '1',
  KG: '1',
  KGS: '1',
  TNE: '1000',
  TON: '1000',
  GRM: '0.001',
  LBR: '0.45359237',
  DTN: '100',
};

/** A mass in kilograms; `null` for a unit that is none of mass. */
export function kilograms(value: string, unit: string): string | null {
  const factor = KILOGRAMS[unit];
  if (factor === '1') return value;
  const [amount, of] = [parseDecimal(value), factor && parseDecimal(factor)];
  if (!factor || !amount || !of) return null;
  return toText(multiply(amount, of as Decimal));
}

export const isMassUnit = (unit: string): boolean => KILOGRAMS[unit] !== undefined;

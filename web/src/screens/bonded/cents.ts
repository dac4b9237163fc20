import { decimal, round, toText } from '../../../../src/kernel/decimal.ts';

/** An exact sum of money as it is read: to the cent, half away from zero. Sheets keep every digit. */
export const toCents = (text: string | null): string | null =>
  text === null ? null : toText(round(decimal(text), 2));

import { decimal, divide, toText } from '../../../kernel/decimal.ts';

/** A mass in grams: a safe integer. */
export type Grams = number;

const THOUSAND = decimal(1000);

/**
 * Kilograms as text, at most three places, in grams: exact, since a product so near a whole number
 * rounds to it. It is asked of every container of a block with every change.
 */
export const gramsOf = (kilograms: string): Grams => Math.round(Number(kilograms) * 1000);

export const kilogramsText = (grams: Grams): string => toText(divide(decimal(grams), THOUSAND, 3));

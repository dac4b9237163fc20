import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { effectiveOn, type LocalDate } from '../../../kernel/dates.ts';
import { RateText } from '../contract.ts';
import { type Quantity, RATE_DIGITS, type Rate, rate } from '../quantity.ts';
import { RateBase } from '../stocktake/contract.ts';
import type { Tolerance } from './contract.ts';

const Book = z.object({
  tolerances: z.array(
    z.object({
      /** `null` for every office that has none of its own. */
      office: z.string().nullable(),
      from: z.iso.date(),
      to: z.iso.date().nullable(),
      rate: RateText,
      base: RateBase,
      source: z.string(),
    }),
  ),
});
const book = Book.parse(
  JSON.parse(readFileSync(new URL('tolerance.json', import.meta.url), 'utf8')),
);

/** The tolerance of an office on a day; without one nothing passes without a look. */
export function toleranceOf(office: string, on: LocalDate): Tolerance {
  const own = book.tolerances.filter((each) => each.office === office);
  const all = book.tolerances.filter((each) => each.office === null);
  const found = effectiveOn(own, on) ?? effectiveOn(all, on);
  if (!found) return { rate: '0', base: 'openingAndImports', source: 'none' };
  return { rate: found.rate, base: found.base, source: found.source };
}

const RATE_UNIT = 10n ** BigInt(RATE_DIGITS);

/** Whether |part| ÷ base is at most the rate: compared exactly, without dividing. Of no base only nothing is. */
export function isWithin(part: Quantity, base: Quantity, tolerance: Tolerance): boolean {
  const allowed: Rate = rate(tolerance.rate);
  return BigInt(Math.abs(part)) * RATE_UNIT <= BigInt(Math.max(0, base)) * allowed;
}

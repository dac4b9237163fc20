import { localDateOf } from '../../../kernel/dates.ts';
import * as exact from '../../../kernel/decimal.ts';
import type { NumberedPart } from '../ledgers/contract.ts';
import { quantityText, rateText } from '../quantity.ts';
import type { DifferenceRow, StocktakeFigures, TagEnd, Worth } from './contract.ts';
import type { Difference, Stocktake } from './differences.ts';

/** The duty rate of goods on a day, a share of the value; `null` where none is recorded or it is no share. */
export type DutyRateOf = (hsCode: string, on: string) => string | null;

/** One spot as it is kept: `DifferenceRow` without what the part says of itself. */
export type DifferenceKept = Omit<DifferenceRow, 'kind' | 'description' | 'unit' | 'rateBase'>;

/** Duty is stated to the cent; the one rounding of it, half away from zero. */
const CENTS = 2;

/** A difference in the words of the contract, with what is at stake where value and duty rate are recorded. */
export function differenceKept(
  difference: Difference,
  number: number,
  part: NumberedPart,
  tagOf: (line: number) => string,
  dutyRateOf: DutyRateOf,
): DifferenceKept {
  const { rate, value, base, lines, countedAt } = difference;
  const dutyRate = part.hsCode === null ? null : dutyRateOf(part.hsCode, localDateOf(countedAt));
  const isShort = difference.difference < 0;
  const duty =
    isShort && value !== null && dutyRate !== null
      ? exact.round(
          exact.multiply(exact.subtract(exact.ZERO, value), exact.decimal(dutyRate)),
          CENTS,
        )
      : null;
  return {
    ...{ number, part: part.part, account: difference.account, site: difference.site },
    book: quantityText(difference.book),
    counted: quantityText(difference.counted),
    difference: quantityText(difference.difference),
    countedAt,
    rate: rate === null ? null : rateText(rate),
    base: base === null ? null : quantityText(base),
    value: value === null ? null : exact.toText(value),
    currency: value === null ? null : part.currency,
    dutyRate,
    duty: duty === null ? null : exact.toText(duty),
    tags: lines.map(tagOf),
  };
}

/** Where each tag ended. */
export function endsOf(count: number, stocktake: Stocktake): readonly TagEnd[] {
  const ends: TagEnd[] = Array.from({ length: count }, () => 'compared');
  for (const at of stocktake.outOfScope) ends[at] = 'outOfScope';
  for (const at of stocktake.unknownParts) ends[at] = 'unknownPart';
  for (const at of stocktake.notOfTheLedger) ends[at] = 'notOfTheLedger';
  return ends;
}

/** What a count came to. Sums are kept by currency; one part's overage never nets another's shortage. */
export function figuresOf(
  rows: readonly DifferenceKept[],
  notCounted: number,
  ends: readonly TagEnd[],
): StocktakeFigures {
  const differing = rows.filter(({ difference }) => difference !== '0');
  const isShort = ({ difference }: DifferenceKept): boolean => difference.startsWith('-');
  const ended = (end: TagEnd): number => ends.filter((each) => each === end).length;
  return {
    ...{ spots: rows.length, differing: differing.length, notCounted },
    short: differing.filter(isShort).length,
    over: differing.filter((row) => !isShort(row)).length,
    withoutValue: differing.filter(({ value }) => value === null).length,
    withoutDutyRate: differing.filter((row) => isShort(row) && row.dutyRate === null).length,
    worth: worthOf(differing),
    ...{ compared: ended('compared'), outOfScope: ended('outOfScope') },
    ...{ unknownPart: ended('unknownPart'), notOfTheLedger: ended('notOfTheLedger') },
  };
}

function worthOf(rows: readonly DifferenceKept[]): Worth[] {
  const by = new Map<string, { short: exact.Decimal; over: exact.Decimal; duty: exact.Decimal }>();
  for (const { value, currency, duty } of rows) {
    if (value === null || currency === null) continue;
    const sums = by.get(currency) ?? { short: exact.ZERO, over: exact.ZERO, duty: exact.ZERO };
    const worth = exact.decimal(value);
    if (exact.isNegative(worth)) sums.short = exact.subtract(sums.short, worth);
    else sums.over = exact.add(sums.over, worth);
    if (duty !== null) sums.duty = exact.add(sums.duty, exact.decimal(duty));
    by.set(currency, sums);
  }
  return [...by]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, { short, over, duty }]) => ({
      ...{ currency, short: exact.toText(short) },
      ...{ over: exact.toText(over), duty: exact.toText(duty) },
    }));
}

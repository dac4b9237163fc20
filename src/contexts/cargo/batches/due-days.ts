import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { addDays, effectiveOn, type LocalDate } from '../../../kernel/dates.ts';
import { GoodsRegime, type OpenMonth } from './contract.ts';

const effective = { from: z.iso.date(), to: z.iso.date().nullable() };
const Book = z.object({
  months: z.array(
    z.object({
      regime: GoodsRegime,
      due: z.union([
        z.object({ dayOfNextMonth: z.number().int().min(1).max(28) }),
        z.literal('endOfNextMonth'),
      ]),
      /** What moved in a year is declared in it (不得跨年度). */
      withinYear: z.boolean(),
      legalBasis: z.string(),
      ...effective,
    }),
  ),
  entries: z.array(
    z.object({ days: z.number().int().positive(), legalBasis: z.string(), ...effective }),
  ),
  warnDaysBefore: z.number().int().positive(),
});

const book = Book.parse(
  JSON.parse(readFileSync(new URL('due-days.json', import.meta.url), 'utf8')),
);

/** Days before a due day from which everybody concerned is warned. */
export const WARN_DAYS = book.warnDaysBefore;

export interface Due {
  readonly dueOn: LocalDate;
  readonly legalBasis: string;
}

/** `2026-07` of `2026-07-15`. */
export const monthOf = (day: LocalDate): string => day.slice(0, 7);

/** By when what moved in a month is to be declared, as the law stood on its first day. */
export function monthDue(regime: GoodsRegime, month: string): Due {
  const first = `${month}-01`;
  const rule = effectiveOn(
    book.months.filter((each) => each.regime === regime),
    first,
  );
  if (!rule) throw new Error(`No rule says when ${regime} of ${month} is declared.`);
  const next = firstOfNextMonth(first);
  const lastDay = addDays(firstOfNextMonth(next), -1);
  const due = rule.due === 'endOfNextMonth' ? lastDay : addDays(next, rule.due.dayOfNextMonth - 1);
  const crossesYear = rule.withinYear && due.slice(0, 4) !== month.slice(0, 4);
  return { dueOn: crossesYear ? `${month.slice(0, 4)}-12-31` : due, legalBasis: rule.legalBasis };
}

/** Goods that entered first are declared within this many days of the conveyance's declared entry. */
export function entryDue(declaredEntryOn: LocalDate): Due {
  const rule = effectiveOn(book.entries, declaredEntryOn);
  if (!rule) throw new Error(`No rule lets goods enter first on ${declaredEntryOn}.`);
  return { dueOn: addDays(declaredEntryOn, rule.days), legalBasis: rule.legalBasis };
}

/** Where a clock stands that must be answered on `dueOn` at the latest. */
export function stateOn(dueOn: LocalDate, on: LocalDate): OpenMonth['state'] {
  if (on > dueOn) return 'overdue';
  return addDays(on, WARN_DAYS) >= dueOn ? 'dueSoon' : 'running';
}

/** Whole days from one day to another; nothing when it is not later. */
export function daysAfter(from: LocalDate, to: LocalDate): number {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Math.max(0, Math.round(days));
}

function firstOfNextMonth(first: LocalDate): LocalDate {
  return `${addDays(first, 31).slice(0, 7)}-01`;
}

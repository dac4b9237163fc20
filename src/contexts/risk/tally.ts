import { addDays, type LocalDate } from '../../kernel/dates.ts';

/** Days kept per key. A key seen on more days forgets its oldest days' detail, never its total. */
const DAYS_KEPT = 400;

interface Total {
  readonly day: LocalDate;
  /** Running totals up to and including the day. */
  count: number;
  sum: number;
}

/**
 * Counts and sums per key with their days, so that any earlier moment can be asked about. Amounts are
 * whole numbers (cents), so that sums do not depend on the order in which they were added.
 */
export interface Tally {
  add(key: string, day: LocalDate, amount?: number): void;
  before(key: string, on: LocalDate): { readonly count: number; readonly sum: number };
  /** What happened on the days in `[from, on)`. */
  between(key: string, from: LocalDate, on: LocalDate): { count: number; sum: number };
}

const NOTHING = { count: 0, sum: 0 };

/**
 * `forgetAfterDays` drops keys not seen for that long: a tally that is only ever asked about the last
 * three days need not remember every pair of parties that ever traded.
 */
export function createTally(forgetAfterDays: number | null = null): Tally {
  // In order of the last day seen, so that what is to be forgotten stands first.
  const totals = new Map<string, Total[]>();

  function before(key: string, on: LocalDate): { count: number; sum: number } {
    const days = totals.get(key);
    if (!days) return NOTHING;
    for (let i = days.length - 1; i >= 0; i--) {
      const total = days[i];
      if (total && total.day < on) return total;
    }
    return NOTHING;
  }

  function forgetOlderThan(day: LocalDate): void {
    for (const [key, days] of totals) {
      if ((days.at(-1)?.day ?? '') >= day) break;
      totals.delete(key);
    }
  }

  let forgottenOn: LocalDate = '';

  return {
    before,
    between(key, from, on) {
      const upTo = before(key, on);
      const earlier = before(key, from);
      return { count: upTo.count - earlier.count, sum: upTo.sum - earlier.sum };
    },
    add(key, day, amount = 0) {
      const days = totals.get(key) ?? [];
      addInOrder(days, day, amount);
      if (days.length > DAYS_KEPT) days.shift();
      if (forgetAfterDays !== null) {
        totals.delete(key);
        if (day > forgottenOn) {
          forgottenOn = day;
          forgetOlderThan(addDays(day, -forgetAfterDays));
        }
      }
      totals.set(key, days);
    },
  };
}

/** History arrives in order of day but for late filings, which raise every later total as well. */
function addInOrder(days: Total[], day: LocalDate, amount: number): void {
  let place = days.length;
  while (place > 0 && (days[place - 1]?.day ?? '') > day) {
    place -= 1;
    const later = days[place];
    if (later) {
      later.count += 1;
      later.sum += amount;
    }
  }
  const earlier = days[place - 1];
  if (earlier?.day === day) {
    earlier.count += 1;
    earlier.sum += amount;
  } else {
    const { count, sum } = earlier ?? NOTHING;
    days.splice(place, 0, { day, count: count + 1, sum: sum + amount });
  }
}

import type { LocalDate } from '../../../kernel/dates.ts';
import {
  add,
  compare,
  type Decimal,
  isNegative,
  isZero,
  subtract,
  ZERO,
} from '../../../kernel/decimal.ts';

/** A line of a stock bill on its way: what it is, and what of it has passed. */
export interface BillLine {
  readonly lineNo: number;
  readonly quantity: Decimal;
  readonly netMassKg: Decimal;
  readonly grossMassKg: Decimal;
  readonly packages: number;
  readonly passed: Measures;
}

export interface Measures {
  readonly quantity: Decimal;
  readonly netMassKg: Decimal;
  readonly grossMassKg: Decimal;
  readonly packages: number;
}

export const NOTHING: Measures = {
  quantity: ZERO,
  netMassKg: ZERO,
  grossMassKg: ZERO,
  packages: 0,
};

/** What one vehicle carried through of a line, and what it carried beyond the bill. */
export interface Passed {
  readonly part: Measures;
  readonly excess: Decimal;
  readonly after: BillLine;
}

/** Masses of a part are stated to the milligram, in kilograms. */
const MASS_SCALE = 6;

export const leftOf = (line: BillLine): Decimal => subtract(line.quantity, line.passed.quantity);

/**
 * Counts what passed of a bill's line. Masses and packages follow the quantity; the last part takes
 * the remainder, so that the parts of a line always add up to the line. What goes beyond the bill is
 * no part of it: nobody allowed it, and it is a case.
 */
export function passLine(line: BillLine, quantity: Decimal, atMost = leftOf(line)): Passed {
  const left = leftOf(line);
  const allowed = compare(atMost, left) < 0 ? atMost : left;
  const counted = compare(quantity, allowed) > 0 ? allowed : quantity;
  const excess = subtract(quantity, counted);
  const part = partOf(line, counted, left);
  const after: BillLine = {
    ...line,
    passed: {
      quantity: add(line.passed.quantity, part.quantity),
      netMassKg: add(line.passed.netMassKg, part.netMassKg),
      grossMassKg: add(line.passed.grossMassKg, part.grossMassKg),
      packages: line.passed.packages + part.packages,
    },
  };
  return { part, excess, after };
}

function partOf(line: BillLine, quantity: Decimal, left: Decimal): Measures {
  if (isZero(quantity)) return NOTHING;
  if (compare(quantity, left) === 0) {
    return {
      quantity,
      netMassKg: subtract(line.netMassKg, line.passed.netMassKg),
      grossMassKg: subtract(line.grossMassKg, line.passed.grossMassKg),
      packages: line.packages - line.passed.packages,
    };
  }
  return shareOf(line, quantity);
}

/** total × part ÷ whole, rounded down: parts never add up to more than the whole. */
function proportion(total: Decimal, part: Decimal, whole: Decimal, scale: number): Decimal {
  const shift = scale + whole.scale - total.scale - part.scale;
  const product = total.coefficient * part.coefficient;
  const coefficient =
    shift >= 0
      ? (product * 10n ** BigInt(shift)) / whole.coefficient
      : product / (whole.coefficient * 10n ** BigInt(-shift));
  return { coefficient, scale };
}

/** What of a line crossed on a day and no declaration covers. */
export interface DayLeft extends Measures {
  readonly countsOn: LocalDate;
}

/**
 * Goods that came back reverse what went last and is not declared: each part counts on the day of what
 * it reverses, with the masses of that. So no day's sum is ever negative, and a declaration of what
 * moved up to any day is whole. `days` are in order; `quantity` is no more than their sum.
 */
export function reverse(days: readonly DayLeft[], quantity: Decimal): DayLeft[] {
  const parts: DayLeft[] = [];
  let left = quantity;
  for (const day of [...days].reverse()) {
    if (isZero(left)) break;
    if (isZero(day.quantity)) continue;
    const taken = compare(left, day.quantity) > 0 ? day.quantity : left;
    const part = shareOf(day, taken);
    parts.push({ countsOn: day.countsOn, ...negative(part) });
    left = subtract(left, taken);
  }
  return parts;
}

function shareOf(whole: Measures, quantity: Decimal): Measures {
  if (compare(whole.quantity, quantity) === 0) return whole;
  const packages = { coefficient: BigInt(whole.packages), scale: 0 };
  return {
    quantity,
    netMassKg: proportion(whole.netMassKg, quantity, whole.quantity, MASS_SCALE),
    grossMassKg: proportion(whole.grossMassKg, quantity, whole.quantity, MASS_SCALE),
    packages: Number(proportion(packages, quantity, whole.quantity, 0).coefficient),
  };
}

const negative = ({ quantity, netMassKg, grossMassKg, packages }: Measures): Measures => ({
  quantity: subtract(ZERO, quantity),
  netMassKg: subtract(ZERO, netMassKg),
  grossMassKg: subtract(ZERO, grossMassKg),
  packages: packages === 0 ? 0 : -packages,
});

/** Adds movements up day by day, in order; whatever their sum is. */
export function byDay(movements: readonly DayLeft[]): DayLeft[] {
  const days = new Map<LocalDate, DayLeft>();
  for (const each of movements) {
    const before = days.get(each.countsOn) ?? { countsOn: each.countsOn, ...NOTHING };
    days.set(each.countsOn, {
      countsOn: each.countsOn,
      quantity: add(before.quantity, each.quantity),
      netMassKg: add(before.netMassKg, each.netMassKg),
      grossMassKg: add(before.grossMassKg, each.grossMassKg),
      packages: before.packages + each.packages,
    });
  }
  return [...days.values()]
    .filter(({ quantity }) => !isNegative(quantity))
    .sort((a, b) => (a.countsOn < b.countsOn ? -1 : 1));
}

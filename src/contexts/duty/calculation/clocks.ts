import { addDays, type LocalDate } from '../../../kernel/dates.ts';
import {
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  round,
  ZERO,
} from '../../../kernel/decimal.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { workingDayFrom } from '../tariff/open.ts';
import type { Policy, PolicyName, TariffTables } from '../tariff/tables.ts';

/** A charge that runs by the day, from its first day to its last, both counted. */
export interface DailyCharge {
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly days: number;
  /** A day's share of what it is taken of. */
  readonly rate: Decimal;
  readonly amount: Decimal;
  readonly legalBasis: string;
}

const CENTS = 2;
const DAY_MILLISECONDS = 86_400_000;

/**
 * The day whose rates hold. Imports and exports: the day the declaration is completed. An import
 * declared before its conveyance comes: the day the conveyance is declared to have entered; until
 * then any assessment is for the time being.
 */
export function dayOfLaw(filed: {
  readonly ieFlag: 'I' | 'E';
  readonly filing: 'standard' | 'advance' | (string & {});
  readonly acceptedOn: LocalDate;
  readonly conveyanceEnteredOn: LocalDate | null;
}): { on: LocalDate; isProvisional: boolean; legalBasis: string } {
  const legalBasis = '关税法 第二十条';
  const { acceptedOn, conveyanceEnteredOn } = filed;
  if (filed.ieFlag === 'E' || filed.filing !== 'advance')
    return { on: acceptedOn, isProvisional: false, legalBasis };
  if (!conveyanceEnteredOn) return { on: acceptedOn, isProvisional: true, legalBasis };
  const on = conveyanceEnteredOn > acceptedOn ? conveyanceEnteredOn : acceptedOn;
  return { on, isProvisional: false, legalBasis };
}

/**
 * 滞报金: for an import declared after the term that runs from the entry of its conveyance. The day of
 * entry is not counted; a first day that is a rest day moves to the next working day; the day of
 * declaration is counted. Whole yuan, the rest is let go; below the threshold nothing. Null: in time.
 */
export function lateDeclarationFee(
  late: {
    readonly customsValue: Decimal;
    readonly conveyanceEnteredOn: LocalDate;
    readonly acceptedOn: LocalDate;
  },
  tables: TariffTables,
): DailyCharge | null {
  const { customsValue, conveyanceEnteredOn, acceptedOn } = late;
  const first = Number(policy('lateDeclaration.firstDay', acceptedOn, tables).value.coefficient);
  const firstDay = workingDayFrom(addDays(conveyanceEnteredOn, first), tables);
  if (acceptedOn < firstDay) return null;
  const rate = policy('lateDeclaration.rate', acceptedOn, tables);
  const days = daysBetween(firstDay, acceptedOn) + 1;
  const exact = multiply(multiply(customsValue, rate.value), decimal(days));
  const amount = fromThreshold('lateDeclaration.exemptBelow', floor(exact), acceptedOn, tables);
  return {
    firstDay,
    lastDay: acceptedOn,
    days,
    rate: rate.value,
    amount,
    legalBasis: rate.basis,
  };
}

/** The last day to pay without surcharge: fifteen days after the bill; a rest day moves it on. */
export function paymentDeadline(billedOn: LocalDate, tables: TariffTables): LocalDate {
  const days = Number(policy('latePayment.days', billedOn, tables).value.coefficient);
  return workingDayFrom(addDays(billedOn, days), tables);
}

/**
 * 滞纳金 on one tax of one bill: each day after the deadline, the day of payment counted, rest days too;
 * to the cent; below the threshold nothing. Null: paid in time.
 */
export function latePaymentSurcharge(
  late: { readonly amount: Decimal; readonly deadline: LocalDate; readonly paidOn: LocalDate },
  tables: TariffTables,
): DailyCharge | null {
  const { deadline, paidOn } = late;
  if (paidOn <= deadline) return null;
  const rate = policy('latePayment.rate', deadline, tables);
  const days = daysBetween(deadline, paidOn);
  const exact = round(multiply(multiply(late.amount, rate.value), decimal(days)), CENTS);
  const amount = fromThreshold('latePayment.exemptBelow', exact, deadline, tables);
  return {
    firstDay: addDays(deadline, 1),
    lastDay: paidOn,
    days,
    rate: rate.value,
    amount,
    legalBasis: rate.basis,
  };
}

/**
 * 缓税利息 on tax deferred while goods were in bond: from the day they entered bond to the day the tax is
 * billed, at the demand deposit rate published for that day, by the day of a 360-day year.
 */
export function deferredInterest(
  deferred: {
    readonly amount: Decimal;
    readonly bondedOn: LocalDate;
    readonly billedOn: LocalDate;
  },
  tables: TariffTables,
): Omit<DailyCharge, 'rate'> {
  const { amount, bondedOn, billedOn } = deferred;
  const rate = policy('deferredInterest.percent', billedOn, tables);
  const year = policy('deferredInterest.yearDays', billedOn, tables);
  const days = Math.max(0, daysBetween(bondedOn, billedOn));
  const percentDays = multiply(multiply(amount, rate.value), decimal(days));
  return {
    firstDay: addDays(bondedOn, 1),
    lastDay: billedOn,
    days,
    amount: divide(percentDays, multiply(decimal(100), year.value), CENTS),
    legalBasis: rate.basis,
  };
}

/** The n-th working day of the month after a day's: consolidated tax is paid by the fifth. */
export function workingDayOfNextMonth(
  day: LocalDate,
  ordinal: number,
  tables: TariffTables,
): LocalDate {
  let at = workingDayFrom(firstOfNextMonth(day), tables);
  for (let n = 1; n < ordinal; n += 1) at = workingDayFrom(addDays(at, 1), tables);
  return at;
}

function firstOfNextMonth(day: LocalDate): LocalDate {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS);

/** Without the part of a yuan; amounts here are not negative. */
const floor = ({ coefficient, scale }: Decimal): Decimal => ({
  coefficient: coefficient / 10n ** BigInt(scale),
  scale: 0,
});

function fromThreshold(
  name: PolicyName,
  amount: Decimal,
  on: LocalDate,
  tables: TariffTables,
): Decimal {
  return compare(amount, policy(name, on, tables).value) < 0 ? ZERO : amount;
}

function policy(name: PolicyName, on: LocalDate, tables: TariffTables): Policy {
  const found = tables.policy(name, on);
  if (!found) throw new Refused('invalid', { code: 'duty.policy_missing', params: { name, on } });
  return found;
}

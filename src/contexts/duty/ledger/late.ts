import { addDays, type LocalDate } from '../../../kernel/dates.ts';
import {
  add,
  compare,
  type Decimal,
  decimal,
  multiply,
  round,
  ZERO,
} from '../../../kernel/decimal.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { deferredInterest } from '../calculation/clocks.ts';
import type { PolicyName, TariffTables } from '../tariff/tables.ts';
import { type Bill, overdueBefore } from './bill.ts';
import { type Cents, least, sumOf, toCents } from './cents.ts';
import type { BillItem } from './contract.ts';

const DAY_MILLISECONDS = 86_400_000;
const daysBetween = (from: LocalDate, to: LocalDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS);
const ofCents = (coefficient: Cents): Decimal => ({ coefficient, scale: 2 });

/**
 * The surcharge for paying late (滞纳金) up to and including a day: for every day after the deadline,
 * the day of payment included, a share of the tax that was unpaid that morning. It is computed whole
 * from the bill's life each time and rounded once for each tax, as if the bill were closed that day,
 * so it does not matter on which days it is asked.
 */
export function surchargeThrough(bill: Bill, through: LocalDate, law: TariffTables): Cents {
  const exact = new Map<BillItem, Decimal>();
  const overdue = spans(bill, through);
  const first = overdue[0];
  if (!first) return 0n;
  const rate = policyOn('latePayment.rate', first.from, law);
  for (const { from, to } of overdue) {
    const days = decimal(daysBetween(from, to));
    for (const [item, cents] of overdueBefore(bill, from)) {
      const charge = multiply(multiply(ofCents(cents), rate), days);
      exact.set(item, add(exact.get(item) ?? ZERO, charge));
    }
  }
  const exempt = policyOn('latePayment.exemptBelow', first.from, law);
  const charges = [...exact.values()].map((charge) => round(charge, 2));
  return sumOf(charges.flatMap((charge) => (compare(charge, exempt) < 0 ? [] : [toCents(charge)])));
}

function policyOn(name: PolicyName, on: LocalDate, law: TariffTables): Decimal {
  const policy = law.policy(name, on);
  if (policy) return policy.value;
  throw new Refused('invalid', { code: 'duty.policy_missing', params: { name, on } });
}

interface Span {
  readonly from: LocalDate;
  /** The first day no longer within. */
  readonly to: LocalDate;
}

/** The days from the first late one, cut where a demand falls due or money moves. */
function spans(bill: Bill, through: LocalDate): Span[] {
  const end = addDays(through, 1);
  const lateFrom = bill.demands.map(({ dueOn }) => addDays(dueOn, 1)).sort();
  const [first] = lateFrom;
  if (first === undefined || first >= end) return [];
  const moved = [
    ...bill.payments.map(({ on }) => on),
    ...bill.refunds.flatMap(({ answeredOn }) => answeredOn ?? []),
  ].map((day) => addDays(day, 1));
  const starts = [...new Set([...lateFrom, ...moved])]
    .filter((day) => day >= first && day < end)
    .sort();
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? end }));
}

/**
 * Interest on a refund at the demand deposit rate (活期存款), by the day from the payments that made it
 * up, the last first, to the day it is granted.
 */
export function refundInterest(bill: Bill, cents: Cents, on: LocalDate, law: TariffTables): Cents {
  let left = cents;
  let interest = 0n;
  for (const payment of bill.payments.toReversed()) {
    const part = least(left, payment.cents);
    left -= part;
    if (part === 0n) continue;
    const deferred = { amount: ofCents(part), bondedOn: payment.on, billedOn: on };
    interest += toCents(deferredInterest(deferred, law).amount);
  }
  return interest;
}

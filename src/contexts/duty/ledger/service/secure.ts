import type { LocalDate } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import { workingDayOfNextMonth } from '../../calculation/clocks.ts';
import type { Reason } from '../../contract.ts';
import type { TariffTables } from '../../tariff/tables.ts';
import * as acts from '../acts.ts';
import { type Bill, dueOnOf, isOverdueOn, outstandingOf } from '../bill.ts';
import { type Cents, yuanOf } from '../cents.ts';
import type { NewBillEvent } from '../events.ts';
import { type GuaranteeState, Guarantees } from '../guarantee.ts';
import { guaranteesOf } from '../store/guarantees.ts';
import { keepBills, lockBills } from './bills.ts';
import { dayOf, noBill } from './deps.ts';

/** Consolidated tax is paid by this working day of the next month (关税法 第四十三条). */
const CONSOLIDATED_WORKING_DAY = 5;

/** A guarantee carries a bill; where the payer pays by the month, until that month's payment is due. */
export function carry(
  bill: Bill,
  guarantee: GuaranteeState,
  cents: Cents,
  day: LocalDate,
  law: TariffTables,
): NewBillEvent {
  const period = guarantee.consolidated ? (bill.period ?? day.slice(0, 7)) : null;
  const monthly = workingDayOfNextMonth(day, CONSOLIDATED_WORKING_DAY, law);
  return acts.guarantee({
    guarantee: guarantee.id,
    amount: yuanOf(cents),
    period,
    dueOn: period ? monthly : (dueOnOf(bill) ?? day),
  });
}

/**
 * Has one of the payer's guarantees carry an open bill. A bill that needs none stays as it is; one that
 * is late is paid, not guaranteed.
 *
 * @returns why no guarantee carries it, or `null`.
 */
export async function secure(
  tx: Tx,
  declaration: string,
  envelope: Envelope,
  law: TariffTables,
): Promise<Reason | null> {
  const progress = (await lockBills(tx, [declaration])).get(declaration);
  if (!progress) throw noBill(declaration);
  const bill = progress.now;
  const day = dayOf(envelope);
  const owed = outstandingOf(bill);
  if (owed === 0n || bill.committed === owed) return null;
  if (isOverdueOn(bill, day)) {
    throw new Refused('conflict', { code: 'duty.overdue_is_paid', seen: declaration });
  }
  const guarantees = new Guarantees(await guaranteesOf(tx, [bill.payer]), [bill]);
  const found = guarantees.take(bill.payer, owed, day, declaration);
  if (!('guarantee' in found)) {
    return found.unsecured ?? { code: 'duty.no_guarantee', params: { needed: yuanOf(owed) } };
  }
  progress.push(
    { ...envelope, consignment: declaration },
    carry(bill, found.guarantee, owed, day, law),
  );
  await keepBills(tx, [progress]);
  return null;
}

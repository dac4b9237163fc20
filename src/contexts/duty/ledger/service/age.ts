import { addDays, type LocalDate } from '../../../../kernel/dates.ts';
import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { envelopeAt } from '../../../identity/index.ts';
import { listLate } from '../store/bills.ts';
import { keepBills, lockBills } from './bills.ts';
import type { LedgerDeps } from './deps.ts';
import type { GuaranteeActs } from './guarantees.ts';

/** Bills looked at in one transaction. */
const PART = 200;
/** 00:00 at the port is 16:00 of the day before in UTC. */
const PORT_DAY_BEGINS = 'T16:00:00.000Z';

interface Aged {
  /** Bills whose surcharge changed. */
  readonly surcharged: number;
  /** Guarantees that ended. */
  readonly expired: number;
}

/**
 * What a day brings by itself: surcharges through that day on what is late, and the end of guarantees.
 * It depends on the day alone, so running it twice, or after days of silence, leaves the same books.
 */
export function createAging(deps: LedgerDeps, guarantees: Pick<GuaranteeActs, 'expire'>) {
  return async function age(on: LocalDate): Promise<Aged> {
    const dayBefore = `${addDays(on, -1)}${PORT_DAY_BEGINS}`;
    const envelope = envelopeAt(dayBefore, deps.clock.now(), null);
    const expired = await inTransaction(deps.db, (tx) => guarantees.expire(tx, on, envelope));
    let surcharged = 0;
    let after = '';
    for (;;) {
      const late = await listLate(deps.db, on, after, PART);
      const last = late.at(-1);
      if (last === undefined) return { surcharged, expired };
      after = last;
      surcharged += await inTransaction(deps.db, async (tx) => {
        const bills = await lockBills(tx, late);
        for (const bill of bills.values()) {
          bill.charge({ ...envelope, consignment: bill.declaration }, on, deps.tariff);
        }
        await keepBills(tx, bills.values());
        return [...bills.values()].filter(({ events }) => events.length > 0).length;
      });
    }
  };
}

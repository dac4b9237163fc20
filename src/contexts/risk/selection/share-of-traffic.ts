import type { LocalDate } from '../../../kernel/dates.ts';
import type { Decision } from '../contract.ts';
import type { Policy } from '../policy.ts';
import {
  createCapacity,
  type ExaminationCapacity,
  examinationCapacity,
  officeOf,
} from './capacity.ts';

/** The traffic of one office: days that are over, and the newest one. */
interface Traffic {
  days: number;
  decided: number;
  newest: { readonly day: LocalDate; decided: number };
}

/**
 * Examinations as a share of what an office sees: its budget on a day is that share of its mean
 * traffic on earlier days, and unknown before there was one. For files, which come without budgets;
 * declarations are given in order of date, so that nothing looks ahead. A budget may be a fraction:
 * at an office that examines one consignment in two days the threshold keeps to it.
 */
export function createShareOfTraffic(
  policy: Pick<Policy, 'selection'>,
  share: number,
): ExaminationCapacity {
  const byOffice = new Map<string, Traffic>();

  function count(office: string, day: LocalDate): void {
    const traffic = byOffice.get(office) ?? { days: 0, decided: 0, newest: { day, decided: 0 } };
    byOffice.set(office, traffic);
    if (traffic.newest.day !== day) {
      traffic.days += 1;
      traffic.decided += traffic.newest.decided;
      traffic.newest = { day, decided: 0 };
    }
    traffic.newest.decided += 1;
  }

  function meanBefore(office: string, on: LocalDate): number | null {
    const traffic = byOffice.get(office);
    if (!traffic) return null;
    const isOver = traffic.newest.day < on;
    const days = traffic.days + (isOver ? 1 : 0);
    const decided = traffic.decided + (isOver ? traffic.newest.decided : 0);
    return days === 0 ? null : decided / days;
  }

  const capacity = examinationCapacity(
    createCapacity({
      policy,
      budgetOn(office, on) {
        const mean = meanBefore(office, on);
        return mean === null ? null : { perDay: share * mean, exploreShare: 0 };
      },
    }),
  );
  return {
    factsFor: capacity.factsFor,
    observe(decision: Decision): void {
      const office = officeOf(decision.facts);
      if (office !== null) count(office, decision.decidedOn);
      capacity.observe(decision);
    },
  };
}

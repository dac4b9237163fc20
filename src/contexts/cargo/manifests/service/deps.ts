import { Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { DecisionEngine } from '../../../risk/index.ts';
import type { State } from '../bill.ts';
import type { InForce } from '../check.ts';

/** What the wiring gives. */
export interface ManifestDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** What assesses bills before their goods arrive. */
  readonly engine: DecisionEngine;
  readonly inForce: InForce;
  /** Called after a commit with the bills that changed, for live views and followers. */
  readonly committed: (bills: readonly string[]) => void;
}

export const notFound = (number: string): Refused =>
  new Refused('not_found', { code: 'cargo.bill_not_found', seen: number });

/** Whom a bill concerns: its carrier, shipper, consignee and claimants, and one customs office. */
export const concerns = (state: State, parties: readonly string[]) => ({
  organisations: parties,
  offices: [state.office],
});

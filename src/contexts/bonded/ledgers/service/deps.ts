import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { InForce } from '../ledger.ts';

export interface LedgerDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly inForce: InForce;
}

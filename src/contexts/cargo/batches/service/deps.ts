import type { LocalDate } from '../../../../kernel/dates.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { InForce } from '../application.ts';

export interface BatchDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly inForce: InForce;
  /** The day the entry of a bill's conveyance was declared, where its manifest is in. */
  readonly declaredEntryOf: (
    tx: Tx,
    bills: readonly string[],
  ) => Promise<ReadonlyMap<string, LocalDate>>;
}

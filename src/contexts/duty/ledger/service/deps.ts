import { type LocalDate, localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { TariffTables } from '../../tariff/tables.ts';

export interface LedgerDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** The law by day: rates, deadlines and rest days. */
  readonly tariff: TariffTables;
}

export const dayOf = ({ occurredAt }: Envelope): LocalDate => localDateOf(occurredAt);

export const noBill = (declaration: string): Refused =>
  new Refused('not_found', { code: 'duty.bill_not_found', seen: declaration });

export const refusalsOf = (error: unknown): readonly Refusal[] => {
  if (error instanceof Refused) return error.refusals;
  throw error;
};

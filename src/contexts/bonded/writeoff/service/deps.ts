import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { Ledger as DutyLedger } from '../../../duty/index.ts';
import type { Books } from '../../books/service.ts';
import type { Counts } from '../counts.ts';
import type { Tariff } from '../duty.ts';
import type { Papers } from '../papers.ts';

export interface WriteOffDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly tariff: Tariff;
  /** Where the bill of a shortage is kept, paid and guaranteed. */
  readonly duty: Pick<DutyLedger, 'filing'>;
  readonly books: Pick<Books, 'enter'>;
  readonly counts: Counts;
  readonly papers: Papers;
}

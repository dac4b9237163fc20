import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { type AuditEntry, recordAudit } from '../store/audit.ts';
import { createTokenBuckets } from '../token-buckets.ts';

/**
 * Audits a refusal in a transaction of its own, since the one that was refused is rolled back.
 *
 * A flood of refusals must not fill the disk. `from` (a person, or an address) gets 20 rows at once
 * and then one every ten seconds; all together get 200, then two a second. What is left out is
 * counted, and the next row that is written says how many.
 */
export type RefusalRecorder = (
  from: string,
  entry: Omit<AuditEntry, 'outcome' | 'at'>,
) => Promise<void>;

export function createRefusalRecorder(deps: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
}): RefusalRecorder {
  const { clock } = deps;
  const each = createTokenBuckets({ clock, capacity: 20, perSecond: 0.1 });
  const all = createTokenBuckets({ clock, capacity: 200, perSecond: 2 });
  let leftOut = 0;
  return async (from, entry) => {
    if (each.take(from) > 0 || all.take('all') > 0) {
      leftOut += 1;
      return;
    }
    const detail = { ...entry.detail, ...(leftOut > 0 && { refusalsLeftOut: leftOut }) };
    leftOut = 0;
    const at = clock.now();
    try {
      await inTransaction(deps.db, (tx) =>
        recordAudit(tx, { ...entry, detail, outcome: 'refused', at }),
      );
    } catch (error) {
      // The refusal stands whether or not it could be written down.
      deps.log.error({ err: error, operation: entry.operation }, 'refusal not audited');
    }
  };
}

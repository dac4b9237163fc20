import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { type Db, inTransaction } from '../../platform/postgres/transaction.ts';
import { repeat } from '../../platform/repeat.ts';
import type { AuditVerification } from './contract.ts';
import { findBrokenRow, findBrokenSeal, type Seal, sealRows } from './seal.ts';
import * as store from './store/seals.ts';

/** Rows per link: few enough to seal in a blink, enough to follow a bulk filing. */
const BATCH_ROWS = 2000;

export interface Sealer {
  start(): void;
  /** Ends after the batch under way. What is unsealed then is sealed at the next start. */
  stop(): Promise<void>;
  /** Seals what there is to seal; answers how many links that took. */
  sealNow(): Promise<number>;
}

/**
 * Chains audit rows just after their transactions, in batches: a hash in every transaction would be
 * a lock that all of them queue for. Rows that commit late go into a later batch.
 *
 * Each link's hash also goes to the log. Kept elsewhere, it is the anchor against somebody who can
 * rewrite the whole chain.
 */
export function createSealer(deps: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when links were added, for pages that show the chain. */
  readonly onSealed?: () => void;
}): Sealer {
  const sealAll = async (): Promise<number> => {
    let links = 0;
    // While rows keep coming, a batch that is not full ends the turn: else it would never end.
    for (let rows = BATCH_ROWS; rows === BATCH_ROWS; ) {
      const seal = await sealBatch(deps.db, deps.clock);
      if (!seal) break;
      rows = seal.rowIds.length;
      deps.log.info(
        { batch: seal.batch, rows: seal.rowIds.length, hash: seal.hash },
        'audit sealed',
      );
      links += 1;
    }
    if (links > 0) deps.onSealed?.();
    return links;
  };
  const { start, stop, now } = repeat(sealAll, deps.log, 'audit not sealed');
  return { start, stop, sealNow: now };
}

/** One link, or `null` when nothing is unsealed or another program is sealing. */
function sealBatch(db: Db, clock: Clock): Promise<Seal | null> {
  return inTransaction(db, async (tx) => {
    if (!(await store.becomeSealer(tx))) return null;
    const rows = await store.readUnsealed(tx, BATCH_ROWS);
    if (rows.length === 0) return null;
    const seal = sealRows(rows, await store.findLastSeal(tx), clock.now());
    await store.saveSeal(tx, seal);
    return seal;
  });
}

/**
 * Walks the chain from its first link and names the first that does not hold. Reads one batch at a
 * time, so that its memory does not grow with the audit. Rows in the unsealed window are not
 * covered; nor is the end of the chain, when whoever cut it off could also cut the log.
 */
export async function verifyAudit(db: Db): Promise<AuditVerification> {
  let previous: Seal | null = null;
  let rowsChecked = 0;
  for (;;) {
    const seal: Seal | null = await store.findSealAfter(db, previous?.batch ?? 0);
    if (!seal) break;
    const brokenSeal = findBrokenSeal(seal, previous);
    const broken = brokenSeal ?? findBrokenRow(seal, await store.readSealedRows(db, seal));
    if (broken) return verdict(previous, rowsChecked, broken);
    rowsChecked += seal.rowIds.length;
    previous = seal;
  }
  const stray = await store.findStrayClaim(db);
  const broken = stray && { batch: stray.batch, row: stray.id, reason: 'identity.row_added' };
  return verdict(previous, rowsChecked, broken);
}

const verdict = (
  last: Seal | null,
  rowsChecked: number,
  firstBroken: AuditVerification['firstBroken'],
): AuditVerification => ({
  intact: firstBroken === null,
  batchesChecked: last?.batch ?? 0,
  rowsChecked,
  firstBroken,
});

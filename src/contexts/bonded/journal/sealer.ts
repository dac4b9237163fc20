import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { repeat } from '../../../platform/repeat.ts';
import type { FreshRows } from './fresh.ts';
import { findGap, hashesOf, type Seal, sealRows } from './seal.ts';
import { readRows, type StoredEntry } from './store/entries.ts';
import * as store from './store/seals.ts';

/** Rows per link: few enough to seal in a blink, enough to follow a bulk import. */
const BATCH_ROWS = 1_000;

export interface JournalSealer {
  start(): void;
  /** Ends after the link under way. What is unsealed then is sealed at the next start. */
  stop(): Promise<void>;
  /** Seals what there is to seal, in every journal; answers how many links that took. */
  sealNow(): Promise<number>;
}

/**
 * Chains the rows of every journal just after they were written, in batches: a chain of its own for each
 * ledger, so that a ledger can be verified, and handed over, alone.
 *
 * Each link's hash also goes to the log. Kept elsewhere, it is the anchor against somebody who can
 * rewrite the whole chain.
 */
export function createJournalSealer(deps: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** What this process wrote itself: it need not be read back. */
  readonly fresh?: FreshRows;
}): JournalSealer {
  const sealJournal = async (ledger: string): Promise<number> => {
    for (let links = 0; ; links += 1) {
      const seal = await sealBatch(deps, ledger);
      if (!seal) return links;
      const { batch, lastSeq, hash } = seal;
      deps.log.info({ ledger, batch, lastSeq, hash }, 'journal sealed');
      // While rows keep coming, a batch that is not full ends the turn: else it would never end.
      if (seal.rowHashes.length < BATCH_ROWS) return links + 1;
    }
  };
  const sealAll = async (): Promise<number> => {
    let links = 0;
    for (const ledger of await store.listUnsealed(deps.db)) links += await sealJournal(ledger);
    return links;
  };
  const { start, stop, now } = repeat(sealAll, deps.log, 'journal not sealed');
  return { start, stop, sealNow: now };
}

/** One link, or `null` when nothing is unsealed or another program is sealing. */
function sealBatch(
  { db, clock, fresh }: { readonly db: Db; readonly clock: Clock; readonly fresh?: FreshRows },
  ledger: string,
): Promise<Seal | null> {
  return inTransaction(db, async (tx) => {
    if (!(await store.becomeSealer(tx))) return null;
    const last = await store.findLastSeal(tx, ledger);
    const after = last?.lastSeq ?? 0;
    const hashes =
      fresh?.after(ledger, after, BATCH_ROWS) ?? hashesOf(await soundRows(tx, ledger, after));
    if (hashes.length === 0) return null;
    const seal = sealRows(ledger, hashes, last, clock.now());
    await store.saveSeal(tx, seal);
    fresh?.forget(ledger, seal.lastSeq);
    return seal;
  });
}

/** What is not whole is not sealed: it would be sworn to. */
async function soundRows(db: Db, ledger: string, after: number): Promise<StoredEntry[]> {
  const rows = await readRows(db, ledger, after, BATCH_ROWS);
  const seqs = rows.map(({ seq }) => Number(seq));
  const gap = findGap(ledger, 0, after, seqs);
  return gap ? rows.filter(({ seq }) => Number(seq) < (gap.seq ?? 0)) : rows;
}

import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { type Repeated, repeat } from '../../../platform/repeat.ts';
import { visitRows } from './store/movements.ts';
import { findLastPaged, findSealedEnd, listUnpaged, savePage } from './store/pages.ts';
import { Totals } from './totals.ts';

/**
 * Rows of a page. A fold reads the rows of a page that a moment of its divides, and those behind the last page, one by
 * one: a fraction of a second each. Every other page costs as much as one row for each way and part.
 */
const PAGE_ROWS = 16_000;
/** Rows that are read at once here: whoever posts meanwhile waits no longer than for these. */
const ROWS_AT_ONCE = 1_000;

/**
 * Keeps the totals of a journal page by page, behind its sealer: what a count, or the book at a moment long ago, adds up
 * instead of every row. A page is of sealed rows and ends with a link of the chain, so that whoever verifies
 * the chain verifies its pages too.
 */
export function createJournalPager(deps: {
  readonly db: Db;
  readonly log: Log;
  readonly pageRows?: number;
}): Repeated {
  const { db, log, pageRows = PAGE_ROWS } = deps;
  const pageLedger = async (ledger: string): Promise<number> => {
    for (let pages = 0; ; pages += 1) {
      const after = await findLastPaged(db, ledger);
      const end = await findSealedEnd(db, ledger, after + pageRows);
      if (end === null) return pages;
      const totals = new Totals();
      const rows = { after, upTo: end, atOnce: ROWS_AT_ONCE };
      await visitRows(db, ledger, rows, (_, bytes, start, end) =>
        totals.add(bytes.subarray(start, end)),
      );
      await savePage(db, { ledger, firstSeq: after + 1, lastSeq: end, totals: totals.encode() });
    }
  };
  const pageAll = async (): Promise<number> => {
    let pages = 0;
    for (const ledger of await listUnpaged(db, pageRows)) pages += await pageLedger(ledger);
    return pages;
  };
  return repeat(pageAll, log, 'journal not paged');
}

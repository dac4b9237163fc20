import { isDeepStrictEqual } from 'node:util';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { type Broken, findBrokenRow, findBrokenSeal, findGap, type Seal } from './seal.ts';
import { readRows, type StoredEntry } from './store/entries.ts';
import { findPageAfter, findSealedEnd, type Moments, type Page } from './store/pages.ts';
import { findSealAfter } from './store/seals.ts';
import { Totals } from './totals.ts';

/** Rows behind the last link that are read at once. */
const BATCH_ROWS = 1_000;

/** How far a journal holds. */
export interface JournalVerification {
  readonly ledger: string;
  readonly intact: boolean;
  readonly batchesChecked: number;
  readonly rowsChecked: number;
  /** Rows behind the last link: their numbers are checked, what they say is not yet sworn to. */
  readonly unsealed: number;
  readonly firstBroken: Broken | null;
}

/**
 * Walks a journal's chain from its first link and names the first row that was changed, taken out or put in, or
 * the first page that does not say what its rows moved. Reads one batch at a time, so that its memory does not grow
 * with the journal. What the rows behind the last link say is not covered; nor is the end of the chain, when
 * whoever cut it off could also cut the log.
 */
export async function verifyJournal(db: Db, ledger: string): Promise<JournalVerification> {
  let previous: Seal | null = null;
  const verdict = (firstBroken: Broken | null, unsealed = 0): JournalVerification => ({
    ...{ ledger, intact: firstBroken === null, batchesChecked: previous?.batch ?? 0 },
    ...{ rowsChecked: previous?.lastSeq ?? 0, unsealed, firstBroken },
  });
  const pages = createPageProof(db, ledger);
  for (;;) {
    const seal: Seal | null = await findSealAfter(db, ledger, previous?.batch ?? 0);
    if (!seal) break;
    const broken = findBrokenSeal(seal, previous) ?? (await findBrokenIn(db, seal, pages));
    if (broken) return verdict(broken);
    previous = seal;
  }
  const unsworn = await pages.findUnsworn((previous?.batch ?? 0) + 1);
  return unsworn ? verdict(unsworn) : verifyRest(db, ledger, previous, verdict);
}

/** Rows up to the link's last, and one more if a number came twice; before the first row, any at all. */
async function findBrokenIn(db: Db, seal: Seal, pages: PageProof): Promise<Broken | null> {
  const after = seal.batch === 1 ? Number.MIN_SAFE_INTEGER : seal.firstSeq - 1;
  const read = await readRows(db, seal.ledger, after, seal.rowHashes.length + 1);
  const rows = read.filter(({ seq }) => Number(seq) <= seal.lastSeq);
  return findBrokenRow(seal, rows) ?? (await pages.findBroken(seal, rows));
}

type PageProof = ReturnType<typeof createPageProof>;

/** Holds the pages of a journal against their rows, which are told link by link. */
function createPageProof(db: Db, ledger: string) {
  let paged = 0;
  let page: Page | null | undefined;
  let rows = new PageRows();
  const broken = ({ batch }: Pick<Seal, 'batch'>): Broken => ({
    ...{ ledger, batch, seq: page?.firstSeq ?? null, reason: 'bonded.page_altered' },
  });
  return {
    /** The page that these rows belong to, when it ends with them and does not say what its rows moved, and when. */
    async findBroken(seal: Seal, added: readonly StoredEntry[]): Promise<Broken | null> {
      // Asked for once at each place: a page that is kept while this goes on is not of all rows told here.
      if (page === undefined) page = await findPageAfter(db, ledger, paged);
      if (page === null) return null;
      if (page.firstSeq !== paged + 1 || page.lastSeq < seal.lastSeq) return broken(seal);
      for (const row of added) rows.add(row);
      if (seal.lastSeq < page.lastSeq) return null;
      if (!rows.isSaidBy(page)) return broken(seal);
      [paged, page, rows] = [page.lastSeq, undefined, new PageRows()];
      return null;
    },
    /** A page that ends behind the chain: nothing swears to its rows. */
    async findUnsworn(batch: number): Promise<Broken | null> {
      page ??= await findPageAfter(db, ledger, paged);
      const isSworn = !page || (await findSealedEnd(db, ledger, page.lastSeq)) !== null;
      return isSworn ? null : broken({ batch });
    },
  };
}

/** What a page must say of the rows that were added. */
class PageRows {
  private readonly totals = new Totals();
  private first: Moments = { occurredAt: Infinity, recordedAt: Infinity };
  private last: Moments = { occurredAt: -Infinity, recordedAt: -Infinity };

  add({ movements, occurred_at, recorded_at }: StoredEntry): void {
    this.totals.add(movements);
    const { first, last } = this;
    const [occurred, recorded] = [occurred_at.getTime(), recorded_at.getTime()];
    this.first = {
      occurredAt: Math.min(first.occurredAt, occurred),
      recordedAt: Math.min(first.recordedAt, recorded),
    };
    this.last = {
      occurredAt: Math.max(last.occurredAt, occurred),
      recordedAt: Math.max(last.recordedAt, recorded),
    };
  }

  isSaidBy({ first, last, totals }: Page): boolean {
    const isOfThen = isDeepStrictEqual([first, last], [this.first, this.last]);
    return isOfThen && this.totals.encode().equals(totals);
  }
}

async function verifyRest(
  db: Db,
  ledger: string,
  last: Seal | null,
  verdict: (firstBroken: Broken | null, unsealed: number) => JournalVerification,
): Promise<JournalVerification> {
  const sealed = last?.lastSeq ?? 0;
  for (let unsealed = 0; ; ) {
    const rows = await readRows(db, ledger, sealed + unsealed, BATCH_ROWS);
    const seqs = rows.map(({ seq }) => Number(seq));
    const gap = findGap(ledger, (last?.batch ?? 0) + 1, sealed + unsealed, seqs);
    unsealed += rows.length;
    if (gap || rows.length < BATCH_ROWS) return verdict(gap, unsealed);
  }
}

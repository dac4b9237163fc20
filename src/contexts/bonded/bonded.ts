import { createBills } from './boms/service.ts';
import type { KeepingDeps } from './books/keeping.ts';
import { createBooks } from './books/service.ts';
import { createExplanations } from './explain/service.ts';
import { createHealth } from './health/service.ts';
import { createFreshRows } from './journal/fresh.ts';
import { createJournalPager } from './journal/pager.ts';
import { createVerification } from './journal/routes.ts';
import { createJournalSealer } from './journal/sealer.ts';
import { createLedgers } from './ledgers/index.ts';
import type { LedgerDeps } from './ledgers/service/deps.ts';
import { createNotes } from './notes/service.ts';
import { createPapers } from './papers/service.ts';
import { entryFollowing, postingFollowing, writtenOffFollowing } from './posting/follow.ts';
import { withReceipts } from './posting/receipts.ts';
import { createLists } from './posting/service.ts';
import { listPapers } from './posting/store/papers.ts';
import { dutyRates } from './stocktake/duty-rate.ts';
import { createStocktakes } from './stocktake/service.ts';
import { explainedCounts } from './writeoff/counted.ts';
import type { WriteOffDeps } from './writeoff/service/deps.ts';
import { createWriteOff } from './writeoff/service/index.ts';

/** The parts of bonded, joined: ledgers as they are registered, and the books that are kept of them. */
export function openBonded(
  options: KeepingDeps & Pick<LedgerDeps, 'inForce'> & Pick<WriteOffDeps, 'tariff' | 'duty'>,
) {
  const fresh = createFreshRows();
  const books = withReceipts(createBooks({ ...options, fresh }), options);
  const posting = { ...options, books };
  const explanations = createExplanations(posting);
  const sealer = createJournalSealer({ ...options, fresh });
  const pager = createJournalPager(options);
  const writeOff = createWriteOff({ ...posting, counts: explainedCounts, papers: listPapers });
  return {
    ledgers: createLedgers(options),
    books,
    health: createHealth(options, books),
    verification: createVerification(options),
    bills: createBills(options),
    papers: createPapers(options),
    stocktakes: createStocktakes({ ...options, dutyRateOf: dutyRates(options.tariff) }),
    explanations,
    lists: createLists(posting),
    writeOff,
    notes: createNotes(options),
    /** Begins what goes on behind the writers: journals are sealed, and their pages kept. */
    start(): void {
      sealer.start();
      pager.start();
    },
    async stop(): Promise<void> {
      await explanations.stop();
      await books.stop();
      await pager.stop();
      await sealer.stop();
    },
    /** Leaves nothing unsealed of what was written until now. */
    async sealNow(): Promise<void> {
      await sealer.sealNow();
      await pager.now();
    },
    /** What of the event log it follows. */
    followings: [
      postingFollowing(posting),
      entryFollowing(posting),
      ...writeOff.followings,
      writtenOffFollowing(posting),
    ],
  };
}
export type Bonded = ReturnType<typeof openBonded>;

import type { KeepingDeps } from './books/keeping.ts';
import { createBooks } from './books/service.ts';
import { createJournalSealer } from './journal/sealer.ts';
import { createLedgers } from './ledgers/index.ts';
import type { LedgerDeps } from './ledgers/service/deps.ts';

/** The parts of bonded, joined: ledgers as they are registered, and the books that are kept of them. */
export function openBonded(options: KeepingDeps & Pick<LedgerDeps, 'inForce'>) {
  return {
    ledgers: createLedgers(options),
    books: createBooks(options),
    sealer: createJournalSealer(options),
  };
}
export type Bonded = ReturnType<typeof openBonded>;

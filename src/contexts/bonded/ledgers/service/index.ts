import type { LedgerDeps } from './deps.ts';
import { createLists } from './lists.ts';
import { createLedgerReads } from './read.ts';
import { createRegistration } from './registration.ts';

/** The use cases of ledgers themselves: registration, their lists, and reading them. */
export function createLedgers(deps: LedgerDeps) {
  return {
    registration: createRegistration(deps),
    lists: createLists(deps),
    reads: createLedgerReads(deps),
  };
}
export type Ledgers = ReturnType<typeof createLedgers>;

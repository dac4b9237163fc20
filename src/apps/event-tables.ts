import { clearanceOutcomes, clearanceTables } from '../contexts/clearance/index.ts';
import { dutyTables } from '../contexts/duty/index.ts';
import {
  carriedFacts,
  chemicalFacts,
  createVocabulary,
  declaredFacts,
  type Vocabulary,
} from '../contexts/facts/index.ts';
import type { EventTable } from '../contexts/pool/index.ts';
import { factTables, findDecided, riskFacts } from '../contexts/risk/index.ts';
import type { Db } from '../platform/postgres/transaction.ts';

/** Every word the contexts bring. */
export const vocabularyOfPort = (): Vocabulary =>
  createVocabulary([
    { facts: declaredFacts },
    { facts: carriedFacts },
    { facts: chemicalFacts },
    { facts: riskFacts },
  ]);

/** What the pool keeps of the event log: the same for a running server and for the command line. */
export function eventTables(db: Db, { facts }: Vocabulary): readonly EventTable[] {
  const decided = factTables({
    events: clearanceOutcomes,
    facts: [...facts.values()],
    findDecided: (ids) => findDecided(db, ids),
  });
  return [...clearanceTables, ...dutyTables, ...decided];
}

import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Stocktake } from '../stocktake/contract.ts';
import { spotsOf } from '../stocktake/store/differences.ts';
import type { EvidenceHeads, ExplanationProgress } from './contract.ts';
import { explain } from './explain.ts';
import { gatherEvidence, hashOf } from './gathering/gather.ts';
import { type ExplanationKept, explanationKept, numbered, resultHashOf } from './shown.ts';

/** How far it is; said often enough to be shown, and seldom enough to cost nothing. */
export type Watch = (progress: Pick<ExplanationProgress, 'step' | 'done' | 'of'>) => void;

/** What an explanation came to: with the same heads always the same, to the byte. */
export interface Made {
  readonly evidenceHash: string;
  readonly resultHash: string;
  /** Spots that differ, and those that agree although a cause was found. */
  readonly rows: readonly ExplanationKept[];
}

/** Gathers all that is known of a closed count up to these heads, and explains it. */
export async function makeExplanation(
  db: Db,
  stocktake: Stocktake,
  heads: EvidenceHeads,
  watch: Watch,
): Promise<Made> {
  const evidence = await gatherEvidence(db, stocktake, heads, watch);
  const numberOf = numbered(await spotsOf(db, stocktake.ledger, stocktake.id));
  const rows = explain(evidence, watch)
    .filter(({ difference, explained }) => difference.difference !== 0 || explained.length > 0)
    .map((each) => explanationKept(each, numberOf(each.difference)));
  return { evidenceHash: hashOf(evidence), resultHash: resultHashOf(rows), rows };
}

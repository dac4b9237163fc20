import { contentHash } from '../../../kernel/canonical.ts';
import type { ExplanationRow } from '../explain/contract.ts';
import { lastExplanation } from '../explain/service.ts';
import { signedQuantity } from '../quantity.ts';
import type { DifferenceRow } from '../stocktake/contract.ts';
import * as differences from '../stocktake/store/differences.ts';
import * as stocktakes from '../stocktake/store/stocktakes.ts';
import type { CountedSpot, Counts } from './counts.ts';

const ALL = { limit: Number.MAX_SAFE_INTEGER - 1 };

/**
 * Counts as they were closed and explained last. What a cause's remedy says is entered already is in the book of today
 * and no difference any more; every other explained quantity is still to be entered.
 */
export const explainedCounts: Counts = {
  async find(db, ledger, id) {
    const kept = await stocktakes.find(db, ledger, id);
    if (kept?.stocktake.status !== 'closed') return null;
    const { stocktake } = kept;
    const { rows } = await differences.list(db, stocktake, { show: 'all', ...ALL });
    const forgotten = await differences.listNotCounted(db, ledger, id, ALL);
    const last = await lastExplanation(db, ledger, id);
    const explained = new Map(last?.rows.map((row) => [row.number, row]));
    const missed = new Set(forgotten.rows.map(({ part }) => part));
    const { parts, sites, stocks } = stocktake.scope;
    const isOfAll = sites === null && stocks === null;
    const wanted = parts && new Set(parts);
    return {
      spots: rows.map((row) => spotOf(row, explained.get(row.number))),
      isWhole: (part) => isOfAll && (wanted?.has(part) ?? true) && !missed.has(part),
      comparedTo: stocktake.asOf ?? 0,
      asOf: last?.run.heads.journal ?? stocktake.asOf ?? 0,
      countedAt: rows.reduce((at, row) => (row.countedAt > at ? row.countedAt : at), ''),
      evidence: last?.run.evidenceHash ?? contentHash({ asOf: stocktake.asOf, rows }),
    };
  },
};

function spotOf(row: DifferenceRow, explained: ExplanationRow | undefined): CountedSpot {
  const { part, account, site } = row;
  const open = explained?.explained.filter(({ remedy }) => remedy.kind !== 'entered') ?? [];
  const causes = open.map(({ cause, quantity, records }) => ({
    ...{ cause, quantity: signedQuantity(quantity), records },
  }));
  return {
    ...{ part, account, site, counted: signedQuantity(row.counted), causes },
    pending: causes.reduce((sum, { quantity }) => sum + quantity, 0),
    unexplained: signedQuantity(explained?.residual ?? row.difference),
  };
}

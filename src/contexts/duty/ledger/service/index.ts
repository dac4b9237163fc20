import { inTransaction } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import type { Reason } from '../../contract.ts';
import * as permission from '../../permissions.ts';
import { billStream } from '../events.ts';
import { createAging } from './age.ts';
import { lockBills } from './bills.ts';
import { type LedgerDeps, noBill } from './deps.ts';
import { createDutyFiling } from './filing.ts';
import { createGuarantees } from './guarantees.ts';
import { createPayments } from './payments.ts';
import { createReads } from './reads.ts';
import { concerns, createReviews } from './reviews.ts';
import { secure } from './secure.ts';

export type { LedgerDeps } from './deps.ts';

/** The use cases of the ledger. */
export function createLedger(deps: LedgerDeps) {
  const guarantees = createGuarantees(deps);
  return {
    filing: createDutyFiling(deps),
    payments: createPayments(deps),
    reviews: createReviews(deps),
    guarantees,
    reads: createReads(deps),
    age: createAging(deps, guarantees),
    /** Has a guarantee carry a bill that is open; answers why none does, or `null`. */
    secure(actor: Actor, declaration: string): Promise<Reason | null> {
      return inTransaction(deps.db, async (tx) => {
        const progress = (await lockBills(tx, [declaration])).get(declaration);
        if (!progress) throw noBill(declaration);
        authorise(actor, permission.pay, concerns(progress.now));
        const envelope = envelopeOf(deps, actor, { consignment: declaration });
        const reason = await secure(tx, declaration, envelope, deps.tariff);
        await recordAudit(tx, {
          actor,
          operation: permission.pay.operation,
          subjects: [billStream(declaration)],
          outcome: 'done',
          detail: { secured: reason === null },
          at: envelope.recordedAt,
        });
        return reason;
      });
    },
  };
}
export type Ledger = ReturnType<typeof createLedger>;

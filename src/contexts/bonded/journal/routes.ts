import { z } from 'zod';
import { type HttpApp, route } from '../../../platform/http/index.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import { readBooks } from '../books/permissions.ts';
import { LedgerId } from '../contract.ts';
import { ledgerFor } from '../ledgers/service/act.ts';
import { verifyJournal } from './verify.ts';

/** How far a journal holds: the first row that was changed, taken out or put in, if there is one. */
export const JournalVerdict = z.object({
  ledger: LedgerId,
  intact: z.boolean(),
  batchesChecked: z.number().int(),
  rowsChecked: z.number().int(),
  /** Rows behind the last seal: their numbers are checked, what they say is not yet sworn to. */
  unsealed: z.number().int(),
  firstBroken: z
    .object({
      ledger: LedgerId,
      batch: z.number().int(),
      /** `null` where it is the seal itself. */
      seq: z.number().int().nullable(),
      reason: z.string(),
    })
    .nullable(),
});

/** Verifying the journal of a ledger, for whoever may read its book. */
export const createVerification = ({ db }: { readonly db: Db }) => ({
  async verify(actor: Actor, ledger: string) {
    await ledgerFor(db, actor, ledger, readBooks);
    const { firstBroken, ...verdict } = await verifyJournal(db, ledger);
    return { ...verdict, firstBroken: firstBroken && { ...firstBroken } };
  },
});
export type Verification = ReturnType<typeof createVerification>;

export function verificationRoutes(app: HttpApp<Actor>, { verify }: Verification): void {
  route(
    app,
    {
      method: 'get',
      path: '/api/bonded/ledgers/{id}/journal/verification',
      tag: 'bonded books',
      summary: 'Walks the chain of the journal and names the first row that does not hold.',
      permission: readBooks,
      params: z.object({ id: LedgerId }),
      response: JournalVerdict,
      givesWay: 'report',
    },
    ({ principal, params }) => verify(principal, params.id),
  );
}

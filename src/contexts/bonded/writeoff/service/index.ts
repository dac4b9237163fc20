import type { z } from 'zod';
import type { Actor } from '../../../identity/index.ts';
import type { FilingConfirmation, FilingDecision, FilingDetail, FilingDraft } from '../contract.ts';
import { createDeciding } from './decide.ts';
import type { WriteOffDeps } from './deps.ts';
import { draft } from './draft.ts';
import { createFilingReads, detailOf } from './read.ts';
import { adjustFollowing, dutyFollowing } from './settle.ts';
import { sign } from './sign.ts';

/** The use cases of write-off filings. */
export function createWriteOff(deps: WriteOffDeps) {
  const deciding = createDeciding(deps);
  const told = async (actor: Actor, state: ReturnType<typeof draft>): Promise<FilingDetail> =>
    detailOf(deps, actor, await state);
  return {
    draft: (actor: Actor, ledger: string, said: FilingDraft) =>
      told(actor, draft(deps, actor, ledger, said)),
    sign: (actor: Actor, ledger: string, id: string, dryRun: boolean) =>
      told(actor, sign(deps, actor, ledger, id, dryRun)),
    withdraw: (actor: Actor, ledger: string, id: string, note: string) =>
      told(actor, deciding.withdraw(actor, ledger, id, note)),
    decide: (actor: Actor, ledger: string, id: string, said: FilingDecision) =>
      told(actor, deciding.decide(actor, ledger, id, said)),
    confirm: (
      actor: Actor,
      ledger: string,
      id: string,
      said: z.output<typeof FilingConfirmation>,
    ) => told(actor, deciding.confirm(actor, ledger, id, said)),
    reads: createFilingReads(deps),
    followings: [dutyFollowing(deps), adjustFollowing(deps)],
  };
}
export type WriteOff = ReturnType<typeof createWriteOff>;

import type { Actor, AuditPage, AuditSearch, AuditStatus, AuditVerification } from '../contract.ts';
import { authorise } from '../permission.ts';
import * as permission from '../permissions.ts';
import { verifyAudit } from '../sealer.ts';
import { readAuditStatus, recordAudit, searchAudit } from '../store/audit.ts';
import type { IdentityDeps } from './deps.ts';

export interface Audit {
  search(actor: Actor, search: AuditSearch): Promise<AuditPage>;
  status(actor: Actor): Promise<AuditStatus>;
  /** Walks the whole chain; callers who ask while it walks share one walk. */
  verify(actor: Actor): Promise<AuditVerification>;
}

export function createAudit({ db, clock }: IdentityDeps): Audit {
  let walk: Promise<AuditVerification> | null = null;
  return {
    search(actor, search) {
      authorise(actor, permission.readAudit);
      return searchAudit(db, search);
    },
    status(actor) {
      authorise(actor, permission.verifyAudit);
      return readAuditStatus(db);
    },
    async verify(actor) {
      authorise(actor, permission.verifyAudit);
      walk ??= verifyAudit(db).finally(() => {
        walk = null;
      });
      const found = await walk;
      await recordAudit(db, {
        actor,
        operation: permission.verifyAudit.operation,
        subjects: [],
        outcome: 'done',
        detail: { intact: found.intact, batchesChecked: found.batchesChecked },
        at: clock.now(),
      });
      return found;
    },
  };
}

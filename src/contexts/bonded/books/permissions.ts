import type { Permission } from '../../identity/index.ts';
import { readLedgers } from '../ledgers/permissions.ts';

/** The enterprise sends what happened; files are also brought in on the machine itself. */
export const postEvents: Permission = {
  operation: 'bonded.postEvents',
  grants: [
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
    { role: 'operator', scope: 'any' },
  ],
};
/** Whoever may read a ledger may read its book. */
export const readBooks: Permission = { ...readLedgers, operation: 'bonded.readBooks' };

export const bookPermissions: readonly Permission[] = [postEvents, readBooks];

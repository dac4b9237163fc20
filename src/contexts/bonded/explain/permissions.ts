import type { Permission } from '../../identity/index.ts';
import { takeStock } from '../stocktake/permissions.ts';

/** Whoever counts may ask why; so may the office, which looks at nothing but the records of the ledger. */
export const explainDifferences: Permission = {
  operation: 'bonded.explainDifferences',
  grants: [
    ...takeStock.grants,
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'supervisor', scope: 'any' },
  ],
};

export const explainPermissions: readonly Permission[] = [explainDifferences];

import type { Permission } from '../../identity/index.ts';
import { readLedgers } from '../ledgers/permissions.ts';

/** A list concerns the enterprise of its ledger and the office. */
export const fileList: Permission = {
  operation: 'bonded.fileList',
  grants: [
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
  ],
};
/** A list that no declaration covers is accepted by an officer. */
export const answerList: Permission = {
  operation: 'bonded.answerList',
  grants: [{ role: 'portOfficer', scope: 'ownOffice' }],
};
export const readLists: Permission = { ...readLedgers, operation: 'bonded.readLists' };

export const postingPermissions: readonly Permission[] = [fileList, answerList, readLists];

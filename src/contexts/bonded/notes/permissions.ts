import type { Permission } from '../../identity/index.ts';

/** What was used is the enterprise's to declare; whoever may read the book may read its notes. */
export const issueNote: Permission = {
  operation: 'bonded.issueNote',
  grants: [
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
    { role: 'operator', scope: 'any' },
  ],
};
export const notePermissions: readonly Permission[] = [issueNote];

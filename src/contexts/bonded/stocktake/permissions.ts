import type { Permission } from '../../identity/index.ts';

/** The enterprise counts its own goods; files of a count are also brought in on the machine itself. */
export const takeStock: Permission = {
  operation: 'bonded.takeStock',
  grants: [
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
    { role: 'operator', scope: 'any' },
  ],
};

export const stocktakePermissions: readonly Permission[] = [takeStock];

import type { Permission } from '../../identity/index.ts';

/** Authorities write their own permits; nobody who uses a permit ever writes one. */
export const issuePermits: Permission = {
  operation: 'clearance.permit.issue',
  grants: [{ role: 'otherAuthority', scope: 'ownOrganisation' }],
};
/** A permit concerns its issuer and its holder; whoever checks goods reads them all. */
export const readPermits: Permission = {
  operation: 'clearance.permit.read',
  grants: [
    { role: 'otherAuthority', scope: 'ownOrganisation' },
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
    { role: 'portOfficer', scope: 'any' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};
export const permitPermissions: readonly Permission[] = [issuePermits, readPermits];

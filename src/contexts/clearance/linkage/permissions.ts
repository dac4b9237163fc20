import type { Permission } from '../../identity/index.ts';

/** Authorities answer for themselves; inspection and quarantine are answered by the examining office. */
export const answerChecks: Permission = {
  operation: 'clearance.check.answer',
  grants: [
    { role: 'otherAuthority', scope: 'ownOrganisation' },
    { role: 'portOfficer', scope: 'ownOffice' },
  ],
};
/** The officer who leads a joint visit writes its one record, for everybody who was there. */
export const recordVisits: Permission = {
  operation: 'clearance.check.visit',
  grants: [{ role: 'portOfficer', scope: 'ownOffice' }],
};
export const readChecks: Permission = {
  operation: 'clearance.check.read',
  grants: [
    { role: 'otherAuthority', scope: 'ownOrganisation' },
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};
export const linkagePermissions: readonly Permission[] = [answerChecks, recordVisits, readChecks];

import type { Permission } from '../identity/index.ts';

export const readCases: Permission = {
  operation: 'cases.read',
  grants: [
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'otherAuthority', scope: 'ownOrganisation' },
    { role: 'terminal', scope: 'ownOrganisation' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

/** Whoever a case concerns says what it found of its own: customs, other authorities, the terminal. */
export const addFinding: Permission = {
  operation: 'cases.addFinding',
  grants: [
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'otherAuthority', scope: 'ownOrganisation' },
    { role: 'terminal', scope: 'ownOrganisation' },
  ],
};

export const casesPermissions: readonly Permission[] = [readCases, addFinding];

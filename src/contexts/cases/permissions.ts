import type { Permission } from '../identity/index.ts';

export const readCases: Permission = {
  operation: 'cases.read',
  grants: [
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'otherAuthority', scope: 'ownOrganisation' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

export const casesPermissions: readonly Permission[] = [readCases];

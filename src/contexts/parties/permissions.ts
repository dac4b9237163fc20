import type { Permission } from '../identity/index.ts';

export const readEnterprises: Permission = {
  operation: 'parties.enterprise.read',
  grants: [
    { role: 'portOfficer', scope: 'any' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
    { role: 'operator', scope: 'any' },
    { role: 'declarant', scope: 'ownOrganisation' },
    { role: 'enterpriseSystem', scope: 'ownOrganisation' },
  ],
};

/** Registration and grading happen elsewhere; an operator brings their results here. */
export const writeEnterprises: Permission = {
  operation: 'parties.enterprise.write',
  grants: [{ role: 'operator', scope: 'any' }],
};

export const partiesPermissions: readonly Permission[] = [readEnterprises, writeEnterprises];

import type { Permission } from '../identity/index.ts';

/** Figures are about the port as a whole; what they open on is narrowed by each record's own permission. */
export const readFigures: Permission = {
  operation: 'governance.readFigures',
  grants: [
    { role: 'portOfficer', scope: 'any' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
    { role: 'operator', scope: 'any' },
  ],
};

export const governancePermissions: readonly Permission[] = [readFigures];

import type { Permission } from '../../identity/index.ts';

/** Which points are covered is for all who answer for targeting. */
export const readCoverage: Permission = {
  operation: 'risk.coverage.read',
  grants: [
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

/** Whoever writes detectors does not decide what they are judged by. */
export const ownCoverage: Permission = {
  operation: 'risk.coverage.own',
  grants: [{ role: 'supervisor', scope: 'any' }],
};

/** A withheld case that its detector's author has read is withheld no more. */
export const readWithheld: Permission = {
  operation: 'risk.coverage.withheld.read',
  grants: [
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

export const coveragePermissions: readonly Permission[] = [readCoverage, ownCoverage, readWithheld];

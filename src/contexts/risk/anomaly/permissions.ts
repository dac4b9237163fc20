import type { Permission } from '../../identity/index.ts';

/** Oddities without a label point at nobody's guilt: they are for those who know to read them so. */
export const readAnomalies: Permission = {
  operation: 'risk.anomaly.read',
  grants: [
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

export const anomalyPermissions: readonly Permission[] = [readAnomalies];

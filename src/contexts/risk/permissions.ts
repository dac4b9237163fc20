import type { Permission } from '../identity/index.ts';

/** Decisions show what is looked for: they are for those who look, never for declarants. */
export const readDecision: Permission = {
  operation: 'risk.decision.read',
  grants: [
    { role: 'portOfficer', scope: 'ownOffice' },
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

export const replayDecision: Permission = {
  operation: 'risk.decision.replay',
  grants: [
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

export const riskPermissions: readonly Permission[] = [readDecision, replayDecision];

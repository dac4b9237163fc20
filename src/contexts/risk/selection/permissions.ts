import type { Permission } from '../../identity/index.ts';

/**
 * Thresholds, rates and leakage tell how not to be selected and which examinations are random: they
 * are for those who answer for targeting, not for those who examine or are examined.
 */
export const readSelection: Permission = {
  operation: 'risk.selection.read',
  grants: [
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
    { role: 'auditor', scope: 'any' },
  ],
};

/** How many officers there are to examine is known to whoever posts them. */
export const setBudget: Permission = {
  operation: 'risk.budget.set',
  grants: [{ role: 'supervisor', scope: 'any' }],
};

export const selectionPermissions: readonly Permission[] = [readSelection, setBudget];

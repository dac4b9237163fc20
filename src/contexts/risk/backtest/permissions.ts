import type { Permission } from '../../identity/index.ts';

/** A back-test shows what a rule would catch, and of whom: it is for those who write and approve rules. */
export const runBacktest: Permission = {
  operation: 'risk.backtest.run',
  grants: [
    { role: 'riskAnalyst', scope: 'any' },
    { role: 'supervisor', scope: 'any' },
  ],
};

export const readBacktest: Permission = {
  operation: 'risk.backtest.read',
  grants: [...runBacktest.grants, { role: 'auditor', scope: 'any' }],
};

export const backtestPermissions: readonly Permission[] = [runBacktest, readBacktest];

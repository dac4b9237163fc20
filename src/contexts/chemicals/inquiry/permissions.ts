import type { Permission } from '../../identity/index.ts';

/** Whoever trades, carries or controls goods may ask what they are; nothing of anybody is shown. */
export const inquire: Permission = {
  operation: 'chemicals.inquire',
  grants: (
    [
      'declarant',
      'enterpriseSystem',
      'singleWindow',
      'carrier',
      'terminal',
      'otherAuthority',
      'portOfficer',
      'riskAnalyst',
      'supervisor',
      'auditor',
      'operator',
    ] as const
  ).map((role) => ({ role, scope: 'any' as const })),
};

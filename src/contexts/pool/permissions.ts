import type { Permission } from '../identity/index.ts';

const toAny = (roles: readonly Permission['grants'][number]['role'][]): Permission['grants'] =>
  roles.map((role) => ({ role, scope: 'any' }));

export const readPool: Permission = {
  operation: 'pool.read',
  grants: toAny(['riskAnalyst', 'supervisor', 'auditor', 'operator']),
};

export const importIntoPool: Permission = {
  operation: 'pool.import',
  grants: toAny(['riskAnalyst', 'operator']),
};

/** The SQL page shows single records of every firm: it is for those who look into them. */
export const askSql: Permission = {
  operation: 'pool.sql',
  grants: toAny(['riskAnalyst', 'supervisor', 'auditor']),
};

export const rebuildPool: Permission = {
  operation: 'pool.rebuild',
  grants: toAny(['operator']),
};

export const poolPermissions: readonly Permission[] = [
  readPool,
  importIntoPool,
  askSql,
  rebuildPool,
];

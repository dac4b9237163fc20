import type { Permission, Role } from '../../identity/index.ts';

const any = (...roles: Role[]): Permission['grants'] =>
  roles.map((role) => ({ role, scope: 'any' as const }));

/** Which lists goods are judged by is no secret among those who judge. */
export const readLists: Permission = {
  operation: 'chemicals.readLists',
  grants: any('portOfficer', 'otherAuthority', 'riskAnalyst', 'supervisor', 'auditor', 'operator'),
};
export const proposeLists: Permission = {
  operation: 'chemicals.proposeLists',
  grants: any('riskAnalyst', 'operator'),
};
/** The other pair of eyes: never those of whoever brought the version. */
export const answerLists: Permission = {
  operation: 'chemicals.answerLists',
  grants: any('riskAnalyst', 'supervisor'),
};

export const listPermissions: readonly Permission[] = [readLists, proposeLists, answerLists];

import { Role } from './contract.ts';
import type { Permission } from './permission.ts';

const any = (...roles: Role[]) => roles.map((role) => ({ role, scope: 'any' as const }));
const own = (...roles: Role[]) =>
  roles.map((role) => ({ role, scope: 'ownOrganisation' as const }));

/** Names of organisations are seen by authorities; others see their own. */
export const readOrganisations: Permission = {
  operation: 'identity.organisation.read',
  grants: [
    ...any('portOfficer', 'riskAnalyst', 'supervisor', 'auditor', 'operator', 'otherAuthority'),
    ...any('singleWindow'),
    ...own('declarant', 'enterpriseSystem', 'terminal', 'carrier'),
  ],
};
/** Whose number it is may be asked by everybody who has the number: the register of codes is public. */
export const readOrganisationNames: Permission = {
  operation: 'identity.organisation.name',
  grants: any(...Role.options),
};
export const saveOrganisations: Permission = {
  operation: 'identity.organisation.save',
  grants: any('operator'),
};
export const readPeople: Permission = {
  operation: 'identity.person.read',
  grants: any('operator', 'auditor'),
};
export const savePeople: Permission = {
  operation: 'identity.person.save',
  grants: any('operator'),
};
/** Operators make keys for every post; the others for the post they act in, and no other. */
export const manageApiKeys: Permission = {
  operation: 'identity.apiKey.manage',
  grants: [
    ...any('operator'),
    ...own(
      'declarant',
      'enterpriseSystem',
      'terminal',
      'carrier',
      'singleWindow',
      'otherAuthority',
    ),
  ],
};
export const readAudit: Permission = {
  operation: 'identity.audit.read',
  grants: any('auditor', 'supervisor'),
};
/** Whether the chain holds says nothing of what is in it: the operator may ask as well. */
export const verifyAudit: Permission = {
  operation: 'identity.audit.verify',
  grants: any('auditor', 'supervisor', 'operator'),
};

export const identityPermissions: readonly Permission[] = [
  readOrganisations,
  readOrganisationNames,
  saveOrganisations,
  readPeople,
  savePeople,
  manageApiKeys,
  readAudit,
  verifyAudit,
];

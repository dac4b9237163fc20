import type { Permission, Role, Scope } from '../../identity/index.ts';

type Grant = Permission['grants'][number];
const any = (...roles: Role[]): Grant[] =>
  roles.map((role) => ({ role, scope: 'any' satisfies Scope }));

/** A terminal describes its own yards; whoever runs the port may do it for one. */
export const defineYard: Permission = {
  operation: 'chemicals.defineYard',
  grants: [{ role: 'terminal', scope: 'ownOrganisation' }, ...any('operator')],
};
export const postYardEvents: Permission = {
  operation: 'chemicals.postYardEvents',
  grants: [{ role: 'terminal', scope: 'ownOrganisation' }, ...any('operator')],
};
/** Customs, maritime, emergency management and the terminal look at the same yard. */
export const readYards: Permission = {
  operation: 'chemicals.readYards',
  grants: [
    { role: 'terminal', scope: 'ownOrganisation' },
    { role: 'portOfficer', scope: 'ownOffice' },
    ...any('otherAuthority', 'riskAnalyst', 'supervisor', 'auditor', 'operator'),
  ],
};

export const yardPermissions: readonly Permission[] = [defineYard, postYardEvents, readYards];

import type { Permission, Role, Scope } from '../../identity/index.ts';

type Grant = Permission['grants'][number];
const enterprises: Grant[] = [
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
];
const officers: Grant[] = [{ role: 'portOfficer', scope: 'ownOffice' }];
const any = (...roles: Role[]): Grant[] =>
  roles.map((role) => ({ role, scope: 'any' satisfies Scope }));
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });

/** A passport concerns the enterprise in the zone and the office in charge; a reading the gate's office. */
export const applyPassport = permission('cargo.applyPassport', [
  ...enterprises,
  ...any('singleWindow'),
]);
export const cancelPassport = permission('cargo.cancelPassport', [
  ...enterprises,
  ...any('singleWindow'),
]);
export const readPassport = permission('cargo.readPassport', [
  ...enterprises,
  ...officers,
  ...any('terminal', 'singleWindow', 'supervisor', 'auditor'),
]);
export const decidePassport = permission('cargo.decidePassport', officers);
export const registerGatePaper = permission('cargo.registerGatePaper', [
  ...enterprises,
  ...any('singleWindow'),
]);
export const registerVehicle = permission('cargo.registerVehicle', [
  ...enterprises,
  ...any('singleWindow'),
]);
export const readAtGate = permission('cargo.readAtGate', any('terminal'));
export const openByHand = permission('cargo.openByHand', officers);
export const watchGates = permission('cargo.watchGates', [
  ...officers,
  ...any('terminal', 'supervisor', 'auditor'),
]);

export const gatePermissions: readonly Permission[] = [
  applyPassport,
  cancelPassport,
  readPassport,
  decidePassport,
  registerGatePaper,
  registerVehicle,
  readAtGate,
  openByHand,
  watchGates,
];

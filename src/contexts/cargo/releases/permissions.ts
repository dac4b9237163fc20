import type { Permission, Role, Scope } from '../../identity/index.ts';

type Grant = Permission['grants'][number];
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });
const grant =
  (scope: Scope) =>
  (...roles: Role[]): Grant[] =>
    roles.map((role) => ({ role, scope }));
const any = grant('any');
const own = grant('ownOrganisation');
const officers = grant('ownOffice')('portOfficer');

/** A notice concerns its declarant, the terminal that holds the goods, and the office at the border. */
export const readReleases = permission('cargo.readReleases', [
  ...own('declarant', 'enterpriseSystem', 'terminal'),
  ...officers,
  ...any('supervisor', 'auditor', 'riskAnalyst', 'singleWindow'),
]);
export const acknowledgeReleases = permission('cargo.acknowledgeReleases', own('terminal'));
export const takeOfflineReleases = permission('cargo.takeOfflineReleases', [
  ...own('terminal'),
  ...any('portOfficer', 'supervisor'),
]);
export const rotateReleaseKey = permission('cargo.rotateReleaseKey', any('operator', 'supervisor'));
export const declareDowntime = permission('cargo.declareDowntime', any('operator', 'supervisor'));
export const readDowntimes = permission(
  'cargo.readDowntimes',
  any(
    ...([
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
    ] as const),
  ),
);
export const presentElectronicBills = permission('cargo.presentElectronicBills', [
  ...own('declarant', 'enterpriseSystem', 'carrier'),
]);
export const endorseElectronicBills = permission('cargo.endorseElectronicBills', [
  ...own('declarant', 'enterpriseSystem', 'carrier', 'terminal'),
]);
export const readElectronicBills = permission('cargo.readElectronicBills', [
  ...own('declarant', 'enterpriseSystem', 'carrier', 'terminal'),
  ...any('portOfficer', 'supervisor', 'auditor', 'singleWindow'),
]);

export const releasePermissions: readonly Permission[] = [
  readReleases,
  acknowledgeReleases,
  takeOfflineReleases,
  rotateReleaseKey,
  declareDowntime,
  readDowntimes,
  presentElectronicBills,
  endorseElectronicBills,
  readElectronicBills,
];

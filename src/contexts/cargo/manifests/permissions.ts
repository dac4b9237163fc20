import type { Permission, Scope } from '../../identity/index.ts';

type Grant = Permission['grants'][number];
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });
const any = (...roles: Grant['role'][]): Grant[] =>
  roles.map((role) => ({ role, scope: 'any' as Scope }));
const carriers: Grant[] = [{ role: 'carrier', scope: 'ownOrganisation' }];
const officers: Grant[] = [{ role: 'portOfficer', scope: 'ownOffice' }];

/** Who may do what to a bill. It concerns its carrier, shipper, consignee, claimants, and one office. */
export const fileManifest = permission('cargo.fileManifest', [...carriers, ...any('singleWindow')]);
export const reportCargo = permission('cargo.reportCargo', any('terminal', 'singleWindow'));
export const reportLoading = permission('cargo.reportLoading', [
  ...carriers,
  ...any('terminal', 'singleWindow'),
]);
export const amendBill = permission('cargo.amendBill', [...carriers, ...any('singleWindow')]);
export const answerChange = permission('cargo.answerChange', officers);
export const forbidLoading = permission('cargo.forbidLoading', officers);
export const allowLoading = permission('cargo.allowLoading', [...officers, ...any('supervisor')]);
export const readBills = permission('cargo.readBills', [
  ...carriers,
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
  ...officers,
  ...any('terminal', 'supervisor', 'auditor', 'riskAnalyst', 'otherAuthority', 'singleWindow'),
]);
export const readManifests = permission('cargo.readManifests', [
  ...carriers,
  ...officers,
  ...any('terminal', 'supervisor', 'auditor', 'riskAnalyst', 'singleWindow'),
]);

export const manifestPermissions: readonly Permission[] = [
  fileManifest,
  reportCargo,
  reportLoading,
  amendBill,
  answerChange,
  forbidLoading,
  allowLoading,
  readBills,
  readManifests,
];

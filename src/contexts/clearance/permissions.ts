import type { Permission, Scope } from '../identity/index.ts';

type Grant = Permission['grants'][number];
const declarants: Grant[] = [
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
];
const officers: Grant[] = [{ role: 'portOfficer', scope: 'ownOffice' }];
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });
const any = (...roles: Grant['role'][]): Grant[] =>
  roles.map((role) => ({ role, scope: 'any' as Scope }));

/** Who may do what to a declaration. A declaration concerns its declarant, its domestic party and three offices. */
export const file = permission('clearance.file', [...declarants, ...any('singleWindow')]);
export const read = permission('clearance.read', [
  ...declarants,
  ...officers,
  ...any('riskAnalyst', 'supervisor', 'auditor', 'singleWindow', 'otherAuthority'),
]);
/** What customs thinks of the goods is customs' own; a declarant asks of a product before filing. */
export const readChemicals = permission('clearance.readChemicals', [
  ...officers,
  ...any('riskAnalyst', 'supervisor', 'auditor'),
]);
/** Hit rates and doubts are for those who write what is looked for, not for those who look. */
export const watchChemicals = permission(
  'clearance.watchChemicals',
  any('riskAnalyst', 'supervisor', 'auditor'),
);
export const amend = permission('clearance.amend', [...declarants, ...any('singleWindow')]);
export const cancel = permission('clearance.cancel', [...declarants, ...any('singleWindow')]);
export const complete = permission('clearance.complete', [...declarants, ...any('singleWindow')]);
export const supplement = permission('clearance.supplement', [
  ...declarants,
  ...any('singleWindow'),
]);
export const transit = permission('clearance.transit', officers);
export const revoke = permission('clearance.revoke', [...officers, ...any('supervisor')]);
export const pauseClocks = permission('clearance.pauseClocks', [...officers, ...any('supervisor')]);
export const confirmArrival = permission('clearance.confirmArrival', any('terminal'));
export const checkDocuments = permission('clearance.checkDocuments', officers);
export const orderExamination = permission('clearance.orderExamination', officers);
export const examine = permission('clearance.examine', officers);
export const dispose = permission('clearance.dispose', officers);
export const proposeDowngrade = permission('clearance.proposeDowngrade', officers);
export const approveDowngrade = permission('clearance.approveDowngrade', [
  ...officers,
  ...any('supervisor'),
]);
export const hold = permission('clearance.hold', [...officers, ...any('supervisor')]);
export const close = permission('clearance.close', officers);
export const work = permission('clearance.work', [...officers, ...any('supervisor')]);
export const attach = permission('clearance.attach', [...declarants, ...officers]);

export const clearancePermissions: readonly Permission[] = [
  file,
  read,
  readChemicals,
  watchChemicals,
  amend,
  cancel,
  complete,
  supplement,
  transit,
  revoke,
  pauseClocks,
  confirmArrival,
  checkDocuments,
  orderExamination,
  examine,
  dispose,
  proposeDowngrade,
  approveDowngrade,
  hold,
  close,
  work,
  attach,
];

import type { Permission } from '../identity/index.ts';

type Grant = Permission['grants'][number];
const permission = (operation: string, ...grants: Grant[]): Permission => ({ operation, grants });
const any = (...roles: Grant['role'][]): Grant[] => roles.map((role) => ({ role, scope: 'any' }));
const own: Grant[] = [
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
];
const officers: Grant = { role: 'portOfficer', scope: 'ownOffice' };

/** A bill concerns who pays, who filed, and the office of declaration. */
export const readBills = permission(
  'duty.read',
  ...own,
  officers,
  ...any('supervisor', 'auditor', 'singleWindow'),
);
export const quoteDuty = permission(
  'duty.quote',
  ...any('declarant', 'enterpriseSystem', 'portOfficer', 'supervisor', 'auditor', 'singleWindow'),
);
/** Payments arrive from the payer's own system or through the Single Window's bank link. */
export const pay = permission('duty.pay', ...own, ...any('singleWindow'));
export const proposeRefund = permission('duty.proposeRefund', ...own, officers);
export const answerRefund = permission('duty.answerRefund', officers, ...any('supervisor'));
export const payOutRefund = permission('duty.payOutRefund', officers);
export const reassess = permission('duty.reassess', officers);
export const applyGuarantee = permission('duty.applyGuarantee', ...own, ...any('singleWindow'));
export const answerGuarantee = permission('duty.answerGuarantee', officers, ...any('supervisor'));
export const closeGuarantee = permission('duty.closeGuarantee', officers);
export const readLedger = permission('duty.readLedger', ...any('auditor', 'supervisor'));
export const readStatistics = permission(
  'duty.readStatistics',
  ...any('supervisor', 'auditor', 'riskAnalyst', 'portOfficer'),
);

export const dutyPermissions: readonly Permission[] = [
  readBills,
  quoteDuty,
  pay,
  proposeRefund,
  answerRefund,
  payOutRefund,
  reassess,
  applyGuarantee,
  answerGuarantee,
  closeGuarantee,
  readLedger,
  readStatistics,
];

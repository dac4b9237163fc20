import type { Permission } from '../../identity/index.ts';

type Grant = Permission['grants'][number];
const enterprises: Grant[] = [
  { role: 'declarant', scope: 'ownOrganisation' },
  { role: 'enterpriseSystem', scope: 'ownOrganisation' },
];
const officers: Grant[] = [{ role: 'portOfficer', scope: 'ownOffice' }];
const overseers: Grant[] = [
  { role: 'supervisor', scope: 'any' },
  { role: 'auditor', scope: 'any' },
];
/** Files are also brought in on the machine itself, by `jianghai bonded import`. */
const machine: Grant[] = [{ role: 'operator', scope: 'any' }];
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });

/** A ledger concerns the enterprise that keeps it, and its office. */
export const registerLedger = permission('bonded.registerLedger', enterprises);
export const answerLedger = permission('bonded.answerLedger', officers);
export const changeParts = permission('bonded.changeParts', [...enterprises, ...machine]);
export const recordConsumption = permission('bonded.recordConsumption', [
  ...enterprises,
  ...machine,
]);
export const readLedgers = permission('bonded.readLedgers', [
  ...enterprises,
  ...officers,
  ...overseers,
]);

export const ledgerPermissions: readonly Permission[] = [
  registerLedger,
  answerLedger,
  changeParts,
  recordConsumption,
  readLedgers,
];

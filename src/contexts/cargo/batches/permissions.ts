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
const permission = (operation: string, grants: Grant[]): Permission => ({ operation, grants });

/** An application concerns who declares, the domestic party, and the supervising office. */
export const applyForBatches = permission('cargo.applyForBatches', enterprises);
export const answerBatches = permission('cargo.answerBatches', officers);
export const closeBatches = permission('cargo.closeBatches', [...enterprises, ...officers]);
export const drawStock = permission('cargo.drawStock', enterprises);
export const readBatches = permission('cargo.readBatches', [
  ...enterprises,
  ...officers,
  ...overseers,
]);
/** Declares what crossed; the declarations themselves are filed under `clearance.file`. */
export const consolidateBatches = permission('cargo.consolidateBatches', enterprises);
export const readEntries = permission('cargo.readEntries', [
  ...enterprises,
  ...officers,
  ...overseers,
]);

export const batchPermissions: readonly Permission[] = [
  applyForBatches,
  answerBatches,
  closeBatches,
  drawStock,
  readBatches,
  consolidateBatches,
  readEntries,
];

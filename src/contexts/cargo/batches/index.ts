export type { BatchState } from './application.ts';
export { BatchContent, type BatchContentInput, type BatchLine } from './contract.ts';
export { consolidateBatches, readBatches } from './permissions.ts';
export { type BatchRoutes, batchRoutes } from './routes.ts';
export { concerns as batchConcerns } from './service/applications.ts';
export { takeCrossings } from './service/crossings.ts';
export {
  declareMovements,
  lastDueOn,
  planDeclarations,
  readUndeclared,
  type Undeclared,
  undeclareMovements,
} from './service/declaring.ts';
export type { BatchDeps } from './service/deps.ts';
export { type Batches, createBatches } from './service/index.ts';
export {
  checkLater,
  declareLater,
  type LaterDeclaration,
  reopenEntries,
} from './service/obligations.ts';
export { type BatchOpenMonth, concernsOf, openMonthsOf } from './service/read.ts';
export type { StoredMovement as BatchMovement } from './store/movements.ts';

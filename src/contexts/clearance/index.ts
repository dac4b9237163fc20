export { auditRoutes } from './audits/routes.ts';
export { declaredLines } from './chemicals/lines.ts';
export { chemicalPanelRoutes } from './chemicals/routes.ts';
export { movedGoods } from './consolidation/provider.ts';
export { consolidationRoutes } from './consolidation/routes.ts';
export { type Consolidations, createConsolidations } from './consolidation/service.ts';
export { ConditionKind, type DeclarationContent, type DeclarationInput } from './contract.ts';
export {
  type Controls,
  type ControlsOptions,
  controlPermissions,
  createControls,
} from './controls.ts';
export { outsideFollowing } from './followed.ts';
export { linkageRoutes } from './linkage/routes.ts';
export { clearancePermissions } from './permissions.ts';
export { permitRoutes } from './permits/routes.ts';
export { clearanceOutcomes, clearanceTables } from './pool-tables.ts';
export { prohibitionRoutes } from './prohibitions/routes.ts';
export { billProvider } from './providers/bill.ts';
export { dutyProvider, dutyRequestOf } from './providers/duty.ts';
export { type ClearanceRoutes, clearanceRoutes } from './routes.ts';
export { type Clearance, type ClearanceOptions, createClearance } from './service/index.ts';
export { describeReleased, RELEASING_KINDS } from './service/released-goods.ts';

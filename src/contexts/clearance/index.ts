export { ConditionKind, type DeclarationContent } from './contract.ts';
export { clearancePermissions } from './permissions.ts';
export { clearanceOutcomes, clearanceTables } from './pool-tables.ts';
export { type ClearanceRoutes, clearanceRoutes } from './routes.ts';
export { type Clearance, type ClearanceOptions, createClearance } from './service/index.ts';

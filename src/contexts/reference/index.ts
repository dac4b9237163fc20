export { createCodes } from './codes.ts';
export { type ListsElsewhere, type ReferenceCommandDeps, referenceCommand } from './commands.ts';
export type { CodeEntry, CodeTable } from './contract.ts';
export { referencePermissions } from './permissions.ts';
export { referenceRoutes } from './routes.ts';
export { createReference, loadShippedTables, loadTable, type Reference } from './service.ts';
export { shippedTables } from './shipped.ts';

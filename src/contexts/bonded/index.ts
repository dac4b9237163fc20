export { type Bonded, openBonded } from './bonded.ts';
export { bondedCommand } from './commands.ts';
export type { Ask } from './imports/index.ts';
export { bondedPermissions } from './permissions.ts';
export { ListFiling } from './posting/contract.ts';
export { bondedRoutes } from './routes.ts';

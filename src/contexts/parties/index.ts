export { chainOf, type StatedParties } from './chain.ts';
export type { ChainRole, Enterprise, Grade } from './contract.ts';
export { partiesPermissions } from './permissions.ts';
export { partiesRoutes } from './routes.ts';
export { createParties, type Parties } from './service.ts';

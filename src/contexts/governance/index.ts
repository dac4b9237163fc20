export { governancePermissions } from './permissions.ts';
export { governanceRoutes } from './routes.ts';
export { createGovernance, type Governance } from './service.ts';

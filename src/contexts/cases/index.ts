export { casesPermissions } from './permissions.ts';
export { casesRoutes } from './routes.ts';
export { type Cases, closeCase, createCases, openCase } from './service.ts';

export { coverageRoutes } from './routes.ts';
export { type Coverage, createCoverage } from './service/index.ts';
export { ensureCatalogue } from './service/points.ts';

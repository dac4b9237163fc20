export { anomalyRoutes } from './routes.ts';
export { createAnomalies } from './service.ts';

export { createDriftReports } from './drift-report.ts';
export { createModelsInForce, type InForce, type ModelsInForce } from './in-force.ts';
export { modelRoutes } from './routes.ts';
export { createModels } from './service.ts';
export { createTraining } from './training.ts';

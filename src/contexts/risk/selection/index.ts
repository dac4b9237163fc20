export { openBudgets } from './budgets.ts';
export { type Capacity, createCapacity, examinationCapacity } from './capacity.ts';
export { selectionRoutes } from './routes.ts';
export { createSelection, rebuildCapacity, type Selection } from './service.ts';
export { type Release, recordReleases } from './store.ts';

export { type Chemicals, openChemicals } from './chemicals.ts';
export { type ChemicalsCommandDeps, chemicalsCommand } from './commands.ts';
export type { Candidate, Hazard, Identification, ListEntry, Substance } from './contract.ts';
export type { DeclaredLine } from './detectors/line.ts';
export type { Identifier } from './identify/identifier.ts';
export { createListLoading } from './lists/loading.ts';
export { chemicalsPermissions } from './permissions.ts';
export { chemicalsRoutes } from './routes.ts';

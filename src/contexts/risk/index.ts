export type { CheckResult, Decision, DecisionEngine, Lane } from './contract.ts';
export { createEngine, type EngineOptions, replay } from './engine.ts';
export { riskFacts } from './facts.ts';
export { createHistory, type History } from './history.ts';
export { riskPermissions } from './permissions.ts';
export { loadPolicy, type Policy } from './policy.ts';
export { riskRoutes } from './routes.ts';
export { createDecisions, type Decisions, rebuildHistory } from './service.ts';
export { findDecision, findDecisions, sampleDecisions, saveDecisions } from './store.ts';

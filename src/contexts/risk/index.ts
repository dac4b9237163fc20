export { assess } from './assess.ts';
export { type DecidedEvents, factTables, findDecided } from './backtest/index.ts';
export { type AssessCommandDeps, assessCommand, riskCommand } from './commands.ts';
export type { CheckResult, Decision, DecisionEngine, Lane, ShownDecision } from './contract.ts';
export { createEngine, type EngineOptions, replay } from './engine.ts';
export { riskFacts } from './facts.ts';
export { createHistory, type History } from './history.ts';
export { readDecision, readSampling, riskPermissions } from './permissions.ts';
export { loadPolicy, type Policy } from './policy.ts';
export { riskRoutes } from './routes.ts';
export { type Release, recordReleases } from './selection/index.ts';
export { createDecisions } from './service.ts';
export {
  findDecision,
  findDecisions,
  recordFinding,
  sampleDecisions,
  saveDecisions,
} from './store.ts';
export { readSubstances } from './substances/figures.ts';
export { openTargeting, type Targeting } from './targeting.ts';
export type { Trials } from './trial.ts';
export { isBlind, TARGETED, toldToDeclarant, veiled } from './veil.ts';

export { type DecidedEvents, factTables } from './fact-tables.ts';
export { backtestRoutes } from './routes.ts';
export { rulesAtHand } from './rules-at-hand.ts';
export { type Backtests, type BacktestsDeps, createBacktests } from './service.ts';
export { findReport } from './store/backtests.ts';
export { findDecided } from './store/decided.ts';

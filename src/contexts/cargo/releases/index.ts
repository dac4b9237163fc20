export { releaseCommand } from './commands.ts';
export type { ReleasedGoods } from './events.ts';
export { releaseRoutes } from './routes.ts';
export { createReleases, type Releases, type ReleasesOptions } from './service/index.ts';
export { LEAVING_KINDS } from './service/leave.ts';
export { REVOKING_KINDS, type TakenBack } from './service/take-back.ts';
export { findDowntimeAt } from './store/downtimes.ts';

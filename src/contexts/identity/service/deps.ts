import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Passwords } from '../password.ts';
import type { Permission } from '../permission.ts';
import type { ActorCache } from './actor-cache.ts';
import type { RefusalRecorder } from './record-refusal.ts';

/** What identity's use cases stand on. */
export interface IdentityDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** Every context's permissions, for `Me.permissions`. */
  readonly permissions: readonly Permission[];
  readonly passwords: Passwords;
  readonly actors: ActorCache;
  readonly recordRefusal: RefusalRecorder;
}

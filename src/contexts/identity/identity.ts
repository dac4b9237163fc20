import { localDateOf } from '../../kernel/dates.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import type { Actor } from './contract.ts';
import { createPasswords } from './password.ts';
import type { Permission } from './permission.ts';
import { createActorCache } from './service/actor-cache.ts';
import { type ApiKeys, createApiKeys } from './service/api-keys.ts';
import { type Audit, createAudit } from './service/audit.ts';
import { createAuthenticate, type Shown } from './service/authenticate.ts';
import type { IdentityDeps } from './service/deps.ts';
import { createOrganisations, type Organisations } from './service/organisations.ts';
import { createPeople, type People } from './service/people.ts';
import { createPreferences, type Preferences } from './service/preferences.ts';
import { createRefusalRecorder } from './service/record-refusal.ts';
import { createSessions, type Sessions } from './service/sessions.ts';
import { findActor } from './store/people.ts';

/** Everything identity can be asked. */
export interface Identity {
  /** Who a request comes from: what `createHttp` wants. */
  authenticate(shown: Shown): Promise<Actor | null>;
  /** Writes down that an actor was forbidden an operation. */
  recordForbidden(actor: Actor, operation: string, detail: Record<string, unknown>): Promise<void>;
  /** Who acts in a post today, for what comes in without a credential of its own; `null` while it is vacant. */
  actorOf(post: string): Promise<Actor | null>;
  readonly sessions: Sessions;
  readonly organisations: Organisations;
  readonly people: People;
  readonly apiKeys: ApiKeys;
  readonly preferences: Preferences;
  readonly audit: Audit;
}

export function createIdentity(options: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly permissions: readonly Permission[];
}): Identity {
  const deps: IdentityDeps = {
    ...options,
    passwords: createPasswords(),
    actors: createActorCache(options.clock),
    recordRefusal: createRefusalRecorder(options),
  };
  return {
    authenticate: createAuthenticate(deps),
    recordForbidden: (actor, operation, detail) =>
      deps.recordRefusal(actor.personId, { actor, operation, subjects: [], detail }),
    actorOf: (post) => findActor(options.db, post, localDateOf(options.clock.now())),
    sessions: createSessions(deps),
    organisations: createOrganisations(deps),
    people: createPeople(deps),
    apiKeys: createApiKeys(deps),
    preferences: createPreferences(deps),
    audit: createAudit(deps),
  };
}

import type { Instant, LocalDate } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Actor } from '../../../identity/index.ts';
import type { InForce } from '../application.ts';

export interface BatchDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly inForce: InForce;
  /** The day the entry of a bill's conveyance was declared, where its manifest is in. */
  readonly declaredEntryOf: (
    tx: Tx,
    bills: readonly string[],
  ) => Promise<ReadonlyMap<string, LocalDate>>;
}

/** The platform, acting when a day comes and on what gates report. */
export const PLATFORM: Actor = {
  personId: 'system',
  name: 'system',
  postId: 'system',
  organisationId: 'system',
  roles: [],
  offices: [],
  mayBackdate: false,
  via: 'system',
};

/**
 * The envelope of an act. Only a post that loads history may say when something happened; everybody
 * else's acts happened when we heard of them.
 */
export function envelopeOf(
  deps: Pick<BatchDeps, 'clock'>,
  actor: Actor,
  given: {
    readonly occurredAt?: Instant | undefined;
    readonly onBehalfOf?: string | null;
    readonly consignment?: string | null;
  } = {},
): Envelope {
  const recordedAt = deps.clock.now();
  if (given.occurredAt && !actor.mayBackdate)
    throw new Refused('forbidden', { code: 'cargo.batch_may_not_backdate', path: 'occurredAt' });
  if (given.occurredAt && given.occurredAt > recordedAt)
    throw new Refused('invalid', {
      code: 'cargo.batch_not_yet_happened',
      path: 'occurredAt',
      seen: given.occurredAt,
    });
  const isPlatform = actor.via === 'system';
  return {
    actor: actor.personId,
    post: isPlatform ? null : actor.postId,
    organisation: isPlatform ? null : actor.organisationId,
    onBehalfOf: given.onBehalfOf ?? null,
    occurredAt: given.occurredAt ? new Date(given.occurredAt).toISOString() : recordedAt,
    recordedAt,
    consignment: given.consignment ?? null,
    cause: null,
    correlation: null,
    legalBasis: null,
    clock: null,
    pauseCode: null,
  };
}

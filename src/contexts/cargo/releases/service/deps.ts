import type { Instant } from '../../../../kernel/dates.ts';
import type { Envelope, EventRecord } from '../../../../kernel/event.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Log } from '../../../../platform/log.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { Actor } from '../../../identity/index.ts';
import type { KeyRing } from '../keys.ts';

export interface ReleasesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: KeyRing;
  /** Hosts, with a port where it is not the usual one, that a terminal may have itself called on. */
  readonly webhookHosts: ReadonlySet<string>;
  /** Told after a commit, for live views. */
  readonly changed: (releases: readonly string[]) => void;
}

/** What an actor does now. */
export function envelopeOf(actor: Actor, at: Instant, consignment: string | null): Envelope {
  return {
    actor: actor.personId,
    post: actor.postId,
    organisation: actor.organisationId,
    onBehalfOf: null,
    occurredAt: at,
    recordedAt: at,
    consignment,
    cause: null,
    correlation: null,
    legalBasis: null,
    clock: null,
    pauseCode: null,
  };
}

/** Who acts when an event of another context asks for it, or a terminal's machine answers ours. */
export const systemActor = (organisation: string): Actor => ({
  personId: 'system',
  name: 'system',
  postId: 'system',
  organisationId: organisation,
  roles: [],
  offices: [],
  mayBackdate: false,
  via: 'system',
});

export const PLATFORM = systemActor('platform');

/** Who acts when an event of another context asks for it: that event is the cause. */
export const byEvent = (cause: EventRecord, at: Instant): Envelope => ({
  ...envelopeOf(PLATFORM, at, cause.envelope.consignment),
  cause: cause.id,
});

import type { Instant } from '../../kernel/dates.ts';
import type { Envelope } from '../../kernel/event.ts';
import { Refused } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Actor } from './contract.ts';

/** The platform itself, acting when a day comes or when an event of another context asks for it. */
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

/** What an act says of itself besides who does it. */
export interface Said {
  readonly occurredAt?: Instant | undefined;
  readonly onBehalfOf?: string | null;
  readonly consignment?: string | null;
  readonly correlation?: string | null;
}

/**
 * The envelope of an act. Only a post that loads history may say when something happened; everybody
 * else's acts happened when we heard of them. What is yet to come has not happened for anybody.
 */
export function envelopeOf(
  { clock }: { readonly clock: Clock },
  actor: Actor,
  said: Said = {},
): Envelope {
  const recordedAt = clock.now();
  if (said.occurredAt && !actor.mayBackdate) {
    throw new Refused('forbidden', { code: 'identity.may_not_backdate', path: 'occurredAt' });
  }
  const occurredAt = said.occurredAt ? new Date(said.occurredAt).toISOString() : recordedAt;
  if (occurredAt > recordedAt) {
    const seen = said.occurredAt ?? '';
    throw new Refused('invalid', { code: 'identity.not_yet_happened', path: 'occurredAt', seen });
  }
  return {
    ...envelopeAt(occurredAt, recordedAt, said.consignment ?? null),
    actor: actor.personId,
    post: actor.postId === PLATFORM.postId ? null : actor.postId,
    organisation: actor.organisationId === PLATFORM.organisationId ? null : actor.organisationId,
    onBehalfOf: said.onBehalfOf ?? null,
    correlation: said.correlation ?? null,
  };
}

/** The envelope of what the platform does by itself, dated the day it looked at. */
export const envelopeAt = (
  occurredAt: Instant,
  recordedAt: Instant,
  consignment: string | null,
): Envelope => ({
  actor: PLATFORM.personId,
  post: null,
  organisation: null,
  onBehalfOf: null,
  occurredAt,
  recordedAt,
  consignment,
  cause: null,
  correlation: null,
  legalBasis: null,
  clock: null,
  pauseCode: null,
});

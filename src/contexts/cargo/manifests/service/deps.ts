import type { Instant } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import type { Actor } from '../../../identity/index.ts';
import type { DecisionEngine } from '../../../risk/index.ts';
import type { State } from '../bill.ts';
import type { InForce } from '../check.ts';

/** What the wiring gives. */
export interface ManifestDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** What assesses bills before their goods arrive. */
  readonly engine: DecisionEngine;
  readonly inForce: InForce;
  /** Called after a commit with the bills that changed, for live views and followers. */
  readonly committed: (bills: readonly string[]) => void;
}

/**
 * The envelope of an act. Only a post that loads history may say when something happened; everybody
 * else's acts happened when we heard of them.
 */
export function envelopeOf(
  deps: Pick<ManifestDeps, 'clock'>,
  actor: Actor,
  given: {
    readonly occurredAt?: Instant | undefined;
    readonly onBehalfOf?: string | null;
    readonly correlation?: string | null;
  },
): Envelope {
  const recordedAt = deps.clock.now();
  if (given.occurredAt && !actor.mayBackdate) {
    throw new Refused('forbidden', { code: 'cargo.may_not_backdate', path: 'occurredAt' });
  }
  const occurredAt = given.occurredAt ? new Date(given.occurredAt).toISOString() : recordedAt;
  if (occurredAt > recordedAt) {
    const seen = given.occurredAt ?? '';
    throw new Refused('invalid', { code: 'cargo.not_yet_happened', path: 'occurredAt', seen });
  }
  return {
    actor: actor.personId,
    post: actor.postId,
    organisation: actor.organisationId,
    onBehalfOf: given.onBehalfOf ?? null,
    occurredAt,
    recordedAt,
    consignment: null,
    cause: null,
    correlation: given.correlation ?? null,
    legalBasis: null,
    clock: null,
    pauseCode: null,
  };
}

export const notFound = (number: string): Refused =>
  new Refused('not_found', { code: 'cargo.bill_not_found', seen: number });

/** Whom a bill concerns: its carrier, shipper, consignee and claimants, and one customs office. */
export const concerns = (state: State, parties: readonly string[]) => ({
  organisations: parties,
  offices: [state.office],
});

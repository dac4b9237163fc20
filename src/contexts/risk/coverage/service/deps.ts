import { placeAt } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import {
  type Actor,
  authorise,
  envelopeOf,
  type Permission,
  PLATFORM,
  recordAudit,
} from '../../../identity/index.ts';
import type { Policy } from '../../policy.ts';
import type { CoverageEvent, NewEvent } from '../events.ts';
import type { Tester } from '../judge.ts';
import { ownCoverage } from '../permissions.ts';
import type { PointState } from '../point.ts';

/** What the wiring gives. */
export interface CoverageDeps extends Tester {
  readonly db: Db;
  readonly clock: Clock;
  readonly policy: Policy;
  /** Whether a person ever wrote a rule or trained a model, in whichever post. */
  isAuthor(personId: string): Promise<boolean>;
}

/** Owners and authors of detectors are different people, not only different posts. */
export async function requireNoAuthor(
  deps: CoverageDeps,
  actor: Actor,
  permission: Permission,
): Promise<void> {
  authorise(actor, permission);
  if (!actor.roles.includes('riskAnalyst') && !(await deps.isAuthor(actor.personId))) return;
  throw new Refused('forbidden', {
    code: 'risk.coverage_author',
    params: { operation: permission.operation },
  });
}

export function getState(state: PointState | null, id: string): PointState {
  if (state) return state;
  throw new Refused('not_found', { code: 'risk.coverage_no_point', seen: id });
}

/** An act of the owner in the audit. */
export function record(
  tx: Tx,
  { clock }: CoverageDeps,
  actor: Actor,
  stream: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, {
    ...{ actor, operation: ownCoverage.operation, subjects: [stream], outcome: 'done', detail },
    at: clock.now(),
  });
}

/** The next event of a stream, by an actor or by the platform itself. */
export function nextEvent(
  stream: string,
  after: number,
  event: NewEvent,
  { actor, clock }: { actor: Actor | null; clock: Clock },
): CoverageEvent {
  return placeAt(stream, after + 1, event, envelopeOf({ clock }, actor ?? PLATFORM));
}

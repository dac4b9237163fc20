import type { Instant, LocalDate } from '../../../../kernel/dates.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import type { Actor } from '../../../identity/index.ts';
import type { Zones } from '../../zones/zones.ts';
import type { Paper } from '../contract.ts';
import { type GatePolicy, policyOn } from '../policy.ts';

/**
 * Tells the present content of papers of one kind, and holds nothing. A paper that it does not know
 * is left out; one whose owner registered it here needs no source.
 */
export type PaperSource = (tx: Tx, nos: readonly string[]) => Promise<readonly Paper[]>;

/** Which of these papers' goods are released and not revoked since, as `kind:number`. */
export type ReleasedPapers = (
  tx: Tx,
  papers: readonly Pick<Paper, 'kind' | 'no' | 'declaration'>[],
) => Promise<ReadonlySet<string>>;

/** What the gates stand on. */
export interface GateOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly zones: Zones;
  readonly policies: readonly GatePolicy[];
  readonly paperSources: Partial<Record<Paper['kind'], PaperSource>>;
  readonly released: ReleasedPapers;
  /** Why an enterprise may not enter goods first now: it owes a declaration that is overdue. */
  readonly arrearsOf?: (tx: Tx, organisation: string, on: LocalDate) => Promise<Refusal | null>;
  /** A reason as a sentence in both languages, for the cases that flagged passings open. */
  readonly say: (reason: Refusal) => { readonly zh: string; readonly en: string };
  /** Called after something happened at a gate, for live boards. */
  readonly committed: () => void;
}

export interface GateDeps extends GateOptions {
  policyOn(on: LocalDate): GatePolicy;
}

export const toDeps = (options: GateOptions): GateDeps => ({
  ...options,
  policyOn: (on) => policyOn(options.policies, on),
});

interface Given {
  readonly occurredAt?: Instant | undefined;
  readonly correlation?: string | null;
}

/**
 * The envelope of an act. Only a post that loads history may say when something happened; an offline
 * gate says it too, by `offlineEnvelope`.
 */
export function envelopeOf(
  deps: GateDeps,
  actor: Actor,
  consignment: string | null,
  given: Given = {},
): Envelope {
  if (given.occurredAt && !actor.mayBackdate) {
    throw new Refused('forbidden', { code: 'cargo.may_not_backdate', path: 'occurredAt' });
  }
  const recordedAt = deps.clock.now();
  if (given.occurredAt && given.occurredAt > recordedAt) throw notYet(given.occurredAt);
  return envelope(actor, consignment, given, recordedAt);
}

/** What an offline gate did happened when it says, within the days it has to tell us. */
export function offlineEnvelope(
  deps: GateDeps,
  actor: Actor,
  consignment: string | null,
  occurredAt: Instant,
): Envelope {
  const recordedAt = deps.clock.now();
  if (occurredAt > recordedAt) throw notYet(occurredAt);
  const { offlineDays } = deps.policyOn(localDateOf(recordedAt));
  const days = (Date.parse(recordedAt) - Date.parse(occurredAt)) / 86_400_000;
  if (days > offlineDays && !actor.mayBackdate) {
    throw new Refused('invalid', {
      code: 'cargo.told_too_late',
      path: 'occurredAt',
      seen: occurredAt,
      params: { days: offlineDays },
    });
  }
  return envelope(actor, consignment, { occurredAt }, recordedAt);
}

const notYet = (occurredAt: Instant): Refused =>
  new Refused('invalid', {
    code: 'cargo.not_yet_happened',
    path: 'occurredAt',
    seen: occurredAt,
  });

const envelope = (
  actor: Actor,
  consignment: string | null,
  given: Given,
  recordedAt: Instant,
): Envelope => ({
  actor: actor.personId,
  post: actor.postId,
  organisation: actor.organisationId,
  onBehalfOf: null,
  occurredAt: given.occurredAt ? new Date(given.occurredAt).toISOString() : recordedAt,
  recordedAt,
  consignment,
  cause: null,
  correlation: given.correlation ?? null,
  legalBasis: null,
  clock: null,
  pauseCode: null,
});

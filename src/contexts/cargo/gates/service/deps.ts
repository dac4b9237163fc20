import type { Instant, LocalDate } from '../../../../kernel/dates.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { type Refusal, Refused } from '../../../../kernel/refusal.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Db, Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, envelopeOf } from '../../../identity/index.ts';
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

/** A time in which a gate could not ask, as far as what happened then is judged. */
export interface DeclaredDowntime {
  readonly id: string;
  readonly to: Instant | null;
}

/** What the gates stand on. */
export interface GateOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly zones: Zones;
  readonly policies: readonly GatePolicy[];
  readonly paperSources: Partial<Record<Paper['kind'], PaperSource>>;
  readonly released: ReleasedPapers;
  /** The declared downtime in which a gate worked alone at a moment; it lasts while `to` is `null`. */
  readonly downtimeAt: (db: Db, gate: string, at: Instant) => Promise<DeclaredDowntime | null>;
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

/**
 * What an offline gate did happened when it says, within the days it has to tell us. They run from the
 * end of a declared downtime: before that nobody could have been told.
 */
export function offlineEnvelope(
  deps: GateDeps,
  actor: Actor,
  occurredAt: Instant,
  downtime: DeclaredDowntime | null,
): Envelope {
  const now = deps.clock.now();
  const { offlineDays } = deps.policyOn(localDateOf(now));
  const since = downtime ? (downtime.to ?? now) : occurredAt;
  const days = (Date.parse(now) - Date.parse(since)) / 86_400_000;
  if (days > offlineDays && !actor.mayBackdate) {
    throw new Refused('invalid', {
      code: 'cargo.told_too_late',
      path: 'occurredAt',
      seen: occurredAt,
      params: { days: offlineDays },
    });
  }
  return envelopeOf(deps, { ...actor, mayBackdate: true }, { occurredAt });
}

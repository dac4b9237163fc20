import type { Instant, LocalDate } from '../../../../kernel/dates.ts';
import type { Envelope, EventRecord } from '../../../../kernel/event.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Log } from '../../../../platform/log.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { envelopeAt } from '../../../identity/index.ts';
import type { KeyRing } from '../keys.ts';

export interface ReleasesDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: KeyRing;
  /** Whether there is a gate of this name on a day. */
  readonly isGate: (gate: string, on: LocalDate) => boolean;
  /** Hosts, with a port where it is not the usual one, that a terminal may have itself called on. */
  readonly webhookHosts: ReadonlySet<string>;
  /** Told after a commit, for live views. */
  readonly changed: (releases: readonly string[]) => void;
}

/** What the platform does because an event of another context asks for it: that event is the cause. */
export const byEvent = (cause: EventRecord, at: Instant): Envelope => ({
  ...envelopeAt(at, at, cause.envelope.consignment),
  cause: cause.id,
});

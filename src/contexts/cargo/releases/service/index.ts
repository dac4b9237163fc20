import type { LocalDate } from '../../../../kernel/dates.ts';
import type { Clock } from '../../../../platform/clock.ts';
import type { Log } from '../../../../platform/log.ts';
import type { Db } from '../../../../platform/postgres/transaction.ts';
import { createKeyRing } from '../keys.ts';
import { createAnswers } from './answer.ts';
import { createDelivery, createWebhooks } from './deliver.ts';
import type { ReleasesDeps } from './deps.ts';
import { createDowntimes } from './downtime.ts';
import { createElectronicBills } from './electronic-bill.ts';
import { createIssuing } from './issue.ts';
import { createLeaving } from './leave.ts';
import { createReads } from './read.ts';
import { createTakingBack } from './take-back.ts';

export interface ReleasesOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly isGate: (gate: string, on: LocalDate) => boolean;
  readonly secret: { keyFor(label: string): Buffer };
  /** Hosts a terminal may have itself called on; none by default. */
  readonly webhookHosts?: readonly string[];
  readonly webhookTimeoutMs?: number;
  readonly changed?: (releases: readonly string[]) => void;
}

/** Release notices from issue to acknowledgement, and what stands beside them. */
export function createReleases(options: ReleasesOptions) {
  const deps: ReleasesDeps = {
    ...options,
    keys: createKeyRing(options),
    webhookHosts: new Set(options.webhookHosts ?? []),
    changed: options.changed ?? (() => undefined),
  };
  const answers = createAnswers(deps);
  return {
    /** For followers of the event log. */
    issue: createIssuing(deps),
    ...createTakingBack(deps),
    ...createLeaving(deps),
    acts: answers,
    reads: createReads(deps),
    delivery: createDelivery(deps, answers.acknowledgeAs, options.webhookTimeoutMs),
    webhooks: createWebhooks(deps),
    downtimes: createDowntimes(deps),
    electronicBills: createElectronicBills(deps),
  };
}
export type Releases = ReturnType<typeof createReleases>;

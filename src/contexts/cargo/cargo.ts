import type { LocalDate } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Following } from '../../platform/event-log/follow.ts';
import type { Log } from '../../platform/log.ts';
import type { Db } from '../../platform/postgres/transaction.ts';
import type { DecisionEngine } from '../risk/index.ts';
import { PASSED_GATES, takeCrossings } from './batches/service/crossings.ts';
import { createBatches } from './batches/service/index.ts';
import { arrearsOf } from './batches/service/obligations.ts';
import { stockBillPapers } from './batches/service/papers.ts';
import { billPapers, createGates, shippedGatePolicies, WAITED_FOR_KINDS } from './gates/index.ts';
import {
  createManifests,
  declaredEntryOf,
  followJourney,
  JOURNEY_KINDS,
} from './manifests/index.ts';
import { createReleases, findDowntimeAt, LEAVING_KINDS, REVOKING_KINDS } from './releases/index.ts';
import { createZones, shippedZones } from './zones/zones.ts';

export interface CargoOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** What assesses bills before their goods arrive. */
  readonly engine: DecisionEngine;
  readonly inForce: (table: string, code: string, on: LocalDate) => boolean;
  readonly secret: { keyFor(label: string): Buffer };
  /** Hosts a terminal may have its notices sent to. */
  readonly webhookHosts: readonly string[];
  readonly say: (reason: Refusal) => { readonly zh: string; readonly en: string };
  /** Called after commits: bills, releases or gates changed. */
  readonly changed: () => void;
}

/** The parts of cargo, joined: gates go by releases and stock bills, bills by what gates report. */
export function openCargo(options: CargoOptions) {
  const { db, clock, inForce, changed } = options;
  const manifests = createManifests({ ...options, committed: changed });
  const zones = createZones(shippedZones());
  const isGate = (gate: string, on: LocalDate) => zones.gateOn(gate, on) !== null;
  const releases = createReleases({ ...options, isGate, changed });
  const gates = createGates({
    db,
    clock,
    zones,
    policies: shippedGatePolicies(),
    paperSources: { bill: billPapers, stockBill: stockBillPapers },
    released: releases.releasedPapers,
    downtimeAt: findDowntimeAt,
    arrearsOf,
    say: options.say,
    committed: changed,
  });
  const batchDeps = { db, clock, inForce, declaredEntryOf };
  const batches = createBatches(batchDeps);
  const followings: readonly Following[] = [
    { name: 'cargo-journey', kinds: JOURNEY_KINDS, handle: followJourney },
    {
      name: 'cargo-passports',
      kinds: WAITED_FOR_KINDS,
      handle: (_tx, events) => gates.followWaitedFor(events),
    },
    { name: 'cargo-leaving', kinds: LEAVING_KINDS, handle: releases.followCrossings },
    { name: 'cargo-revocations', kinds: REVOKING_KINDS, handle: releases.followRevocations },
    {
      name: 'cargo-batches',
      kinds: [PASSED_GATES],
      handle: (tx, events) => takeCrossings(batchDeps, tx, events),
    },
  ];
  return { manifests, releases, zones, gates, batches, followings };
}
export type Cargo = ReturnType<typeof openCargo>;

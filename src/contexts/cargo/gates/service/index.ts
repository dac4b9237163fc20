import type { EventRecord } from '../../../../kernel/event.ts';
import type { Actor } from '../../../identity/index.ts';
import type { GateAnswer } from '../contract.ts';
import { createApplications } from './apply.ts';
import { readAtGate } from './cross.ts';
import { type GateOptions, toDeps } from './deps.ts';
import { createOfficers } from './officer.ts';
import { createOffline } from './offline.ts';
import { createGateReads } from './read.ts';
import { createReadingGroup } from './round.ts';
import { followWaitedFor } from './waited-for.ts';

export type { GateOptions, PaperSource, ReleasedPapers } from './deps.ts';

/** The use cases of gates: applying, reading at a gate, deciding, working offline, looking. */
export function createGates(options: GateOptions) {
  const deps = toDeps(options);
  const together = createReadingGroup(deps);
  return {
    applications: createApplications(deps),
    officers: createOfficers(deps),
    offline: createOffline(deps),
    reads: createGateReads(deps),
    followWaitedFor: (events: readonly EventRecord[]) => followWaitedFor(deps, events),
    readAtGate: (actor: Actor, reading: unknown, correlation: string | null = null) =>
      readAtGate(deps, together, actor, reading, correlation) satisfies Promise<GateAnswer>,
  };
}
export type Gates = ReturnType<typeof createGates>;

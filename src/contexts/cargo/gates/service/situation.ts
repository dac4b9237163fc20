import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import type { Tx } from '../../../../platform/postgres/transaction.ts';
import type { Gate, Lane } from '../../zones/contract.ts';
import { keyOf } from '../application.ts';
import type { Reading } from '../contract.ts';
import { isOpen, type State } from '../passport.ts';
import type { Situation } from '../verdict.ts';
import type { GateDeps } from './deps.ts';

/** What a gate saw, once understood, and where. */
export interface Seen {
  readonly reading: Reading;
  readonly gate: Gate;
  readonly lane: Lane;
  readonly office: string;
  readonly hash: string;
  readonly envelope: Envelope;
}

/** What is on record of a vehicle, its passports and the lane it stands in. */
export interface OnRecord extends Pick<Situation, 'vehicle' | 'bridge'> {
  readonly states: readonly State[];
  /** Passports that a release is missing for, by number. */
  readonly unreleased: ReadonlySet<string>;
}

/** Everything a verdict is reached from. */
export function situationOf(
  deps: GateDeps,
  { reading, gate, lane, envelope }: Seen,
  { states, vehicle, bridge, unreleased }: OnRecord,
): Situation {
  const at = envelope.occurredAt;
  const on = localDateOf(at);
  return {
    ...{ at, gate, lane, reading, vehicle, bridge },
    passports: states,
    policy: deps.policyOn(on),
    regimeToday: deps.zones.regimeOf(gate.zone, on)?.kind ?? null,
    isReleased: ({ number }) => !unreleased.has(number),
    isCorridor: (other) => isCorridor(gate, deps.zones.gateOn(other, on)),
  };
}

/** Two gates of one two-gate zone and line are passed one right after the other. */
const isCorridor = (a: Gate, b: Gate | null): boolean =>
  b !== null && a.zone === b.zone && a.line === b.line && a.position !== b.position;

/** The releases an open passport was approved by may have been revoked since: the numbers of those whose were. */
export async function findUnreleased(
  deps: GateDeps,
  tx: Tx,
  states: readonly State[],
): Promise<Set<string>> {
  const open = states.filter((state) => isOpen(state) && state.goesBy.length > 0);
  if (open.length === 0) return new Set();
  const released = await deps.released(
    tx,
    open.flatMap(({ goesBy }) => goesBy),
  );
  const lacking = open.filter(({ goesBy }) => !goesBy.every((paper) => released.has(keyOf(paper))));
  return new Set(lacking.map(({ number }) => number));
}

export const consigned = (envelope: Envelope, { number }: State): Envelope => ({
  ...envelope,
  consignment: number,
});

export const otherContent = (id: string): Refused =>
  new Refused('conflict', { code: 'cargo.reading_has_other_content', seen: id });

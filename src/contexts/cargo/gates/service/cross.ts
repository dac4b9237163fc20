import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import type { Envelope } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { parseInput } from '../../../../platform/input.ts';
import { type Actor, authorise, envelopeOf } from '../../../identity/index.ts';
import { type GateAnswer, Reading } from '../contract.ts';
import * as permission from '../permissions.ts';
import type { GateDeps } from './deps.ts';
import type { ReadingGroup } from './round.ts';
import type { Seen } from './situation.ts';

/**
 * A reading at a gate: decided, written down and answered in one transaction.
 *
 * @param together decides it, with others that are made at the same time.
 */
export async function readAtGate(
  deps: GateDeps,
  together: ReadingGroup,
  actor: Actor,
  input: unknown,
  correlation: string | null,
): Promise<GateAnswer> {
  const reading = parseInput(Reading, input);
  authorise(actor, permission.readAtGate);
  const { occurredAt } = reading;
  const envelope = envelopeOf(deps, actor, { occurredAt, correlation });
  const outcome = await together({ actor, seen: understand(deps, reading, envelope) });
  if ('refused' in outcome) throw outcome.refused;
  return outcome.answer;
}

/** The gate and lane of that day; a reading from nowhere is refused. */
export function understand(deps: GateDeps, reading: Reading, envelope: Envelope): Seen {
  const gate = deps.zones.gateOn(reading.gate, localDateOf(envelope.occurredAt));
  if (!gate) {
    throw new Refused('invalid', { code: 'cargo.gate_unknown', path: 'gate', seen: reading.gate });
  }
  const lane = gate.lanes.find(({ id }) => id === reading.lane);
  if (!lane) {
    throw new Refused('invalid', {
      ...{ code: 'cargo.lane_unknown', path: 'lane', seen: reading.lane },
      params: { gate: gate.id },
    });
  }
  const { occurredAt: _, ...said } = reading;
  const office = deps.zones.officeOf(gate.zone) ?? '';
  return { reading, gate, lane, office, hash: contentHash(said), envelope };
}

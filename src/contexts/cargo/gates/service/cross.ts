import { contentHash } from '../../../../kernel/canonical.ts';
import { localDateOf } from '../../../../kernel/dates.ts';
import { type Envelope, place } from '../../../../kernel/event.ts';
import { Refused } from '../../../../kernel/refusal.ts';
import { append } from '../../../../platform/event-log/event-log.ts';
import { parseInput } from '../../../../platform/input.ts';
import { inTransaction, type Tx } from '../../../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, recordAudit } from '../../../identity/index.ts';
import type { Gate, Lane } from '../../zones/contract.ts';
import { keyOf } from '../application.ts';
import { type Crossing, type GateAnswer, Reading } from '../contract.ts';
import { type GateRefusedPayload, streamOf, streamOfReading } from '../events.ts';
import { isOpen, type State } from '../passport.ts';
import * as permission from '../permissions.ts';
import * as passports from '../store/passports.ts';
import * as readings from '../store/readings.ts';
import { choose, type Judgement, judge, type Situation } from '../verdict.ts';
import { runAfter } from '../weighing.ts';
import type { GateDeps } from './deps.ts';
import { pass } from './pass.ts';
import { Progress, save } from './progress.ts';

/** What a gate saw, once understood, and where. */
export interface Seen {
  readonly reading: Reading;
  readonly gate: Gate;
  readonly lane: Lane;
  readonly office: string;
  readonly hash: string;
  readonly envelope: Envelope;
}

/** A reading at a gate: decided, written down and answered in one transaction. */
export async function readAtGate(
  deps: GateDeps,
  actor: Actor,
  input: unknown,
  correlation: string | null,
): Promise<GateAnswer> {
  const reading = parseInput(Reading, input);
  authorise(actor, permission.readAtGate);
  const { occurredAt } = reading;
  const envelope = envelopeOf(deps, actor, { occurredAt, correlation });
  const seen = understand(deps, reading, envelope);
  const answer = await inTransaction(deps.db, (tx) => decide(deps, tx, actor, seen));
  if (!answer.repeated) deps.committed();
  return answer;
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

async function decide(deps: GateDeps, tx: Tx, actor: Actor, seen: Seen): Promise<GateAnswer> {
  const { reading, gate, lane, envelope } = seen;
  const vehicle = await readings.lockVehicle(tx, reading.plate);
  const before = await readings.find(tx, reading.id);
  if (before) return repeatedAnswer(before, seen);
  const states = await passports.lockOfVehicle(
    tx,
    reading.plate,
    reading.passport,
    envelope.occurredAt,
  );
  const bridge = lane.weighbridge
    ? await readings.lockLane(tx, gate.id, lane.id)
    : { kg: null, plate: null, run: 0 };
  const situation = await situationOf(deps, tx, seen, states, vehicle, bridge);
  const judgement = judge(situation);
  const kg = reading.weighing?.kg ?? null;
  const shown =
    lane.weighbridge && kg !== null
      ? { kg, plate: reading.plate, run: runAfter(bridge, kg, reading.plate) }
      : null;
  const written = await writeDown(tx, seen, states, judgement);
  const kept = keptOf(seen, judgement, written.crossing, written.completed);
  if (vehicle.waitingReading) await readings.supersede(tx, vehicle.waitingReading);
  if (!(await readings.save(tx, kept, shown))) throw otherContent(reading.id);
  await recordAudit(tx, {
    actor,
    operation: permission.readAtGate.operation,
    subjects: [`gate:${gate.id}`, ...(kept.passport ? [streamOf(kept.passport)] : [])],
    outcome: 'done',
    detail: { reading: reading.id, verdict: judgement.verdict },
    at: envelope.recordedAt,
  });
  return answerOf(kept, false);
}

/** What is on record of this vehicle, its passports and this lane. */
export async function situationOf(
  deps: GateDeps,
  tx: Tx,
  { reading, gate, lane, envelope }: Seen,
  states: readonly State[],
  vehicle: Situation['vehicle'],
  bridge: Situation['bridge'],
): Promise<Situation> {
  const at = envelope.occurredAt;
  const on = localDateOf(at);
  const situation: Situation = {
    ...{ at, gate, lane, reading, vehicle, bridge },
    passports: states,
    policy: deps.policyOn(on),
    regimeToday: deps.zones.regimeOf(gate.zone, on)?.kind ?? null,
    isReleased: () => true,
    isCorridor: (other) => isCorridor(gate, deps.zones.gateOn(other, on)),
  };
  const chosen = choose(situation);
  const state = states.find(({ number }) => number === chosen?.number);
  const isReleased = !state || !isOpen(state) || (await releaseHolds(deps, tx, state));
  return { ...situation, isReleased: () => isReleased };
}

/** Two gates of one two-gate zone and line are passed one right after the other. */
const isCorridor = (a: Gate, b: Gate | null): boolean =>
  b !== null && a.zone === b.zone && a.line === b.line && a.position !== b.position;

/** The releases a passport was approved by may have been revoked since. */
async function releaseHolds(deps: GateDeps, tx: Tx, { goesBy }: State): Promise<boolean> {
  if (goesBy.length === 0) return true;
  const released = await deps.released(tx, goesBy);
  return goesBy.every((paper) => released.has(keyOf(paper)));
}

/** The events of a verdict: on the passport's stream where there is one, else on the reading's own. */
async function writeDown(
  tx: Tx,
  { reading, gate, lane, envelope }: Seen,
  states: readonly State[],
  judgement: Judgement,
): Promise<{ crossing: Crossing | null; completed: boolean }> {
  const { verdict, reasons, weight } = judgement;
  const state = states.find(({ number }) => number === judgement.passport?.number);
  if (verdict !== 'open' || !state) {
    const payload: GateRefusedPayload = {
      ...{ reading: reading.id, gate: gate.id, lane: lane.id, vehicle: reading.plate },
      verdict: verdict === 'open' ? 'refuse' : verdict,
      ...{ reasons, weight },
    };
    const refused = { kind: 'cargo.gateRefused', payload } as const;
    if (!state) {
      await append(tx, place(streamOfReading(reading.id), 0, [refused], envelope));
      return { crossing: null, completed: false };
    }
    const progress = new Progress(state.number, state, consigned(envelope, state)).push(refused);
    const reason = state.examination ? null : judgement.examination;
    if (reason) {
      const ordered = { reading: reading.id, reason };
      progress.push({ kind: 'cargo.gateExaminationOrdered', payload: ordered });
    }
    await save(tx, [progress]);
    return { crossing: null, completed: false };
  }
  const crossing: Crossing = {
    ...{ reading: reading.id, gate: gate.id, lane: lane.id, position: gate.position },
    ...{ at: envelope.occurredAt, offline: false, manual: null },
    measuredKg: weight?.measuredKg ?? null,
    differenceKg: weight?.differenceKg ?? null,
  };
  const progress = new Progress(state.number, state, consigned(envelope, state));
  await pass(tx, progress, crossing);
  await save(tx, [progress]);
  return { crossing, completed: progress.now.completedAt !== null };
}

export const consigned = (envelope: Envelope, { number }: State): Envelope => ({
  ...envelope,
  consignment: number,
});

export const keptOf = (
  { reading, gate, lane, office, hash, envelope }: Seen,
  { verdict, passport, reasons, weight }: Judgement,
  crossing: Crossing | null,
  completed: boolean,
): readings.KeptReading => ({
  ...{ id: reading.id, gate: gate.id, lane: lane.id, zone: gate.zone, office },
  direction: lane.direction,
  plate: reading.plate,
  passport: passport?.number ?? null,
  at: envelope.occurredAt,
  isOffline: false,
  hasPassed: crossing !== null,
  standing: verdict,
  contentHash: hash,
  body: { reading, reasons, weight, completed, crossing, caseId: null },
});

/**
 * The same reading again is the same reading, and says how it stands now: a gate whose vehicle waits
 * asks again and learns what the officer decided.
 */
function repeatedAnswer(before: readings.KeptReading, seen: Seen): GateAnswer {
  if (before.contentHash !== seen.hash) throw otherContent(before.id);
  return answerOf(before, true);
}

export const otherContent = (id: string): Refused =>
  new Refused('conflict', { code: 'cargo.reading_has_other_content', seen: id });

const answerOf = (kept: readings.KeptReading, repeated: boolean): GateAnswer => ({
  reading: kept.id,
  verdict: kept.hasPassed ? 'open' : kept.standing === 'wait' ? 'wait' : 'refuse',
  repeated,
  passport: kept.passport,
  reasons: [...kept.body.reasons],
  weight: kept.body.weight,
  completed: kept.body.completed,
});

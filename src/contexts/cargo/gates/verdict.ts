import { localDateOf } from '../../../kernel/dates.ts';
import { decimal, isZero } from '../../../kernel/decimal.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Gate, Lane, RegimeKind } from '../zones/contract.ts';
import type { Passport, Reading, Verdict, WeightComparison } from './contract.ts';
import { isOpen, nextGate } from './passport.ts';
import type { GatePolicy } from './policy.ts';
import { type BridgeMemory, compareWeight, faultOf } from './weighing.ts';

/** Where a vehicle was last seen, other than here. */
export interface Whereabouts {
  /** The gate it is waiting at now, and the one it passed last. */
  readonly waitingAt: string | null;
  readonly waitingSince: string | null;
  readonly lastGate: string | null;
  readonly lastPassedAt: string | null;
}

/** Everything a verdict is reached from: what the gate saw and what is on record. */
export interface Situation {
  readonly at: string;
  readonly gate: Gate;
  readonly lane: Lane;
  readonly reading: Reading;
  /** The passports of this vehicle, or the one the reading names, the newest first. */
  readonly passports: readonly Passport[];
  readonly vehicle: Whereabouts;
  readonly bridge: BridgeMemory;
  readonly policy: GatePolicy;
  /** The regime of the zone today; the passport may go by another. */
  readonly regimeToday: RegimeKind | null;
  /** Whether a release the passport needs is (still) there. */
  readonly isReleased: (passport: Passport) => boolean;
  /** Gates between which a vehicle may pass at once: those of one two-gate corridor. */
  readonly isCorridor: (gate: string) => boolean;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly passport: Passport | null;
  readonly reasons: Refusal[];
  readonly weight: WeightComparison | null;
  /** Why the goods are to be examined before they go on, if they are. */
  readonly examination: string | null;
}

type Found = readonly [Exclude<Verdict, 'open'>, Refusal];

/**
 * The gate's decision: pure, and with every reason at once. It opens when the record and what stands
 * at the gate agree; it refuses what no officer could let through at a gate (no passport, expired,
 * the wrong way); everything between waits for an officer.
 */
export function judge(situation: Situation): Judgement {
  const passport = choose(situation);
  const standing = passport ? standingOf(situation, passport) : [noPassport(situation)];
  const elsewhere = twoGates(situation);
  if (!passport || standing.length > 0) {
    return judgement(passport, [...standing, ...elsewhere], null, null);
  }
  const weighed = weigh(situation, passport);
  const seals = sealsOf(situation, passport);
  const found = [
    ...elsewhere,
    ...containersOf(situation, passport),
    ...seals,
    ...corridorOf(situation, passport),
    ...weighed.found,
  ];
  const warnings = regimeChange(situation, passport);
  const examination = seals[0]?.[1].code ?? null;
  const answer = judgement(passport, found, weighed.comparison, examination);
  return { ...answer, reasons: [...answer.reasons, ...warnings] };
}

function judgement(
  passport: Passport | null,
  found: readonly Found[],
  weight: WeightComparison | null,
  examination: string | null,
): Judgement {
  const verdict = found.some(([to]) => to === 'refuse')
    ? 'refuse'
    : found.length > 0
      ? 'wait'
      : 'open';
  return { verdict, passport, reasons: found.map(([, reason]) => reason), weight, examination };
}

/** The open passport that fits this gate; failing that the one that comes nearest, to say why not. */
export function choose({ passports, reading, gate, lane }: Situation): Passport | null {
  if (reading.passport) {
    return passports.find(({ number }) => number === reading.passport) ?? null;
  }
  const fits = (passport: Passport) =>
    passport.content.zone === gate.zone && passport.content.direction === lane.direction;
  return (
    passports.find((passport) => isOpen(passport) && fits(passport)) ??
    passports.find((passport) => passport.state === 'applied' && fits(passport)) ??
    passports.find((passport) => isOpen(passport)) ??
    passports.find(fits) ??
    passports[0] ??
    null
  );
}

const refuse = (reason: Refusal): Found => ['refuse', reason];
const wait = (reason: Refusal): Found => ['wait', reason];

const noPassport = ({ reading }: Situation): Found =>
  refuse({ code: 'cargo.no_passport', seen: reading.passport ?? reading.plate });

/** Whether the passport is good for this gate at all. */
function standingOf(situation: Situation, passport: Passport): Found[] {
  const { at, reading, lane } = situation;
  const { number, state, content } = passport;
  const found: Found[] = [];
  const no = (code: string, params: Refusal['params'] = {}): void => {
    found.push(refuse({ code, seen: number, params }));
  };
  if (content.vehicle.plate !== reading.plate) {
    no('cargo.plate_differs', { plate: content.vehicle.plate, read: reading.plate });
  }
  if (state === 'applied') no('cargo.passport_not_approved', { approval: passport.approval });
  else if (state === 'deleted' || state === 'void') no('cargo.passport_ended', { state });
  else if (!isOpen(passport)) no('cargo.passport_used', { at: passport.completedAt ?? '' });
  else if (passport.validUntil && at > passport.validUntil) {
    no('cargo.passport_expired', { until: localDateOf(passport.validUntil) });
  } else if (!situation.isReleased(passport)) no('cargo.release_missing');
  if (content.direction !== lane.direction) {
    no('cargo.wrong_direction', { direction: content.direction });
  }
  found.push(...placeOf(situation, passport));
  return found;
}

/** Whether this is the gate and the lane the passport is for. */
function placeOf({ gate, lane }: Situation, passport: Passport): Found[] {
  const { number, content } = passport;
  const line = content.line === 'first' ? 'first' : 'second';
  if (content.zone !== gate.zone || line !== gate.line) {
    const params = { zone: content.zone, line };
    return [refuse({ code: 'cargo.wrong_gate', seen: number, params })];
  }
  if (lane.emptyOnly && content.type !== 'emptyVehicle') {
    return [refuse({ code: 'cargo.wrong_lane', seen: lane.id })];
  }
  const next = nextGate(passport);
  if (isOpen(passport) && next && next !== gate.position) {
    const params = { next, here: gate.position };
    return [refuse({ code: 'cargo.gate_order', seen: number, params })];
  }
  return [];
}

/** A vehicle that stands at another gate, or cannot have come from there so soon, is not this one. */
function twoGates({ at, gate, vehicle, policy, reading, isCorridor }: Situation): Found[] {
  const { waitingAt, waitingSince, lastGate, lastPassedAt } = vehicle;
  const since = (then: string | null): number => (Date.parse(at) - Date.parse(then ?? at)) / 60_000;
  const waitsElsewhere =
    waitingAt !== null && waitingAt !== gate.id && since(waitingSince) <= policy.waitingHours * 60;
  const cameTooSoon =
    lastGate !== null &&
    lastGate !== gate.id &&
    !isCorridor(lastGate) &&
    Math.abs(since(lastPassedAt)) < policy.minutesBetweenGates;
  const other = waitsElsewhere ? waitingAt : cameTooSoon ? lastGate : null;
  if (!other) return [];
  const params = { gate: other };
  return [refuse({ code: 'cargo.vehicle_at_two_gates', seen: reading.plate, params })];
}

function containersOf({ reading, lane }: Situation, { content }: Passport): Found[] {
  if (!lane.readsContainers && reading.containers === null) return [];
  const expected = content.containers.map(({ no }) => no).sort();
  if (reading.containers === null) {
    return expected.length > 0 ? [wait({ code: 'cargo.container_unread' })] : [];
  }
  const read = [...reading.containers].sort();
  if (read.join() === expected.join()) return [];
  const params = { expected: expected.join(', ') || '–' };
  return [wait({ code: 'cargo.container_differs', seen: read.join(', ') || '–', params })];
}

/** Seals are compared where the gate reads them: broken, missing or another one means examination. */
function sealsOf({ reading }: Situation, { content, examination }: Passport): Found[] {
  if (examination) return [wait({ code: 'cargo.examination_pending', seen: examination.reading })];
  if (reading.seals === null) return [];
  const expected = content.containers.flatMap(({ seal }) => seal ?? []);
  const broken = reading.seals.filter(({ state }) => state === 'broken');
  if (broken.length > 0) {
    return [wait({ code: 'cargo.seal_broken', seen: broken.map(({ no }) => no).join(', ') })];
  }
  const read = reading.seals.map(({ no }) => no);
  if (expected.every((seal) => read.includes(seal))) return [];
  const params = { expected: expected.join(', ') };
  return [wait({ code: 'cargo.seal_differs', seen: read.join(', ') || '–', params })];
}

/** Between two gates of a zone nothing is loaded or unloaded: who takes too long is asked why. */
function corridorOf({ at, policy }: Situation, { crossings }: Passport): Found[] {
  const first = crossings.at(-1);
  if (!first) return [];
  const minutes = Math.round((Date.parse(at) - Date.parse(first.at)) / 60_000);
  if (minutes <= policy.corridorMinutes) return [];
  const params = { minutes, most: policy.corridorMinutes };
  return [wait({ code: 'cargo.too_long_between_gates', params })];
}

function weigh(
  { lane, reading, bridge, policy }: Situation,
  { content, weighedAs }: Passport,
): { found: Found[]; comparison: WeightComparison | null } {
  if (!lane.weighbridge) return { found: [], comparison: null };
  const fault = faultOf(reading.weighing, reading.plate, bridge, policy);
  if (fault || !reading.weighing) {
    return { found: fault ? [wait(fault)] : [], comparison: null };
  }
  const { comparison, isWithin } = compareWeight(content, weighedAs, reading.weighing.kg, policy);
  if (isWithin) return { found: [], comparison };
  const { differenceKg, allowedKg, expectedKg } = comparison;
  const params = { difference: differenceKg, allowed: allowedKg, expected: expectedKg };
  const code = isZero(decimal(content.goodsGrossKg))
    ? 'cargo.empty_vehicle_is_not'
    : 'cargo.weight_differs';
  return { found: [wait({ code, seen: comparison.measuredKg, params })], comparison };
}

/** The movement goes on under the regime it was approved by; the gate says that it is no longer today's. */
function regimeChange({ regimeToday }: Situation, { regime }: Passport): Refusal[] {
  if (!regime || !regimeToday || regime.kind === regimeToday) return [];
  return [
    {
      code: 'cargo.regime_changed_meanwhile',
      seen: regimeToday,
      params: { regime: regime.kind, on: regime.on },
      severity: 'warning',
    },
  ];
}

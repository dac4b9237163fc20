import { type Envelope, place } from '../../../kernel/event.ts';
import { envelopeAt } from '../../identity/index.ts';
import type { Gate, Regime } from '../zones/contract.ts';
import { createZones, shippedZones } from '../zones/zones.ts';
import {
  Paper,
  type Passport,
  PassportContent,
  type PassportContentInput,
  Reading,
  type ReadingInput,
} from './contract.ts';
import { type NewEvent, streamOf } from './events.ts';
import { fold, type State } from './passport.ts';
import { policyOn, shippedGatePolicies } from './policy.ts';
import type { Situation } from './verdict.ts';

/** Makers for tests: a zone of today, an ordinary lorry, and lives told event by event. */

export const ZONES = createZones(shippedZones());
export const DAY = '2026-07-02';
export const NOW = `${DAY}T02:00:00.000Z`;
export const FIRM = '91310000MA1K3XYW4X';
export const POLICY = policyOn(shippedGatePolicies(), DAY);

export const minutes = (count: number, from = NOW): string =>
  new Date(Date.parse(from) + count * 60_000).toISOString();

export function gate(id: string): Gate {
  const found = ZONES.gateOn(id, DAY);
  if (!found) throw new Error(`No gate ${id} in the shipped book.`);
  return found;
}

export function regime(zone: string): Regime {
  const found = ZONES.regimeOf(zone, DAY);
  if (!found) throw new Error(`No regime of ${zone} in the shipped book.`);
  return found;
}

/** A lorry of 5 t with 10 t of goods, out of the Waigaoqiao zone over the second line. */
export const content = (changes: Partial<PassportContentInput> = {}): PassportContent =>
  PassportContent.parse({
    type: 'secondLine',
    binding: 'oneListOneVehicle',
    zone: 'waigaoqiao',
    line: 'second',
    direction: 'out',
    papers: [{ kind: 'list', no: 'QD-1' }],
    vehicle: { plate: '沪A12345', tareKg: '5000' },
    goodsGrossKg: '10000',
    ...changes,
  });

export const paper = (changes: Partial<Paper> = {}): Paper =>
  Paper.parse({
    kind: 'list',
    no: 'QD-1',
    organisation: FIRM,
    zone: 'waigaoqiao',
    direction: 'out',
    declaration: 'D-1',
    lines: [{ lineNo: 1, description: '轴承', unit: '035', quantity: '1000' }],
    ...changes,
  });

export const reading = (changes: Partial<ReadingInput> = {}): Reading =>
  Reading.parse({
    id: 'R-1',
    gate: 'WGQ-2',
    lane: 'out-1',
    plate: '沪A12345',
    weighing: { kg: '15020' },
    ...changes,
  });

export const ENVELOPE: Envelope = { ...envelopeAt(NOW, NOW, null), organisation: FIRM };

export const NUMBER = 'Z2218E260702000000000001';

/** A passport applied for and, unless told otherwise, approved today. */
export function passport(
  changes: Partial<PassportContentInput> = {},
  after: readonly NewEvent[] = [],
  { approved = true, gates = ['single'] as Passport['gates'] } = {},
): State {
  const said = content(changes);
  const approval: NewEvent = {
    kind: 'cargo.passportApproved',
    payload: {
      conditions: [],
      claims: [],
      goesBy: [],
      regime: { kind: regime(said.zone).kind, from: '1997-08-01', on: DAY },
      gates,
      weighedAs: said.type === 'emptyVehicle' ? 'empty' : 'general',
      validUntil: `${DAY}T15:59:59.999Z`,
      note: null,
    },
  };
  const applied: NewEvent = {
    kind: 'cargo.passportApplied',
    payload: { id: 'P-1', organisation: FIRM, office: '2218', content: said, contentHash: 'h' },
  };
  const told = [applied, ...(approved ? [approval] : []), ...after];
  const state = fold(place(streamOf(NUMBER), 0, told, ENVELOPE));
  if (!state) throw new Error('A life begins with an application.');
  return state;
}

/** A passing as the record tells it. */
export const crossed = (position: Passport['gates'][number], at = NOW, id = 'R-0'): NewEvent => ({
  kind: 'cargo.crossed',
  payload: {
    passport: NUMBER,
    crossing: {
      ...{ reading: id, gate: 'WGQ-2', lane: 'out-1', position, at },
      ...{ offline: false, manual: null, measuredKg: '15000', differenceKg: '0' },
    },
    gate: 'WGQ-2',
    direction: 'out',
    vehicle: '沪A12345',
    grossMassKg: '10000',
    at,
    papers: [],
    isLast: true,
    regime: 'bondedZone',
  },
});

/** A vehicle at a gate, nothing remarkable about it unless told. */
export function situation(
  passports: readonly Passport[],
  changes: Partial<Situation> = {},
  lane: { gate: string; lane: string } = { gate: 'WGQ-2', lane: 'out-1' },
): Situation {
  const at = gate(lane.gate);
  const found = at.lanes.find(({ id }) => id === lane.lane);
  if (!found) throw new Error(`Gate ${at.id} has no lane ${lane.lane}.`);
  return {
    at: NOW,
    gate: at,
    lane: found,
    reading: reading({ gate: at.id, lane: found.id }),
    passports,
    vehicle: { waitingAt: null, waitingSince: null, lastGate: null, lastPassedAt: null },
    bridge: { kg: null, plate: null, run: 0 },
    policy: POLICY,
    regimeToday: regime(at.zone).kind,
    isReleased: () => true,
    isCorridor: () => false,
    ...changes,
  };
}

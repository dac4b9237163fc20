import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import { eventId } from '../../../platform/event-log/event-log.ts';
import type { FrozenPeriod, PointTest, RiskPoint } from './contract.ts';

/** What can happen to a risk point and to a period; facts of withheld cases never stand in events. */
export interface Payloads {
  'risk.pointWritten': { point: RiskPoint; reason: string };
  'risk.pointRetired': { reason: string };
  'risk.casesWithheld': { cases: { id: string; hash: string }[] };
  'risk.pointTested': { period: string; test: PointTest };
  'risk.periodFrozen': { period: FrozenPeriod };
}
export type Kind = keyof Payloads;
export type CoverageEvent = { [K in Kind]: EventRecord<K, Payloads[K]> }[Kind];
export type NewEvent = { [K in Kind]: { kind: K; payload: Payloads[K] } }[Kind];

export const pointStream = (id: string): string => `riskPoint:${id}`;
export const periodStream = (id: string): string => `coveragePeriod:${id}`;

export function place(
  stream: string,
  seq: number,
  event: NewEvent,
  envelope: Envelope,
): CoverageEvent {
  return { id: eventId(stream, seq), stream, seq, ...event, envelope } as CoverageEvent;
}

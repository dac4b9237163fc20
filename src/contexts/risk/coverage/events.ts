import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { FrozenPeriod, PointTest, RiskPoint } from './contract.ts';

/** What can happen to a risk point and to a period; facts of withheld cases never stand in events. */
export interface Payloads {
  'risk.pointWritten': { point: RiskPoint; reason: string };
  'risk.pointRetired': { reason: string };
  'risk.casesWithheld': { cases: { id: string; hash: string }[] };
  'risk.pointTested': { period: string; test: PointTest };
  'risk.periodFrozen': { period: FrozenPeriod };
}
export type CoverageEvent = EventsOf<Payloads>;
export type NewEvent = DecidedOf<Payloads>;

export const pointStream = (id: string): string => `riskPoint:${id}`;
export const periodStream = (id: string): string => `coveragePeriod:${id}`;

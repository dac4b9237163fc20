import type { RiskPoint } from './contract.ts';
import type { CoverageEvent } from './events.ts';

/** A risk point as its events left it. */
export interface PointState {
  readonly point: RiskPoint;
  /** Counts what was written, from 1. */
  readonly version: number;
  readonly status: 'active' | 'retired';
  readonly changedBy: string;
  readonly changedAt: string;
  readonly reason: string;
}

export const fold = (events: readonly CoverageEvent[]): PointState | null =>
  events.reduce<PointState | null>(apply, null);

function apply(state: PointState | null, event: CoverageEvent): PointState | null {
  const change = { changedBy: event.envelope.actor, changedAt: event.envelope.recordedAt };
  switch (event.kind) {
    case 'risk.pointWritten': {
      const { point, reason } = event.payload;
      const version = (state?.version ?? 0) + 1;
      return { point, version, status: 'active', ...change, reason };
    }
    case 'risk.pointRetired':
      return state && { ...state, status: 'retired', ...change, reason: event.payload.reason };
    case 'risk.casesWithheld':
    case 'risk.pointTested':
    case 'risk.periodFrozen':
      return state;
  }
}

import assert from 'node:assert/strict';
import type { Declaration } from '../contract.ts';
import type { ClearanceEvent, Payloads } from '../events.ts';
import type { ClockKind, PauseCode } from './contract.ts';

/** What has been done to a clock; when it is due follows from its rule and these. */
export interface ClockMarks {
  readonly pauses: readonly {
    readonly code: PauseCode;
    readonly from: string;
    readonly to: string | null;
  }[];
  readonly warnedAt: string | null;
  readonly expiredAt: string | null;
  /** The case that its expiry opened. */
  readonly caseId: string | null;
}
const UNMARKED: ClockMarks = { pauses: [], warnedAt: null, expiredAt: null, caseId: null };

/** The marks of a clock after one more event. */
export function marked(
  before: ClockMarks | undefined,
  event: Extract<ClearanceEvent, { payload: { clock: ClockKind } }>,
): ClockMarks {
  const marks = before ?? UNMARKED;
  const at = event.envelope.occurredAt;
  switch (event.kind) {
    case 'clearance.clockPaused':
      return {
        ...marks,
        pauses: [...marks.pauses, { code: event.payload.code, from: at, to: null }],
      };
    case 'clearance.clockResumed':
      return {
        ...marks,
        pauses: marks.pauses.map((pause) => ({ ...pause, to: pause.to ?? at })),
      };
    case 'clearance.clockWarned':
      return { ...marks, warnedAt: at };
    case 'clearance.clockExpired':
      return { ...marks, expiredAt: at, caseId: event.payload.caseId };
    case 'clearance.clockReopened':
      return { ...UNMARKED, pauses: marks.pauses };
  }
}

/** A transit at its end, with what was found of its seals. */
export function endedTransit(
  transit: Declaration['transit'],
  { intact }: Payloads['clearance.transitEnded'],
  endedAt: string,
): Declaration['transit'] {
  assert(transit, 'Only a transit that was started can end.');
  return { ...transit, endedAt, intact };
}

import assert from 'node:assert/strict';
import type { Crossing, GatePosition, Passport } from './contract.ts';
import type { PassportEvent, Payloads } from './events.ts';

/** A passport as its events tell it, with the hash of what was applied for. */
export type State = Passport & { readonly contentHash: string };

/** Folds a whole life; `null` for a passport that never was. */
export function fold(events: readonly PassportEvent[]): State | null {
  let state: State | null = null;
  for (const event of events) state = apply(state, event);
  return state;
}

/** One step of the fold. Total over every kind. */
export function apply(before: State | null, event: PassportEvent): State {
  const at = event.envelope.occurredAt;
  if (event.kind === 'cargo.passportApplied') return begin(event.stream, event.payload, at);
  assert(before, `${event.kind} before anything was applied for in ${event.stream}.`);
  const state: State = { ...before, version: event.seq };
  switch (event.kind) {
    case 'cargo.passportPending':
      return { ...state, approval: 'pending', conditions: event.payload.conditions };
    case 'cargo.passportRouted':
      return { ...state, approval: 'manualPost', conditions: event.payload.conditions };
    case 'cargo.passportApproved': {
      const { note: _note, ...approved } = event.payload;
      return { ...state, ...approved, state: 'approved', approval: 'pass', approvedAt: at };
    }
    case 'cargo.passportReturned':
      return { ...ended(state, 'void', event.payload.note), approval: 'returned' };
    case 'cargo.passportDeleted':
      return ended(state, 'deleted', event.payload.note);
    case 'cargo.passportVoided':
      return ended(state, 'void', event.payload.note);
    case 'cargo.crossed':
      return withCrossings(state, [...state.crossings, event.payload.crossing]);
    case 'cargo.crossingCorrected': {
      const kept = state.crossings.filter(({ reading }) => reading !== event.payload.replaces);
      return withCrossings(state, [...kept, event.payload.crossing]);
    }
    case 'cargo.crossingFlagged':
      return { ...state, flagged: withFlag(state.flagged, event.payload) };
    case 'cargo.gateExaminationOrdered':
      return { ...state, examination: { ...event.payload, at } };
    case 'cargo.gateExaminationClosed':
      return { ...state, examination: null };
    case 'cargo.gateRefused':
    case 'cargo.turnedAway':
    case 'cargo.passportCompleted':
      return state;
  }
}

function begin(stream: string, said: Payloads['cargo.passportApplied'], at: string): State {
  return {
    number: stream.slice('passport:'.length),
    ...said,
    state: 'applied',
    version: 1,
    approval: 'pending',
    conditions: [],
    claims: [],
    regime: null,
    gates: [],
    weighedAs: 'general',
    goesBy: [],
    appliedAt: at,
    approvedAt: null,
    validUntil: null,
    crossings: [],
    flagged: [],
    examination: null,
    completedAt: null,
    endedNote: null,
  };
}

const ended = (state: State, to: 'deleted' | 'void', note: string): State => ({
  ...state,
  state: to,
  claims: [],
  examination: null,
  endedNote: note,
});

/** Where it stands follows from which gates were passed, not from the order we heard of them. */
function withCrossings(state: State, unordered: readonly Crossing[]): State {
  const crossings = [...unordered].sort(earlier);
  const remaining = state.gates.filter((position) => !hasPassed(crossings, position));
  const isDone = remaining.length === 0;
  const last = crossings.at(-1)?.at ?? null;
  const done = state.gates.length > 1 ? 'crossedSecondGate' : 'crossed';
  return {
    ...state,
    crossings,
    state: isDone ? done : 'crossedFirstGate',
    completedAt: isDone ? last : null,
  };
}

/** A passing may turn out to be wrong for a second reason; it stays one passing. */
function withFlag(
  flagged: State['flagged'],
  { crossing, reasons }: Payloads['cargo.crossingFlagged'],
): State['flagged'] {
  const others = flagged.filter(({ reading }) => reading !== crossing.reading);
  const before = flagged.find(({ reading }) => reading === crossing.reading)?.reasons ?? [];
  return [...others, { reading: crossing.reading, reasons: [...before, ...reasons] }];
}

/** The order of two passings: by time, and by reading where the times are the same. */
export function earlier(
  a: { readonly at: string; readonly reading: string },
  b: { readonly at: string; readonly reading: string },
): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.reading < b.reading ? -1 : a.reading > b.reading ? 1 : 0;
}

const hasPassed = (crossings: readonly Crossing[], position: GatePosition): boolean =>
  crossings.some((crossing) => crossing.position === position);

/** The gate to be passed next; `null` when there is none. */
export const nextGate = (passport: Passport): GatePosition | null =>
  passport.gates.find((position) => !hasPassed(passport.crossings, position)) ?? null;

/** A passport that gates may open for: approved, and not through yet. */
export const isOpen = ({ state }: Passport): boolean =>
  state === 'approved' || state === 'crossedFirstGate';

/** A passport that took its goods through, wholly or in part: its claims stay. */
export const hasCrossed = ({ crossings }: Passport): boolean => crossings.length > 0;

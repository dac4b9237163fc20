import assert from 'node:assert/strict';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Filing, FilingAct, FilingStatus } from './contract.ts';
import type { FilingEvent, NewFilingEvent } from './events.ts';

/** A filing as its events say it. */
export type FilingState = Filing & {
  readonly enterprise: string;
  readonly office: string;
  readonly contentHash: string;
  readonly nextFrom: number;
  /** Both officers agree that it be written off. */
  readonly isApproved: boolean;
};

/** Folds a whole life; `null` for a filing that never was. */
export function fold(events: readonly FilingEvent[]): FilingState | null {
  let state: FilingState | null = null;
  for (const event of events) state = apply(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function apply(before: FilingState | null, event: FilingEvent): FilingState {
  const { occurredAt: at, actor } = event.envelope;
  if (event.kind === 'bonded.filingDrafted') {
    return {
      ...event.payload,
      ...{ id: event.stream.slice(event.stream.indexOf(':') + 1), version: event.seq },
      ...{ status: 'drafted', duty: null, reasons: [], decision: null, caseId: null },
      ...{ draftedBy: actor, draftedAt: at, signedBy: null, signedAt: null },
      ...{ writtenOffAt: null, isAutomatic: null, isApproved: false },
    };
  }
  assert(before, `${event.kind} before the filing was drafted in ${event.stream}.`);
  const state: FilingState = { ...before, version: event.seq };
  switch (event.kind) {
    case 'bonded.filingWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'bonded.filingSigned':
      return { ...state, status: 'awaitingPayment', signedBy: actor, signedAt: at };
    case 'bonded.filingAssessed':
      return { ...state, duty: event.payload.duty };
    case 'bonded.filingReferred': {
      const { reasons, caseId } = event.payload;
      return { ...state, status: 'atOfficer', reasons, caseId };
    }
    case 'bonded.filingDecided':
      return { ...state, status: 'decided', decision: { ...event.payload, by: actor, at } };
    case 'bonded.filingConfirmed':
      return event.payload.agree
        ? { ...state, status: 'awaitingPayment', isApproved: true }
        : { ...state, status: 'atOfficer', decision: null };
    case 'bonded.filingDutyCovered':
      return {
        ...state,
        duty: state.duty && { ...state.duty, state: event.payload.by },
      };
    case 'bonded.filingEntered':
      return state;
    case 'bonded.filingReturned':
      return { ...state, status: 'returned' };
    case 'bonded.filingWrittenOff':
      return {
        ...state,
        ...{ status: 'writtenOff', writtenOffAt: at, isAutomatic: event.payload.isAutomatic },
      };
  }
}

/** The acts on a filing and the statuses they are allowed in. */
export const ALLOWED: Readonly<Record<FilingAct, readonly FilingStatus[]>> = {
  sign: ['drafted'],
  withdraw: ['drafted'],
  decide: ['atOfficer'],
  confirm: ['decided'],
};

export const objection = (state: FilingState, act: FilingAct): Refusal | null =>
  ALLOWED[act].includes(state.status)
    ? null
    : { code: 'bonded.filing_not_in_this_state', seen: state.status, params: { act } };

/**
 * What follows for a signed filing from what is known of it. A tolerance waives the look of an officer and never the
 * duty: as long as some is owed and neither paid nor guaranteed, nothing is written off.
 */
export function follow(state: FilingState): NewFilingEvent[] {
  if (state.status !== 'awaitingPayment') return [];
  if (state.reasons.length > 0 && !state.isApproved) return [];
  if (state.duty?.state === 'open') return [];
  const isAutomatic = state.reasons.length === 0;
  return [{ kind: 'bonded.filingWrittenOff', payload: { isAutomatic } }];
}

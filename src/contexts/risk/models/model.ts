import assert from 'node:assert/strict';
import { Refused } from '../../../kernel/refusal.ts';
import type { Standing } from '../rules/contract.ts';
import type { ModelAct, ModelProposalInput, ModelRow, ModelStatus, ModelStep } from './contract.ts';
import type { ModelEvent, NewModelEvent } from './events.ts';

/** A model as its events tell it. */
export interface ModelState extends ModelRow {
  /** Sequence number of its last event. */
  readonly seq: number;
  readonly madeByPost: string | null;
  readonly proposedByPost: string | null;
  /** The model it took the place of when it went live, to which it can be rolled back. */
  readonly replaced: string | null;
  readonly steps: readonly ModelStep[];
}

/** Who acts: four eyes are two people in two posts. */
export interface Eyes {
  readonly personId: string;
  readonly postId: string | null;
}

export function foldModel(events: readonly ModelEvent[]): ModelState | null {
  let state: ModelState | null = null;
  for (const event of events) state = applyToModel(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function applyToModel(before: ModelState | null, event: ModelEvent): ModelState {
  if (event.kind === 'risk.modelTrained') return trained(event);
  assert(before, `${event.stream} begins with ${event.kind}.`);
  const { actor: by, post, occurredAt: at } = event.envelope;
  const state: ModelState = {
    ...before,
    seq: event.seq,
    steps: [...before.steps, { kind: event.kind, at, by, note: noteOf(event) }],
  };
  const settled = { proposal: null, proposedByPost: null };
  switch (event.kind) {
    case 'risk.modelProposed':
      return { ...state, proposal: { ...event.payload, by, at }, proposedByPost: post };
    case 'risk.modelRejected':
      return { ...state, ...settled };
    case 'risk.modelShadowed':
      return { ...state, ...settled, status: 'shadow', approved: { to: 'shadow', by, at } };
    case 'risk.modelPublished':
      return {
        ...state,
        ...settled,
        ...{ status: 'live', liveFrom: at, liveTo: null },
        approved: { to: 'live', by, at },
        replaced: event.payload.replaces,
      };
    case 'risk.modelRestored':
      return { ...state, ...settled, status: 'live', liveFrom: at, liveTo: null };
    case 'risk.modelSuperseded':
    case 'risk.modelRetired':
    case 'risk.modelRolledBack':
      return {
        ...state,
        ...settled,
        status: 'retired',
        liveTo: before.status === 'live' ? at : before.liveTo,
      };
  }
}

function trained(event: Extract<ModelEvent, { kind: 'risk.modelTrained' }>): ModelState {
  const { actor: by, post, occurredAt: at } = event.envelope;
  return {
    id: event.stream.slice('model:'.length),
    seq: event.seq,
    ...{ aim: 'harm', ...event.payload },
    ...{ status: 'draft', madeBy: by, madeByPost: post, madeAt: at },
    ...{ proposal: null, proposedByPost: null, approved: null, replaced: null },
    ...{ liveFrom: null, liveTo: null },
    steps: [{ kind: event.kind, at, by, note: null }],
  };
}

function noteOf({ payload }: ModelEvent): string | null {
  if ('note' in payload) return payload.note || null;
  return 'reason' in payload ? payload.reason : null;
}

/* ---------------------------------------------------------------- acts: a state in, events out */

/** The one step open to a status: nothing goes live that has not been seen beside real decisions. */
const NEXT: Readonly<Record<ModelStatus, Standing | null>> = {
  draft: 'shadow',
  shadow: 'live',
  live: null,
  retired: 'shadow',
};

export function proposeModel(state: ModelState, { to, note }: ModelProposalInput): NewModelEvent {
  if (state.proposal) throw refuse('conflict', 'model_already_proposed');
  if (NEXT[state.status] === null) throw refuse('conflict', 'model_already_live');
  if (NEXT[state.status] !== to) throw refuse('conflict', 'model_shadow_first');
  return { kind: 'risk.modelProposed', payload: { to, note } };
}

export function rejectModel(state: ModelState, note: string): NewModelEvent {
  if (!state.proposal) throw refuse('conflict', 'model_not_proposed');
  return { kind: 'risk.modelRejected', payload: { note } };
}

/**
 * The other pair of eyes: neither who trained the model nor who proposed it, nor their posts. The
 * model goes where it was proposed to; whatever stood there gives way.
 */
export function approveModel(
  state: ModelState,
  note: string,
  by: Eyes,
  standing: { readonly live: ModelState | null; readonly shadow: ModelState | null },
): { model: NewModelEvent; other: ModelState | null } {
  const { proposal } = state;
  if (!proposal) throw refuse('conflict', 'model_not_proposed');
  if (isOwn(state, by)) throw refuse('forbidden', 'model_own_approval');
  if (proposal.to === 'shadow') {
    return { model: { kind: 'risk.modelShadowed', payload: { note } }, other: standing.shadow };
  }
  const replaces = standing.live?.id ?? null;
  return {
    model: { kind: 'risk.modelPublished', payload: { note, replaces } },
    other: standing.live,
  };
}

export function retireModel(state: ModelState, reason: string): NewModelEvent {
  if (state.status === 'retired') throw refuse('conflict', 'model_already_retired');
  return { kind: 'risk.modelRetired', payload: { reason } };
}

/**
 * Undoes the step to live in one act. It needs no second pair of eyes: the model that comes back was
 * approved by two people before, and whoever sees a model go wrong must be able to stop it at once.
 */
export function rollBackModel(
  state: ModelState,
  previous: ModelState | null,
  reason: string,
): { model: NewModelEvent; restored: NewModelEvent } {
  if (state.status !== 'live') throw refuse('conflict', 'model_not_live');
  if (!previous) throw refuse('conflict', 'model_replaced_none');
  return {
    model: { kind: 'risk.modelRolledBack', payload: { to: previous.id, reason } },
    restored: { kind: 'risk.modelRestored', payload: { from: state.id } },
  };
}

export function isOwn(state: ModelState, by: Eyes): boolean {
  const hands: Eyes[] = [{ personId: state.madeBy, postId: state.madeByPost }];
  if (state.proposal) {
    hands.push({ personId: state.proposal.by, postId: state.proposedByPost });
  }
  return hands.some(
    ({ personId, postId }) => personId === by.personId || (postId !== null && postId === by.postId),
  );
}

/** What the state leaves open to somebody; permission is asked apart. */
export function openActs(state: ModelState, by: Eyes): ModelAct[] {
  const open: ModelAct[] = [];
  if (!state.proposal && NEXT[state.status] !== null) open.push('propose');
  if (state.proposal) open.push('reject');
  if (state.proposal && !isOwn(state, by)) open.push('approve');
  if (state.status !== 'retired') open.push('retire');
  if (state.status === 'live' && state.replaced !== null) open.push('rollBack');
  return open;
}

export const refuse = (
  kind: Refused['kind'],
  code: string,
  params?: Readonly<Record<string, string | number>>,
): Refused => new Refused(kind, { code: `risk.${code}`, ...(params && { params }) });

import assert from 'node:assert/strict';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { LedgerEvent, PartKind } from '../contract.ts';
import { quantity } from '../quantity.ts';
import type { Purpose } from '../writeoff/figures.ts';
import { conditionsOf } from './conditions.ts';
import type { BondedList, ListAct, ListInput, ListStanding } from './contract.ts';
import { type ListEvent, listStream, type NewListEvent } from './events.ts';

/** A list as its events say it. */
export type ListState = BondedList & {
  readonly enterprise: string;
  readonly office: string;
  readonly contentHash: string;
  /** How often it was posted, and posted back: each time under an id of its own. */
  readonly postings: number;
  readonly backs: number;
  /** Its entry was sent back to the ledger, and what it waits for has not come again. */
  readonly isGoingBack: boolean;
};

/** The id of the entry it was last posted by. */
export const entryIdOf = ({ no, postings }: Pick<ListState, 'no' | 'postings'>): string =>
  postings > 1 ? `${listStream(no)}#${postings}` : listStream(no);

export function fold(events: readonly ListEvent[]): ListState | null {
  let state: ListState | null = null;
  for (const event of events) state = apply(state, event);
  return state;
}

/** One step of the fold. Total over every kind: a new kind does not compile until it is answered here. */
export function apply(before: ListState | null, event: ListEvent): ListState {
  const { occurredAt: at, actor } = event.envelope;
  if (event.kind === 'bonded.listFiled') {
    const { content, ...filed } = event.payload;
    return {
      ...{ ...filed, content, no: content.no, version: event.seq, status: 'filed' },
      ...{ posting: 'notPosted', passports: 0, postedAt: null, entry: null, filing: null },
      conditions: conditionsOf(content).map((kind) => ({ kind, metAt: null, evidence: null })),
      ...{ filedBy: actor, filedAt: at, postings: 0, backs: 0, isGoingBack: false },
    };
  }
  assert(before, `${event.kind} before the list was filed in ${event.stream}.`);
  const state: ListState = { ...before, version: event.seq };
  const met = (kind: ListStanding['kind'], evidence: string): ListState => {
    const conditions = state.conditions.map((each) =>
      each.kind === kind && each.metAt === null ? { kind, metAt: at, evidence } : each,
    );
    return { ...state, conditions, isGoingBack: state.isGoingBack && !areMet(conditions) };
  };
  const unmet = (kind: ListStanding['kind']): ListState => ({
    ...state,
    conditions: state.conditions.map((each) =>
      each.kind === kind ? { ...each, metAt: null, evidence: null } : each,
    ),
  });
  switch (event.kind) {
    case 'bonded.listAccepted':
      return met('accepted', event.id);
    case 'bonded.listRejected':
      return { ...state, status: 'rejected' };
    case 'bonded.listWithdrawn':
      return { ...state, status: 'withdrawn' };
    case 'bonded.listReleased':
      return met('released', event.payload.evidence);
    case 'bonded.listReleaseRevoked':
      return unmet('released');
    case 'bonded.listCrossed': {
      const { isComplete, evidence } = event.payload;
      const passports = state.passports + 1;
      return { ...(isComplete ? met('crossed', evidence) : state), passports };
    }
    case 'bonded.listMatched':
      return met('otherSide', event.id);
    case 'bonded.listUnmatched':
      return unmet('otherSide');
    case 'bonded.listPrePosted':
      return { ...state, posting: 'prePosted' };
    case 'bonded.listPosted':
      return {
        ...{ ...state, posting: 'posted', postedAt: at, entry: null, isGoingBack: false },
        postings: state.postings + 1,
      };
    case 'bonded.listPostedBack':
      return event.payload.event === null
        ? gone(state)
        : { ...state, backs: state.backs + 1, isGoingBack: true };
    case 'bonded.listEntered': {
      const now = { ...state, entry: { ...event.payload } };
      return event.payload.event !== entryIdOf(state) && isUndone(event.payload) ? gone(now) : now;
    }
    case 'bonded.listWrittenOff':
      return { ...state, posting: 'writtenOff', filing: event.payload.filing };
  }
}

const areMet = (conditions: readonly ListStanding[]): boolean =>
  conditions.every(({ metAt }) => metAt !== null);

/** Nothing of it is in the ledger any more: it waits again. */
function gone(state: ListState): ListState {
  const isBegun = state.passports > 0 || state.conditions.some(({ metAt }) => metAt !== null);
  return { ...state, posting: isBegun ? 'prePosted' : 'notPosted', postedAt: null };
}

/** What was never there, or was taken back already, is undone as well. */
const isUndone = ({ outcome, problems }: NonNullable<BondedList['entry']>): boolean =>
  outcome !== 'refused' || problems.some(({ code }) => code === 'bonded.reversed_already');

const ALLOWED = {
  answer: ({ conditions }: ListState) =>
    conditions.some(({ kind, metAt }) => kind === 'accepted' && metAt === null),
  withdraw: ({ posting }: ListState) => posting === 'notPosted',
} satisfies Record<ListAct, (state: ListState) => boolean>;

export const objection = (state: ListState, act: ListAct): Refusal | null =>
  state.status === 'filed' && ALLOWED[act](state)
    ? null
    : {
        ...{ code: 'bonded.list_not_in_this_state', seen: state.posting },
        params: { act, status: state.status },
      };

/**
 * What follows of itself from what a list has met, and no longer meets: a posted list whose release is revoked, or whose
 * other side goes back, goes back too. A list that took another back (F) does not: a reversal is never reversed.
 *
 * @param taken the list it takes back; `null` where it takes none.
 */
export function follow(
  state: ListState,
  kindOf: (part: string) => PartKind,
  at: string,
  taken: Pick<ListState, 'no' | 'postings'> | null,
) {
  const followed: NewListEvent[] = [];
  if (state.status !== 'filed' || state.conditions.length === 0) return followed;
  if (state.posting === 'posted') {
    const stays = state.isGoingBack || areMet(state.conditions) || state.content.mode === 'reverse';
    return stays ? followed : [goingBack(state, at)];
  }
  if (state.posting === 'writtenOff') return followed;
  const met = state.conditions.filter(({ metAt }) => metAt !== null).map(({ kind }) => kind);
  const isBegun = met.length > 0 || state.passports > 0;
  if (state.posting === 'notPosted' && isBegun)
    followed.push({ kind: 'bonded.listPrePosted', payload: { met } });
  if (areMet(state.conditions)) {
    const id = entryIdOf({ ...state, postings: state.postings + 1 });
    const event = { ...entryOf(state.content, kindOf, at, taken), id };
    followed.push({ kind: 'bonded.listPosted', payload: { event } });
  }
  return followed;
}

/** The entry that undoes the last one; none where the ledger refused that. */
function goingBack(state: ListState, at: string): NewListEvent {
  const { no, entry, backs } = state;
  const id = `${listStream(no)}#back-${backs + 1}`;
  const reverses = entryIdOf(state);
  const event: LedgerEvent = {
    ...{ id, kind: 'reversed', occurredAt: at, document: no, reverses, lines: [] },
  };
  const isNothing =
    entry?.event === reverses && (entry.outcome === 'refused' || entry.seq === null);
  return { kind: 'bonded.listPostedBack', payload: { event: isNothing ? null : event } };
}

/** The event by which a list is entered in its ledger: one, under an id of its own. */
export function entryOf(
  { no, type, mode, direction, site, lines }: ListInput,
  kindOf: (part: string) => PartKind,
  at: string,
  taken: Pick<ListState, 'no' | 'postings'> | null,
): LedgerEvent {
  const base = { id: listStream(no), occurredAt: at, document: no, ...(site && { site }) };
  if (mode === 'reverse')
    return { ...base, kind: 'reversed', reverses: taken ? entryIdOf(taken) : '', lines: [] };
  const isIn = direction === 'in';
  const areMaterials = lines.every(({ part }) => kindOf(part) === 'material');
  const out = type === 'domesticSale' ? 'soldAtHome' : areMaterials ? 'reExported' : 'exported';
  return {
    ...base,
    kind: isIn ? 'imported' : out,
    lines: lines.map(({ lineNo, part, quantity, unit, conversion, lot, from }) => ({
      ...{ part, quantity, bonded: true },
      ...(unit !== undefined && { unit }),
      ...(conversion !== undefined && { conversion }),
      ...(isIn ? { lot: `${no}#${lineNo}` } : lot !== undefined && { lot }),
      ...(!isIn && from !== undefined && { from }),
    })),
  };
}

/** In which column of a filing its goods stand. */
export function purposeOf({ type, isExchange }: ListInput): Purpose {
  if (isExchange) return 'exchanged';
  if (type === 'carriedOver') return 'carriedOver';
  return type === 'transferredOut' || type === 'intraZone' ? 'transferredOut' : 'ordinary';
}

/** Whether two lists of a transfer say the same: each names the other, one gives what the other takes. */
export function agree(a: ListInput, b: ListInput): boolean {
  if (a.otherSide !== b.no || b.otherSide !== a.no) return false;
  if (a.type !== b.type || a.direction === b.direction || a.lines.length !== b.lines.length)
    return false;
  const told = ({ lines }: ListInput): string =>
    JSON.stringify(
      lines
        .map((line) => [line.lineNo, quantity(line.quantity), line.unit ?? null] as const)
        .sort(([x], [y]) => x - y),
    );
  return told(a) === told(b);
}

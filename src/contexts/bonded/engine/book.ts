import assert from 'node:assert/strict';
import type { Instant } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { LedgerEvent, LedgerInput, Part } from '../contract.ts';
import { createCandidates } from './candidates.ts';
import { problemsOf, termOf } from './check.ts';
import { Draft, Short } from './draft.ts';
import type { Entry, Past } from './entry.ts';
import { type Goods, goodsOf } from './goods.ts';
import type { NormOf } from './norms.ts';
import {
  awaitedReversal,
  changedBy,
  comingOf,
  detailOf,
  isIrreversible,
  isWaitedFor,
  note,
  refuseWhatCannotBe,
  siteOf,
} from './note.ts';
import { readSnapshot, takeSnapshot } from './snapshot.ts';
import { addLot, addPart, emptyState, type LedgerState, move, orderAt, touch } from './state.ts';

export interface BookOptions {
  readonly ledger: LedgerInput;
  /** In the order of their numbers. */
  readonly parts: readonly Part[];
  readonly normOf: NormOf;
  /** What `snapshot` gave. */
  readonly from?: Uint8Array;
}

/** Who sends an event, and when it reached us. */
export interface Received {
  readonly recordedAt: Instant;
  readonly actor: string;
}

/** What of the journal is still to be read: the event whose applied entry it is. */
export interface Needed {
  readonly as: keyof Past;
  readonly event: string;
}

/**
 * The book of one ledger, in memory: it decides what an event does, does it, and says so in entries that
 * make the same book again. Every entry balances, and nothing on hand is ever below nothing: a use of more
 * than there is waits or is refused, and is never clamped.
 */
export interface Book {
  readonly state: LedgerState;
  readonly nextSeq: number;
  addPart(part: Part): void;
  /** Asked until it answers `null`: a reversal must be read before its order is known. */
  needs(event: LedgerEvent, past: Past): Needed | null;
  /**
   * Decides and does: one entry, and one for each event that can now go on.
   * @throws Refused with everything that is wrong; the book is then as it was.
   */
  post(event: LedgerEvent, received: Received, past: Past): readonly Entry[];
  /** Does what an entry of the journal says, without deciding it again. */
  apply(entry: Entry): void;
  /** The whole book of this moment, in slices that may be taken later: equal books give equal bytes. */
  snapshot(): Iterable<Buffer>;
}

export function createBook(options: BookOptions): Book {
  const { ledger, parts, from } = options;
  const terms = { ledger, term: termOf(ledger) };
  const state = from === undefined ? emptyState() : readSnapshot(from, parts);
  if (from === undefined) for (const part of parts) addPart(state, part);

  /** Field by field: to spread objects into one takes as long as to move ten lines. */
  const entryOf = (
    event: LedgerEvent,
    received: Received,
    done: Pick<Entry, 'outcome' | 'order' | 'movements' | 'lots' | 'detail'>,
  ): Entry => ({
    seq: state.seq + 1,
    event: event.id,
    kind: event.kind,
    outcome: done.outcome,
    order: done.order,
    occurredAt: event.occurredAt,
    recordedAt: received.recordedAt,
    actor: received.actor,
    document: event.document ?? null,
    movements: done.movements,
    lots: done.lots,
    detail: done.detail,
  });

  /** Does the event whole, or leaves the book as it was. */
  const attempt = (event: LedgerEvent, goods: Goods, received: Received, past: Past): Entry => {
    const draft = new Draft(state, options, event, goods);
    try {
      draft.decide(past);
    } catch (error) {
      draft.undo();
      throw error;
    }
    const { movements, lots, order } = draft;
    const detail = detailOf(event, past, goods.arePlain);
    const entry = entryOf(event, received, { outcome: 'applied', order, movements, lots, detail });
    note(state, ledger, entry);
    return entry;
  };

  const hold = (event: LedgerEvent, received: Received, until: readonly string[]): Entry => {
    const entry = entryOf(event, received, {
      ...{ outcome: 'held', order: event.order ?? null, movements: [], lots: [] },
      detail: { event, until },
    });
    note(state, ledger, entry);
    return entry;
  };

  /** A reversal that came before this event is done at once: before anything else takes what the event brought. */
  const undo = (entry: Entry, recordedAt: Instant): Entry[] => {
    const held = awaitedReversal(state, entry.event);
    if (!held || isIrreversible(entry)) return [];
    const { event, actor } = held;
    const order = entry.order === null ? undefined : state.orders.get(entry.order);
    const past = {
      reversed: entry,
      ...(order?.settledBy === entry.event && { settlement: entry }),
    };
    return [attempt(event, goodsOf(state, event), { recordedAt, actor }, past)];
  };

  /** Events that waited for what has now come, the longest first; each may let others go on. */
  const release = (cause: Entry, recordedAt: Instant): Entry[] => {
    if (state.awaited.size === 0) return [];
    const released: Entry[] = [];
    const candidates = createCandidates(state);
    candidates.add(changedBy(cause));
    for (let again = true; again; ) {
      again = false;
      for (const held of candidates.inOrder()) {
        const { event, actor } = held;
        if (!state.held.has(event.id) || isWaitedFor(state, event)) continue;
        try {
          const entry = attempt(event, goodsOf(state, event), { recordedAt, actor }, {});
          released.push(entry);
          candidates.add(changedBy(entry));
          again = true;
        } catch (error) {
          if (!(error instanceof Short)) throw error;
        }
      }
    }
    return released;
  };

  return {
    state,
    get nextSeq() {
      return state.seq + 1;
    },
    addPart: (part) => addPart(state, part),
    needs(event, past) {
      if (event.kind === 'reversed' && past.reversed === undefined && event.reverses !== undefined)
        return { as: 'reversed', event: event.reverses };
      const order = past.reversed?.order ?? event.order;
      const settledBy = order === undefined ? null : (state.orders.get(order)?.settledBy ?? null);
      return settledBy === null || past.settlement ? null : { as: 'settlement', event: settledBy };
    },
    post(event, received, past) {
      const goods = goodsOf(state, event);
      const problems = problemsOf(state, terms, event, goods, received.recordedAt);
      if (problems.length > 0) throw new Refused('invalid', problems);
      refuseWhatCannotBe(state, event, past);
      const order = event.order === undefined ? undefined : state.orders.get(event.order);
      const { recordedAt } = received;
      const held = (until: readonly string[]): Entry[] => {
        const entry = hold(event, received, until);
        const undone = undo(entry, recordedAt);
        return [entry, ...undone, ...undone.flatMap((each) => release(each, recordedAt))];
      };
      if (isWaitedFor(state, event)) return held([`order:${event.order}`]);
      if (past.reversed === null) return held([comingOf(event.reverses ?? '')]);
      try {
        const entry = attempt(event, goods, received, past);
        const done = [entry, ...undo(entry, recordedAt)];
        return [...done, ...done.flatMap((each) => release(each, recordedAt))];
      } catch (error) {
        if (!(error instanceof Short)) throw error;
        const isClosed = order !== undefined && order.settledBy !== null;
        if (ledger.beyondStock === 'refuse' || isClosed)
          throw new Refused('conflict', error.refusals);
        return held(error.until);
      }
    },
    apply(entry) {
      assert(entry.seq === state.seq + 1, `Entry ${entry.seq} follows ${state.seq}.`);
      const order =
        entry.order === null ? null : orderAt(state, entry.order, siteOf(ledger, entry));
      touch(state, order);
      for (const lot of entry.lots) addLot(state, lot);
      for (const movement of entry.movements) move(state, movement, order);
      note(state, ledger, entry);
    },
    snapshot: () => takeSnapshot(state),
  };
}

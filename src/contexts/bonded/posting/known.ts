import type { Envelope } from '../../../kernel/event.ts';
import { readStream } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { advance } from './advance.ts';
import type { NewListEvent } from './events.ts';
import { agree, type ListState } from './list.ts';
import * as store from './store/lists.ts';

/** What lets goods of a declaration go, and what takes that back, as the event log tells it. */
export const RELEASED = 'clearance.released';
export const REVOKED = 'clearance.releaseRevoked';

/** What had happened to a list's declaration and under its number before it was filed. */
export async function meetKnown(tx: Tx, { content }: ListState): Promise<NewListEvent[]> {
  const met: NewListEvent[] = [];
  const { no, declaration } = content;
  if (declaration !== null) {
    const story = await readStream(tx, `declaration:${declaration}`);
    const last = story.findLast(({ kind }) => kind === RELEASED || kind === REVOKED);
    if (last?.kind === RELEASED)
      met.push({ kind: 'bonded.listReleased', payload: { declaration, evidence: last.id } });
  }
  for (const { passport, isComplete, event } of await store.crossingsOf(tx, no))
    met.push({ kind: 'bonded.listCrossed', payload: { passport, isComplete, evidence: event } });
  return met;
}

/**
 * Both sides of a transfer are posted, or neither: once both lists are there and agree, each is told of the other. What
 * an officer has to accept first is a condition of its own.
 */
export async function matchOtherSide(
  tx: Tx,
  state: ListState,
  envelope: Envelope,
): Promise<ListState> {
  const { otherSide, no } = state.content;
  if (otherSide === null) return state;
  const held = await store.lock(tx, [no, otherSide]);
  const other = held.find((each) => each.no === otherSide);
  if (!other || !agree(state.content, other.content)) return state;
  const isReady = [state, other].every(
    (side) =>
      side.status === 'filed' &&
      side.conditions.every(({ kind, metAt }) => kind === 'otherSide' || metAt !== null),
  );
  if (!isReady) return state;
  const tell = async (side: ListState, of: string): Promise<ListState> =>
    side.conditions.some(({ kind, metAt }) => kind === 'otherSide' && metAt === null)
      ? advance(tx, side, [{ kind: 'bonded.listMatched', payload: { otherSide: of } }], envelope)
      : side;
  await tell(other, no);
  return tell(state, otherSide);
}

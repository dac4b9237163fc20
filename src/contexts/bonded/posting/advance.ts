import { type Envelope, place } from '../../../kernel/event.ts';
import { append } from '../../../platform/event-log/event-log.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { findParts } from '../ledgers/store/parts.ts';
import { type ListEvent, listStream, type NewListEvent } from './events.ts';
import { apply, follow, type ListState } from './list.ts';
import * as store from './store/lists.ts';

/** Writes what was decided of a list, and what follows of itself: pre-posted, posted, posted back. */
export async function advance(
  tx: Tx,
  before: ListState,
  decided: readonly NewListEvent[],
  envelope: Envelope,
): Promise<ListState> {
  const step = (state: ListState, news: readonly NewListEvent[]) => {
    const events = place(listStream(state.no), state.version, [...news], envelope);
    return { events, now: (events as ListEvent[]).reduce<ListState>(apply, state) };
  };
  if (decided.length === 0) return before;
  const names = before.content.lines.map(({ part }) => part);
  const parts = await findParts(tx, before.ledger, names);
  const kindOf = (part: string) => parts.get(part)?.kind ?? 'material';
  const { reverses } = before.content;
  const taken = reverses === null ? null : await store.find(tx, reverses);
  const said = step(before, decided);
  const followed = step(said.now, follow(said.now, kindOf, envelope.occurredAt, taken));
  await append(tx, [...said.events, ...followed.events]);
  await store.save(tx, followed.now);
  return followed.now;
}

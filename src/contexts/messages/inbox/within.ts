import { Refused } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, reachOf } from '../../identity/index.ts';
import { read } from '../permissions.ts';
import { findMessage, type Kept } from '../store.ts';
import type { Partners } from './store.ts';

/** Whose messages somebody may read: those of the own organisation, or all of them (`null`). */
export function partnersOf(actor: Actor): Partners {
  authorise(actor, read);
  const reach = reachOf(actor, read);
  return reach.any ? null : reach.organisations;
}

/** A message somebody may read. Somebody else's is as one that never was. */
export async function findWithin(db: Db, actor: Actor, id: string): Promise<Kept> {
  const partners = partnersOf(actor);
  const kept = await findMessage(db, id);
  if (!kept || !(partners === null || partners.includes(kept.receipt.partner))) {
    throw new Refused('not_found', { code: 'messages.not_found', seen: id });
  }
  return kept;
}

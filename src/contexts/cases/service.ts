import { type Envelope, type EventRecord, placeAt } from '../../kernel/event.ts';
import { Refused } from '../../kernel/refusal.ts';
import { append } from '../../platform/event-log/event-log.ts';
import type { Db, Tx } from '../../platform/postgres/transaction.ts';
import { type Actor, authorise, reachOf } from '../identity/index.ts';
import type { Case, Finding } from './contract.ts';
import { readCases } from './permissions.ts';
import * as store from './store.ts';

const LIST_MAX = 200;

/** Opens a case inside the caller's transaction; the id counts within the subject. */
export async function openCase(
  tx: Tx,
  opened: Pick<Case, 'kind' | 'title' | 'about' | 'consignment' | 'owners'> & {
    findings: Finding[];
  },
  envelope: Envelope,
): Promise<string> {
  const n = (await store.countAbout(tx, opened.about)) + 1;
  const item: Case = {
    id: `${opened.about.split(':').at(-1)}-C${n}`,
    ...opened,
    openedBy: envelope.actor,
    openedAt: envelope.occurredAt,
    dueAt: null,
    pause: null,
    status: 'open',
    outcome: null,
    closedAt: null,
  };
  await append(tx, [caseEvent(item.id, 1, 'cases.opened', envelope, { case: item })]);
  await store.save(tx, item);
  return item.id;
}

/** Closes a case with what came of it; closing a closed case changes nothing. */
export async function closeCase(
  tx: Tx,
  id: string,
  outcome: string,
  envelope: Envelope,
): Promise<void> {
  const item = await store.find(tx, id);
  if (!item || item.status === 'closed') return;
  await append(tx, [caseEvent(id, 2, 'cases.closed', envelope, { outcome })]);
  await store.save(tx, { ...item, status: 'closed', outcome, closedAt: envelope.occurredAt });
}

function caseEvent(
  id: string,
  seq: number,
  kind: string,
  envelope: Envelope,
  payload: Record<string, unknown>,
): EventRecord {
  return placeAt(`case:${id}`, seq, { kind, payload }, envelope);
}

/** Reading cases, each reader within its reach. */
export function createCases({ db }: { db: Db }) {
  return {
    async list(actor: Actor, status: Case['status'] | null): Promise<Case[]> {
      const reach = reachOf(actor, readCases);
      const owners = reach.any ? null : [...reach.organisations, ...reach.offices];
      return store.list(db, { owners, status, limit: LIST_MAX });
    },
    async get(actor: Actor, id: string): Promise<Case> {
      const item = await store.find(db, id);
      if (!item) throw new Refused('not_found', { code: 'cases.not_found', seen: id });
      authorise(actor, readCases, { organisations: item.owners, offices: item.owners });
      return item;
    },
  };
}
export type Cases = ReturnType<typeof createCases>;

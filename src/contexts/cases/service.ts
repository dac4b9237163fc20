import { canonicalJson } from '../../kernel/canonical.ts';
import { type Envelope, type EventRecord, placeAt } from '../../kernel/event.ts';
import { Refused } from '../../kernel/refusal.ts';
import type { Clock } from '../../platform/clock.ts';
import { append, readStream } from '../../platform/event-log/event-log.ts';
import { parseInput } from '../../platform/input.ts';
import { type Db, inTransaction, type Tx } from '../../platform/postgres/transaction.ts';
import { type Actor, authorise, envelopeOf, reachOf, recordAudit } from '../identity/index.ts';
import {
  type Case,
  type CaseFinding,
  FINDINGS_MAX,
  type Finding,
  FindingAdded,
} from './contract.ts';
import { addFinding, readCases } from './permissions.ts';
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
  const item = await store.lock(tx, id);
  if (!item || item.status === 'closed') return;
  await append(tx, [caseEvent(id, await nextSeq(tx, id), 'cases.closed', envelope, { outcome })]);
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

/** The caller holds the case. */
const nextSeq = async (tx: Tx, id: string): Promise<number> =>
  (await readStream(tx, `case:${id}`)).length + 1;

/** Cases, each reader within its reach; whoever one concerns adds what it found. */
export function createCases(deps: { readonly db: Db; readonly clock: Clock }) {
  const { db } = deps;
  return {
    /** Adds a finding to an open case. The same again changes nothing; a closed case takes none. */
    async addFinding(actor: Actor, id: string, input: unknown): Promise<Case> {
      const { id: given, ...finding } = parseInput(FindingAdded, input);
      return inTransaction(db, async (tx) => {
        const item = await store.lock(tx, id);
        if (!item) throw notFound(id);
        authorise(actor, addFinding, { organisations: item.owners, offices: item.owners });
        const before = item.findings.find(({ added }) => added?.id === given);
        if (before) {
          if (isSame(before, finding)) return item;
          throw new Refused('conflict', {
            code: 'cases.finding_has_other_content',
            path: 'id',
            seen: given,
          });
        }
        refuseIfOver(item);
        const envelope = envelopeOf(deps, actor, { consignment: item.consignment });
        const { organisationId: organisation, name: person } = actor;
        const added = { id: given, organisation, person, at: envelope.occurredAt };
        const next: Case = { ...item, findings: [...item.findings, { ...finding, added }] };
        const seq = await nextSeq(tx, id);
        await append(tx, [
          caseEvent(id, seq, 'cases.findingAdded', envelope, { finding: { ...finding, added } }),
        ]);
        await store.save(tx, next);
        await recordAudit(tx, {
          ...{ actor, operation: addFinding.operation, subjects: [`case:${id}`] },
          ...{ outcome: 'done', at: envelope.recordedAt, detail: { kind: finding.kind } },
        });
        return next;
      });
    },

    async list(actor: Actor, status: Case['status'] | null): Promise<Case[]> {
      const reach = reachOf(actor, readCases);
      const owners = reach.any ? null : [...reach.organisations, ...reach.offices];
      return store.list(db, { owners, status, limit: LIST_MAX });
    },
    async get(actor: Actor, id: string): Promise<Case> {
      const item = await store.find(db, id);
      if (!item) throw notFound(id);
      authorise(actor, readCases, { organisations: item.owners, offices: item.owners });
      return item;
    },
  };
}
export type Cases = ReturnType<typeof createCases>;

const notFound = (id: string): Refused =>
  new Refused('not_found', { code: 'cases.not_found', seen: id });

const isSame = ({ added: _added, ...before }: CaseFinding, finding: Finding): boolean =>
  canonicalJson(before) === canonicalJson(finding);

function refuseIfOver({ id, status, findings }: Case): void {
  if (status === 'closed')
    throw new Refused('conflict', { code: 'cases.closed_already', seen: id });
  if (findings.length < FINDINGS_MAX) return;
  const params = { max: FINDINGS_MAX };
  throw new Refused('conflict', { code: 'cases.findings_full', seen: id, params });
}

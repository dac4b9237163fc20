import { sha256 } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import { Refused, seen } from '../../../kernel/refusal.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import {
  DOCUMENTS_MAX,
  type DocumentReceipt,
  type MessageOutcome,
  type MessageProblem,
  PARTNER_BYTES_PER_DAY_MAX,
  type Receipt,
} from '../contract.ts';
import { fileDocument, referenceOf } from '../filing/file.ts';
import * as permission from '../permissions.ts';
import { readMessage } from '../reading/read.ts';
import type { Understood } from '../reading/standard.ts';
import * as store from '../store.ts';
import type { MessagesDeps } from './deps.ts';

/** From the best to the worst: a message is as its worst document. */
const OUTCOMES: readonly MessageOutcome[] = ['filed', 'kept', 'returned', 'refused'];

/**
 * Takes a message in: reads it, files what it says as a form would, and keeps it with what became of it.
 *
 * At least once in, exactly once in effect. The same bytes of the same partner are answered as before; only what
 * was refused is tried anew, for the reason may be gone. A reference that made a record is not used for other
 * content: that is refused, naming the first. What is filed has an id made of partner and reference, so that a
 * failure between filing and keeping is mended by sending again.
 *
 * @param dryRun the sandbox: everything is done and nothing is kept.
 */
export async function receive(
  deps: MessagesDeps,
  actor: Actor,
  bytes: Buffer,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Receipt> {
  const partner = actor.organisationId;
  authorise(actor, permission.send, { organisations: [partner] });
  const hash = sha256(bytes);
  const id = sha256(`${partner}\n${hash}`).slice(0, 32);
  const known = await store.findMessage(deps.db, id);
  if (known && known.receipt.outcome !== 'refused') {
    return { ...known.receipt, repeated: true, dryRun };
  }
  try {
    if (!dryRun) await requireRoom(deps, partner, bytes.length);
    const { documents, problems } = readMessage(bytes);
    const envelope = {
      ...{ id, partner, hash, dryRun, bytes: bytes.length, repeated: false },
      receivedAt: deps.clock.now(),
    };
    const unfit = problems.some(({ severity }) => severity === 'error');
    const filed = await fileAll(deps, actor, envelope, { documents, unfit });
    const receipt: Receipt = {
      ...envelope,
      standard: documents[0]?.standard ?? null,
      kind: documents[0]?.kind ?? null,
      outcome: worstOf(filed.map(({ outcome }) => outcome)),
      documents: filed,
      problems: problems.map(({ params, ...problem }) => ({
        ...problem,
        ...(params && { params: { ...params } }),
      })),
    };
    return dryRun ? receipt : await keep(deps, actor, bytes, receipt, documents);
  } catch (error) {
    if (error instanceof Refused && !dryRun) await auditRefusal(deps, actor, id, error);
    throw error;
  }
}

const worstOf = (outcomes: readonly MessageOutcome[]): MessageOutcome =>
  outcomes.length === 0
    ? 'refused'
    : outcomes.reduce((worst, one) =>
        OUTCOMES.indexOf(one) > OUTCOMES.indexOf(worst) ? one : worst,
      );

async function requireRoom({ db, clock }: MessagesDeps, partner: string, bytes: number) {
  const since = `${localDateOf(clock.now())}T00:00:00+08:00`;
  const sent = await store.bytesSince(db, partner, since);
  if (sent + bytes <= PARTNER_BYTES_PER_DAY_MAX) return;
  throw new Refused('limited', {
    code: 'messages.too_much_today',
    params: { max: PARTNER_BYTES_PER_DAY_MAX },
  });
}

interface Read {
  readonly documents: readonly Understood[];
  /** The message is not fit to be filed as it is. */
  readonly unfit: boolean;
}

async function fileAll(
  deps: MessagesDeps,
  actor: Actor,
  { id, partner, hash, dryRun }: Pick<Receipt, 'id' | 'partner' | 'hash' | 'dryRun'>,
  { documents, unfit }: Read,
): Promise<DocumentReceipt[]> {
  if (documents.length > DOCUMENTS_MAX) {
    throw new Refused('invalid', {
      code: 'messages.too_many_documents',
      seen: String(documents.length),
      params: { max: DOCUMENTS_MAX },
    });
  }
  const references = documents.map(referenceOf);
  await requireUnused(deps, id, partner, documents, references);
  const filed: DocumentReceipt[] = [];
  const used = new Set<string>();
  for (const [n, understood] of documents.entries()) {
    const { standard, kind } = understood;
    const reference = references[n] ?? null;
    const key = `${kind} ${reference}`;
    const isTwice = reference !== null && used.has(key);
    used.add(key);
    const head = { standard, kind, reference };
    if (unfit || isTwice) {
      filed.push({ ...head, ...nothing(isTwice ? [twice(reference)] : []) });
      continue;
    }
    const filing = { actor, partner, reference, fallback: `${hash.slice(0, 24)}-${n}` };
    const answer = await fileDocument(deps.services, understood, {
      ...filing,
      ...{ dryRun, correlation: id },
    });
    filed.push({ ...head, ...answer });
  }
  return filed;
}

const nothing = (problems: MessageProblem[]) =>
  ({ outcome: 'refused', record: null, number: null, problems }) as const;

const twice = (reference: string): MessageProblem => ({
  ...{ code: 'messages.reference_twice', path: 'id', seen: seen(reference) },
});

/** Refuses references that made a record in another message, naming it. */
async function requireUnused(
  { db }: MessagesDeps,
  id: string,
  partner: string,
  documents: readonly Understood[],
  references: readonly (string | null)[],
): Promise<void> {
  const taken = [];
  for (const [n, { kind }] of documents.entries()) {
    const reference = references[n] ?? null;
    if (reference === null) continue;
    const first = await store.findUsed(db, { partner, kind, reference }, id);
    if (first) taken.push(referenceTaken(reference, first));
  }
  if (taken.length > 0) throw new Refused('conflict', taken);
}

const referenceTaken = (
  reference: string,
  first: { readonly id: string; readonly record: string; readonly receivedAt: string },
) => ({
  ...{ code: 'messages.reference_taken', path: 'id', seen: seen(reference) },
  params: { first: first.id, record: first.record, at: first.receivedAt },
});

/** Keeps message, receipt and audit as one; whoever was quicker with the same message has answered it. */
async function keep(
  deps: MessagesDeps,
  actor: Actor,
  bytes: Buffer,
  receipt: Receipt,
  documents: readonly Understood[],
): Promise<Receipt> {
  const understood = documents.map(({ document }) => document);
  const kept = { receipt, sentBy: actor.personId, understood };
  const isKept = await inTransaction(deps.db, async (tx) => {
    if (!(await store.insertMessage(tx, kept, bytes))) return false;
    const saved = await store.saveDocuments(tx, kept);
    if (saved < receipt.documents.length) {
      await requireUnused(
        { ...deps, db: tx },
        receipt.id,
        receipt.partner,
        documents,
        documents.map(referenceOf),
      );
    }
    await recordAudit(tx, {
      actor,
      operation: permission.send.operation,
      subjects: [
        `message:${receipt.id}`,
        ...receipt.documents.flatMap(({ record }) =>
          record ? [`${record.kind}:${record.id}`] : [],
        ),
      ],
      outcome: receipt.outcome === 'refused' ? 'refused' : 'done',
      detail: { standard: receipt.standard, outcome: receipt.outcome, bytes: receipt.bytes },
      at: receipt.receivedAt,
    });
    return true;
  });
  if (isKept) return receipt;
  const first = await store.findMessage(deps.db, receipt.id);
  return first ? { ...first.receipt, repeated: true } : receipt;
}

const auditRefusal = (deps: MessagesDeps, actor: Actor, id: string, { refusals }: Refused) =>
  recordAudit(deps.db, {
    actor,
    operation: permission.send.operation,
    subjects: [`message:${id}`],
    outcome: 'refused',
    detail: { refusals },
    at: deps.clock.now(),
  });

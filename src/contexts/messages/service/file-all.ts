import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import {
  DOCUMENTS_MAX,
  type DocumentReceipt,
  type MessageProblem,
  type Receipt,
  type TrialDecision,
} from '../contract.ts';
import { type FilingServices, fileDocument, referenceOf, type TrialLaw } from '../filing/file.ts';
import type { Understood } from '../reading/standard.ts';
import * as store from '../store.ts';

/** What is done with the documents of a message. */
export interface FileAll {
  readonly actor: Actor;
  readonly message: Pick<Receipt, 'id' | 'partner' | 'hash' | 'dryRun'>;
  readonly documents: readonly Understood[];
  /** The message is not fit to be filed as it is. */
  readonly unfit: boolean;
  readonly on: string;
  /** The law it is only tried against; `null` for what is filed, or rehearsed as it would be now. */
  readonly trial: TrialLaw | null;
}

export interface FiledAll {
  readonly receipts: DocumentReceipt[];
  /** Beside the receipts. */
  readonly decisions: (TrialDecision | null)[];
}

/** Files every document of a message under its reference, each with its own answer. */
export async function fileAll(
  { db, services }: { readonly db: Tx; readonly services: FilingServices },
  { actor, message, documents, unfit, on, trial }: FileAll,
): Promise<FiledAll> {
  const { id, partner, hash, dryRun } = message;
  if (documents.length > DOCUMENTS_MAX) {
    throw new Refused('invalid', {
      code: 'messages.too_many_documents',
      seen: String(documents.length),
      params: { max: DOCUMENTS_MAX },
    });
  }
  await requireUnused(db, { id, partner }, documents);
  const filed: FiledAll = { receipts: [], decisions: [] };
  const used = new Set<string>();
  for (const [n, understood] of documents.entries()) {
    const { standard, kind } = understood;
    const reference = referenceOf(understood);
    const key = `${kind} ${reference}`;
    const isTwice = reference !== null && used.has(key);
    used.add(key);
    const head = { standard, kind, reference };
    if (unfit || isTwice) {
      filed.receipts.push({ ...head, ...nothing(isTwice ? [twice(reference)] : []) });
      filed.decisions.push(null);
      continue;
    }
    const { decision = null, ...answer } = await fileDocument(services, understood, {
      ...{ actor, partner, reference, fallback: `${hash.slice(0, 24)}-${n}` },
      ...{ dryRun, correlation: id, on, trial },
    });
    filed.receipts.push({ ...head, ...answer });
    filed.decisions.push(decision);
  }
  return filed;
}

const nothing = (problems: MessageProblem[]) =>
  ({ outcome: 'refused', record: null, number: null, problems }) as const;

const twice = (reference: string): MessageProblem => ({
  ...{ code: 'messages.reference_twice', path: 'id', seen: seen(reference) },
});

/** Refuses references that made a record in another message, naming it. */
export async function requireUnused(
  db: Tx,
  { id, partner }: Pick<Receipt, 'id' | 'partner'>,
  documents: readonly Understood[],
): Promise<void> {
  const taken = [];
  for (const understood of documents) {
    const reference = referenceOf(understood);
    if (reference === null) continue;
    const first = await store.findUsed(db, { partner, kind: understood.kind, reference }, id);
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

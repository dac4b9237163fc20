import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { type Actor, recordAudit } from '../../identity/index.ts';
import type { Receipt } from '../contract.ts';
import * as permission from '../permissions.ts';
import type { Understood } from '../reading/standard.ts';
import * as store from '../store.ts';
import type { MessagesDeps } from './deps.ts';
import { requireUnused } from './file-all.ts';
import { controlOf } from './known-before.ts';

/** Keeps message, receipt and audit as one; whoever was quicker with the same message has answered it. */
export async function keep(
  { db }: Pick<MessagesDeps, 'db'>,
  actor: Actor,
  bytes: Buffer,
  receipt: Receipt,
  documents: readonly Understood[],
): Promise<Receipt> {
  const understood = documents.map(({ document }) => document);
  const kept = { receipt, sentBy: actor.personId, understood, control: controlOf(documents) };
  const isKept = await inTransaction(db, async (tx) => {
    if (!(await store.insertMessage(tx, kept, bytes))) return false;
    const saved = await store.saveDocuments(tx, kept);
    if (saved < receipt.documents.length) await requireUnused(tx, receipt, documents);
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
      detail: detailOf(receipt),
      at: receipt.receivedAt,
    });
    return true;
  });
  if (isKept) return receipt;
  const first = await store.findMessage(db, receipt.id);
  return first ? { ...first.receipt, repeated: true } : receipt;
}

const detailOf = ({ standard, outcome, bytes, signature }: Receipt): Record<string, unknown> => ({
  ...{ standard, outcome, bytes, signature: signature.status },
  ...(signature.key !== null && { key: signature.key }),
});

import { seen } from '../../../kernel/refusal.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { MessageProblem, Receipt } from '../contract.ts';
import { leavesOf } from '../filing/document.ts';
import type { Understood } from '../reading/standard.ts';
import * as store from '../store.ts';

/** The control reference of an envelope: an interchange's, or the message's own where it travels alone. */
export function controlOf(documents: readonly Understood[]): string | null {
  const [first] = documents;
  if (!first) return null;
  const leaves = leavesOf(first.document);
  const control = leaves.text('message.interchange') ?? leaves.text('message.reference');
  return control?.slice(0, 200) ?? null;
}

/** Where a response says what it responds to. */
const NAMES = [
  ...['id', 'number', 'declaration.id', 'declaration.number', 'passport.number', 'list.number'],
  ...['result.preEntryNo', 'result.number', 'preEntryNo', 'manifest.id', 'order.id'],
] as const;

const RESPONDS = /Response$|^receipt$/;

/**
 * What is told of a message beside what it says: a control reference its sender has used before, and a
 * response to something nobody asked. Neither refuses it: many systems count anew from 1, and a response
 * changes nothing here.
 */
export async function tellKnownBefore(
  db: Db,
  { id, partner }: Pick<Receipt, 'id' | 'partner'>,
  documents: readonly Understood[],
): Promise<MessageProblem[]> {
  const told: MessageProblem[] = [];
  const control = controlOf(documents);
  const first = control === null ? null : await store.findControl(db, partner, control, id);
  if (control !== null && first) {
    told.push({
      ...{ code: 'messages.control_used', path: 'message', seen: seen(control) },
      ...{ params: { first: first.id, at: first.receivedAt }, severity: 'warning' },
    });
  }
  for (const { kind, document } of documents) {
    if (!RESPONDS.test(kind)) continue;
    const leaves = leavesOf(document);
    const names = NAMES.flatMap((name) => leaves.text(name) ?? []);
    if (await store.findNamed(db, partner, names)) continue;
    told.push({
      ...{ code: 'messages.response_to_nothing', path: 'id', severity: 'warning' },
      ...(names.length > 0 && { seen: seen(names.join(', ')) }),
    });
  }
  return told;
}

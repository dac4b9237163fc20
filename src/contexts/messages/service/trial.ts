import { localDateOf } from '../../../kernel/dates.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import type { Trial, TrialAsked } from '../contract.ts';
import * as permission from '../permissions.ts';
import type { MessagesDeps } from './deps.ts';
import { fileAll } from './file-all.ts';
import { envelopeOf, receiptOf } from './receive.ts';

/**
 * Tries a message: read, checked and decided by the rules in force or by those that come, on a day. Nothing of
 * it is kept, whether it was sent before or not; the audit says who tried, for rules are also tried out by those
 * who look for their gaps.
 */
export async function tryMessage(
  deps: MessagesDeps,
  actor: Actor,
  bytes: Buffer,
  { rules, on: wanted }: TrialAsked,
): Promise<Trial> {
  const partner = actor.organisationId;
  authorise(actor, permission.send, { organisations: [partner] });
  const envelope = envelopeOf(deps, partner, bytes, true);
  const today = localDateOf(envelope.receivedAt);
  const on = wanted ?? (rules === 'coming' ? deps.trials.firstDay(rules, today) : today);
  const { documents, problems } = await deps.read(bytes);
  const unfit = problems.some(({ severity }) => severity === 'error');
  const trial = { on, engine: deps.trials.engine(rules) };
  const signature = { status: 'unsigned', algorithm: null, key: null } as const;
  const message = { ...envelope, signature };
  const filed = await fileAll(deps, { actor, message, documents, unfit, on, trial });
  const receipt = receiptOf(message, documents, filed.receipts, problems);
  await recordAudit(deps.db, {
    ...{ actor, operation: permission.send.operation, subjects: [], outcome: 'done' },
    detail: { trial: rules, on, standard: receipt.standard, outcome: receipt.outcome },
    at: envelope.receivedAt,
  });
  return { rules, on, receipt, decisions: filed.decisions };
}

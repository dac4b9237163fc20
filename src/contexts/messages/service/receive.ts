import { sha256 } from '../../../kernel/canonical.ts';
import { localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import {
  type MessageOutcome,
  type MessageProblem,
  PARTNER_BYTES_PER_DAY_MAX,
  type Receipt,
  type SignatureSeen,
} from '../contract.ts';
import * as permission from '../permissions.ts';
import type { ReadMessage } from '../reading/read.ts';
import { judgeSignature } from '../signing/judge.ts';
import * as store from '../store.ts';
import type { MessagesDeps } from './deps.ts';
import { fileAll } from './file-all.ts';
import { keep } from './keep.ts';
import { tellKnownBefore } from './known-before.ts';

/** From the best to the worst: a message is as its worst document. */
const OUTCOMES: readonly MessageOutcome[] = ['filed', 'kept', 'returned', 'refused'];

export interface Sent {
  /** The sandbox: everything is done and nothing is kept. */
  readonly dryRun: boolean;
  /** The detached signature that came with it, as it stands in its header or file. */
  readonly signature: string | null;
}

/**
 * Takes a message in: judges its signature, reads it, files what it says as a form would, and keeps it with
 * what became of it.
 *
 * At least once in, exactly once in effect. The same bytes of the same partner are answered as before; only what
 * was refused is tried anew, for the reason may be gone. A reference that made a record is not used for other
 * content: that is refused, naming the first. What is filed has an id made of partner and reference, so that a
 * failure between filing and keeping is mended by sending again.
 *
 * Nothing is read of a message whose signature stands against it.
 */
export async function receive(
  deps: MessagesDeps,
  actor: Actor,
  bytes: Buffer,
  { dryRun, signature }: Sent,
): Promise<Receipt> {
  const partner = actor.organisationId;
  authorise(actor, permission.send, { organisations: [partner] });
  const envelope = envelopeOf(deps, partner, bytes, dryRun);
  const known = await store.findMessage(deps.db, envelope.id);
  if (known && known.receipt.outcome !== 'refused') {
    return { ...known.receipt, repeated: true, dryRun };
  }
  try {
    if (!dryRun) await requireRoom(deps, partner, bytes.length);
    const on = localDateOf(envelope.receivedAt);
    const signer = await deps.connections.signer(partner);
    const { seen, problem } = judgeSignature(bytes, signature, signer, on);
    if (problem) {
      const receipt = refusedUnread({ ...envelope, signature: seen }, problem);
      return dryRun ? receipt : await keep(deps, actor, bytes, receipt, []);
    }
    const read = await deps.read(bytes);
    const told = [...read.problems, ...(await tellKnownBefore(deps.db, envelope, read.documents))];
    const unfit = read.problems.some(({ severity }) => severity === 'error');
    const { documents } = read;
    const message = { ...envelope, signature: seen };
    const filed = await fileAll(deps, { actor, message, documents, unfit, on, trial: null });
    const receipt = receiptOf(message, documents, filed.receipts, told);
    return dryRun ? receipt : await keep(deps, actor, bytes, receipt, documents);
  } catch (error) {
    if (error instanceof Refused && !dryRun) await auditRefusal(deps, actor, envelope.id, error);
    throw error;
  }
}

/** What is known of a message before anything of it is. */
export type Envelope = Pick<
  Receipt,
  'id' | 'partner' | 'hash' | 'bytes' | 'receivedAt' | 'dryRun' | 'repeated'
>;

/** The id is made of partner and content: the same for the same. */
export function envelopeOf(
  { clock }: Pick<MessagesDeps, 'clock'>,
  partner: string,
  bytes: Buffer,
  dryRun: boolean,
): Envelope {
  const hash = sha256(bytes);
  return {
    id: sha256(`${partner}\n${hash}`).slice(0, 32),
    ...{ partner, hash, dryRun, bytes: bytes.length, repeated: false },
    receivedAt: clock.now(),
  };
}

export function receiptOf(
  envelope: Envelope & { readonly signature: SignatureSeen },
  documents: ReadMessage['documents'],
  filed: Receipt['documents'],
  problems: readonly (ReadMessage['problems'][number] | MessageProblem)[],
): Receipt {
  return {
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
}

const refusedUnread = (
  envelope: Envelope & { readonly signature: SignatureSeen },
  problem: MessageProblem,
): Receipt => ({
  ...envelope,
  ...{ standard: null, kind: null, outcome: 'refused', documents: [], problems: [problem] },
});

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

const auditRefusal = (deps: MessagesDeps, actor: Actor, id: string, { refusals }: Refused) =>
  recordAudit(deps.db, {
    actor,
    operation: permission.send.operation,
    subjects: [`message:${id}`],
    outcome: 'refused',
    detail: { refusals },
    at: deps.clock.now(),
  });

import { Refused } from '../../../kernel/refusal.ts';
import { inTransaction } from '../../../platform/postgres/transaction.ts';
import { findPassport } from '../../cargo/index.ts';
import { type Actor, authorise, recordAudit } from '../../identity/index.ts';
import { RESENT_MAX, type ResendRequest, type Resent } from '../contract.ts';
import { findWithin } from '../inbox/within.ts';
import * as permission from '../permissions.ts';
import * as store from '../store.ts';
import { type Answer, answerOf } from '../writing/answer.ts';
import type { MessagesDeps } from './deps.ts';

/** An answer with the port's signature over its bytes. */
export interface SignedAnswer extends Answer {
  readonly signature: string;
}

/** What a sender is answered: fetched, or put into its folder, and signed either way. */
export function createAnswers(deps: MessagesDeps) {
  const { db, clock, say, connections, portKeys } = deps;

  /** In the form of the standard it was sent in where we write that. */
  async function signed({ receipt, understood }: store.Kept): Promise<SignedAnswer> {
    const record = receipt.documents[0]?.record;
    const passport = record?.kind === 'gatePassport' ? await findPassport(db, record.id) : null;
    const answer = answerOf(receipt, understood[0] ?? {}, say, passport);
    const { answersSignedWith } = await connections.terms(receipt.partner);
    const signature = await portKeys.sign(answersSignedWith, Buffer.from(answer.text));
    return { ...answer, signature };
  }

  return {
    signed,
    answer: async (actor: Actor, id: string): Promise<SignedAnswer> =>
      signed(await findWithin(db, actor, id)),

    /**
     * Sends the answer again: into the partner's folder where it has one, else it is ready to be fetched.
     * Asked for again under the same id, it is the same sending.
     */
    async resend(actor: Actor, message: string, { id }: ResendRequest): Promise<Resent[]> {
      const { receipt } = await findWithin(db, actor, message);
      authorise(actor, permission.resend, { organisations: [receipt.partner] });
      const { folderPost } = await connections.terms(receipt.partner);
      const hasFolder = deps.folder !== null && folderPost !== null;
      return inTransaction(db, async (tx) => {
        const before = await store.lockResent(tx, message);
        if (before.some((each) => each.id === id)) return before;
        if (before.length >= RESENT_MAX) {
          const params = { max: RESENT_MAX };
          throw new Refused('limited', { code: 'messages.resent_too_often', params });
        }
        const at = clock.now();
        const resent: Resent = {
          ...{ id, at, by: actor.personId, to: hasFolder ? 'folder' : 'http' },
          sentAt: hasFolder ? null : at,
        };
        await store.insertResent(tx, message, resent);
        await recordAudit(tx, {
          ...{ actor, operation: permission.resend.operation, outcome: 'done', at },
          subjects: [`message:${message}`],
          detail: { id, to: resent.to, times: before.length + 1 },
        });
        return [resent, ...before];
      });
    },
  };
}
export type Answers = ReturnType<typeof createAnswers>;

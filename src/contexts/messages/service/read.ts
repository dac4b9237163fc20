import { addDays, localDateOf } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import { type Actor, authorise, reachOf } from '../../identity/index.ts';
import {
  type MessageDetail,
  type MessagePage,
  type MessageSearch,
  type PartnerHealth,
  SHOWN_CHARACTERS_MAX,
} from '../contract.ts';
import * as permission from '../permissions.ts';
import { createProblems } from '../reading/problems.ts';
import { decodeText } from '../reading/text.ts';
import * as store from '../store.ts';
import { type Answer, answerOf } from '../writing/answer.ts';
import type { MessagesDeps } from './deps.ts';

/** How many days of a connection its health is told by. */
const HEALTH_DAYS = 30;

/** Looking at messages: each its own organisation's, customs at all. */
export function createReads({ db, clock, say }: MessagesDeps) {
  const load = async (actor: Actor, id: string): Promise<store.Kept> => {
    authorise(actor, permission.read);
    const kept = await store.findMessage(db, id);
    // Somebody else's message is as one that never was.
    const reach = reachOf(actor, permission.read);
    if (!kept || !(reach.any || reach.organisations.includes(kept.receipt.partner))) {
      throw new Refused('not_found', { code: 'messages.not_found', seen: id });
    }
    return kept;
  };
  const partnersOf = (actor: Actor): readonly string[] | null => {
    const reach = reachOf(actor, permission.read);
    return reach.any ? null : reach.organisations;
  };
  const rawOf = async (id: string): Promise<Buffer> =>
    (await store.findRaw(db, id)) ?? Buffer.alloc(0);

  return {
    search: async (actor: Actor, wanted: MessageSearch): Promise<MessagePage> =>
      store.searchMessages(db, partnersOf(actor), wanted),

    async detail(actor: Actor, id: string): Promise<MessageDetail> {
      const { receipt, sentBy, understood } = await load(actor, id);
      const text = decodeText(await rawOf(id), createProblems());
      return {
        ...{ receipt, sentBy },
        raw: text.slice(0, SHOWN_CHARACTERS_MAX),
        rawIsWhole: text.length <= SHOWN_CHARACTERS_MAX,
        understood: [...understood],
      };
    },

    /** The bytes as they came. */
    async raw(actor: Actor, id: string): Promise<Buffer> {
      await load(actor, id);
      return rawOf(id);
    },

    /** What its sender is answered, in the form of the standard it was sent in where we write that. */
    async answer(actor: Actor, id: string): Promise<Answer> {
      const { receipt, understood } = await load(actor, id);
      return answerOf(receipt, understood[0] ?? {}, say);
    },

    async partners(actor: Actor): Promise<PartnerHealth[]> {
      const day = localDateOf(clock.now());
      const today = `${day}T00:00:00+08:00`;
      const month = `${addDays(day, -HEALTH_DAYS)}T00:00:00+08:00`;
      return store.healthOf(db, partnersOf(actor), { today, month });
    },
  };
}

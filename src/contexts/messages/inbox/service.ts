import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import type { Trial, TrialAsked } from '../contract.ts';
import type { ReadMessage } from '../reading/read.ts';
import { findRaw, listResent } from '../store.ts';
import type {
  MessageDetail,
  MessagePage,
  MessageRow,
  MessageSearch,
  PartnerHealth,
  TriedMessage,
} from './contract.ts';
import { partnersHealth } from './health.ts';
import { searchMessages } from './store.ts';
import { viewOf } from './view.ts';
import { findWithin, partnersOf } from './within.ts';

interface InboxDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly read: (bytes: Buffer) => Promise<ReadMessage>;
  readonly tryOut: (actor: Actor, bytes: Buffer, asked: TrialAsked) => Promise<Trial>;
}

const ROWS_AT_ONCE = 200;

/** Looking at messages: each its own organisation's, customs at all. */
export function createInbox({ db, clock, read, tryOut }: InboxDeps) {
  const search = (actor: Actor, wanted: MessageSearch): Promise<MessagePage> =>
    searchMessages(db, partnersOf(actor), wanted);

  return {
    search,

    /** The first rows of a search, for a file. */
    async searchAll(actor: Actor, wanted: MessageSearch, max: number): Promise<MessageRow[]> {
      const rows: MessageRow[] = [];
      for (let cursor = wanted.cursor; ; ) {
        const limit = Math.min(ROWS_AT_ONCE, max - rows.length);
        const page = await search(actor, { ...wanted, cursor, limit });
        rows.push(...page.rows);
        if (page.next === null || rows.length >= max) return rows;
        cursor = page.next;
      }
    },

    async detail(actor: Actor, id: string): Promise<MessageDetail> {
      const { receipt, sentBy, understood } = await findWithin(db, actor, id);
      return {
        ...{ receipt, sentBy, resent: await listResent(db, id) },
        ...viewOf(await rawOf(db, id), receipt, [...understood]),
      };
    },

    /** Tries a message and lays it out as one that was sent. Nothing of it is kept. */
    async tried(actor: Actor, bytes: Buffer, asked: TrialAsked): Promise<TriedMessage> {
      const trial = await tryOut(actor, bytes, asked);
      const { documents } = await read(bytes);
      const understood = documents.map(({ document }) => document);
      return { trial, ...viewOf(bytes, trial.receipt, understood) };
    },

    /** The bytes as they came. */
    async raw(actor: Actor, id: string): Promise<Buffer> {
      await findWithin(db, actor, id);
      return rawOf(db, id);
    },

    /** Everything that was understood, as JSON: our document of each, the first first. */
    async understood(actor: Actor, id: string): Promise<string> {
      const { understood } = await findWithin(db, actor, id);
      return JSON.stringify(understood, null, 2);
    },

    partners: (actor: Actor, only?: string): Promise<PartnerHealth[]> =>
      partnersHealth({ db, now: clock.now() }, partnersOf(actor), only),
  };
}
export type Inbox = ReturnType<typeof createInbox>;

const rawOf = async (db: Db, id: string): Promise<Buffer> =>
  (await findRaw(db, id)) ?? Buffer.alloc(0);

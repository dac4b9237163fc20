import type { EventRecord } from '../../../kernel/event.ts';
import type { Following } from '../../../platform/event-log/follow.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import * as store from '../store.ts';

/** What an enterprise waits to hear of a passport. */
const NEWS = ['cargo.passportApproved', 'cargo.passportReturned', 'cargo.crossed'] as const;

/**
 * For a follower: what becomes of a passport that came by message is put into its sender's folder, as an answer
 * sent again. Those who fetch their answers find it there anyway.
 */
export const passportNews: Following = {
  name: 'messages-passports',
  kinds: NEWS,
  handle: (tx: Tx, events: readonly EventRecord[]) =>
    store.insertNews(
      tx,
      events.map(({ stream, seq, envelope }) => ({
        record: stream.slice('passport:'.length),
        id: `event-${seq}`,
        at: envelope.recordedAt,
      })),
    ),
};

import type { EventRecord } from '../../../kernel/event.ts';
import type { Tx } from '../../../platform/postgres/transaction.ts';
import { writeDown } from './filing.ts';

/** What permits follow: a release makes what was reserved final. Cancelling gives back in its own transaction. */
export const permitFollowing = {
  name: 'clearance-permits',
  kinds: ['clearance.released'],
  async handle(tx: Tx, events: readonly EventRecord[]): Promise<void> {
    await writeDown(
      tx,
      events.flatMap(({ stream, envelope, id }) => {
        const declaration = stream.slice(stream.indexOf(':') + 1);
        return [{ declaration, envelope: { ...envelope, cause: id } }];
      }),
    );
  },
} as const;

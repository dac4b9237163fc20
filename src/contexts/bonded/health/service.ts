import type { Clock } from '../../../platform/clock.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import { type Actor, PLATFORM, reachOf } from '../../identity/index.ts';
import type { Books } from '../books/service.ts';
import { readLedgers } from '../ledgers/permissions.ts';
import type { FeedRows, HealthPage, HealthSearch, OrderRows, OrderSearch } from './contract.ts';
import { isSilent } from './silence.ts';
import { listHealth, sendersOf, timesOf } from './store.ts';

interface HealthDeps {
  readonly db: Db;
  readonly clock: Clock;
}

/** A feed that is silent for longer is asked about. */
const SILENT_MS = 24 * 3_600_000;
/** How far back from its end a journal is read for who sends to it. */
const SPAN_ROWS = 100_000;
const platform = PLATFORM.personId;

/** How ledgers fare: their orders, whoever sends to them, and which of them need somebody. */
export function createHealth({ db, clock }: HealthDeps, books: Books) {
  const silentBefore = (): string => new Date(Date.parse(clock.now()) - SILENT_MS).toISOString();
  return {
    async orders(actor: Actor, id: string, wanted: OrderSearch): Promise<OrderRows> {
      const { rows, ...page } = await books.orders(actor, id, wanted);
      const times = await timesOf(
        db,
        id,
        rows.map(({ order }) => order),
      );
      return {
        ...page,
        rows: rows.flatMap((row) => {
          const known = times.get(row.order);
          return known ? [{ ...row, ...known }] : [];
        }),
      };
    },

    async feeds(actor: Actor, id: string): Promise<FeedRows> {
      const { rows: waiting } = await books.held(actor, id);
      const { of, senders } = await sendersOf(db, id, { rows: SPAN_ROWS, platform });
      const now = clock.now();
      return {
        of,
        rows: senders.map(({ days, ...sender }) => ({
          ...sender,
          held: waiting.filter((each) => each.actor === sender.actor).length,
          isSilent: isSilent({ days, ...sender }, now, SILENT_MS),
        })),
      };
    },

    health(actor: Actor, wanted: HealthSearch): Promise<HealthPage> {
      const { any, organisations, offices } = reachOf(actor, readLedgers);
      const visible = {
        organisation: any ? null : (organisations[0] ?? null),
        offices: any || organisations.length > 0 ? null : offices,
      };
      return listHealth(db, visible, wanted, { silentBefore: silentBefore(), platform });
    },
  };
}
export type Health = ReturnType<typeof createHealth>;

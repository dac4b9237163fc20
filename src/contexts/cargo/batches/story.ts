import { createManualClock } from '../../../platform/clock.ts';
import { type TestDatabase, testDatabase } from '../../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import { application, completed, drawn, enterprise, officer, stockBill } from './fixtures.ts';
import { takeCrossings } from './service/crossings.ts';
import type { BatchDeps } from './service/deps.ts';
import { type Batches, createBatches } from './service/index.ts';

/** The first words of a story: an enterprise, an officer, a clock and a database of its own. */
export function createStory() {
  const clock = createManualClock('2026-07-02T01:00:00.000Z');
  let database: TestDatabase | null = null;
  let n = 0;
  const db = (): Db => {
    if (!database) throw new Error('The story has not been opened.');
    return database.db;
  };
  const deps = (): BatchDeps => ({
    db: db(),
    clock,
    inForce: (_, code) => code !== 'XX',
    declaredEntryOf: async () => new Map(),
  });
  const batches = (): Batches => createBatches(deps());
  const newId = (): string => `BA-${++n}`;
  const detail = (batch: string) => batches().reads.detail(enterprise, batch);
  return {
    clock,
    deps,
    newId,
    detail,
    get db(): Db {
      return db();
    },
    get batches(): Batches {
      return batches();
    },
    open: async (): Promise<void> => {
      database = await testDatabase();
    },
    close: async (): Promise<void> => database?.drop(),
    async opened(content = application(), id = newId()): Promise<string> {
      await batches().applications.apply(enterprise, { id, content });
      await batches().applications.answer(officer, id, { approve: true, note: '' });
      return id;
    },
    draw: (batch: string, id: string, quantity: string, kind: 'draw' | 'return' = 'draw') =>
      batches().stockBills.issueOne(enterprise, {
        id,
        application: batch,
        kind,
        lines: [drawn(1, quantity)],
      }),
    cross: (bill: string, quantity: string, at = clock.now(), passport?: string) =>
      inTransaction(db(), async (tx) => {
        const event = await completed(tx, at, [stockBill(bill, [1, quantity])], passport);
        await takeCrossings(deps(), tx, [event]);
        return event;
      }),
    balance: async (batch: string) => (await detail(batch)).balances[0],
  };
}

/** The first code an act was refused with, or that it was done. */
export const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.message.split(' ')[0] ?? '',
  );

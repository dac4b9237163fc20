import { sql } from 'kysely';
import { systemClock } from '../../../platform/clock.ts';
import { silentLog } from '../../../platform/log.ts';
import type { TestDatabase } from '../../../platform/postgres/testing.ts';
import { type Db, inTransaction } from '../../../platform/postgres/transaction.ts';
import type { Actor } from '../../identity/index.ts';
import type { LedgerEvent } from '../contract.ts';
import { type Book, createBook } from '../engine/book.ts';
import { event, LEDGER, lines, PARTS } from '../engine/fixtures.ts';
import type { PostRequest } from './request.ts';
import { createKeeper } from './store/keeper.ts';
import { type LedgerWriter, openLedgerWriter, type WriterDeps } from './writer.ts';

export const ERP: Actor = {
  ...{ personId: 'erp', name: '企业系统', postId: 'erp-1', organisationId: LEDGER.enterprise },
  ...{ roles: ['declarant'], offices: [], mayBackdate: false, via: 'apiKey' },
};
export const request = (...events: readonly LedgerEvent[]): PostRequest => ({
  actor: ERP,
  operation: 'bonded.postEvents',
  events,
});

export const supply = (id: string, quantity: string, part = 'steel'): LedgerEvent =>
  event('imported', { id, document: id, lines: lines([part, quantity]) });
export const issue = (id: string, quantity: string, order = 'W1'): LedgerEvent =>
  event('issued', { id, order, lines: lines(['steel', quantity]) });

export const emptyBook = (from: Buffer | undefined): Book =>
  createBook({
    ...{ ledger: LEDGER, parts: PARTS, normOf: () => null },
    ...(from !== undefined && { from }),
  });

/** A process of its own, as far as PostgreSQL can tell: it holds its ledgers in a session of its own. */
export interface Process {
  open(more?: Partial<WriterDeps<Book>>, ledger?: string): Promise<LedgerWriter<Book>>;
  end(): Promise<void>;
}

export function startProcess({ db, pool }: Pick<TestDatabase, 'db' | 'pool'>): Process {
  const keeper = createKeeper({ pool, log: silentLog });
  const opened: LedgerWriter<Book>[] = [];
  return {
    open: async (more = {}, ledger = LEDGER.id) => {
      const deps = { db, keeper, clock: systemClock, log: silentLog, createBook: emptyBook };
      const writer = await openLedgerWriter({ ...deps, ...more }, ledger);
      opened.push(writer);
      return writer;
    },
    end: async () => {
      for (const writer of opened) await writer.stop();
      await keeper.stop();
    },
  };
}

/** Holds every write to the journal back until it is let go; `waiting` tells which sessions are held. */
export async function holdWrites(
  db: Db,
): Promise<{ waiting(): Promise<number[]>; letGo(): Promise<void> }> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = (): void => undefined;
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const holding = inTransaction(db, async (tx) => {
    await sql`lock table bonded.journal in share mode`.execute(tx);
    locked();
    await held;
  });
  await isLocked;
  return {
    waiting: async () => {
      const { rows } = await sql<{ pid: number }>`
        select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into bonded.journal%'
      `.execute(db);
      return rows.map(({ pid }) => pid);
    },
    letGo: async () => {
      release();
      await holding;
    },
  };
}

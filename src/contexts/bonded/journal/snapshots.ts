import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Replayed } from './open.ts';
import { hashOfSnapshot, saveSnapshot } from './store/snapshots.ts';

/** Rows that opening a ledger has to read behind its newest snapshot, about. */
const EVERY_ENTRIES = 100_000;

export interface SnapshotDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  /** For those who cannot wait for as many as is usual. */
  readonly snapshotEntries?: number;
}

/** Keeps a book's snapshots, one after another, beside whatever else is done. */
export interface Snapshots {
  /** Says of which row the newest is. */
  opened(seq: number): void;
  /** Takes one when so many rows were written since the last. What it holds must be on disk already. */
  after(book: Replayed): void;
  /** Takes one if anything was written since, and returns when all are kept. */
  last(book: Replayed | null): Promise<void>;
}

export function createSnapshots(deps: SnapshotDeps, ledger: string): Snapshots {
  const { db, clock, log, snapshotEntries = EVERY_ENTRIES } = deps;
  let newest = 0;
  let keeping: Promise<void> = Promise.resolve();

  const take = (book: Replayed): void => {
    newest = book.nextSeq - 1;
    const snapshot = { ledger, seq: newest, book: book.snapshot() };
    const hash = hashOfSnapshot(snapshot);
    keeping = keeping
      .then(() => saveSnapshot(db, { ...snapshot, sha256: hash }, clock.now()))
      // A ledger opens without it, only later.
      .catch((error: unknown) => log.warn({ err: error, ledger }, 'A snapshot was not kept.'));
  };
  return {
    opened: (seq) => {
      newest = seq;
    },
    after: (book) => {
      if (book.nextSeq - 1 - newest >= snapshotEntries) take(book);
    },
    last: async (book) => {
      if (book && book.nextSeq - 1 > newest) take(book);
      await keeping;
    },
  };
}

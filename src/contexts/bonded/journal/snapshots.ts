import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Replayed } from './open.ts';
import { saveSnapshot } from './store/snapshots.ts';

/** Rows that opening a ledger has to read behind its newest snapshot, about: so many at least, */
const EVERY_ENTRIES = 100_000;
/** and in a long journal one for so many that the snapshot holds: what they cost grows as the journal does. */
const TAIL_SHARE = 8;

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
  /** Whether so many rows were written since the last that another is to be taken. */
  isDue(book: Replayed): boolean;
  /** Takes one when it is due. What the book holds must be on disk already. */
  after(book: Replayed): void;
  /** Takes one if anything was written since, and returns when all are kept. */
  last(book: Replayed | null): Promise<void>;
}

export function createSnapshots(deps: SnapshotDeps, ledger: string): Snapshots {
  const { db, clock, log, snapshotEntries = EVERY_ENTRIES } = deps;
  let newest = 0;
  let keeping: Promise<void> | null = null;

  const isDue = (book: Replayed): boolean => {
    const written = book.nextSeq - 1 - newest;
    return !keeping && written >= Math.max(snapshotEntries, newest / TAIL_SHARE);
  };
  const take = (book: Replayed): void => {
    newest = book.nextSeq - 1;
    keeping = keep(book, newest).finally(() => {
      keeping = null;
    });
  };
  const keep = async (book: Replayed, seq: number): Promise<void> => {
    try {
      await saveSnapshot(db, { ledger, seq, takenAt: clock.now() }, book.snapshot());
    } catch (error) {
      // A ledger opens without it, only later.
      log.warn({ err: error, ledger }, 'A snapshot was not kept.');
    }
  };
  return {
    opened: (seq) => {
      newest = seq;
    },
    isDue,
    after: (book) => {
      if (isDue(book)) take(book);
    },
    last: async (book) => {
      await keeping;
      if (book && book.nextSeq - 1 > newest) take(book);
      await keeping;
    },
  };
}

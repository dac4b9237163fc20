import { Refused } from '../../../kernel/refusal.ts';
import type { Log } from '../../../platform/log.ts';
import type { Db } from '../../../platform/postgres/transaction.ts';
import type { Entry } from '../engine/entry.ts';
import { findHead, readEntries } from './store/entries.ts';
import { findSnapshot, isSound, type Snapshot } from './store/snapshots.ts';

/** What a journal needs of the book it makes. */
export interface Replayed {
  readonly nextSeq: number;
  apply(entry: Entry): void;
  /** The whole book as canonical bytes of this moment, in slices that may be taken later. */
  snapshot(): Iterable<Buffer>;
}

export interface OpenDeps<B extends Replayed> {
  readonly db: Db;
  readonly log: Log;
  /** An empty book of the ledger, or the one a snapshot gives. */
  readonly createBook: (from: Buffer | undefined) => B | Promise<B>;
}

/** A book as its journal makes it. */
export interface Opened<B> {
  readonly book: B;
  /** The row of the snapshot it began with; 0 for none. */
  readonly snapshotSeq: number;
}

/**
 * Makes the book of a ledger from its journal: the newest sound snapshot, and every row after it. A
 * snapshot that is damaged, of a row the journal does not have, or that the book cannot read, is passed
 * over, and the log says so.
 */
export async function openBook<B extends Replayed>(
  deps: OpenDeps<B>,
  ledger: string,
): Promise<Opened<B>> {
  const opened = await nearest(deps, ledger);
  const { book } = opened;
  for await (const entries of readEntries(deps.db, ledger, book.nextSeq - 1)) {
    for (const entry of entries) {
      if (entry.seq !== book.nextSeq) {
        const params = { ledger, seq: book.nextSeq };
        throw new Refused('conflict', { code: 'bonded.journal_row_missing', params });
      }
      book.apply(entry);
    }
  }
  return opened;
}

async function nearest<B extends Replayed>(deps: OpenDeps<B>, ledger: string): Promise<Opened<B>> {
  for (let upTo = await findHead(deps.db, ledger); ; ) {
    const snapshot = await findSnapshot(deps.db, ledger, upTo);
    if (!snapshot) return { book: await deps.createBook(undefined), snapshotSeq: 0 };
    try {
      return { book: await bookOf(deps, snapshot), snapshotSeq: snapshot.seq };
    } catch (error) {
      deps.log.warn({ err: error, ledger, seq: snapshot.seq }, 'A snapshot is passed over.');
    }
    upTo = snapshot.seq - 1;
  }
}

async function bookOf<B extends Replayed>(deps: OpenDeps<B>, snapshot: Snapshot): Promise<B> {
  if (!isSound(snapshot)) throw new Error('It is not what was written.');
  const book = await deps.createBook(snapshot.book);
  if (book.nextSeq !== snapshot.seq + 1) throw new Error('It is of another row than it says.');
  return book;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from '../../../kernel/refusal.ts';
import { type OpenDeps, openBook, type Replayed } from './open.ts';
import { createSnapshots, type SnapshotDeps } from './snapshots.ts';
import type { Hold, Keeper } from './store/keeper.ts';

/** `opening` after its session or a transaction failed; `elsewhere` when another writer was quicker then. */
export type WriterState = 'open' | 'opening' | 'elsewhere' | 'stopped';

export interface TenureDeps<B extends Replayed> extends OpenDeps<B>, SnapshotDeps {
  readonly keeper: Keeper;
}

/** A ledger held, and its book as long as it can be trusted. */
export interface Tenure<B> {
  readonly state: WriterState;
  /** `null` unless the state is `open`. */
  readonly book: B | null;
  /** Whether a snapshot is to be taken as soon as what the book holds is on disk. */
  readonly isSnapshotDue: boolean;
  /** Says that what the book holds is on disk. */
  written(): void;
  /** Throws the book away, and makes it again from the journal, however long that takes. */
  renew(): void;
  /** Keeps a snapshot and lets go. Nothing may be under way. */
  end(): Promise<void>;
}

const RETRY_MS = 500;

/**
 * Takes a ledger and opens its book. Should the ledger be lost, the book is thrown away at once; it is
 * taken and opened again as soon as that can be done.
 * @param on what is told of every new state, and what to wait for before the journal is read again.
 * @throws Refused `bonded.ledger_in_use` while another writer has it.
 */
export async function takeLedger<B extends Replayed>(
  deps: TenureDeps<B>,
  ledger: string,
  on: { state(state: WriterState): void; quiet(): Promise<void> },
): Promise<Tenure<B>> {
  const snapshots = createSnapshots(deps, ledger);
  const ending = new AbortController();
  let state: WriterState = 'opening';
  let book: B | null = null;
  let hold: Hold | null = null;
  let opening: Promise<void> | null = null;

  const become = (next: WriterState): void => {
    if (next === state) return;
    state = next;
    on.state(next);
  };
  const open = async (): Promise<void> => {
    hold = hold?.isHeld ? hold : await deps.keeper.take(ledger, renew);
    const opened = await openBook(deps, ledger);
    if (!hold.isHeld) throw new Error('The ledger was lost while it was opened.');
    snapshots.opened(opened.snapshotSeq);
    book = opened.book;
  };
  const reopen = async (): Promise<void> => {
    // What is on its way to the disk must be there, or not, before the journal is read.
    await on.quiet();
    while (!book && !ending.signal.aborted) {
      await open().catch(async (error: unknown) => {
        become(isInUse(error) ? 'elsewhere' : 'opening');
        deps.log.warn({ err: error, ledger }, 'A ledger did not open again; trying on.');
        await sleep(RETRY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      });
    }
    opening = null;
    if (book) become('open');
  };
  function renew(): void {
    book = null;
    if (opening || ending.signal.aborted) return;
    deps.log.warn({ ledger }, 'A ledger is opened again.');
    opening = reopen();
    become('opening');
  }
  const letGo = async (): Promise<void> => {
    book = null;
    await hold?.release().catch(() => undefined);
  };

  opening = open();
  await opening.catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
  opening = null;
  become('open');
  return {
    get state() {
      return state;
    },
    get book() {
      return book;
    },
    get isSnapshotDue() {
      return book !== null && snapshots.isDue(book);
    },
    written: () => {
      if (book) snapshots.after(book);
    },
    renew,
    end: async () => {
      ending.abort();
      await opening;
      await snapshots.last(book);
      await letGo();
      become('stopped');
    },
  };
}

const isInUse = (error: unknown): boolean =>
  error instanceof Refused && error.refusals[0]?.code === 'bonded.ledger_in_use';

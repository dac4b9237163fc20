import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import type { Answer, Book } from './decide.ts';
import { type Look, type PipelineDeps, type Posted, type Queue, workOff } from './pipeline.ts';
import { checkSize, type PostRequest } from './request.ts';
import { type TenureDeps, takeLedger, type WriterState } from './tenure.ts';

const WAITING_EVENTS_MAX = 20_000;

export interface WriterDeps<B extends Book> extends TenureDeps<B>, PipelineDeps {
  readonly onState?: (state: WriterState) => void;
}

export interface LedgerWriter<B extends Book> {
  readonly state: WriterState;
  /**
   * Decides the events in order and answers each once all of the request is on disk. A refused event
   * leaves nothing behind and does not stop the others.
   * @throws Refused when they cannot be taken now. After `bonded.post_interrupted` nobody knows whether
   * they were written: sent again, they get the answer they would have had.
   */
  post(request: PostRequest): Promise<readonly Answer[]>;
  /** Works on the book while nothing is in it that might yet fail to be written. */
  withBook<T>(work: (book: B) => T): Promise<T>;
  /** Ends what was asked for, keeps a snapshot and lets go of the ledger. */
  stop(): Promise<void>;
}

/**
 * The one writer of a ledger. What is asked while one round is written is decided meanwhile, and written together in the
 * next: alone, an event waits for nobody, and under load many share one flush to disk.
 *
 * When a round fails on its way to the disk, or the ledger is lost, the book in memory is thrown away
 * and made again from the journal, and whoever waited is told. The journal's own numbers keep a writer
 * that has lost its ledger, and does not know it yet, from adding to it.
 * @throws Refused `bonded.ledger_in_use` while another writer has the ledger.
 */
export async function openLedgerWriter<B extends Book>(
  deps: WriterDeps<B>,
  ledger: string,
): Promise<LedgerWriter<B>> {
  const posts: Posted[] = [];
  const looks: Look<B>[] = [];
  let waitingEvents = 0;
  let isStopping = false;
  let working: Promise<void> | null = null;
  let ring = (): void => undefined;

  const turnAway = (): void => {
    for (const { reject } of [...posts.splice(0), ...looks.splice(0)]) reject(interrupted(ledger));
    waitingEvents = 0;
  };
  const tenure = await takeLedger(deps, ledger, {
    state: (state) => {
      if (state !== 'open') turnAway();
      deps.onState?.(state);
    },
    quiet: async () => {
      await working;
    },
  });
  const queue: Queue<B> = {
    ...{ posts, looks },
    taken: (taken) => {
      waitingEvents -= eventsOf(taken);
    },
    more: () =>
      new Promise((resolve) => {
        ring = resolve;
      }),
  };
  const wake = (): void => {
    ring();
    working ??= workOff(
      { ...deps, ledger, interrupted: () => interrupted(ledger) },
      queue,
      tenure,
    ).finally(() => {
      working = null;
      // Nobody waits for a book that is gone; else what came between the last look and now is worked on.
      if (!tenure.book) turnAway();
      else if (posts.length + looks.length > 0) wake();
    });
  };
  const assertOpen = (): void => {
    if (isStopping || !tenure.book)
      throw unavailable(ledger, isStopping ? 'stopped' : tenure.state);
  };

  return {
    get state() {
      return tenure.state;
    },
    post: async (request) => {
      assertOpen();
      if (request.events.length === 0) return [];
      checkSize(request);
      if (waitingEvents + request.events.length > WAITING_EVENTS_MAX)
        throw tryAgain('bonded.ledger_busy', ledger);
      waitingEvents += request.events.length;
      return new Promise((resolve, reject) => {
        posts.push({ request, resolve, reject });
        wake();
      });
    },
    withBook: async (look) => {
      assertOpen();
      return new Promise((resolve, reject) => {
        const run = (book: B): void => {
          try {
            resolve(look(book));
          } catch (error) {
            reject(error);
          }
        };
        looks.push({ run, reject });
        wake();
      });
    },
    stop: async () => {
      if (isStopping) return;
      isStopping = true;
      while (working) await working;
      await tenure.end();
    },
  };
}

const eventsOf = (posts: readonly Posted[]): number =>
  posts.reduce((sum, { request }) => sum + request.events.length, 0);

const tryAgain = (code: Refusal['code'], ledger: string): Refused =>
  new Refused('limited', { code, params: { ledger, retrySeconds: 1 } });
const interrupted = (ledger: string): Refused => tryAgain('bonded.post_interrupted', ledger);

function unavailable(ledger: string, state: WriterState): Refused {
  if (state === 'elsewhere')
    return new Refused('conflict', { code: 'bonded.ledger_in_use', params: { ledger } });
  return tryAgain(state === 'stopped' ? 'bonded.ledger_closing' : 'bonded.ledger_opening', ledger);
}

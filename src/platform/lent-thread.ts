import type { Worker } from 'node:worker_threads';
import { createTurn } from './turn.ts';

/** The thread ends, and gives its memory back, when nobody has asked for this long. */
const IDLE_MS = 60_000;

export interface LentThread {
  /** Lends the thread to one work after another; started by the first, and anew once it has ended. */
  use<T>(work: (thread: Worker) => Promise<T>): Promise<T>;
  /** Resolves when what was asked for is done and the thread has ended; asking again starts one. */
  end(): Promise<void>;
}

/** A thread that is there while it is asked for, and never keeps a process alive that is done. */
export function createLentThread(start: () => Worker, idleMs = IDLE_MS): LentThread {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  const inTurn = createTurn();

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = thread;
    thread = null;
    await ending?.terminate();
  };

  const open = (): Worker => {
    const opened = start();
    // However it ends, whoever is asking hears of it from `answerOf`; the next starts another.
    const forget = (): void => {
      if (thread === opened) thread = null;
    };
    opened.on('exit', forget);
    opened.on('error', forget);
    return opened;
  };

  return {
    use: (work) =>
      inTurn(async () => {
        clearTimeout(idle);
        thread ??= open();
        const lent = thread;
        lent.ref();
        try {
          return await work(lent);
        } finally {
          lent.unref();
          idle = setTimeout(() => void inTurn(end), idleMs).unref();
        }
      }),
    end: () => inTurn(end),
  };
}

/**
 * The next thing a thread says.
 * @throws what it failed with, or that it ended with a code.
 */
export function answerOf<T>(thread: Worker): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`The thread ended with ${code}.`)));
    const onMessage = (said: T): void => settle(() => resolve(said));
    const onError = (error: Error): void => settle(() => reject(error));
    const settle = (done: () => void): void => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
      done();
    };
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
  });
}

import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../platform/thread.ts';
import { type ReadMessage, readMessage } from '../reading/read.ts';

export interface Reader {
  read(bytes: Buffer): Promise<ReadMessage>;
  end(): Promise<void>;
}

/** Shorter messages are read in less time than it takes to hand them over. */
const APART_FROM_BYTES = 256 * 1024;
/** The thread ends, and gives its memory back, when it was given nothing for this long. */
const IDLE_MS = 60_000;

/** Reads messages: short ones at once, long ones one after the other in a thread of their own. */
export function createReader(): Reader {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  };
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };
  const open = (): Worker => {
    const opened = startThread(import.meta.url, './read-worker');
    opened.on('exit', () => {
      if (worker === opened) worker = null;
    });
    return opened;
  };
  const readApart = async (bytes: Buffer): Promise<ReadMessage> => {
    clearTimeout(idle);
    worker ??= open();
    const asked = worker;
    asked.ref();
    const over = new AbortController();
    try {
      const answered = once(asked, 'message', over) as Promise<[ReadMessage]>;
      const ended = once(asked, 'exit', over).then(([code]): never => {
        throw new Error(`The thread that reads messages ended with ${code}.`);
      });
      asked.postMessage(bytes);
      return (await Promise.race([answered, ended]))[0];
    } finally {
      over.abort();
      asked.unref();
      idle = setTimeout(() => void inTurn(end), IDLE_MS).unref();
    }
  };
  return {
    read: async (bytes) =>
      bytes.length < APART_FROM_BYTES ? readMessage(bytes) : inTurn(() => readApart(bytes)),
    end: () => inTurn(end),
  };
}

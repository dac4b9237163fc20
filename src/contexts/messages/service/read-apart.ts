import { answerOf, createLentThread } from '../../../platform/lent-thread.ts';
import { startThread } from '../../../platform/thread.ts';
import { type ReadMessage, readMessage } from '../reading/read.ts';

export interface Reader {
  read(bytes: Buffer): Promise<ReadMessage>;
  end(): Promise<void>;
}

/** Shorter messages are read in less time than it takes to hand them over. */
const APART_FROM_BYTES = 256 * 1024;

/** Reads messages: short ones at once, long ones one after the other in a thread of their own. */
export function createReader(): Reader {
  const thread = createLentThread(() => startThread(import.meta.url, './read-worker'));
  return {
    read: async (bytes) => {
      if (bytes.length < APART_FROM_BYTES) return readMessage(bytes);
      return thread.use((worker) => {
        const answered = answerOf<ReadMessage>(worker);
        worker.postMessage(bytes);
        return answered;
      });
    },
    end: thread.end,
  };
}

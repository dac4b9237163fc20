/** Something changed that open pages may want to know. */
export interface LiveMessage {
  readonly topic: string;
  readonly data: unknown;
}

/**
 * Tells open pages what changed. It promises nothing about delivery: a page that was not listening
 * reads the truth again when it connects. Coalescing is the publisher's business.
 */
export interface LiveHub {
  publish(topic: string, data: unknown): void;
  /** Returns how to stop listening. */
  subscribe(listener: (message: LiveMessage) => void): () => void;
}

export function createLiveHub(): LiveHub {
  const listeners = new Set<(message: LiveMessage) => void>();
  return {
    publish(topic, data) {
      const message = { topic, data };
      for (const listener of listeners) listener(message);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

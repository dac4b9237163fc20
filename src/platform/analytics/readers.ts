import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Connections kept open while nobody reads. */
const KEPT_MAX = 2;

export interface Readers {
  /** A connection of nobody else's. */
  take(): Promise<DuckDBConnection>;
  /**
   * Gives it back. One whose answer was read to its end is kept for the next reader; any other may
   * stand in the middle of something, and is closed.
   */
  giveBack(reader: DuckDBConnection, isWhole: boolean): void;
  /** How many are being read from. */
  inUse(): number;
  /** Closes those that are kept. */
  rest(): void;
  /** Closes those that are kept, and keeps no more. */
  close(): void;
}

/**
 * Connections for reading, kept open between questions. Their statements are not: the engine plans by
 * what the tables hold at that moment, and a plan of yesterday answers wrongly about the rows of today
 * (DuckDB issue 23704).
 */
export function createReaders(instance: DuckDBInstance): Readers {
  const kept: DuckDBConnection[] = [];
  let inUse = 0;
  let isClosed = false;
  const rest = (): void => {
    for (const reader of kept.splice(0)) reader.closeSync();
  };
  return {
    async take() {
      inUse += 1;
      try {
        return kept.pop() ?? (await instance.connect());
      } catch (error) {
        inUse -= 1;
        throw error;
      }
    },
    giveBack(reader, isWhole) {
      inUse -= 1;
      if (isWhole && !isClosed && kept.length < KEPT_MAX) kept.push(reader);
      else reader.closeSync();
    },
    inUse: () => inUse,
    rest,
    close() {
      isClosed = true;
      rest();
    },
  };
}

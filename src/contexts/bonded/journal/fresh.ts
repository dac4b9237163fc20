import { hashRecorded } from './seal.ts';
import type { Recorded } from './store/entries.ts';

/** Rows of one ledger whose hashes are kept: some seconds of the quickest feed. Beyond, they are read back. */
const ROWS_MAX = 100_000;

/** The hashes of rows this process wrote, until they are sealed: hashed as they were decided, not as they were read. */
export interface FreshRows {
  /** Rows that are on disk, in order. */
  add(ledger: string, recorded: readonly Recorded[]): void;
  /** The hashes of the rows that follow one; `null` where it is not known which those are. */
  after(ledger: string, seq: number, limit: number): string[] | null;
  forget(ledger: string, upTo: number): void;
}

interface Run {
  firstSeq: number;
  hashes: string[];
}

export function createFreshRows(): FreshRows {
  const runs = new Map<string, Run>();
  return {
    add(ledger, recorded) {
      const [first] = recorded;
      if (!first) return;
      let run = runs.get(ledger);
      const isNext = run && run.firstSeq + run.hashes.length === first.entry.seq;
      if (!run || !isNext || run.hashes.length + recorded.length > ROWS_MAX) {
        run = { firstSeq: first.entry.seq, hashes: [] };
        runs.set(ledger, run);
      }
      for (const each of recorded) run.hashes.push(hashRecorded(ledger, each));
    },
    after(ledger, seq, limit) {
      const run = runs.get(ledger);
      const at = seq + 1 - (run?.firstSeq ?? Number.POSITIVE_INFINITY);
      if (!run || at < 0 || at >= run.hashes.length) return null;
      return run.hashes.slice(at, at + limit);
    },
    forget(ledger, upTo) {
      const run = runs.get(ledger);
      if (!run || upTo < run.firstSeq) return;
      run.hashes = run.hashes.slice(upTo + 1 - run.firstSeq);
      run.firstSeq = upTo + 1;
    },
  };
}

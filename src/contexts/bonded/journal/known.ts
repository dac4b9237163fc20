import type { Db } from '../../../platform/postgres/transaction.ts';
import type { LedgerEvent } from '../contract.ts';
import { isUnwritable } from './content.ts';
import { findTaken, type Taken } from './store/entries.ts';

/** What the journal knows of some events by their ids. */
export type Known = (event: string) => Taken | undefined;

/** The journal was asked what it knows of some events. */
export interface Asked {
  /** Told of what was written since: the answer may not say it yet. */
  written(taken: ReadonlyMap<string, Taken>): void;
  answer(): Promise<Known>;
}

export function askJournal(db: Db, ledger: string, events: readonly LedgerEvent[]): Asked {
  const ids = new Set(events.map(({ id }) => id));
  const since = new Map<string, Taken>();
  const writable = [...ids].filter((id) => !isUnwritable(JSON.stringify(id)));
  const asking = findTaken(db, ledger, writable);
  // Whoever is turned away meanwhile never hears the answer.
  asking.catch(() => undefined);
  return {
    written: (taken) => {
      for (const [event, each] of taken) if (ids.has(event)) since.set(event, each);
    },
    answer: async () => {
      const before = await asking;
      return (event) => since.get(event) ?? before.get(event);
    },
  };
}

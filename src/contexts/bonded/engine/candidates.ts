import type { Held, LedgerState } from './state.ts';

/** Events that may now go on, as what they wait for changes. */
export interface Candidates {
  add(changed: ReadonlySet<string>): void;
  /** The longest waiting first. Those that are added meanwhile come in their turn, or in the next round. */
  inOrder(): Iterable<Held>;
}

/** Finds them by what they wait for: events that wait for something else cost nothing. */
export function createCandidates(state: LedgerState): Candidates {
  const known = new Set<Held>();
  let sorted: Held[] = [];
  const add = (changed: ReadonlySet<string>): void => {
    const before = known.size;
    for (const where of changed) for (const held of state.awaited.get(where) ?? []) known.add(held);
    if (known.size > before) sorted = [...known].sort((a, b) => a.since - b.since);
  };
  function* inOrder(): Iterable<Held> {
    for (let last = 0; ; ) {
      const held = sorted[firstAfter(sorted, last)];
      if (!held) return;
      last = held.since;
      yield held;
    }
  }
  return { add, inOrder };
}

function firstAfter(sorted: readonly Held[], since: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Held).since <= since) low = middle + 1;
    else high = middle;
  }
  return low;
}

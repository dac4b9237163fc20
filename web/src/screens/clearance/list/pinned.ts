import { useRef, useState } from 'react';

interface Keyed {
  readonly id: string;
}

/**
 * Holds a list still under the reader's hand. Live answers keep coming; they are shown when the
 * reader asks, with a word on how many rows would change. A new question is answered at once.
 */
export function usePinned<Row extends Keyed, Answer>(
  question: string,
  answer: Answer | undefined,
  isStale: boolean,
  rowsOf: (answer: Answer) => readonly Row[],
): { readonly shown: Answer | undefined; readonly changed: number; refresh(): void } {
  const pinned = useRef<{ question: string; answer: Answer } | null>(null);
  const [, redraw] = useState(0);
  if (answer !== undefined && !isStale && pinned.current?.question !== question) {
    pinned.current = { question, answer };
  }
  const shown = pinned.current?.question === question ? pinned.current.answer : answer;
  const changed =
    answer === undefined || shown === undefined || isStale
      ? 0
      : differences(rowsOf(shown), rowsOf(answer));
  return {
    shown,
    changed,
    refresh() {
      if (answer !== undefined) pinned.current = { question, answer };
      redraw((n) => n + 1);
    },
  };
}

/** Rows that came, went or became something else. */
function differences<Row extends Keyed>(before: readonly Row[], after: readonly Row[]): number {
  const known = new Map(before.map((row) => [row.id, JSON.stringify(row)]));
  const added = after.filter((row) => known.get(row.id) !== JSON.stringify(row)).length;
  const still = new Set(after.map((row) => row.id));
  return (
    added + (after.length < before.length ? before.filter(({ id }) => !still.has(id)).length : 0)
  );
}

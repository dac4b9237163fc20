import { setTimeout as pause } from 'node:timers/promises';

export interface GroupOptions<Item> {
  /** Most items that share a round. */
  readonly itemsMax: number;
  /** What an item touches: two that touch the same never share a round, and keep their order. */
  readonly keysOf?: (item: Item) => Iterable<string>;
  /** How much of a round an item fills; left out, items alone are counted. One that is too large goes alone. */
  readonly sizeOf?: (item: Item) => number;
  readonly sizeMax?: number;
  /** Milliseconds between the beginnings of two rounds at least, so that more share one; the first waits for nobody. */
  readonly everyMs?: number;
}

/**
 * Group commit: what is asked while one round is under way is done together in the next. Alone, an
 * item waits for nobody; under load many share one transaction and one flush to disk, and the more
 * there are the cheaper each becomes.
 *
 * A round that fails is tried again item by item, so that only the guilty fail.
 *
 * @param run answers each item, in order.
 */
export function createGroup<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  options: GroupOptions<Item>,
): (item: Item) => Promise<Answer> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let isRunning = false;

  async function answer(round: readonly Waiting[]): Promise<void> {
    try {
      const answers = await run(round.map(({ item }) => item));
      round.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (round.length > 1) for (const each of round) await answer([each]);
      else round[0]?.reject(error);
    }
  }

  async function work(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const nextAt = performance.now() + (options.everyMs ?? 0);
      const { round, rest } = nextRound(waiting, ({ item }) => item, options);
      waiting = rest;
      await answer(round);
      const early = nextAt - performance.now();
      if (early > 0 && waiting.length > 0) await pause(early);
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void work();
    });
}

/** The longest waiting that fit together, and those that wait on. */
function nextRound<Waiting, Item>(
  waiting: readonly Waiting[],
  itemOf: (one: Waiting) => Item,
  { itemsMax, keysOf = () => [], sizeOf = () => 0, sizeMax = 0 }: GroupOptions<Item>,
): { round: Waiting[]; rest: Waiting[] } {
  const round: Waiting[] = [];
  const rest: Waiting[] = [];
  const taken = new Set<string>();
  let size = 0;
  for (const one of waiting) {
    const item = itemOf(one);
    const keys = [...keysOf(item)];
    const isFull = round.length >= itemsMax || (round.length > 0 && size + sizeOf(item) > sizeMax);
    const isFree = !isFull && !keys.some((key) => taken.has(key));
    // One that waits keeps its place before whoever touches the same after it.
    for (const key of keys) taken.add(key);
    (isFree ? round : rest).push(one);
    if (isFree) size += sizeOf(item);
  }
  return { round, rest };
}

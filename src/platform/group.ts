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
  { itemsMax }: { readonly itemsMax: number },
): (item: Item) => Promise<Answer> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
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
    while (waiting.length > 0) await answer(waiting.splice(0, itemsMax));
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void work();
    });
}

/** Does what it is given: one piece of work after the other, in the order they came. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** Work that fails is told to who asked for it; whoever comes after is not held up. */
export function createTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

import { createGroup } from '../../../../platform/group.ts';

/** Works that are done side by side. */
const AT_ONCE_MAX = 4;

interface Turn {
  readonly touches: readonly string[];
  readonly work: () => Promise<unknown>;
}

/** Does a work when nothing is done any more that touches the same; answers as the work does. */
export type InTurn = <T>(touches: readonly string[], work: () => Promise<T>) => Promise<T>;

/**
 * Has those that touch the same wait for each other here, in the order they came. Waiting for each
 * other's locks instead, each would keep a connection to the database from everybody else.
 */
export function createTurns(): InTurn {
  const take = createGroup<Turn, PromiseSettledResult<unknown>>(
    (turns) => Promise.allSettled(turns.map(({ work }) => work())),
    { itemsMax: AT_ONCE_MAX, keysOf: ({ touches }) => touches },
  );
  return async <T>(touches: readonly string[], work: () => Promise<T>): Promise<T> => {
    const ended = await take({ touches, work });
    if (ended.status === 'rejected') throw ended.reason;
    return ended.value as T;
  };
}

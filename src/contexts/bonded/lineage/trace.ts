import { accountAt } from '../accounts.ts';
import type { Entry, Lot } from '../engine/entry.ts';
import type { Quantity } from '../quantity.ts';

/** So much of a lot went into an order, and where that lot came from. */
export interface Use {
  readonly lot: Lot;
  readonly quantity: Quantity;
  /** What the lot itself was made of; empty for what was imported. */
  readonly madeOf: readonly Use[];
}

/** So much of a lot went into an order, and what became of what that order made. */
export interface Outcome {
  readonly order: string;
  readonly quantity: Quantity;
  readonly lots: readonly { readonly lot: Lot; readonly into: readonly Outcome[] }[];
}

export interface Lineage {
  readonly lots: readonly Lot[];
  entriesOf(order: string): Promise<readonly Entry[]>;
  /** Of each lot, the orders it was ever issued to. */
  readonly users: readonly (readonly string[])[];
  /** Of each order, the lots it made. */
  readonly madeBy: ReadonlyMap<string, readonly number[]>;
}

/** Deeper than any product is made; a lot cannot be made of itself, but a rework can go round. */
const LEVELS_MAX = 32;

/**
 * What an order holds or used up, by lot: what was issued to it less what came back, whether it is closed or
 * not. What became scrap or was rejected out of process was used by it too.
 */
export function usedBy(entries: readonly Entry[]): Map<number, Quantity> {
  const used = new Map<number, Quantity>();
  for (const { lot, from, to, quantity } of entries.flatMap(({ movements }) => movements)) {
    const isIn = accountAt(to) === 'inProcess' && isStore(accountAt(from));
    const isBack = accountAt(from) === 'inProcess' && isStore(accountAt(to));
    if (!isIn && !isBack) continue;
    used.set(lot, (used.get(lot) ?? 0) + (isIn ? quantity : -quantity));
  }
  for (const [lot, quantity] of used) if (quantity === 0) used.delete(lot);
  return used;
}

const STORES = new Set(['rawMaterial', 'semiFinished', 'finished', 'byProduct']);
const isStore = (account: string): boolean => STORES.has(account);

/** From what was made back to the import lines it was made of. */
export async function traceBack(
  lineage: Lineage,
  order: string,
  level: number = LEVELS_MAX,
): Promise<Use[]> {
  const used = usedBy(await lineage.entriesOf(order));
  return Promise.all(
    [...used]
      .sort(([a], [b]) => a - b)
      .map(async ([number, quantity]) => {
        const lot = lineage.lots[number] as Lot;
        const goesOn = lot.order !== null && lot.order !== order && level > 0;
        const madeOf = goesOn ? await traceBack(lineage, lot.order, level - 1) : [];
        return { lot, quantity, madeOf };
      }),
  );
}

/** From an import line to everything it went into. */
export async function traceForward(
  lineage: Lineage,
  lot: number,
  level: number = LEVELS_MAX,
): Promise<Outcome[]> {
  const orders = [...new Set(lineage.users[lot])].sort();
  const found = await Promise.all(
    orders.map(async (order): Promise<Outcome[]> => {
      const quantity = usedBy(await lineage.entriesOf(order)).get(lot);
      // Issued to it, and come back whole.
      if (quantity === undefined) return [];
      const made = (lineage.madeBy.get(order) ?? []).filter((each) => each !== lot);
      const lots = await Promise.all(
        made.map(async (each) => ({
          lot: lineage.lots[each] as Lot,
          into: level > 0 ? await traceForward(lineage, each, level - 1) : [],
        })),
      );
      return [{ order, quantity, lots }];
    }),
  );
  return found.flat();
}

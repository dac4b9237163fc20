import { atOneOf, isInProcessAt } from '../accounts.ts';
import type { Lot } from '../engine/entry.ts';
import type { LedgerState } from '../engine/state.ts';
import type { Visit } from '../journal/codec.ts';
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

/** What is known of goods from order to order, and what the journal says of orders. */
export interface Lineage {
  readonly state: Pick<LedgerState, 'lots' | 'users' | 'orders' | 'orderList'>;
  /** Tells of every movement of these orders, in no order that is promised. */
  movementsOf(orders: readonly string[], told: (order: string) => Visit): Promise<void>;
}

/** Deeper than any product is made. */
const LEVELS_MAX = 32;

const isStore = atOneOf(['rawMaterial', 'semiFinished', 'finished', 'byProduct']);

/**
 * What each of these orders holds or used up, by lot: what was issued to it less what came back, whether it is closed
 * or not. What became scrap or was rejected out of process was used by it too. One question to the journal.
 */
async function usesOf(
  { movementsOf }: Lineage,
  orders: readonly string[],
): Promise<Map<string, Map<number, Quantity>>> {
  const uses = new Map(orders.map((order) => [order, new Map<number, Quantity>()]));
  if (orders.length === 0) return uses;
  await movementsOf(orders, (order) => {
    const used = uses.get(order) as Map<number, Quantity>;
    return (_part, lot, from, to, quantity) => {
      const isIn = isInProcessAt(to) && isStore(from);
      const isBack = isInProcessAt(from) && isStore(to);
      if (isIn || isBack) used.set(lot, (used.get(lot) ?? 0) + (isIn ? quantity : -quantity));
    };
  });
  for (const used of uses.values())
    for (const [lot, quantity] of used) if (quantity === 0) used.delete(lot);
  return uses;
}

/** From what was made back to the import lines it was made of. One question to the journal for each level. */
export async function traceBack(lineage: Lineage, order: string): Promise<Use[]> {
  const { lots } = lineage.state;
  const uses = new Map<string, Map<number, Quantity>>();
  for (let wanted = [order], level = 0; wanted.length > 0 && level <= LEVELS_MAX; level += 1) {
    const found = await usesOf(lineage, wanted);
    const makers = new Set<string>();
    for (const [of, used] of found) {
      uses.set(of, used);
      for (const lot of used.keys()) makers.add(lots[lot]?.order ?? of);
    }
    wanted = [...makers].filter((maker) => !uses.has(maker));
  }
  const told = (of: string, above: readonly string[]): Use[] =>
    [...(uses.get(of) ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([number, quantity]) => {
        const lot = lots[number] as Lot;
        const path = [...above, of];
        // A rework can go round: a lot is not told of below itself.
        const goesOn = lot.order !== null && !path.includes(lot.order);
        return { lot, quantity, madeOf: goesOn ? told(lot.order, path) : [] };
      });
  return told(order, []);
}

/** From an import line to everything it went into. One question to the journal for each level. */
export async function traceForward(lineage: Lineage, lot: number): Promise<Outcome[]> {
  const { lots, orders } = lineage.state;
  const users = new Map<number, readonly string[]>();
  const uses = new Map<string, Map<number, Quantity>>();
  for (let wanted = [lot], level = 0; wanted.length > 0 && level <= LEVELS_MAX; level += 1) {
    for (const each of wanted) users.set(each, usersOf(lineage, each));
    const fresh = new Set(wanted.flatMap((each) => users.get(each) ?? []));
    const unknown = [...fresh].filter((order) => !uses.has(order));
    for (const [order, used] of await usesOf(lineage, unknown)) uses.set(order, used);
    const made = wanted.flatMap((each) => madeFrom(each));
    wanted = [...new Set(made)].filter((each) => !users.has(each));
  }
  return told(lot, []);

  /** The lots of the orders that kept some of a lot. */
  function madeFrom(of: number): number[] {
    return (users.get(of) ?? []).flatMap((order) =>
      uses.get(order)?.has(of) ? (orders.get(order)?.lots ?? []).filter((each) => each !== of) : [],
    );
  }
  function told(of: number, above: readonly number[]): Outcome[] {
    const path = [...above, of];
    return (users.get(of) ?? []).flatMap((order) => {
      const quantity = uses.get(order)?.get(of);
      // Issued to it, and come back whole.
      if (quantity === undefined) return [];
      const made = (orders.get(order)?.lots ?? []).filter((each) => each !== of);
      return [
        {
          ...{ order, quantity },
          lots: made.map((each) => ({
            lot: lots[each] as Lot,
            into: path.includes(each) ? [] : told(each, path),
          })),
        },
      ];
    });
  }
}

/** The orders a lot was ever issued to, by name. */
const usersOf = ({ state }: Lineage, lot: number): string[] =>
  [...new Set(state.users[lot]?.all)].map((order) => state.orderList[order]?.order ?? '').sort();

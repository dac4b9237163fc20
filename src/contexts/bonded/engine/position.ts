import {
  ACCOUNTS,
  type Account,
  accountAt,
  isInProcessAt,
  isOnHandAt,
  siteAt,
} from '../accounts.ts';
import type { Quantity } from '../quantity.ts';
import type { LedgerState, OrderState, PartState } from './state.ts';

export type Balances = { readonly [A in Account]?: Quantity };

/** What every account holds of a part, at one site or at all; accounts that hold nothing are left out. */
export function balancesOf(part: PartState, site?: number): Balances {
  const sums = new Map<Account, Quantity>();
  part.balances.forEach((quantity, place) => {
    if (site !== undefined && siteAt(place) !== site) return;
    const account = accountAt(place);
    sums.set(account, (sums.get(account) ?? 0) + quantity);
  });
  return Object.fromEntries(
    ACCOUNTS.flatMap((account) => (sums.get(account) ? [[account, sums.get(account)]] : [])),
  );
}

/**
 * 应剩余: what must be there by the book, wherever it is. Because every movement has two ends, this is at
 * once opening + in − used − sold − sent away − destroyed, and the sum of what all places hold.
 */
export function remainderOf(part: PartState, site?: number): Quantity {
  return part.balances.reduce(
    (sum, quantity, place) =>
      isOnHandAt(place) && (site === undefined || siteAt(place) === site) ? sum + quantity : sum,
    0,
  );
}

/** So much of one lot at one account. */
export interface LotPosition {
  readonly account: Account;
  readonly site: number;
  readonly order: string | null;
  readonly lot: string;
  readonly quantity: Quantity;
}

/** Where every lot of a part is. */
export function lotsOf(state: LedgerState, part: PartState): LotPosition[] {
  const named = (lot: number): string => state.lots[lot]?.name ?? '';
  const stored = part.stocks.flatMap((stock, place) =>
    (stock?.runs() ?? []).map(({ lot, quantity }) => ({
      ...{ account: accountAt(place), site: siteAt(place), order: null },
      ...{ lot: named(lot), quantity },
    })),
  );
  const onOrders = holdersOf(state).flatMap(({ order, site, inProcess }) =>
    inProcess.runs(part.number).map(({ lot, quantity }) => ({
      ...{ account: 'inProcess' as const, site, order, lot: named(lot), quantity },
    })),
  );
  return [...stored, ...onOrders];
}

const holdersOf = (state: LedgerState): OrderState[] =>
  [...state.holders].sort((a, b) => a.number - b.number);

/** What is wrong with a book: nothing, ever. */
export function faultsOf(state: LedgerState): string[] {
  return state.parts.flatMap((part) => {
    const name = part.part.part;
    const faults: string[] = [];
    const sum = part.balances.reduce((total, quantity) => total + (quantity ?? 0), 0);
    if (sum !== 0) faults.push(`${name} does not balance: ${sum}`);
    part.balances.forEach((quantity, place) => {
      if (!isOnHandAt(place)) return;
      if (quantity < 0) faults.push(`${name} holds ${quantity} at ${place}`);
      const lots = isInProcessAt(place)
        ? [...state.holders]
            .filter(({ site }) => site === siteAt(place))
            .reduce((total, order) => total + order.inProcess.total(part.number), 0)
        : (part.stocks[place]?.total ?? 0);
      if (lots !== quantity) faults.push(`${name} at ${place}: ${quantity}, and ${lots} in lots`);
    });
    return faults;
  });
}

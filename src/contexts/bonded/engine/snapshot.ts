import type { Part } from '../contract.ts';
import type { Quantity } from '../quantity.ts';
import type { Lot } from './entry.ts';
import {
  addLot,
  addPart,
  emptyState,
  type Held,
  type LedgerState,
  type OrderState,
  type PartState,
} from './state.ts';
import { Stock } from './stock.ts';

type Runs = readonly (readonly [lot: number, quantity: Quantity])[];

/** The shape of a snapshot; in the order of its numbers and names, so that equal books are equal text. */
interface Snapshot {
  readonly seq: number;
  readonly parts: readonly {
    readonly part: string;
    readonly balances: readonly (readonly [place: number, quantity: Quantity])[];
    readonly stocks: readonly (readonly [place: number, runs: Runs])[];
  }[];
  readonly lots: readonly Lot[];
  readonly users: readonly (readonly string[])[];
  readonly orders: readonly (Omit<OrderState, 'inProcess'> & {
    readonly inProcess: readonly (readonly [part: number, runs: Runs])[];
  })[];
  readonly held: readonly Held[];
  readonly reversed: readonly string[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const runsOf = (stock: Stock): Runs => stock.runs().map(({ lot, quantity }) => [lot, quantity]);

export function snapshotOf(state: LedgerState): string {
  const snapshot: Snapshot = {
    seq: state.seq,
    parts: state.parts.map(({ part, balances, stocks }) => ({
      part: part.part,
      balances: balances.flatMap((quantity, place) =>
        quantity ? [[place, quantity] as const] : [],
      ),
      stocks: stocks.flatMap((stock, place) =>
        stock && stock.total > 0 ? [[place, runsOf(stock)] as const] : [],
      ),
    })),
    lots: state.lots,
    users: state.users,
    orders: [...state.orders.values()]
      .sort((a, b) => byText(a.order, b.order))
      .map(({ order, site, product, version, made, settledBy, waiting, inProcess }) => ({
        ...{ order, site, product, version, made, settledBy, waiting },
        inProcess: [...inProcess]
          .filter(([, stock]) => stock.total > 0)
          .sort(([a], [b]) => a - b)
          .map(([part, stock]) => [part, runsOf(stock)] as const),
      })),
    held: [...state.held.values()],
    reversed: [...state.reversed].sort(byText),
  };
  return JSON.stringify(snapshot);
}

/** @param parts those of the ledger, in the order of their numbers: there may be more by now. */
export function readSnapshot(text: string, parts: readonly Part[]): LedgerState {
  const { seq, parts: kept, lots, users, orders, held, reversed } = JSON.parse(text) as Snapshot;
  const state = emptyState();
  for (const part of parts) addPart(state, part);
  for (const lot of lots) addLot(state, lot);
  for (const [lot, orders] of users.entries()) state.users[lot]?.push(...orders);
  kept.forEach(({ balances, stocks }, number) => {
    const part = state.parts[number] as PartState;
    for (const [place, quantity] of balances) part.balances[place] = quantity;
    for (const [place, runs] of stocks) part.stocks[place] = stockOf(runs);
  });
  for (const { inProcess, ...order } of orders) {
    const stocks = inProcess.map(([part, runs]) => [part, stockOf(runs)] as const);
    state.orders.set(order.order, { ...order, inProcess: new Map(stocks) });
  }
  for (const each of held) state.held.set(each.event.id, each);
  for (const event of reversed) state.reversed.add(event);
  state.seq = seq;
  return state;
}

function stockOf(runs: Runs): Stock {
  const stock = new Stock();
  for (const [lot, quantity] of runs) stock.put(lot, quantity);
  return stock;
}

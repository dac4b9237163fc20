import assert from 'node:assert/strict';
import { accountAt, isOnHand } from '../accounts.ts';
import type { LedgerEvent, Part } from '../contract.ts';
import type { Quantity } from '../quantity.ts';
import type { Lot, Movement, Place } from './entry.ts';
import { Stock } from './stock.ts';

/** One part: its balance at every place, and its lots where goods are on hand. */
export interface PartState {
  readonly number: number;
  readonly part: Part;
  readonly balances: Quantity[];
  readonly stocks: (Stock | undefined)[];
  /** The numbers of its lots by their names. */
  readonly lots: Map<string, number>;
}

/** One production order. What it holds is kept part by part, lot by lot, until it is closed. */
export interface OrderState {
  readonly order: string;
  readonly site: number;
  product: string | null;
  version: string | null;
  /** What it made of its product, defective ones included: they took up as much. */
  made: Quantity;
  readonly inProcess: Map<number, Stock>;
  /** The event that divided its use last; `null` while it is open. */
  settledBy: string | null;
  /** Its events that wait for stock: it cannot close before them. */
  waiting: number;
}

/** An event that is kept until what it needs is there. */
export interface Held {
  readonly event: LedgerEvent;
  readonly actor: string;
  /** `part@place` or `order:<number>`: when one of these changes, it is worth another try. */
  readonly until: readonly string[];
}

export interface LedgerState {
  readonly parts: PartState[];
  readonly numbers: Map<string, number>;
  readonly lots: Lot[];
  readonly orders: Map<string, OrderState>;
  readonly held: Map<string, Held>;
  /** Of each lot, the orders it was ever issued to; of each order, the lots it made. */
  readonly users: string[][];
  readonly madeBy: Map<string, number[]>;
  /** The events that were reversed. */
  readonly reversed: Set<string>;
  seq: number;
}

export const emptyState = (): LedgerState => ({
  ...{ parts: [], numbers: new Map(), lots: [], orders: new Map(), held: new Map() },
  ...{ users: [], madeBy: new Map(), reversed: new Set() },
  seq: 0,
});

export function addPart(state: LedgerState, part: Part): void {
  const number = state.parts.length;
  assert(!state.numbers.has(part.part), `Part ${part.part} is numbered twice.`);
  state.parts.push({ number, part, balances: [], stocks: [], lots: new Map() });
  state.numbers.set(part.part, number);
}

export function addLot(state: LedgerState, lot: Lot): void {
  assert(lot.number === state.lots.length, 'Lots are numbered in the order they come.');
  state.lots.push(lot);
  state.users.push([]);
  partAt(state, lot.part).lots.set(lot.name, lot.number);
  if (lot.order === null) return;
  const made = state.madeBy.get(lot.order);
  if (made) made.push(lot.number);
  else state.madeBy.set(lot.order, [lot.number]);
}

export function removeLot(state: LedgerState, lot: Lot): void {
  assert(state.lots.pop()?.number === lot.number, 'The last lot is taken back first.');
  state.users.pop();
  partAt(state, lot.part).lots.delete(lot.name);
  if (lot.order !== null) state.madeBy.get(lot.order)?.pop();
}

/** An order is known from the first event that names it: its opening may arrive later. */
export function orderAt(state: LedgerState, order: string, site: number): OrderState {
  const known = state.orders.get(order);
  if (known) return known;
  const opened: OrderState = {
    ...{ order, site, product: null, version: null, made: 0 },
    ...{ inProcess: new Map(), settledBy: null, waiting: 0 },
  };
  state.orders.set(order, opened);
  return opened;
}

export function partAt(state: LedgerState, number: number): PartState {
  const part = state.parts[number];
  assert(part, `There is no part ${number}.`);
  return part;
}

/** What a place holds of a part; for goods in process, on one order. */
export function stockAt(part: PartState, place: Place, order: OrderState | null): Stock {
  if (accountAt(place) === 'inProcess') {
    assert(order, 'What is in process is on an order.');
    const known = order.inProcess.get(part.number) ?? new Stock();
    order.inProcess.set(part.number, known);
    return known;
  }
  const known = part.stocks[place] ?? new Stock();
  part.stocks[place] = known;
  return known;
}

/** Moves goods. Swapping its ends undoes it exactly. */
export function move(state: LedgerState, movement: Movement, order: OrderState | null): void {
  const { lot, from, to, quantity } = movement;
  const part = partAt(state, movement.part);
  if (isOnHand(accountAt(from))) stockAt(part, from, order).take(lot, quantity);
  if (isOnHand(accountAt(to))) stockAt(part, to, order).put(lot, quantity);
  part.balances[from] = (part.balances[from] ?? 0) - quantity;
  part.balances[to] = (part.balances[to] ?? 0) + quantity;
  assert(
    Number.isSafeInteger(part.balances[from]) && Number.isSafeInteger(part.balances[to]),
    `A balance of ${part.part.part} left the safe integers.`,
  );
}

export const swapped = (movement: Movement): Movement => ({
  ...movement,
  from: movement.to,
  to: movement.from,
});

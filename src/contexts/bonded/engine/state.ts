import assert from 'node:assert/strict';
import { isInProcessAt, isOnHandAt, placeOf } from '../accounts.ts';
import type { LedgerEvent, LotPolicy, Part } from '../contract.ts';
import type { Quantity } from '../quantity.ts';
import type { Lot, Movement, Place } from './entry.ts';
import { Holding } from './holding.ts';
import { OrderList } from './order-list.ts';
import { STORE } from './routes.ts';
import type { Run } from './runs.ts';
import { Stock } from './stock.ts';

/** One part: its balance at every place, and its lots where goods are on hand. */
export interface PartState {
  readonly number: number;
  readonly part: Part;
  /** Where its kind is kept, at the first site. */
  readonly home: Place;
  readonly balances: Quantity[];
  readonly stocks: (Stock | undefined)[];
  /** The numbers of its lots by their names. */
  readonly lots: Map<string, number>;
}

/** One production order. What it holds is kept part by part, lot by lot, until it is closed. */
export interface OrderState {
  /** Counted from 0 in the ledger, in the order they were first heard of. */
  readonly number: number;
  readonly order: string;
  readonly site: number;
  product: string | null;
  version: string | null;
  /** What it made of its product, defective ones included: they took up as much. */
  made: Quantity;
  readonly inProcess: Holding;
  /** The lots it made. */
  readonly lots: number[];
  /** The event that divided its use last; `null` while it is open. */
  settledBy: string | null;
  /** Its events that wait for stock: it cannot close before them. */
  waiting: number;
}

/** An event that is kept until what it needs is there. */
export interface Held {
  readonly event: LedgerEvent;
  readonly actor: string;
  /** Its row in the journal: the longer an event waits, the lower it is. */
  readonly since: number;
  /** `part@place`, `order:<number>` or `event:<id>`: when one of these changes, it is worth another try. */
  readonly until: readonly string[];
}

export interface LedgerState {
  readonly parts: PartState[];
  readonly numbers: Map<string, number>;
  readonly lots: Lot[];
  readonly orders: Map<string, OrderState>;
  /** The same orders by their numbers. */
  readonly orderList: OrderState[];
  readonly held: Map<string, Held>;
  /** Of everything that events wait for, the events that do. */
  readonly awaited: Map<string, Set<Held>>;
  /** Of each lot, the orders it was ever issued to. */
  readonly users: OrderList[];
  /** Orders that hold something in process: few of all there ever were. */
  readonly holders: Set<OrderState>;
  /** The events that were reversed. */
  readonly reversed: Set<string>;
  /** Told of an order that is about to change. */
  readonly watches: Set<(order: OrderState) => void>;
  seq: number;
}

export const emptyState = (): LedgerState => ({
  ...{ parts: [], numbers: new Map(), lots: [], orders: new Map(), orderList: [] },
  ...{ held: new Map(), awaited: new Map(), users: [], reversed: new Set() },
  ...{ holders: new Set(), watches: new Set() },
  seq: 0,
});

export function addPart(state: LedgerState, part: Part): void {
  const number = state.parts.length;
  assert(!state.numbers.has(part.part), `Part ${part.part} is numbered twice.`);
  const home = placeOf(STORE[part.kind], 0);
  state.parts.push({ number, part, home, balances: [], stocks: [], lots: new Map() });
  state.numbers.set(part.part, number);
}

export function addLot(state: LedgerState, lot: Lot): void {
  assert(lot.number === state.lots.length, 'Lots are numbered in the order they come.');
  state.lots.push(lot);
  state.users.push(new OrderList());
  partAt(state, lot.part).lots.set(lot.name, lot.number);
  if (lot.order !== null) state.orders.get(lot.order)?.lots.push(lot.number);
}

export function removeLot(state: LedgerState, lot: Lot): void {
  assert(state.lots.pop()?.number === lot.number, 'The last lot is taken back first.');
  state.users.pop();
  partAt(state, lot.part).lots.delete(lot.name);
  if (lot.order !== null) state.orders.get(lot.order)?.lots.pop();
}

/** An order is known from the first event that names it: its opening may arrive later. */
export function orderAt(state: LedgerState, order: string, site: number): OrderState {
  const known = state.orders.get(order);
  if (known) return known;
  const opened: OrderState = {
    number: state.orderList.length,
    order,
    site,
    product: null,
    version: null,
    made: 0,
    inProcess: new Holding(),
    lots: [],
    settledBy: null,
    waiting: 0,
  };
  state.orderList.push(opened);
  state.orders.set(order, opened);
  return opened;
}

export function removeOrder(state: LedgerState, order: OrderState): void {
  assert(state.orderList.pop() === order, 'The last order is taken back first.');
  state.orders.delete(order.order);
}

/** Says that an order is about to change: asked before every change of one. */
export function touch(state: LedgerState, order: OrderState | null | undefined): void {
  if (order) for (const watch of state.watches) watch(order);
}

/** Keeps an event until something it needs comes. */
export function addHeld(state: LedgerState, held: Held): void {
  state.held.set(held.event.id, held);
  for (const where of held.until) {
    const waiting = state.awaited.get(where);
    if (waiting) waiting.add(held);
    else state.awaited.set(where, new Set([held]));
  }
}

export function removeHeld(state: LedgerState, held: Held): void {
  state.held.delete(held.event.id);
  for (const where of held.until) {
    const waiting = state.awaited.get(where);
    if (waiting?.delete(held) && waiting.size === 0) state.awaited.delete(where);
  }
}

export function partAt(state: LedgerState, number: number): PartState {
  const part = state.parts[number];
  if (!part) throw new assert.AssertionError({ message: `There is no part ${number}.` });
  return part;
}

/** What a place holds of a part, or of one lot of it; for goods in process, on one order. */
export function thereOf(
  part: PartState,
  place: Place,
  order: OrderState | null,
  lot?: number,
): Quantity {
  if (isInProcessAt(place)) {
    const { inProcess } = onOrder(order);
    return lot === undefined ? inProcess.total(part.number) : inProcess.of(part.number, lot);
  }
  const stock = part.stocks[place];
  return (lot === undefined ? stock?.total : stock?.of(lot)) ?? 0;
}

/** By lot everything there is of a part, or what a use of so much would take. */
export function runsOf(
  part: PartState,
  place: Place,
  order: OrderState | null,
  quantity?: Quantity,
  policy?: LotPolicy,
): readonly Run[] {
  if (isInProcessAt(place)) return onOrder(order).inProcess.runs(part.number, quantity, policy);
  return part.stocks[place]?.runs(quantity, policy) ?? [];
}

function onOrder(order: OrderState | null): OrderState {
  if (!order) throw new assert.AssertionError({ message: 'What is in process is on an order.' });
  return order;
}

/** Moves goods. Swapping its ends undoes it exactly. */
export function move(state: LedgerState, movement: Movement, order: OrderState | null): void {
  const { lot, from, to, quantity } = movement;
  const part = partAt(state, movement.part);
  const { balances } = part;
  if (isInProcessAt(from)) takeFrom(state, onOrder(order), movement);
  else if (isOnHandAt(from)) stockAt(part, from).take(lot, quantity);
  if (isInProcessAt(to)) putOn(state, onOrder(order), movement);
  else if (isOnHandAt(to)) stockAt(part, to).put(lot, quantity);
  const left = (balances[from] ?? 0) - quantity;
  balances[from] = left;
  const there = (balances[to] ?? 0) + quantity;
  balances[to] = there;
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(there)) {
    const message = `A balance of ${part.part.part} left the safe integers.`;
    throw new assert.AssertionError({ message });
  }
}

function takeFrom(state: LedgerState, order: OrderState, movement: Movement): void {
  order.inProcess.take(movement.part, movement.lot, movement.quantity);
  if (order.inProcess.isEmpty) state.holders.delete(order);
}

function putOn(state: LedgerState, order: OrderState, movement: Movement): void {
  if (order.inProcess.isEmpty) state.holders.add(order);
  order.inProcess.put(movement.part, movement.lot, movement.quantity);
}

function stockAt(part: PartState, place: Place): Stock {
  const known = part.stocks[place];
  if (known) return known;
  const stock = new Stock();
  part.stocks[place] = stock;
  return stock;
}

export const swapped = ({ part, lot, from, to, quantity }: Movement): Movement => ({
  part,
  lot,
  from: to,
  to: from,
  quantity,
});

import type { Part } from '../contract.ts';
import { ByteReader, ByteWriter, damaged } from '../packing.ts';
import type { Run } from './runs.ts';
import {
  addHeld,
  addLot,
  addPart,
  emptyState,
  type Held,
  type LedgerState,
  type OrderState,
  orderAt,
  type PartState,
} from './state.ts';
import { Stock } from './stock.ts';

const FORMAT = 'bonded book 1';
/** About so much is made at a time. */
const SLICE_BYTES = 1 << 18;

/**
 * The whole book as bytes, slice by slice; equal books give equal bytes. All slices are of the moment it was begun,
 * however long taking them lasts and whatever is done to the book meanwhile: parts and what waits are written at
 * once, lots and uses are only ever added to, and an order that is about to change is written before it does.
 */
export function takeSnapshot(state: LedgerState): Iterable<Buffer> {
  const writer = new ByteWriter(SLICE_BYTES + SLICE_BYTES / 4);
  writeHead(writer, state);
  const lots = state.lots.length;
  const uses = new Int32Array(lots);
  for (let lot = 0; lot < lots; lot += 1) uses[lot] = state.users[lot]?.length ?? 0;
  const orders = watchOrders(state);
  return slices();

  function* slices(): Iterable<Buffer> {
    try {
      writer.natural(orders.count);
      for (let order = 0; order < orders.count; order += 1) {
        orders.write(writer, order);
        if (writer.length >= SLICE_BYTES) yield writer.take();
      }
      writer.natural(lots);
      for (let lot = 0; lot < lots; lot += 1) {
        writeLot(writer, state, lot, uses[lot] as number);
        if (writer.length >= SLICE_BYTES) yield writer.take();
      }
      yield writer.take();
    } finally {
      orders.end();
    }
  }
}

function writeHead(writer: ByteWriter, state: LedgerState): void {
  writer.text(FORMAT);
  writer.natural(state.seq);
  writer.natural(state.parts.length);
  for (const { part, balances, stocks } of state.parts) {
    writer.text(part.part);
    writePlaces(
      writer,
      balances.map((quantity) => (quantity === 0 ? undefined : quantity)),
      (quantity) => writer.integer(quantity),
    );
    writePlaces(
      writer,
      stocks.map((stock) => (stock && stock.total > 0 ? stock.runs() : undefined)),
      (runs) => writeRuns(writer, runs),
    );
  }
  writer.natural(state.held.size);
  for (const held of state.held.values()) writer.text(JSON.stringify(held));
  writer.natural(state.reversed.size);
  for (const event of state.reversed) writer.text(event);
}

/** Of the places that hold something, how far each is behind the one before; 0 ends them. */
function writePlaces<T>(
  writer: ByteWriter,
  at: readonly (T | undefined)[],
  write: (what: T) => void,
): void {
  let last = -1;
  at.forEach((what, place) => {
    if (what === undefined) return;
    writer.natural(place - last);
    write(what);
    last = place;
  });
  writer.natural(0);
}

function readPlaces(reader: ByteReader, read: (place: number) => void): void {
  let place = -1;
  for (let step = reader.natural(); step > 0; step = reader.natural()) {
    place += step;
    read(place);
  }
}

function writeRuns(writer: ByteWriter, runs: readonly Run[]): void {
  writer.natural(runs.length);
  let last = -1;
  for (const { lot, quantity } of runs) {
    writer.natural(lot - last);
    writer.natural(quantity);
    last = lot;
  }
}

function readRuns(reader: ByteReader, take: (lot: number, quantity: number) => void): void {
  let lot = -1;
  for (let left = reader.natural(); left > 0; left -= 1) {
    lot += reader.natural();
    take(lot, reader.natural());
  }
}

/** Orders as they stand now, written later. */
function watchOrders(state: LedgerState) {
  const count = state.orderList.length;
  const changed = new Map<number, Buffer>();
  let next = 0;
  const watch = (order: OrderState): void => {
    if (order.number < next || order.number >= count || changed.has(order.number)) return;
    const writer = new ByteWriter();
    writeOrder(writer, state, order);
    changed.set(order.number, writer.take());
  };
  state.watches.add(watch);
  return {
    count,
    write(writer: ByteWriter, number: number): void {
      const bytes = changed.get(number);
      if (bytes) writer.append(bytes);
      else writeOrder(writer, state, state.orderList[number] as OrderState);
      changed.delete(number);
      next = number + 1;
    },
    end: () => state.watches.delete(watch),
  };
}

function writeOrder(writer: ByteWriter, { numbers }: LedgerState, order: OrderState): void {
  writer.text(order.order);
  writer.natural(order.site);
  writer.natural(order.product === null ? 0 : (numbers.get(order.product) as number) + 1);
  writer.text(order.version);
  writer.integer(order.made);
  writer.text(order.settledBy);
  writer.natural(order.waiting);
  for (const part of order.inProcess.parts()) {
    writer.natural(part + 1);
    writeRuns(writer, order.inProcess.runs(part));
  }
  writer.natural(0);
}

function readOrder(reader: ByteReader, state: LedgerState): void {
  const order = orderAt(state, textOf(reader), reader.natural());
  const product = reader.natural();
  order.product = product === 0 ? null : partOf(state, product - 1).part.part;
  order.version = reader.text();
  order.made = reader.integer();
  order.settledBy = reader.text();
  order.waiting = reader.natural();
  for (let part = reader.natural(); part > 0; part = reader.natural()) {
    const { number } = partOf(state, part - 1);
    readRuns(reader, (lot, quantity) => order.inProcess.put(number, lot, quantity));
  }
  if (!order.inProcess.isEmpty) state.holders.add(order);
}

function writeLot(writer: ByteWriter, state: LedgerState, number: number, uses: number): void {
  const { name, part, order, document, occurredAt } = state.lots[number] as LedgerState['lots'][0];
  writer.text(name);
  writer.natural(part);
  writer.natural(order === null ? 0 : (state.orders.get(order) as OrderState).number + 1);
  writer.text(document);
  writer.text(occurredAt);
  writer.natural(uses);
  const users = state.users[number]?.all ?? [];
  let last = 0;
  for (let at = 0; at < uses; at += 1) {
    const user = users[at] as number;
    writer.integer(user - last);
    last = user;
  }
}

function readLot(reader: ByteReader, state: LedgerState): void {
  const number = state.lots.length;
  const name = textOf(reader);
  const { number: part } = partOf(state, reader.natural());
  const madeBy = reader.natural();
  const order = madeBy === 0 ? null : (state.orderList[madeBy - 1]?.order ?? null);
  const document = reader.text();
  addLot(state, { number, name, part, order, document, occurredAt: textOf(reader) });
  let user = 0;
  for (let left = reader.natural(); left > 0; left -= 1) {
    user += reader.integer();
    state.users[number]?.push(user);
  }
}

/**
 * @param parts those of the ledger, in the order of their numbers: there may be more by now.
 * @throws RangeError when the bytes are not what `takeSnapshot` gave.
 */
export function readSnapshot(bytes: Uint8Array, parts: readonly Part[]): LedgerState {
  const reader = new ByteReader(bytes);
  if (reader.text() !== FORMAT) throw damaged('another format');
  const state = emptyState();
  for (const part of parts) addPart(state, part);
  state.seq = reader.natural();
  const known = reader.natural();
  for (let number = 0; number < known; number += 1) readPart(reader, partOf(state, number));
  for (let left = reader.natural(); left > 0; left -= 1)
    addHeld(state, JSON.parse(textOf(reader)) as Held);
  for (let left = reader.natural(); left > 0; left -= 1) state.reversed.add(textOf(reader));
  for (let left = reader.natural(); left > 0; left -= 1) readOrder(reader, state);
  for (let left = reader.natural(); left > 0; left -= 1) readLot(reader, state);
  reader.end();
  return state;
}

function readPart(reader: ByteReader, { part, balances, stocks }: PartState): void {
  if (reader.text() !== part.part) throw damaged('parts of another ledger');
  readPlaces(reader, (place) => {
    balances[place] = reader.integer();
  });
  readPlaces(reader, (place) => {
    const stock = new Stock();
    readRuns(reader, (lot, quantity) => stock.put(lot, quantity));
    stocks[place] = stock;
  });
}

function partOf(state: LedgerState, number: number): PartState {
  const part = state.parts[number];
  if (!part) throw damaged('a part that is not of the ledger');
  return part;
}

function textOf(reader: ByteReader): string {
  const text = reader.text();
  if (text === null) throw damaged('a name');
  return text;
}

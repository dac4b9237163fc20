import assert from 'node:assert/strict';
import type { Movement } from '../engine/entry.ts';

/**
 * Movements as bytes, exact for every safe integer. They are written in runs that share a way:
 *
 *     movements, then for each run: length, from, to, and for each of its movements:
 *     part − part before, lot − lot before, quantity
 *
 * Numbers are of seven bits a byte, the lowest first; differences carry their sign in the first byte. Orders
 * move neighbouring parts by few ways, so a movement takes six to eight bytes. Of all ways to write
 * a number or a run only the shortest is read: the same movements are always the same bytes.
 */
export function encodeMovements(movements: readonly Movement[]): Buffer {
  const writer = createWriter(16 + movements.length * MOVEMENT_BYTES_MAX);
  writer.natural(movements.length);
  let part = 0;
  let lot = 0;
  for (let at = 0; at < movements.length; ) {
    const end = endOfRun(movements, at);
    const { from, to } = movements[at] as Movement;
    writer.natural(end - at);
    writer.natural(from);
    writer.natural(to);
    for (; at < end; at += 1) {
      const movement = movements[at] as Movement;
      writer.integer(movement.part - part);
      writer.integer(movement.lot - lot);
      writer.natural(movement.quantity);
      ({ part, lot } = movement);
    }
  }
  return writer.bytes();
}

/** @throws RangeError when the bytes are not exactly what `encodeMovements` wrote. */
export function decodeMovements(bytes: Uint8Array): Movement[] {
  const reader = createReader(bytes);
  const movements: Movement[] = [];
  const count = reader.natural();
  let part = 0;
  let lot = 0;
  let [from, to] = [-1, -1];
  while (movements.length < count) {
    const end = movements.length + reader.natural();
    const way = [reader.natural(), reader.natural()] as const;
    const isOneRun = way[0] === from && way[1] === to;
    if (end === movements.length || end > count || isOneRun) throw damaged('a run');
    [from, to] = way;
    while (movements.length < end) {
      part += reader.integer();
      lot += reader.integer();
      const quantity = reader.natural();
      const isPossible = part >= 0 && lot >= -1 && quantity > 0;
      if (!isPossible || !Number.isSafeInteger(part) || !Number.isSafeInteger(lot))
        throw damaged('a movement');
      movements.push({ part, lot, from, to, quantity });
    }
  }
  reader.end();
  return movements;
}

/** Five numbers of at most eight bytes, where every movement is a run, and its length. */
const MOVEMENT_BYTES_MAX = 48;
const NUMBER_BYTES_MAX = 8;

const damaged = (what: string): RangeError =>
  new RangeError(`Packed movements are damaged: ${what}.`);

function endOfRun(movements: readonly Movement[], start: number): number {
  const { from, to } = movements[start] as Movement;
  let end = start + 1;
  while (movements[end]?.from === from && movements[end]?.to === to) end += 1;
  return end;
}

interface Writer {
  natural(value: number): void;
  integer(value: number): void;
  bytes(): Buffer;
}

function createWriter(bytesMax: number): Writer {
  const buffer = Buffer.allocUnsafe(bytesMax);
  let at = 0;
  const natural = (value: number): void => {
    assert(Number.isSafeInteger(value) && value >= 0, `Not a number of the journal: ${value}`);
    rest(value);
  };
  const rest = (value: number): void => {
    let left = value;
    while (left >= 128) {
      buffer[at++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    buffer[at++] = left;
  };
  const integer = (value: number): void => {
    assert(Number.isSafeInteger(value), `Not a difference of the journal: ${value}`);
    const magnitude = Math.abs(value);
    const first = (magnitude % 64) + (value < 0 ? 64 : 0);
    if (magnitude < 64) buffer[at++] = first;
    else {
      buffer[at++] = first + 128;
      rest(Math.floor(magnitude / 64));
    }
  };
  return { natural, integer, bytes: () => Buffer.from(buffer.subarray(0, at)) };
}

interface Reader {
  natural(): number;
  integer(): number;
  end(): void;
}

function createReader(bytes: Uint8Array): Reader {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw damaged('they end too soon');
    return byte;
  };
  /** What follows a first byte, of which `scale` values are told apart already. */
  const rest = (low: number, scale: number): number => {
    const end = at + NUMBER_BYTES_MAX;
    let value = low;
    for (let factor = scale; ; factor *= 128) {
      const byte = next();
      value += (byte % 128) * factor;
      if (byte >= 128 && at < end) continue;
      if (byte === 0 || byte >= 128) throw damaged('a number');
      return value;
    }
  };
  const natural = (): number => {
    const first = next();
    const value = first < 128 ? first : rest(first - 128, 128);
    if (!Number.isSafeInteger(value)) throw damaged('a number');
    return value;
  };
  const integer = (): number => {
    const first = next();
    const magnitude = first < 128 ? first % 64 : rest(first % 64, 64);
    const isNegative = first % 128 >= 64;
    if (!Number.isSafeInteger(magnitude) || (isNegative && magnitude === 0))
      throw damaged('a difference');
    return isNegative ? -magnitude : magnitude;
  };
  const end = (): void => {
    if (at !== bytes.length) throw damaged('something follows them');
  };
  return { natural, integer, end };
}

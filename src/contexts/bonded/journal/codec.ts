import type { Movement } from '../engine/entry.ts';
import { ByteReader, ByteWriter, damaged } from '../packing.ts';

/** What a movement takes, about: orders move neighbouring parts by few ways. */
const MOVEMENT_BYTES = 8;

/**
 * Movements as bytes, exact for every safe integer. They are written in runs that share a way:
 *
 *     movements, then for each run: length, from, to, and for each of its movements:
 *     part − part before, lot − lot before, quantity
 *
 * Orders move neighbouring parts by few ways, so a movement takes six to eight bytes. Of all ways to write
 * a run only the longest is read: the same movements are always the same bytes.
 */
export function encodeMovements(movements: readonly Movement[]): Buffer {
  const writer = new ByteWriter(16 + movements.length * MOVEMENT_BYTES);
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
      part = movement.part;
      lot = movement.lot;
    }
  }
  return writer.take();
}

/** Told of one movement. */
export type Visit = (part: number, lot: number, from: number, to: number, quantity: number) => void;

/** @throws RangeError when the bytes are not exactly what `encodeMovements` wrote. */
export function decodeMovements(bytes: Uint8Array): Movement[] {
  const movements: Movement[] = [];
  eachMovement(bytes, (part, lot, from, to, quantity) => {
    movements.push({ part, lot, from, to, quantity });
  });
  return movements;
}

/** As `decodeMovements`, making nothing: what is folded by the million is told and forgotten. */
export function eachMovement(bytes: Uint8Array, visit: Visit): void {
  const reader = new ByteReader(bytes);
  let left = reader.natural();
  let part = 0;
  let lot = 0;
  let from = -1;
  let to = -1;
  while (left > 0) {
    const run = reader.natural();
    const source = reader.natural();
    const target = reader.natural();
    const isOneRun = source === from && target === to;
    if (run === 0 || run > left || isOneRun) throw damaged('a run');
    from = source;
    to = target;
    left -= run;
    for (let at = 0; at < run; at += 1) {
      part += reader.integer();
      lot += reader.integer();
      const quantity = reader.natural();
      const isPossible = part >= 0 && lot >= -1 && quantity > 0;
      if (!isPossible || !Number.isSafeInteger(part) || !Number.isSafeInteger(lot))
        throw damaged('a movement');
      visit(part, lot, from, to, quantity);
    }
  }
  reader.end();
}

function endOfRun(movements: readonly Movement[], start: number): number {
  const { from, to } = movements[start] as Movement;
  for (let end = start + 1; end < movements.length; end += 1) {
    const next = movements[end] as Movement;
    if (next.from !== from || next.to !== to) return end;
  }
  return movements.length;
}

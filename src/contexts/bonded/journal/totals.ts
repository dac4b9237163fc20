import type { Movement } from '../engine/entry.ts';
import { eachMovement, encodeMovements } from './codec.ts';

/** Places stay far below this, whatever the number of sites. */
const PLACES_MAX = 65_536;
/** Of no lot: a total is of all of them. */
const NO_LOT = -1;

/**
 * What rows of a journal moved in all: one movement for each way and part. It stands for them wherever lots and
 * single moments do not matter.
 */
export class Totals {
  private readonly ways = new Map<number, Map<number, number>>();

  /** @throws RangeError when these bytes are not exactly what `encodeMovements` wrote. */
  add(bytes: Uint8Array): void {
    eachMovement(bytes, (part, _lot, from, to, quantity) => {
      const way = from * PLACES_MAX + to;
      let sums = this.ways.get(way);
      if (!sums) {
        sums = new Map();
        this.ways.set(way, sums);
      }
      sums.set(part, (sums.get(part) ?? 0) + quantity);
    });
  }

  /**
   * The same rows always give the same bytes: ways and parts in the order of their numbers.
   * @throws TypeError when a sum is beyond what can be counted exactly.
   */
  encode(): Buffer {
    const byNumber = (a: readonly [number, unknown], b: readonly [number, unknown]): number =>
      a[0] - b[0];
    const movements = [...this.ways].sort(byNumber).flatMap(([way, sums]): Movement[] => {
      const [from, to] = [Math.floor(way / PLACES_MAX), way % PLACES_MAX];
      return [...sums]
        .sort(byNumber)
        .map(([part, quantity]) => ({ part, lot: NO_LOT, from, to, quantity }));
    });
    return encodeMovements(movements);
  }
}

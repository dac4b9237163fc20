import { damaged } from '../packing.ts';

const MAX = Number.MAX_SAFE_INTEGER;

/** What went one way, from a place to a place. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  /** By the number of a part. */
  readonly quantities: Float64Array;
}

/**
 * Sums of packed movements (`codec.ts`), by way and part. What whole ledgers are folded into, a hundred million
 * movements at a time: numbers are read where they stand, and a movement costs one addition.
 */
export class Flows {
  private readonly ways = new Map<number, Map<number, Flow>>();
  private readonly parts: number;
  private at = 0;

  /** @param parts how many there are: movements name each by a number below it. */
  constructor(parts: number) {
    this.parts = parts;
  }

  /**
   * Adds the movements of a row that stands in `bytes` from `start` to before `end`.
   * @throws RangeError when these bytes are not exactly what `encodeMovements` wrote, or name a part that is not there.
   * The sums are of no use then.
   */
  add(bytes: Uint8Array, start: number, end: number): void {
    const { parts } = this;
    let [part, lot, from, to] = [0, 0, -1, -1];
    this.at = start;
    for (let left = this.natural(bytes); left > 0; ) {
      const [run, source, target] = [this.natural(bytes), this.natural(bytes), this.natural(bytes)];
      if (run === 0 || run > left || (source === from && target === to)) throw damaged('a run');
      [from, to] = [source, target];
      left -= run;
      let { at } = this;
      const { quantities } = this.of(from, to);
      // The three numbers of a movement are read in line, as `ByteReader` reads them: this loop is the whole cost.
      for (let moved = 0; moved < run; moved += 1) {
        let byte = bytes[at++] as number;
        if (byte === 64) throw damaged('a difference');
        let isLess = (byte & 64) !== 0;
        let value = byte & 63;
        for (let scale = 64; byte > 127; scale *= 128) {
          byte = bytes[at++] as number;
          if (byte === 0) throw damaged('a difference');
          value += (byte & 127) * scale;
        }
        part += isLess ? -value : value;
        byte = bytes[at++] as number;
        if (byte === 64) throw damaged('a difference');
        isLess = (byte & 64) !== 0;
        value = byte & 63;
        for (let scale = 64; byte > 127; scale *= 128) {
          byte = bytes[at++] as number;
          if (byte === 0) throw damaged('a difference');
          value += (byte & 127) * scale;
        }
        lot += isLess ? -value : value;
        byte = bytes[at++] as number;
        value = byte & 127;
        for (let scale = 128; byte > 127; scale *= 128) {
          byte = bytes[at++] as number;
          if (byte === 0) throw damaged('a number');
          value += (byte & 127) * scale;
        }
        if (!(part >= 0 && part < parts && lot >= -1 && lot <= MAX && value > 0 && value <= MAX))
          throw damaged('a movement');
        quantities[part] = (quantities[part] as number) + value;
      }
      this.at = at;
    }
    if (this.at !== end) throw damaged('a row');
  }

  /**
   * Every way that something went.
   * @throws RangeError when a sum is beyond what can be counted exactly.
   */
  *all(): Iterable<Flow> {
    for (const targets of this.ways.values())
      for (const flow of targets.values()) {
        if (flow.quantities.some((sum) => sum > MAX)) throw new RangeError('A sum is too large.');
        yield flow;
      }
  }

  private natural(bytes: Uint8Array): number {
    let byte = bytes[this.at++] as number;
    let value = byte & 127;
    for (let scale = 128; byte > 127; scale *= 128) {
      byte = bytes[this.at++] as number;
      if (byte === 0) throw damaged('a number');
      value += (byte & 127) * scale;
    }
    if (value > MAX) throw damaged('a number');
    return value;
  }

  private of(from: number, to: number): Flow {
    const targets = this.ways.get(from) ?? new Map<number, Flow>();
    const flow = targets.get(to) ?? { from, to, quantities: new Float64Array(this.parts) };
    this.ways.set(from, targets);
    targets.set(to, flow);
    return flow;
  }
}

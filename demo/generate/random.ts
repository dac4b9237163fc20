import { createHash } from 'node:crypto';

/**
 * A source of chance that is the same for the same seed on every machine. Each topic draws from its
 * own stream, so that changing how one thing is generated leaves everything else as it was.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number in [0, below). */
  int(below: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  normal(): number;
  /** Median 1; `spread` is the standard deviation of the logarithm. */
  logNormal(spread: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Small fast counter generator (sfc32, PractRand), seeded by the hash of seed and topic. */
export function randomFor(seed: string, ...topic: readonly (string | number)[]): Random {
  const hash = createHash('sha256')
    .update([seed, ...topic].join('\u0000'))
    .digest();
  let a = hash.readInt32LE(0);
  let b = hash.readInt32LE(4);
  let c = hash.readInt32LE(8);
  let counter = hash.readInt32LE(12);

  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 4294967296;
  };
  const normal = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  };
  return {
    next,
    int: (below) => Math.floor(next() * below),
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    normal,
    logNormal: (spread) => Math.exp(spread * normal()),
    pick: (list) => {
      const item = list[Math.floor(next() * list.length)];
      if (item === undefined) throw new Error('Nothing to pick from an empty list.');
      return item;
    },
  };
}

/** Draws items in proportion to their weights; building costs once, drawing is a binary search. */
export function drawer<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
): (random: Random) => T {
  const kept = items.filter((item) => weightOf(item) > 0);
  const bounds: number[] = [];
  let total = 0;
  for (const item of kept) {
    total += weightOf(item);
    bounds.push(total);
  }
  return (random) => {
    const wanted = random.next() * total;
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    const item = kept[low];
    if (item === undefined) throw new Error('Nothing to draw: no item has a weight.');
    return item;
  };
}

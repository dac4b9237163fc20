import type { Chance } from './chance.ts';
import { type Held, readSpot } from './fold.ts';
import { isKind, rounded, UNIT, type World } from './world.ts';

interface Tag {
  readonly tag: string;
  readonly part: string;
  readonly stock: string;
  readonly site: string;
  readonly quantity: number;
  readonly bin: string;
}

export interface Counted {
  readonly counted: Held;
  readonly tags: readonly Tag[];
  /** By spot, what the count is off by. */
  readonly noise: ReadonlyMap<string, number>;
}

const STOCK: Readonly<Record<string, string>> = {
  ...{ rawMaterial: 'materials', inProcess: 'onTheLine', semiFinished: 'semiFinished' },
  ...{ finished: 'finished', outsourced: 'outsourced', defective: 'defective', scrap: 'scrap' },
};

/** Counts what is there, in one bin or two, and miscounts about one material in eight. */
export function count(world: World, truth: Held, book: Held, rate: number): Counted {
  const { chance, seed, step } = world;
  const counted = new Map<string, number>();
  const noise = new Map<string, number>();
  const tags: Tag[] = [];
  for (const spot of new Set([...truth.keys(), ...book.keys()])) {
    const [part, account, site] = readSpot(spot);
    const there = truth.get(spot) ?? 0;
    if (there < 0) throw new Error(`There is less than nothing of ${spot}.`);
    if (there === 0 && !book.get(spot)) continue;
    const isMiscounted = chance.next() < 0.12 * rate && account === 'rawMaterial';
    const drawn = isMiscounted ? miscount(world, there) : 0;
    const off = there + drawn < 0 ? 0 : drawn;
    if (off !== 0) noise.set(spot, off);
    const quantity = there + off;
    counted.set(spot, quantity);
    const inTransit = isKind(world, part, 'finished') ? 'productsInTransit' : 'materialsInTransit';
    const stock = account === 'inTransit' ? inTransit : (STOCK[account] ?? account);
    for (const held of bins(chance, quantity, step)) {
      const nth = tags.length + 1;
      const bin = `${'ABC'[nth % 3]}${nth % 40}`;
      tags.push({ tag: `P${seed}-${nth}`, part, stock, site, quantity: held, bin });
    }
  }
  return { counted, tags, noise };
}

function bins(chance: Chance, quantity: number, step: number): number[] {
  if (quantity <= 2 * step || !chance.chance(0.5)) return [quantity];
  const some = Math.floor((quantity * 0.3) / step) * step;
  return [some, quantity - some];
}

/** A little that is gone, a slip of the pen, a tag counted twice, two digits exchanged. */
function miscount(world: World, there: number): number {
  const { chance, step } = world;
  switch (chance.pick(['loss', 'digits', 'tagTwice', 'slip', 'loss'])) {
    case 'loss':
      return -Math.min(there, rounded(world, there * (0.001 + chance.next() * 0.01)));
    case 'slip':
      return (chance.chance(0.5) ? -1 : 1) * step * chance.int(1, 5);
    case 'tagTwice':
      return rounded(world, there * 0.2);
    default: {
      const whole = Math.floor(there / UNIT);
      const [first = '', second = '', ...others] = String(whole);
      if (others.length === 0 || first === second || second === '0') return 0;
      return (Number([second, first, ...others].join('')) - whole) * UNIT;
    }
  }
}

import type { Quantity } from '../quantity.ts';

/** One quantity that may be part of a sum. */
export interface Term {
  readonly id: string;
  /** Terms of one shape say the same; sums of the same shapes are one answer. */
  readonly shape: string;
  readonly quantity: Quantity;
  readonly slack: Quantity;
  readonly uses: readonly string[];
}

export interface Closures<T extends Term> {
  /** The smallest sets whose sum is the wanted quantity, one of each shape. */
  readonly sets: readonly (readonly T[])[];
  /** How many sums of this size and smaller one would expect to hit the quantity by mere chance. */
  readonly chance: number;
  /** False when there were too many sums to try them all. */
  readonly isWhole: boolean;
}

/** Most causes one difference is taken apart into, beside those that are certain. */
export const CAUSES_MAX = 5;
const STEPS_MAX = 100_000;
const SETS_MAX = 20;

/**
 * Exact subset sums: the fewest terms, no two using one record, that add up to `wanted` within `tolerance` and
 * their own slack. Tells beside them how much the hit is worth: among many sums one is bound to fit. Sums near
 * the quantity are counted and spread over the steps of the grid on which all of them lie.
 */
export function closuresOf<T extends Term>(
  terms: readonly T[],
  wanted: Quantity,
  tolerance: Quantity = 0,
): Closures<T> {
  const search = new Search(terms, wanted, tolerance);
  for (let size = 0; size <= Math.min(CAUSES_MAX, terms.length); size += 1) {
    search.ofSize(size);
    if (search.found.size > 0 || !search.isWhole) break;
  }
  return { sets: [...search.found.values()], chance: search.chance, isWhole: search.isWhole };
}

class Search<T extends Term> {
  readonly found = new Map<string, readonly T[]>();
  isWhole = true;
  readonly #terms: readonly T[];
  readonly #wanted: Quantity;
  readonly #tolerance: Quantity;
  readonly #step: Quantity;
  readonly #near: Quantity;
  readonly #chosen: T[] = [];
  readonly #used = new Set<string>();
  #nearby = 0;
  #steps = 0;
  /** How far off the hits could have been and still be hits. */
  #reach: Quantity;

  constructor(terms: readonly T[], wanted: Quantity, tolerance: Quantity) {
    this.#terms = fewOfEachShape(terms);
    this.#wanted = wanted;
    this.#tolerance = tolerance;
    this.#reach = tolerance;
    this.#step = this.#terms.reduce((step, { quantity }) => divisor(step, quantity), wanted) || 1;
    this.#near = Math.round(Math.abs(wanted) / 2) + NEAR_STEPS * this.#step;
  }

  get chance(): number {
    const width = 1 + 2 * Math.floor(this.#reach / this.#step);
    return (this.#nearby * width) / (1 + 2 * Math.floor(this.#near / this.#step));
  }

  ofSize(size: number): void {
    if (size === 0) {
      if (Math.abs(this.#wanted) <= this.#tolerance) this.found.set('', []);
    } else this.#extend(size, 0, this.#wanted, this.#tolerance);
  }

  #extend(size: number, from: number, rest: Quantity, slack: Quantity): void {
    if (size === 1) {
      this.#finish(from, rest, slack);
      return;
    }
    for (let at = from; at <= this.#terms.length - size; at += 1) {
      const term = this.#terms[at] as T;
      if (!this.#isFree(term)) continue;
      this.#steps += 1;
      if (this.#steps > STEPS_MAX) this.isWhole = false;
      if (!this.isWhole) return;
      this.#take(term);
      this.#extend(size - 1, at + 1, rest - term.quantity, slack + term.slack);
      this.#leave(term);
    }
  }

  #finish(from: number, rest: Quantity, slack: Quantity): void {
    for (let at = Math.max(from, this.#firstAbove(rest - this.#near)); ; at += 1) {
      const term = this.#terms[at];
      if (!term || term.quantity > rest + this.#near) return;
      if (!this.#isFree(term)) continue;
      this.#steps += 1;
      const reach = slack + term.slack;
      if (Math.abs(rest - term.quantity) > reach) this.#nearby += 1;
      else this.#keep([...this.#chosen, term], reach);
    }
  }

  #keep(set: readonly T[], reach: Quantity): void {
    this.#reach = Math.max(this.#reach, reach);
    const shape = set
      .map((term) => term.shape)
      .sort()
      .join('\n');
    if (this.found.size < SETS_MAX && !this.found.has(shape)) this.found.set(shape, set);
  }

  /** Terms stand in the order of their quantities. */
  #firstAbove(bound: Quantity): number {
    let [low, high] = [0, this.#terms.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#terms[middle] as T).quantity < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isFree = ({ uses }: T): boolean => !uses.some((record) => this.#used.has(record));
  #take(term: T): void {
    this.#chosen.push(term);
    for (const record of term.uses) this.#used.add(record);
  }
  #leave(term: T): void {
    this.#chosen.pop();
    for (const record of term.uses) this.#used.delete(record);
  }
}

/** Sums at least so many steps to either side are counted as near. */
const NEAR_STEPS = 20;

/** More than can be in one answer add nothing but copies of it. */
function fewOfEachShape<T extends Term>(terms: readonly T[]): readonly T[] {
  const seen = new Map<string, number>();
  return terms
    .toSorted((a, b) => a.quantity - b.quantity || (a.id < b.id ? -1 : 1))
    .filter(({ shape }) => {
      const count = (seen.get(shape) ?? 0) + 1;
      seen.set(shape, count);
      return count <= CAUSES_MAX;
    });
}

/** The greatest quantity that divides both. */
export function divisor(a: Quantity, b: Quantity): Quantity {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

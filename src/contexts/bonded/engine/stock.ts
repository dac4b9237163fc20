import { AssertionError } from 'node:assert';
import type { LotPolicy } from '../contract.ts';
import type { Quantity } from '../quantity.ts';
import { inProportion, type Run } from './runs.ts';

/** Lots that are used up are forgotten when there are so many of them. */
const FORGOTTEN_AT = 64;

/**
 * What one place holds of one part, lot by lot, the lot that came first in front. A lot's number says when it
 * came, so goods that come back stand again where they stood: first in, first out stays so.
 *
 * A class, since a ledger holds millions of them: closures for each would cost more than their lots.
 */
export class Stock {
  private readonly lots: number[] = [];
  private readonly left: Quantity[] = [];
  /** The first lot that is not used up. */
  private head = 0;
  private sum: Quantity = 0;

  get total(): Quantity {
    return this.sum;
  }

  /** The lot in front, of what is not empty. */
  get firstLot(): number {
    return this.lots[this.head] as number;
  }

  get firstQuantity(): Quantity {
    return this.left[this.head] as Quantity;
  }

  of(lot: number): Quantity {
    const at = this.find(lot);
    return this.lots[at] === lot ? (this.left[at] as Quantity) : 0;
  }

  /** Everything, or what a use of so much would take; nothing is taken. */
  runs(quantity: Quantity = this.sum, policy: LotPolicy = 'fifo'): Run[] {
    return policy === 'proportional' && quantity < this.sum
      ? inProportion(this.inOrder(this.sum), this.sum, quantity)
      : this.inOrder(quantity);
  }

  put(lot: number, quantity: Quantity): void {
    const at = this.find(lot);
    if (this.lots[at] === lot) {
      this.left[at] = (this.left[at] as Quantity) + quantity;
    } else if (at === this.lots.length) {
      this.lots.push(lot);
      this.left.push(quantity);
    } else {
      this.lots.splice(at, 0, lot);
      this.left.splice(at, 0, quantity);
    }
    this.sum += quantity;
  }

  /** Whoever takes has looked: to take what is not there is a fault of ours. */
  take(lot: number, quantity: Quantity): void {
    const at = this.find(lot);
    const there = this.lots[at] === lot ? (this.left[at] as Quantity) : 0;
    if (there < quantity)
      throw new AssertionError({ message: 'More was taken of a lot than there is.' });
    this.left[at] = there - quantity;
    this.sum -= quantity;
    this.forget();
  }

  /** Where a lot stands, or would: by bisection, and at once where it is in front or comes last. */
  private find(lot: number): number {
    const { lots } = this;
    let low = this.head;
    if (lots[low] === lot) return low;
    let high = lots.length;
    if (high === low || (lots[high - 1] as number) < lot) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lots[middle] as number) < lot) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private forget(): void {
    while (this.head < this.lots.length && this.left[this.head] === 0) this.head += 1;
    if (this.head < FORGOTTEN_AT || this.head * 2 < this.lots.length) return;
    this.lots.splice(0, this.head);
    this.left.splice(0, this.head);
    this.head = 0;
  }

  private inOrder(wanted: Quantity): Run[] {
    const runs: Run[] = [];
    let missing = wanted;
    for (let at = this.head; missing > 0 && at < this.lots.length; at += 1) {
      const quantity = Math.min(this.left[at] as Quantity, missing);
      if (quantity === 0) continue;
      runs.push({ lot: this.lots[at] as number, quantity });
      missing -= quantity;
    }
    return runs;
  }
}

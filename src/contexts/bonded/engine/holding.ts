import { AssertionError } from 'node:assert';
import type { LotPolicy } from '../contract.ts';
import type { Quantity } from '../quantity.ts';
import { inOrder, inProportion, type Run } from './runs.ts';

const WIDTH = 3;
/** Cells that are used up are forgotten when there are so many of them, and more than of the others. */
const FORGOTTEN_AT = 64 * WIDTH;

/**
 * What an order holds in process: of each part so much of each lot, by part and then by lot. Three numbers a run
 * in one array, since a million open orders hold fifty million of them: 24 bytes each.
 */
export class Holding {
  /** part, lot, quantity; part, lot, quantity; … */
  private readonly cells: number[] = [];
  /** Where the first run stands: an order is closed from the front. */
  private head = 0;

  get isEmpty(): boolean {
    return this.cells.length === this.head;
  }

  /** The part, lot and quantity in front, of what is not empty. */
  get firstPart(): number {
    return this.cells[this.head] as number;
  }

  get firstLot(): number {
    return this.cells[this.head + 1] as number;
  }

  get firstQuantity(): Quantity {
    return this.cells[this.head + 2] as Quantity;
  }

  total(part: number): Quantity {
    const { cells } = this;
    let sum = 0;
    for (let at = this.find(part, -1); cells[at] === part; at += WIDTH)
      sum += cells[at + 2] as Quantity;
    return sum;
  }

  of(part: number, lot: number): Quantity {
    const at = this.find(part, lot);
    return this.isAt(at, part, lot) ? (this.cells[at + 2] as Quantity) : 0;
  }

  /** Everything of a part, or what a use of so much would take; nothing is taken. */
  runs(part: number, quantity?: Quantity, policy: LotPolicy = 'fifo'): Run[] {
    const { cells } = this;
    const all: Run[] = [];
    let total = 0;
    for (let at = this.find(part, -1); cells[at] === part; at += WIDTH) {
      const held = cells[at + 2] as Quantity;
      all.push({ lot: cells[at + 1] as number, quantity: held });
      total += held;
    }
    if (quantity === undefined || quantity >= total) return all;
    return policy === 'proportional' ? inProportion(all, total, quantity) : inOrder(all, quantity);
  }

  /** The parts it holds, in the order of their numbers. */
  parts(): number[] {
    const parts: number[] = [];
    let last = -1;
    for (let at = this.head; at < this.cells.length; at += WIDTH) {
      const part = this.cells[at] as number;
      if (part !== last) parts.push(part);
      last = part;
    }
    return parts;
  }

  put(part: number, lot: number, quantity: Quantity): void {
    const { cells } = this;
    const at = this.find(part, lot);
    if (this.isAt(at, part, lot)) cells[at + 2] = (cells[at + 2] as Quantity) + quantity;
    else if (at === cells.length) cells.push(part, lot, quantity);
    else if (at === this.head && at > 0) {
      this.head -= WIDTH;
      cells[this.head] = part;
      cells[this.head + 1] = lot;
      cells[this.head + 2] = quantity;
    } else cells.splice(at, 0, part, lot, quantity);
  }

  /** Whoever takes has looked: to take what is not there is a fault of ours. */
  take(part: number, lot: number, quantity: Quantity): void {
    const { cells } = this;
    const at = this.find(part, lot);
    const there = this.isAt(at, part, lot) ? (cells[at + 2] as Quantity) : 0;
    if (there < quantity)
      throw new AssertionError({ message: 'More was taken of an order than it holds.' });
    if (there > quantity) cells[at + 2] = there - quantity;
    else if (at === this.head) this.forget();
    else if (at + WIDTH === cells.length) cells.length = at;
    else cells.splice(at, WIDTH);
  }

  /** The first run is used up. */
  private forget(): void {
    this.head += WIDTH;
    if (this.isEmpty) this.cells.length = 0;
    else if (this.head < FORGOTTEN_AT || this.head * 2 < this.cells.length) return;
    else this.cells.splice(0, this.head);
    this.head = 0;
  }

  private isAt(at: number, part: number, lot: number): boolean {
    return this.cells[at] === part && this.cells[at + 1] === lot;
  }

  /** Where a run stands, or would: by bisection, and at once where it is in front or comes last. */
  private find(part: number, lot: number): number {
    const { cells } = this;
    if (cells[this.head] === part && lot <= (cells[this.head + 1] as number)) return this.head;
    let low = this.head / WIDTH;
    let high = cells.length / WIDTH;
    if (high === low || this.isBefore((high - 1) * WIDTH, part, lot)) return cells.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.isBefore(middle * WIDTH, part, lot)) low = middle + 1;
      else high = middle;
    }
    return low * WIDTH;
  }

  private isBefore(at: number, part: number, lot: number): boolean {
    const other = this.cells[at] as number;
    return other < part || (other === part && (this.cells[at + 1] as number) < lot);
  }
}

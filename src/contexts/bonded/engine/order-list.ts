const NONE = new Int32Array(0);
const FIRST_LENGTH = 4;

/** Orders by their numbers, four bytes each: a ledger of a million orders remembers fifty million uses of lots. */
export class OrderList {
  private numbers = NONE;
  private count = 0;
  /** The last again: to look for it among the others takes longer than all else here. */
  private latest: number | undefined = undefined;

  get length(): number {
    return this.count;
  }

  get last(): number | undefined {
    return this.latest;
  }

  /** As they were added, one after another: the same order may stand there more than once. */
  get all(): Int32Array {
    return this.numbers.subarray(0, this.count);
  }

  push(order: number): void {
    if (this.count === this.numbers.length) {
      const longer = new Int32Array(Math.max(FIRST_LENGTH, this.count * 2));
      longer.set(this.numbers);
      this.numbers = longer;
    }
    this.numbers[this.count] = order;
    this.count += 1;
    this.latest = order;
  }
}

import { accountAt } from '../accounts.ts';
import type { Entry } from '../engine/entry.ts';
import type { Quantity } from '../quantity.ts';

/** What became of the parts that one or more orders took, beside what they made of it. */
interface Making {
  readonly made: Map<number, Quantity>;
  /** Embodied, and gone without a trace within the recorded rate: what is in the product, for customs. */
  readonly used: Map<number, Quantity>;
}

/** So much of each part went into so much of a product. */
export interface Made {
  readonly made: Quantity;
  readonly used: ReadonlyMap<number, Quantity>;
}

const IN_THE_PRODUCT: ReadonlySet<string> = new Set(['embodied', 'intangibleLoss']);

const add = (sums: Map<number, Quantity>, part: number, quantity: Quantity): void => {
  sums.set(part, (sums.get(part) ?? 0) + quantity);
};

/**
 * What the orders of a period really took for each product: of orders that lie wholly in it, were closed, and made
 * one product. By-products take nothing of their own; scrap and excess use are not in the product.
 */
export function createMakings() {
  const orders = new Map<string, Making>();
  return {
    add({ kind, order, movements }: Entry): void {
      if (order === null) return;
      if (kind === 'orderOpened') orders.set(order, { made: new Map(), used: new Map() });
      const making = orders.get(order);
      if (!making) return;
      for (const { part, quantity, from, to } of movements) {
        const [source, target] = [accountAt(from), accountAt(to)];
        if (source === 'made' && target !== 'byProduct') add(making.made, part, quantity);
        if (target === 'made' && source !== 'byProduct') add(making.made, part, -quantity);
        if (IN_THE_PRODUCT.has(target)) add(making.used, part, quantity);
        if (IN_THE_PRODUCT.has(source)) add(making.used, part, -quantity);
      }
    },
    /** By the number of the product. */
    byProduct(): ReadonlyMap<number, Made> {
      const sums = new Map<number, { made: Quantity; used: Map<number, Quantity> }>();
      for (const { made, used } of orders.values()) {
        const [only, another] = [...made].filter(([, quantity]) => quantity > 0);
        if (!only || another || [...used.values()].every((quantity) => quantity <= 0)) continue;
        const [product, quantity] = only;
        const sum = sums.get(product) ?? { made: 0, used: new Map<number, Quantity>() };
        sums.set(product, { made: sum.made + quantity, used: sum.used });
        for (const [part, taken] of used) if (taken > 0) add(sum.used, part, taken);
      }
      return sums;
    },
  };
}

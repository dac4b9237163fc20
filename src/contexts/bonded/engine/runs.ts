import type { Quantity } from '../quantity.ts';

/** So much of one lot. */
export interface Run {
  readonly lot: number;
  readonly quantity: Quantity;
}

/** What a use of so much takes of runs: the first ones first. */
export function inOrder(all: readonly Run[], wanted: Quantity): Run[] {
  const runs: Run[] = [];
  let missing = wanted;
  for (const run of all) {
    if (missing === 0) break;
    const quantity = Math.min(run.quantity, missing);
    runs.push(quantity === run.quantity ? run : { lot: run.lot, quantity });
    missing -= quantity;
  }
  return runs;
}

/** Of each lot its share, rounded down; what that leaves is taken of the first lots. */
export function inProportion(all: readonly Run[], of: Quantity, wanted: Quantity): Run[] {
  const total = BigInt(of);
  const shares = all.map(({ quantity }) => Number((BigInt(quantity) * BigInt(wanted)) / total));
  let missing = wanted - shares.reduce((sum, share) => sum + share, 0);
  return all.flatMap(({ lot, quantity }, index) => {
    const share = shares[index] as Quantity;
    const more = Math.min(missing, quantity - share);
    missing -= more;
    return share + more > 0 ? [{ lot, quantity: share + more }] : [];
  });
}

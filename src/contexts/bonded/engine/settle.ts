import { atOneOf, isInProcessAt } from '../accounts.ts';
import { atMost, type Quantity, times } from '../quantity.ts';
import type { Movement } from './entry.ts';
import type { Norm } from './norms.ts';

/** How the use of one part by a closed order divides. */
export interface Split {
  /** What the goods made took up. */
  readonly embodied: Quantity;
  /** Gone, within the recorded rate. */
  readonly intangibleLoss: Quantity;
  /** Used beyond both: a difference, which must be explained. */
  readonly excessUse: Quantity;
}

/**
 * Divides what a closed order used of a part. By its recorded net consumption, the goods made took up so
 * much; of what was used beyond that, the recorded rate of intangible loss allows a share of the use
 * (单耗 = 净耗 ÷ (1 − 工艺损耗率), Order 155: the rate is of the use, not of the net), rounded down, and
 * no more: a loss that grows with whatever is missing would hide a theft. What is beyond is a difference.
 * Where no consumption is recorded, the use itself is the consumption (工单式核销): unit consumption is
 * an output.
 */
export function splitUse(used: Quantity, made: Quantity, norm: Norm | null): Split {
  if (norm === null) return { embodied: used, intangibleLoss: 0, excessUse: 0 };
  const embodied = Math.min(used, times(made, norm.net));
  const beyond = used - embodied;
  const intangibleLoss = Math.min(beyond, atMost(used, norm.intangibleLossRate));
  return { embodied, intangibleLoss, excessUse: beyond - intangibleLoss };
}

const isDivided = atOneOf(['embodied', 'intangibleLoss', 'excessUse']);

/** Whether a movement divides the use of an order, or takes such a division back. */
export const isOfSettlement = ({ from, to }: Movement): boolean =>
  (isInProcessAt(from) && isDivided(to)) || (isDivided(from) && isInProcessAt(to));

const isMade = atOneOf(['made']);
const isProduct = atOneOf(['semiFinished', 'finished', 'defective']);

/** What a movement adds to what an order made; less than nothing where it takes back. */
export function madeBy({ from, to, quantity }: Movement): Quantity {
  if (isMade(from) && isProduct(to)) return quantity;
  return isMade(to) && isProduct(from) ? -quantity : 0;
}

export const madeIn = (movements: readonly Movement[]): Quantity =>
  movements.reduce((sum, movement) => sum + madeBy(movement), 0);

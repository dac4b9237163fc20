/** What happens once in four times surprises nobody; only what is rarer counts. */
const ORDINARY_BITS = 2;
/** Beyond one in 65,536 nothing is known of how rare a thing is, only that it is. */
const BITS_MAX = 16;

/**
 * How surprising a thing of this probability is beyond the ordinary, in bits: each bit more is half as
 * likely. Bits of independent things add up, which is why unlike oddities can be put in one order.
 */
export function surpriseOf(probability: number): number {
  if (probability >= 2 ** -ORDINARY_BITS) return 0;
  return Math.min(BITS_MAX, -Math.log2(probability)) - ORDINARY_BITS;
}

/**
 * The probability of a robust deviation at least this large, by Student's t with three degrees of
 * freedom. Prices of real trade have far heavier tails than the normal law: by that, a deviation of
 * six would happen once in five hundred million, and one freak would outrank every other sign.
 */
export function deviationProbability(deviation: number): number {
  const x = Math.abs(deviation) / Math.sqrt(3);
  return Math.max(2 ** -BITS_MAX, 1 - (2 / Math.PI) * (x / (1 + x * x) + Math.atan(x)));
}

/**
 * The probability that the next of a kind is one seen `count` times among `of` (Krichevsky and
 * Trofimov, 1981): never nought, however new the thing, and near one half while little has been seen.
 */
export const nextProbability = (count: number, of: number): number => (count + 0.5) / (of + 1);

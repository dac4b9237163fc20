import { divide, toText } from '../../../kernel/decimal.ts';
import type { Load, StoredGoods } from './contract.ts';
import { gramsOf } from './mass.ts';
import { allThresholds, thresholdsOf } from './threshold.ts';

/** Σ q/Q over a common denominator: exact, so that 1 is 1. */
export interface Shares {
  readonly certain: bigint;
  readonly possible: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
/** A number every threshold divides: the whole that shares are parts of. */
const WHOLE = allThresholds.map(BigInt).reduce((whole, each) => (whole / gcd(whole, each)) * each);
const DIGITS = 4;

export const NO_SHARES: Shares = { certain: 0n, possible: 0n };

export const plus = (a: Shares, b: Shares): Shares => ({
  certain: a.certain + b.certain,
  possible: a.possible + b.possible,
});

export const minus = (a: Shares, b: Shares): Shares => ({
  certain: a.certain - b.certain,
  possible: a.possible - b.possible,
});

/** What goods add to the load of their site. */
export function sharesOf(goods: readonly StoredGoods[]): Shares {
  return goods.reduce((sum, each) => {
    const { certain, possible } = thresholdsOf(each);
    const mass = BigInt(gramsOf(each.netMassKg));
    const share = (threshold: number | null): bigint =>
      threshold === null ? 0n : mass * (WHOLE / BigInt(threshold));
    return plus(sum, { certain: share(certain), possible: share(possible) });
  }, NO_SHARES);
}

/** Major hazard (重大危险源) where Σ q/Q ≥ 1, GB 18218-2018 4.2.2. */
export function loadOf({ certain, possible }: Shares): Load {
  const text = (share: bigint): string =>
    toText(divide({ coefficient: share, scale: 0 }, { coefficient: WHOLE, scale: 0 }, DIGITS));
  return {
    certain: text(certain),
    possible: text(possible),
    isReached: certain >= WHOLE,
    isOpen: certain < WHOLE && possible >= WHOLE,
  };
}

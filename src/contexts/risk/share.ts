import type { Share } from './backtest/contract.ts';
import { wilson } from './selection/intervals.ts';

/** So many out of so many, with Wilson's 95 % interval; out of none there is nothing to say. */
export function shareOf(numerator: number, denominator: number): Share {
  if (denominator === 0) return { numerator, denominator, value: null, interval: null };
  const interval = { ...wilson(numerator, denominator), level: 0.95 };
  return { numerator, denominator, value: numerator / denominator, interval };
}

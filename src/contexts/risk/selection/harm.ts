import type { FactSet } from '../../facts/index.ts';
import { positive } from '../derive.ts';
import type { Policy } from '../policy.ts';

type HarmPolicy = Pick<Policy, 'selection'>;

/**
 * Expected harm in CNY: what selections compete by.
 *
 *     harm = probability × min(max(revenue at stake, stakeMin), stakeMax)
 *
 * The probability must be calibrated, or the product means nothing. The floor is severity: drugs,
 * waste and arms cross in cheap consignments, so that below it consignments compete by probability
 * alone. The ceiling keeps one huge consignment with a small probability, and therefore with a large
 * relative error in it, from pushing aside ten that are probably wrong.
 */
export function harmOf(probability: number, facts: FactSet, policy: HarmPolicy): number {
  const { stakeMin, stakeMax } = policy.selection;
  return probability * Math.min(Math.max(revenueAtStake(facts, policy), stakeMin), stakeMax);
}

/**
 * The revenue that depends on the declaration being true. For an import duty, and value-added tax on
 * value and duty; for an export the tax refunded. A consignment whose value is not known has nothing
 * at stake here and is left to the floor.
 */
export function revenueAtStake(facts: FactSet, policy: HarmPolicy): number {
  const { dutyDefault, vat } = policy.selection;
  const value = valueCny(facts, policy) ?? 0;
  if (facts['declaration.ieFlag'] === 'E') return value * vat;
  const percent = facts['goods.taxRate'];
  const claimed = facts['goods.preference'];
  // Under a preferential rate it is the full rate that is lost if the claim is false.
  const isKnown = typeof percent === 'number' && percent >= 0 && typeof claimed !== 'string';
  const duty = isKnown ? percent / 100 : dutyDefault;
  return value * ((1 + duty) * (1 + vat) - 1);
}

/** Declared value at the policy's indicative rates; `null` where value or currency is not known. */
export function valueCny(facts: FactSet, { selection }: HarmPolicy): number | null {
  const value = positive(facts, 'declaration.value') ?? positive(facts, 'goods.value');
  const rate = selection.cnyPer[String(facts['declaration.currency'] ?? '')];
  return value === null || rate === undefined ? null : value * rate;
}

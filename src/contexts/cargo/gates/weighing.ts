import {
  compare,
  type Decimal,
  decimal,
  isNegative,
  multiply,
  round,
  subtract,
  sum,
  toText,
} from '../../../kernel/decimal.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { PassportContent, WeighedAs, Weighing, WeightComparison } from './contract.ts';
import type { GatePolicy } from './policy.ts';

/** What a lane's bridge showed before this vehicle. */
export interface BridgeMemory {
  readonly kg: string | null;
  readonly plate: string | null;
  /** How many different vehicles in a row it showed that for. */
  readonly run: number;
}

/**
 * Why a measurement cannot be true. It is refused as a reading and says nothing of the goods: a bridge
 * that reads zero under a lorry accuses nobody.
 */
export function faultOf(
  weighing: Weighing | null,
  plate: string,
  memory: BridgeMemory,
  { bridge }: GatePolicy,
): Refusal | null {
  if (!weighing) return { code: 'cargo.weight_missing' };
  const kg = decimal(weighing.kg);
  const least = decimal(bridge.leastKg);
  if (compare(kg, least) < 0) {
    return { code: 'cargo.weight_zero', seen: weighing.kg, params: { least: bridge.leastKg } };
  }
  if (compare(kg, decimal(bridge.mostKg)) > 0) {
    return { code: 'cargo.weight_over_bridge', seen: weighing.kg, params: { most: bridge.mostKg } };
  }
  const spread = spreadOf(weighing.samplesKg.map(decimal));
  if (compare(spread, decimal(bridge.settledWithinKg)) > 0) {
    return { code: 'cargo.weight_unsettled', seen: toText(spread) };
  }
  const run = runAfter(memory, weighing.kg, plate);
  if (run >= bridge.stuckAfter) {
    return { code: 'cargo.weight_stuck', seen: weighing.kg, params: { vehicles: run } };
  }
  return null;
}

/** How many different vehicles in a row will have had this figure. */
export function runAfter(memory: BridgeMemory, kg: string, plate: string): number {
  const same = memory.kg !== null && compare(decimal(memory.kg), decimal(kg)) === 0;
  if (!same) return 1;
  return memory.plate === plate ? memory.run : memory.run + 1;
}

function spreadOf(samples: readonly Decimal[]): Decimal {
  const [first = decimal(0), ...rest] = samples;
  let least = first;
  let most = first;
  for (const sample of rest) {
    if (compare(sample, least) < 0) least = sample;
    if (compare(sample, most) > 0) most = sample;
  }
  return subtract(most, least);
}

/** Vehicle, frame, containers and goods, as declared. */
export function expectedKg(content: PassportContent): Decimal {
  const { vehicle, containers, goodsGrossKg } = content;
  return sum(
    [vehicle.tareKg, vehicle.frameKg, goodsGrossKg, ...containers.map(({ tareKg }) => tareKg)].map(
      decimal,
    ),
  );
}

/** The greater of a share of what was expected and a floor: a light van is not held for a full tank. */
export function allowedKg(expected: Decimal, goods: WeighedAs, policy: GatePolicy): Decimal {
  const tolerance = policy.tolerances.find((each) => each.goods === goods);
  if (!tolerance) throw new Error(`The gate policy has no tolerance for ${goods} goods.`);
  const share = round(multiply(expected, multiply(decimal(tolerance.percent), decimal('0.01'))), 3);
  const floor = decimal(tolerance.floorKg);
  return compare(share, floor) > 0 ? share : floor;
}

export interface Compared {
  readonly comparison: WeightComparison;
  readonly isWithin: boolean;
}

/** Measured against expected: the difference with its sign, and whether it is within what is allowed. */
export function compareWeight(
  content: PassportContent,
  goods: WeighedAs,
  measured: string,
  policy: GatePolicy,
): Compared {
  const expected = expectedKg(content);
  const difference = subtract(decimal(measured), expected);
  const allowed = allowedKg(expected, goods, policy);
  const magnitude = isNegative(difference) ? subtract(decimal(0), difference) : difference;
  return {
    isWithin: compare(magnitude, allowed) <= 0,
    comparison: {
      expectedKg: toText(expected),
      measuredKg: toText(decimal(measured)),
      differenceKg: toText(difference),
      allowedKg: toText(allowed),
      rule: `${goods} ${policy.from}`,
    },
  };
}

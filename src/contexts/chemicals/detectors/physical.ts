import {
  compare,
  type Decimal,
  decimal,
  divide,
  isZero,
  subtract,
  toFloat,
} from '../../../kernel/decimal.ts';
import type { Verdict } from './contract.ts';
import { misfit, notEvaluated } from './verdict.ts';

/** Peers of a figure: how many, their median, and how far they scatter (median absolute deviation). */
export interface Peers {
  readonly count: number;
  readonly median: number;
  readonly deviation: number;
}

/** Fewer peers than this say nothing. */
const PEERS_MIN = 30;
/** Deviations from the median that are still ordinary. */
const DEVIATIONS = 6;

/** A price, a mass or a volume per unit against earlier goods of the same substance. */
export function againstPeers(
  what: 'price' | 'mass' | 'volume',
  value: number | null,
  peers: Peers | null,
): Verdict | null {
  if (value === null || peers === null || peers.count < PEERS_MIN || peers.deviation <= 0) {
    return notEvaluated('price', 'chemicals.peers_missing', { what });
  }
  const far = Math.abs(value - peers.median) / peers.deviation;
  if (far <= DEVIATIONS) return null;
  const points = Math.min(60, Math.round(10 + 2 * far));
  const params = { what, value, median: peers.median, count: peers.count };
  return misfit('price', 'chemicals.far_from_peers', points, params);
}

const SHARE = decimal('0.05');
const LEAST_KG = decimal(200);

/**
 * What a gate or weighbridge weighed against the mass declared with the container's own: more than a
 * twentieth and more than 200 kg apart does not fit. Kilograms as text.
 */
export function weighing(
  weighedKg: string | null,
  declaredGrossKg: string | null,
  tareKg: string | null,
): Verdict | null {
  if (weighedKg === null || declaredGrossKg === null || tareKg === null) {
    return notEvaluated('weighing', 'chemicals.weighing_missing');
  }
  const declared = decimal(declaredGrossKg);
  const goods = subtract(decimal(weighedKg), decimal(tareKg));
  const apart = magnitude(subtract(goods, declared));
  if (isZero(declared) || compare(apart, LEAST_KG) <= 0) return null;
  const share = divide(apart, declared, 4);
  if (compare(share, SHARE) <= 0) return null;
  const points = Math.min(70, Math.round(20 + 100 * toFloat(share)));
  return misfit('weighing', 'chemicals.mass_differs', points, {
    weighed: weighedKg,
    declared: declaredGrossKg,
    tare: tareKg,
    share: `${Math.round(toFloat(share) * 100)} %`,
  });
}

const magnitude = ({ coefficient, scale }: Decimal): Decimal => ({
  coefficient: coefficient < 0n ? -coefficient : coefficient,
  scale,
});

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

/** A figure beside those of earlier peers: how many there are, their median, and how many of their deviations it lies away. */
export interface BesidePeers {
  readonly what: 'price' | 'mass';
  readonly value: number | null;
  readonly count: number | null;
  readonly median: number | null;
  readonly deviations: number | null;
}

/** Fewer peers than this say nothing. */
const PEERS_MIN = 30;
/** Deviations from the median that are still ordinary. */
const DEVIATIONS = 6;
const DIGITS = 4;

/** A price per kilogram, or a mass per unit, against earlier goods of the same heading and origin. */
export function againstPeers({
  what,
  value,
  count,
  median,
  deviations,
}: BesidePeers): Verdict | null {
  const isKnown = value !== null && count !== null && median !== null && deviations !== null;
  if (!isKnown || count < PEERS_MIN) {
    return notEvaluated('price', 'chemicals.peers_missing', { what });
  }
  const far = Math.abs(deviations);
  if (far <= DEVIATIONS) return null;
  const points = Math.min(60, Math.round(10 + 2 * far));
  const shown = (figure: number): number => Number(figure.toPrecision(DIGITS));
  const params = { what, value: shown(value), median: shown(median), count };
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

import type { FactSet } from '../facts/index.ts';

/** A fact's number when it is known, finite and above zero: what can be divided by, or have a logarithm. */
export function positive(facts: FactSet, name: string): number | null {
  const value = facts[name];
  return typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY ? value : null;
}

/**
 * Facts that follow from a declaration alone. A ratio whose parts are unknown or zero is missing:
 * a free sample has a price of nought, not a price far below its peers.
 */
export function derive(facts: FactSet): Record<string, number> {
  const derived: Record<string, number> = {};
  const value = positive(facts, 'goods.value');
  const mass = positive(facts, 'goods.netMass');
  const quantity = positive(facts, 'goods.quantity');
  const net = positive(facts, 'declaration.netMass');
  const gross = positive(facts, 'declaration.grossMass');
  if (value !== null && mass !== null) derived['price.perKg'] = value / mass;
  if (mass !== null && quantity !== null) derived['weight.perUnit'] = mass / quantity;
  if (net !== null && gross !== null) derived['mass.netToGross'] = net / gross;
  return derived;
}

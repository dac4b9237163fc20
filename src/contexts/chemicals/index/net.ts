/** A sum of weighted features, and beside it a few units that each see all of them: what one feature says, another may take back. */
export interface Net {
  readonly linear: readonly number[];
  /** A row a unit: a weight a feature. */
  readonly units: readonly (readonly number[])[];
  readonly out: readonly number[];
}

/** The log-odds a network gives to features. */
export function scoreOf({ linear, units, out }: Net, features: ArrayLike<number>): number {
  let score = dot(linear, features);
  for (let unit = 0; unit < units.length; unit += 1)
    score += (out[unit] as number) * Math.tanh(dot(units[unit] as readonly number[], features));
  return score;
}

/** Weighted features added up: as many as have a weight. */
export function dot(weights: ArrayLike<number>, features: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i += 1)
    sum += (weights[i] as number) * (features[i] as number);
  return sum;
}

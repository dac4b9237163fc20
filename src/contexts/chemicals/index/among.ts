import { COMPARED } from './compare.ts';

/** What is seen of a name only among the others that are near. */
const AMONG = [
  'support',
  'supporters',
  'names',
  'cosineBehind',
  'spellingBehind',
  'soundBehind',
] as const;

/** What the models see of a candidate, in this order; the weights of `confidence.json` are in it too. */
export const FEATURES = [...COMPARED, ...AMONG] as const;

/** A near name, of which substance it is, and how it compares with what was asked. */
export interface Compared {
  readonly name: number;
  readonly substance: number;
  readonly features: Float64Array;
}

const COSINE = COMPARED.indexOf('cosine');
const SPELLING = COMPARED.indexOf('spelling');
const SOUND = COMPARED.indexOf('sound');
/** From here on more names of one substance say no more. */
const MANY_NEAR = 32;
const MANY_NAMES = 400;

/**
 * Adds to each comparison how much of what is near is of its substance, how many names that has, and how far it is behind the
 * nearest: a substance with ten trade numbers of one make is meant by the eleventh.
 */
export function amongOthers(
  compared: readonly Compared[],
  namesOf: (substance: number) => number,
): Compared[] {
  const support = new Map<number, { weight: number; count: number }>();
  let all = 0;
  const best = [0, 0, 0];
  for (const { substance, features } of compared) {
    const weight = (features[COSINE] as number) ** 2;
    const known = support.get(substance) ?? { weight: 0, count: 0 };
    support.set(substance, { weight: known.weight + weight, count: known.count + 1 });
    all += weight;
    [COSINE, SPELLING, SOUND].forEach((place, i) => {
      best[i] = Math.max(best[i] as number, features[place] as number);
    });
  }
  return compared.map((one) => {
    const { weight = 0, count = 1 } = support.get(one.substance) ?? {};
    const features = new Float64Array(FEATURES.length);
    features.set(one.features);
    features.set(
      [
        weight / (all || 1),
        Math.min(1, Math.log(count) / Math.log(MANY_NEAR)),
        Math.min(1, Math.log(namesOf(one.substance)) / Math.log(MANY_NAMES)),
        ...[COSINE, SPELLING, SOUND].map(
          (place, i) => (best[i] as number) - (one.features[place] as number),
        ),
      ],
      COMPARED.length,
    );
    return { ...one, features };
  });
}

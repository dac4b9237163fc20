// A name is meant by what stands beside it as well: of a make with many trade numbers the next one is of the same substance.
import { expect, test } from 'vitest';
import { amongOthers, FEATURES } from './among.ts';
import { COMPARED } from './compare.ts';

const compared = (substance: number, cosine: number) => {
  const features = new Float64Array(COMPARED.length);
  features[COMPARED.indexOf('cosine')] = cosine;
  return { name: substance, substance, features };
};
const seen = (features: Float64Array, name: (typeof FEATURES)[number]): number =>
  features[FEATURES.indexOf(name)] as number;

test('what is near of one substance speaks for each of its names', () => {
  const all = amongOthers([compared(1, 0.6), compared(1, 0.6), compared(2, 0.8)], (of) => 20 * of);
  expect(all.map(({ features }) => seen(features, 'support').toFixed(2))).toEqual([
    '0.53',
    '0.53',
    '0.47',
  ]);
  expect(all.map(({ features }) => seen(features, 'cosineBehind').toFixed(1))).toEqual([
    '0.2',
    '0.2',
    '0.0',
  ]);
  expect(all.map(({ features }) => seen(features, 'supporters') > 0)).toEqual([true, true, false]);
  expect(seen(all[2]?.features as Float64Array, 'names')).toBeGreaterThan(
    seen(all[0]?.features as Float64Array, 'names'),
  );
});

// Whether a port is still what a model learned from: each figure against values worked out by hand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileFact, sharesIn } from '../learning/profile.ts';
import { shareOf } from '../share.ts';
import {
  calibrationNow,
  chanceIndex,
  featureDrift,
  hitRateSignal,
  noveltyOf,
  type Reference,
  signalsOf,
  stabilityIndex,
} from './drift.ts';

describe('the stability index', () => {
  test.each([
    { before: [0.5, 0.5], now: [0.5, 0.5], index: 0 },
    // 0.1 · ln 1.2 + (−0.1) · ln 0.8
    { before: [0.5, 0.5], now: [0.6, 0.4], index: 0.0405465 },
    // 0.4 · ln 1.8 + (−0.4) · ln 0.2
    { before: [0.5, 0.5], now: [0.9, 0.1], index: 0.8788898 },
    // The empty bin counts as 0.0001: 0.4999 · ln 5000, and 0.5 · ln 2.
    { before: [0.5, 0.5], now: [0, 1], index: 4.6043185 },
    // What was never there: (0.2 − 0.0001) · ln 2000 + (0.8 − 1) · ln 0.8
    { before: [1, 0], now: [0.8, 0.2], index: 1.5640494 },
  ])('of $before and $now is $index', ({ before, now, index }) => {
    expect(stabilityIndex(before, now)).toBeCloseTo(index, 6);
  });

  test('does not mind which of the two came first, and is never below nought', () => {
    const shares = fc
      .array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 })
      .filter((counts) => counts.some((count) => count > 0))
      .map((counts) => counts.map((count) => count / counts.reduce((a, b) => a + b, 0)));
    fc.assert(
      fc.property(shares, shares, (a, b) => {
        expect(stabilityIndex(a, b)).toBeGreaterThanOrEqual(0);
        expect(stabilityIndex(a, b)).toBeCloseTo(stabilityIndex(b, a), 9);
      }),
    );
  });

  // Tables of chi-squared at 0.999: 10.828 with one degree of freedom, 27.877 with nine.
  test.each([
    { bins: 2, rows: 1_000, chance: 10.828 * 0.002 },
    { bins: 10, rows: 1_000, chance: 27.877 * 0.002 },
    { bins: 10, rows: 5_000, chance: 27.877 * 0.0004 },
  ])('reaches $chance by chance, of $bins bins and $rows rows', ({ bins, rows, chance }) => {
    expect(chanceIndex(bins, rows, rows) / chance).toBeCloseTo(1, 1);
  });
});

describe('the profile of a fact', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);

  test('cuts numbers into tenths; what equals an edge lies below it', () => {
    const profile = profileFact({ name: 'goods.value', type: 'number' }, hundred);
    expect(profile.edges).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(profile.shares).toEqual([...new Array(10).fill(0.1), 0]);
    expect(sharesIn(profile, [10, 10.5, 1e9, null])).toEqual([
      ...[0.25, 0.25, 0, 0, 0, 0, 0, 0, 0],
      ...[0.25, 0.25],
    ]);
  });

  test('has few bins where there are few values, and one for what is missing', () => {
    const profile = profileFact({ name: 'party.count', type: 'number' }, [0, 0, 0, 0, 1, null]);
    expect(profile.edges).toEqual([0, 1]);
    expect(profile.shares.map((share) => share * 6)).toEqual([4, 1, 0, 1]);
  });

  test('of nothing has a bin for any number, and one for none', () => {
    const profile = profileFact({ name: 'goods.value', type: 'number' }, []);
    expect(profile).toMatchObject({ edges: [], shares: [0, 0] });
    expect(sharesIn(profile, [5, null, null, null])).toEqual([0.25, 0.75]);
  });

  test('names the commonest texts, the rest together', () => {
    const texts = Array.from({ length: 40 }, (_, n) => `V${String(n % 20).padStart(2, '0')}`);
    const profile = profileFact({ name: 'goods.origin', type: 'text' }, [...texts, 'V19', null]);
    expect(profile.values?.[0]).toBe('V19');
    expect(profile.values).toHaveLength(15);
    expect(profile.shares.map((share) => Math.round(share * 42))).toEqual([
      3,
      ...new Array(14).fill(2),
      10,
      1,
    ]);
  });
});

describe('features', () => {
  const reference: Reference = {
    ...{ what: 'training', rows: 2_000 },
    profiles: [
      { fact: 'goods.origin', edges: null, values: ['EC', 'DE'], shares: [0.5, 0.5, 0, 0] },
      { fact: 'goods.value', edges: [10], values: null, shares: [0.5, 0.5, 0] },
    ],
  };
  const label = (name: string) => ({ zh: name, en: name });
  const decided = (count: number, german: number) =>
    Array.from({ length: count }, (_, n) => ({
      'goods.origin': n < german * count ? 'DE' : 'EC',
      'goods.value': n % 2 === 0 ? 5 : 15,
    }));

  test('come with the most drifted first, bin by bin in words', () => {
    const [origin, value] = featureDrift(reference, decided(1_000, 0.9), label);
    expect(origin).toMatchObject({ fact: 'goods.origin', signal: 'act' });
    expect(origin?.psi).toBeCloseTo(0.8788898, 6);
    expect(origin?.bins.map((bin) => [bin.label.en, bin.before, bin.now])).toEqual([
      ['EC', 0.5, 0.1],
      ['DE', 0.5, 0.9],
      ['others', 0, 0],
      ['missing', 0, 0],
    ]);
    expect(value).toMatchObject({ psi: 0, signal: 'steady' });
    expect(value?.bins.map((bin) => bin.label.en)).toEqual(['≤ 10.00', '> 10.00', 'missing']);
  });

  test('are watched before they are acted on, and few decisions prove nothing', () => {
    // 0.7 and 0.3: 0.2 · ln 1.4 + 0.2 · ln (5∕3) = 0.1695
    expect(featureDrift(reference, decided(1_000, 0.7), label)[0]?.signal).toBe('watch');
    expect(featureDrift(reference, decided(400, 0.9), label)[0]?.signal).toBe('steady');
  });
});

test.each([
  // Wilson's lower ends at 1,000: 0.0308, 0.0524 and 0.1752.
  { now: 43, before: 20, signal: 'steady' },
  { now: 68, before: 20, signal: 'watch' },
  { now: 200, before: 20, signal: 'act' },
] as const)('$now in a thousand unseen after $before is $signal', ({ now, before, signal }) => {
  expect(noveltyOf(shareOf(now, 1_000), shareOf(before, 1_000)).signal).toBe(signal);
  expect(noveltyOf(shareOf(now / 10, 100), shareOf(before, 1_000)).signal).toBe('steady');
});

describe('calibration', () => {
  const judged = (probability: number, found: number, of: number) =>
    Array.from({ length: of }, (_, n) => ({ probability, found: n < found }));

  test('weighs the gaps between stated and found by their rows', () => {
    // |0.15 − 0.1| · 100∕200 + |0.85 − 0.6| · 100∕200 = 0.15
    const { bins, error, signal } = calibrationNow([
      ...judged(0.15, 10, 100),
      ...judged(0.85, 60, 100),
    ]);
    expect(error).toBeCloseTo(0.15, 12);
    expect(signal).toBe('act');
    expect(bins[1]).toMatchObject({
      from: 0.1,
      to: 0.2,
      found: { numerator: 10, denominator: 100 },
    });
    expect(bins[8]?.stated).toBeCloseTo(0.85, 12);
    expect(bins[0]).toMatchObject({ stated: null, found: { value: null } });
  });

  test.each([
    { stated: 0.52, signal: 'steady' },
    { stated: 0.57, signal: 'watch' },
  ])('half found where $stated was stated is $signal', ({ stated, signal }) => {
    expect(calibrationNow(judged(stated, 100, 200)).signal).toBe(signal);
  });

  test('of a certainty falls in the last bin; of nothing is unknown', () => {
    expect(calibrationNow(judged(1, 1, 1)).bins[9]?.found.denominator).toBe(1);
    expect(calibrationNow([])).toMatchObject({ error: null, signal: 'steady' });
  });
});

test.each([
  { model: [60, 200], sample: [4, 100], signal: 'steady' },
  { model: [12, 200], sample: [4, 100], signal: 'watch' },
  { model: [8, 200], sample: [4, 100], signal: 'act' },
  { model: [0, 50], sample: [4, 100], signal: 'steady' },
  { model: [0, 200], sample: [0, 0], signal: 'steady' },
] as const)('a model that found $model where chance found $sample is $signal', (row) => {
  const share = ([found, of]: readonly [number, number]) => shareOf(found, of);
  expect(hitRateSignal(share(row.model), share(row.sample))).toBe(row.signal);
});

test('what crossed a threshold is said in both languages, the gravest first', () => {
  const steady = noveltyOf(shareOf(0, 0), shareOf(0, 0));
  const said = signalsOf({
    features: [
      { fact: 'a', label: { zh: '甲', en: 'A' }, psi: 0.15, signal: 'watch', bins: [] },
      { fact: 'b', label: { zh: '乙', en: 'B' }, psi: 0.01, signal: 'steady', bins: [] },
    ],
    hitRate: { model: shareOf(8, 200), sample: shareOf(4, 100), signal: 'act' },
    unseen: { parties: steady, cells: steady },
    calibration: { bins: [], error: null, signal: 'steady' },
  });
  expect(said.map(({ signal, value, threshold }) => ({ signal, value, threshold }))).toEqual([
    { signal: 'act', value: 0.04, threshold: 0.04 },
    { signal: 'watch', value: 0.15, threshold: 0.1 },
  ]);
  expect(said[0]?.sentence.en).toContain('4.0 % (8/200)');
  expect(said[1]?.sentence.zh).toBe('“甲”的分布已经变化：稳定性指数 0.15。');
});

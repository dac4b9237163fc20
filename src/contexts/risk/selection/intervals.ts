/**
 * Intervals for shares, exact where they can be: what is rare (a leak among a hundred drawn) is where
 * the usual normal approximation fails.
 */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where to look for a root: halving a unit interval so often reaches the last bit of a double. */
const HALVINGS = 60;

/**
 * Clopper and Pearson (1934): the shares under which seeing this many would not be too rare, by the
 * binomial law itself. It covers the truth at least as often as `level` says, at any size.
 */
export function clopperPearson(found: number, of: number, level = 0.95): Range {
  const tail = (1 - level) / 2;
  return {
    low: found === 0 ? 0 : betaQuantile(tail, found, of - found + 1),
    high: found === of ? 1 : betaQuantile(1 - tail, found + 1, of - found),
  };
}

/** So many found, each standing for `weight` of the whole. */
export interface WeightedCount {
  readonly found: number;
  readonly weight: number;
}

/**
 * Fay and Feuer (1997): an interval for a weighted sum of counts, from gamma distributions matched to
 * its mean and variance; the upper end reckons with one more count of the greatest weight. Made for
 * rare counts in strata of unequal weight, and on the safe side.
 */
export function fayFeuer(counts: readonly WeightedCount[], level = 0.95): Range {
  const tail = (1 - level) / 2;
  const sum = counts.reduce((all, { found, weight }) => all + weight * found, 0);
  const variance = counts.reduce((all, { found, weight }) => all + weight * weight * found, 0);
  const most = counts.reduce((greatest, { weight }) => Math.max(greatest, weight), 0);
  const above = { sum: sum + most, variance: variance + most * most };
  const quantile = (of: typeof above, p: number) =>
    (of.variance / of.sum) * gammaQuantile(p, (of.sum * of.sum) / of.variance);
  return {
    low: sum === 0 ? 0 : quantile({ sum, variance }, tail),
    high: most === 0 ? 1 : Math.min(1, quantile(above, 1 - tail)),
  };
}

/** Wilson (1927): the score interval, for figures that are read beside one another. */
export function wilson(found: number, of: number): Range {
  const z = 1.959963984540054;
  const share = found / of;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const reach =
    (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

function betaQuantile(p: number, a: number, b: number): number {
  return rootOf((x) => betaShare(x, a, b) - p, 0, 1);
}

function gammaQuantile(p: number, shape: number): number {
  let high = Math.max(1, shape);
  while (gammaShare(high, shape) < p) high *= 2;
  return rootOf((x) => gammaShare(x, shape) - p, 0, high);
}

/** Where a rising function passes nought. */
function rootOf(rising: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function by its continued fraction (Abramowitz, Stegun 26.5.8). */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a);
  const front = Math.exp(
    a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b),
  );
  return (front * betaFraction(x, a, b)) / a;
}

const STEPS_MAX = 10_000;
const ENOUGH = 1e-15;

/** Lentz's method: from the front, two steps of the fraction at a time. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < STEPS_MAX; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < ENOUGH) break;
  }
  return value;
}

/** The regularised lower incomplete gamma function: its series below the mean, its fraction above. */
function gammaShare(x: number, shape: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; n < STEPS_MAX && term > sum * ENOUGH; n += 1) {
      term *= x / (shape + n);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 1 - shape;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < STEPS_MAX; n += 1) {
    const numerator = -n * (n - shape);
    b += 2;
    d = 1 / nonzero(numerator * d + b);
    c = nonzero(b + numerator / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < ENOUGH) break;
  }
  return 1 - front * value;
}

const TINY = 1e-300;
const nonzero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** Lanczos' approximation (g = 7, n = 9), for arguments above nought. */
function logGamma(x: number): number {
  const sum = LANCZOS.reduce((all, term, i) => (i === 0 ? term : all + term / (x - 1 + i)), 0);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

import type { Calibration } from './contract.ts';
import { binOf, CALIBRATION_BINS } from './figures.ts';

export const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** A probability for log-odds. Rising, so that calibration never changes who stands before whom. */
export function calibrated(calibration: Calibration, logOdds: number): number {
  switch (calibration.method) {
    case 'none':
      return logistic(logOdds);
    case 'platt':
      return logistic(calibration.slope * logOdds + calibration.offset);
    case 'isotonic':
      return interpolated(calibration.points, logOdds);
  }
}

type Points = Extract<Calibration, { method: 'isotonic' }>['points'];

function interpolated(points: Points, at: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const half = (low + high) >>> 1;
    if ((points[half]?.logOdds ?? 0) <= at) low = half + 1;
    else high = half;
  }
  const below = points[low - 1];
  const above = points[low];
  if (!below) return above?.probability ?? Number.NaN;
  if (!above) return below.probability;
  const share = (at - below.logOdds) / (above.logOdds - below.logOdds);
  return below.probability + share * (above.probability - below.probability);
}

const STEPS = 50;

/**
 * Platt (1999) by Newton's method. The targets are drawn in as he proposes, so that a perfect
 * separation does not drive the slope to infinity.
 */
export function fitPlatt(logOdds: Float64Array, labels: Uint8Array): Calibration {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < STEPS; step += 1) {
    let [gs, go, ss, so, oo] = [0, 0, 1e-9, 0, 1e-9];
    for (const [row, x] of logOdds.entries()) {
      const p = logistic(slope * x + offset);
      const g = p - (labels[row] === 1 ? high : low);
      const h = p * (1 - p);
      gs += g * x;
      go += g;
      ss += h * x * x;
      so += h * x;
      oo += h;
    }
    const det = ss * oo - so * so;
    const ds = (oo * gs - so * go) / det;
    const d0 = (ss * go - so * gs) / det;
    slope -= ds;
    offset -= d0;
    if (Math.abs(ds) + Math.abs(d0) < 1e-10) break;
  }
  return slope > 0 ? { method: 'platt', slope, offset } : { method: 'none' };
}

/** Rows that a step of the isotonic line stands on at least: one lucky row is no plateau. */
const STEP_ROWS_MIN = 30;

/** Isotonic regression by pooling adjacent violators, then drawn as a line through the pools' means. */
export function fitIsotonic(logOdds: Float64Array, labels: Uint8Array): Calibration {
  const order = Int32Array.from(logOdds.keys()).sort(
    (a, b) => (logOdds[a] as number) - (logOdds[b] as number),
  );
  const pools: { rows: number; logOdds: number; positives: number }[] = [];
  let open = { rows: 0, logOdds: 0, positives: 0 };
  const close = (): void => {
    pools.push(open);
    open = { rows: 0, logOdds: 0, positives: 0 };
    for (;;) {
      const last = pools.at(-1);
      const before = pools.at(-2);
      if (!last || !before || before.positives / before.rows < last.positives / last.rows) return;
      pools.pop();
      before.rows += last.rows;
      before.logOdds += last.logOdds;
      before.positives += last.positives;
    }
  };
  for (const row of order) {
    open.rows += 1;
    open.logOdds += logOdds[row] as number;
    open.positives += labels[row] as number;
    if (open.rows >= STEP_ROWS_MIN) close();
  }
  if (open.rows > 0) close();
  const points = pools.map(({ rows, logOdds, positives }) => ({
    logOdds: logOdds / rows,
    probability: positives / rows,
  }));
  // Only the ends can be certain. Half a row short of it is as much as their rows can prove.
  const [lowest, highest] = [points[0], points.at(-1)];
  if (lowest?.probability === 0)
    lowest.probability = Math.min(0.5 / (pools[0]?.rows ?? 1), points[1]?.probability ?? 1);
  if (highest?.probability === 1)
    highest.probability = Math.max(
      1 - 0.5 / (pools.at(-1)?.rows ?? 1),
      points.at(-2)?.probability ?? 0,
    );
  return { method: 'isotonic', points };
}

const FOLDS = 5;

/**
 * Chooses how to calibrate by what each way does to rows it was not fitted on: the rows are taken in
 * turns of `FOLDS`, and the least calibration error wins. Ways that do as well are preferred in the
 * order none, Platt, isotonic: fewer numbers, less to go wrong.
 */
export function chooseCalibration(logOdds: Float64Array, labels: Uint8Array): Calibration {
  const ways = [() => ({ method: 'none' }) as Calibration, fitPlatt, fitIsotonic];
  const errors = ways.map((way) => crossFitted(way, logOdds, labels));
  const least = Math.min(...errors);
  const chosen = errors.findIndex((error) => error <= least + NOISE / Math.sqrt(labels.length));
  return (ways[chosen] ?? fitPlatt)(logOdds, labels);
}

/** Over n rows, calibration errors that differ by less than this over √n cannot be told apart. */
const NOISE = 0.25;

type Fit = (logOdds: Float64Array, labels: Uint8Array) => Calibration;

/**
 * The mean calibration error of the folds. Each is judged alone: pooled, the rows one fold lends the
 * others would even out the noise for whichever way follows it the closest.
 */
function crossFitted(calibrate: Fit, logOdds: Float64Array, labels: Uint8Array): number {
  let error = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const others = (_: number, row: number): boolean => row % FOLDS !== fold;
    const calibration = calibrate(logOdds.filter(others), labels.filter(others));
    const gaps = new Float64Array(CALIBRATION_BINS);
    for (let row = fold; row < labels.length; row += FOLDS) {
      const p = calibrated(calibration, logOdds[row] as number);
      gaps[binOf(p)] = (gaps[binOf(p)] as number) + p - (labels[row] as number);
    }
    error += gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / labels.length;
  }
  return error;
}

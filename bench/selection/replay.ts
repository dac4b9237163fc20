import { estimateLeakage } from '../../src/contexts/risk/selection/leakage.ts';
import { learn, type Scorer } from './learner.ts';
import { randomFrom, type Stream } from './stream.ts';

/**
 * What of the budget is drawn at random: `uniform` from the whole release lane, `undecided` from
 * consignments just below the model's cut in cells of trade it knows next to nothing of. Both are
 * draws with logged probabilities, so both speak for leakage.
 */
export const POLICIES = {
  exploit: { uniform: 0, undecided: 0 },
  hybrid: { uniform: 0.05, undecided: 0.05 },
  hybrid_uniform: { uniform: 0.1, undecided: 0 },
  random: { uniform: 1, undecided: 0 },
} as const;
export type PolicyName = keyof typeof POLICIES;

/** The probability of being drawn as undecided; from a fixed one, strata stay large. */
const UNDECIDED_RATE = 0.06;
/** Just below the cut: at least so much of its probability. Known of: so many rows examined. */
const NEAR_SHARE = 0.6;
const KNOWN_ROWS = 2;

const RETRAIN_WEEKS = 4;
/** A quarter: what a leakage figure is read for. */
const WINDOW_WEEKS = 13;

export interface Replayed {
  /** Hit rate of the examinations of the second half. */
  readonly precision: number;
  /** For each quarter: the estimate, the truth, and whether the interval covers it. */
  readonly leakage: readonly { readonly estimate: number; truth: number; covered: boolean }[];
}

/**
 * Lives through a stream week by week: scores what arrives with what was learned so far, examines as
 * much as the budget allows, and learns the answers of what was examined and of nothing else.
 */
export function replay(stream: Stream, policy: PolicyName, seed: number): Replayed {
  const random = randomFrom(seed * 7_919 + 17);
  const { uniform, undecided } = POLICIES[policy];
  const half = Math.floor(stream.weeks.length / 2);
  const revealed = stream.weeks.slice(0, stream.warmUpWeeks).flat();
  const count = { examined: 0, found: 0 };
  const quarters: Quarter[] = [];
  let score: Scorer | null = null;

  for (const [week, rows] of stream.weeks.entries()) {
    if (week < stream.warmUpWeeks) continue;
    const age = week - stream.warmUpWeeks;
    if (policy !== 'random' && (score === null || age % RETRAIN_WEEKS === 0)) {
      score = learn(stream, revealed, week, seed);
    }
    const budget = stream.budget * rows.length;
    const ranked = rank(rows, score);
    const modelRows = score ? Math.round(budget * (1 - uniform - undecided)) : 0;
    const byModel = ranked.slice(0, modelRows).map(({ row }) => row);
    const eligible = ranked.slice(modelRows);
    const cut = probability(ranked[modelRows - 1]?.score ?? Number.POSITIVE_INFINITY);
    const known = knownRows(stream, revealed);
    const isUndecided = (of: Ranked) =>
      undecided > 0 &&
      (known.get(stream.cells[of.row] ?? 0) ?? 0) < KNOWN_ROWS &&
      probability(of.score) >= NEAR_SHARE * cut;
    const rate = (stream.budget * uniform) / (1 - stream.budget * (1 - uniform - undecided));
    const drawn: number[] = [];
    const quarter = quarterOf(quarters, Math.floor(age / WINDOW_WEEKS));
    for (const one of eligible) {
      const itsRate = rate + (isUndecided(one) ? UNDECIDED_RATE : 0);
      const isDrawn = random() < itsRate;
      log(quarter, itsRate, isDrawn, stream.answers[one.row] ?? 0);
      if (isDrawn) drawn.push(one.row);
    }

    const examined = [...byModel, ...drawn];
    revealed.push(...examined);
    if (week < half) continue;
    count.examined += examined.length;
    count.found += foundAmong(stream, examined);
  }
  return {
    precision: count.found / count.examined,
    leakage: uniform === 0 ? [] : quarters.map(judged),
  };
}

interface Quarter {
  readonly strata: Map<number, { eligible: number; drawn: number; found: number }>;
  irregular: number;
}

function quarterOf(quarters: Quarter[], at: number): Quarter {
  const quarter = quarters[at] ?? { strata: new Map(), irregular: 0 };
  quarters[at] = quarter;
  return quarter;
}

function log(quarter: Quarter, rate: number, isDrawn: boolean, answer: number): void {
  const stratum = quarter.strata.get(rate) ?? { eligible: 0, drawn: 0, found: 0 };
  quarter.strata.set(rate, stratum);
  stratum.eligible += 1;
  if (isDrawn) stratum.drawn += 1;
  if (isDrawn) stratum.found += answer;
  quarter.irregular += answer;
}

function judged({ strata, irregular }: Quarter) {
  const counted = [...strata].map(([rate, its]) => ({ rate, ...its, examined: its.drawn }));
  const { rate, interval } = estimateLeakage(counted);
  const truth = irregular / counted.reduce((sum, { eligible }) => sum + eligible, 0);
  const covered = interval !== null && interval.low <= truth && truth <= interval.high;
  return { estimate: rate ?? Number.NaN, truth, covered };
}

interface Ranked {
  readonly row: number;
  readonly score: number;
}

/** The likeliest first; as they came while nothing is learned. */
function rank(rows: readonly number[], score: Scorer | null): Ranked[] {
  const scores = score?.(rows);
  return rows
    .map((row, place) => ({ row, score: scores?.[place] ?? 0 }))
    .sort((a, b) => b.score - a.score || a.row - b.row);
}

const probability = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Rows examined so far, by cell. */
function knownRows(stream: Stream, revealed: readonly number[]): Map<number, number> {
  const known = new Map<number, number>();
  for (const row of revealed) {
    const cell = stream.cells[row] ?? 0;
    known.set(cell, (known.get(cell) ?? 0) + 1);
  }
  return known;
}

const foundAmong = (stream: Stream, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + (stream.answers[row] ?? 0), 0);

import type { Random } from '../../demo/generate/random.ts';
import { FEATURES } from '../../src/contexts/chemicals/index/among.ts';
import { sigmoid } from '../../src/contexts/chemicals/index/confidence.ts';
import { dot, type Net, scoreOf } from '../../src/contexts/chemicals/index/net.ts';
import type { Case } from './cases.ts';

/** How a network is trained: units beside the linear sum, rounds over all cases, and how strongly weights are held small. */
interface Settings {
  readonly units: number;
  readonly rounds: number;
  readonly rate: number;
  readonly decay: number;
}

const ORDER: Settings = { units: 16, rounds: 30, rate: 0.01, decay: 1e-4 };
const RANK: Settings = { units: 0, rounds: 30, rate: 0.02, decay: 2e-3 };
const SURE: Settings = { units: 0, rounds: 60, rate: 0.02, decay: 5e-4 };
const BATCH = 32;

/** Adam, a batch of examples at a time; `pull` adds the gradient of one example at the weights as they stand. */
function descend(
  size: number,
  examples: number,
  { rounds, rate, decay }: Settings,
  random: Random,
  start: (at: Float64Array) => void,
  pull: (example: number, at: Float64Array, gradient: Float64Array) => void,
): Float64Array {
  const [at, m, v, g] = Array.from({ length: 4 }, () => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  start(at);
  const order = Array.from({ length: examples }, (_, i) => i);
  const steps = rounds * Math.ceil(examples / BATCH);
  let t = 0;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (let from = 0; from < examples; from += BATCH) {
      t += 1;
      g.fill(0);
      const batch = order.slice(from, from + BATCH);
      for (const example of batch) pull(example, at, g);
      const pace = rate * (1 - t / (steps + 1));
      for (let i = 0; i < size; i += 1) {
        const slope = (g[i] as number) / batch.length + decay * (at[i] as number);
        m[i] = 0.9 * (m[i] as number) + 0.1 * slope;
        v[i] = 0.999 * (v[i] as number) + 0.001 * slope * slope;
        const step = (m[i] as number) / (1 - 0.9 ** t);
        at[i] =
          (at[i] as number) -
          (pace * step) / (Math.sqrt((v[i] as number) / (1 - 0.999 ** t)) + 1e-8);
      }
    }
  }
  return at;
}

function shuffle(order: number[], random: Random): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.int(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}

/** A network's weights in one array: the linear ones, then each unit's row, then what the units count for. */
class Layout {
  readonly size: number;
  private readonly inputs: number;
  private readonly units: number;
  readonly seen: Float64Array;

  constructor(inputs: number, units: number) {
    this.inputs = inputs;
    this.units = units;
    this.size = inputs + units * inputs + units;
    this.seen = new Float64Array(units);
  }

  start(at: Float64Array, random: Random): void {
    for (let i = this.inputs; i < this.size; i += 1) at[i] = (random.int(2_001) - 1_000) / 2_500;
  }

  score(at: Float64Array, x: ArrayLike<number>, from: number): number {
    const { inputs, units } = this;
    let score = 0;
    for (let i = 0; i < inputs; i += 1) score += (at[i] as number) * (x[from + i] as number);
    for (let unit = 0; unit < units; unit += 1) {
      const row = inputs + unit * inputs;
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) sum += (at[row + i] as number) * (x[from + i] as number);
      this.seen[unit] = Math.tanh(sum);
      score += (at[inputs + units * inputs + unit] as number) * (this.seen[unit] as number);
    }
    return score;
  }

  /** Adds what a pull on the score says of each weight. */
  pull(at: Float64Array, x: ArrayLike<number>, from: number, by: number, g: Float64Array): void {
    const { inputs, units } = this;
    this.score(at, x, from);
    for (let i = 0; i < inputs; i += 1) g[i] = (g[i] as number) + by * (x[from + i] as number);
    for (let unit = 0; unit < units; unit += 1) {
      const out = inputs + units * inputs + unit;
      const seen = this.seen[unit] as number;
      g[out] = (g[out] as number) + by * seen;
      const back = by * (at[out] as number) * (1 - seen * seen);
      const row = inputs + unit * inputs;
      for (let i = 0; i < inputs; i += 1)
        g[row + i] = (g[row + i] as number) + back * (x[from + i] as number);
    }
  }

  net(at: Float64Array): Net {
    const { inputs, units } = this;
    const rounded = (from: number, count: number): number[] =>
      Array.from(at.subarray(from, from + count), (w) => Number(w.toFixed(3)));
    return {
      linear: rounded(0, inputs),
      units: Array.from({ length: units }, (_, unit) => rounded(inputs + unit * inputs, inputs)),
      out: rounded(inputs + units * inputs, units),
    };
  }
}

/** The network by which candidates are put in order, of everything that is seen of them. */
export const trainOrder = (of: readonly Case[], random: Random): Net =>
  trainRanking(of, FEATURES.length, ORDER, random);

/** The linear sum that surety goes by, of the features up to the last one it may see: those that hold for short lists too. */
export const trainRank = (of: readonly Case[], random: Random): readonly number[] =>
  trainRanking(of, FEATURES.indexOf('otherStructure') + 1, RANK, random).linear;

/** Ranking: the right names' share of the softmax over all candidates of a case. */
function trainRanking(
  of: readonly Case[],
  inputs: number,
  settings: Settings,
  random: Random,
): Net {
  const useful = of.filter(({ isRight }) => isRight.includes(1) && isRight.includes(0));
  const layout = new Layout(inputs, settings.units);
  const at = descend(
    layout.size,
    useful.length,
    settings,
    random,
    (start) => layout.start(start, random),
    (example, weights, g) => {
      const { features, count, isRight } = useful[example] as Case;
      const scores = Array.from({ length: count }, (_, i) =>
        layout.score(weights, features, i * FEATURES.length),
      );
      const top = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - top));
      const all = odds.reduce((sum, w) => sum + w, 0);
      const right = odds.reduce((sum, w, i) => (isRight[i] ? sum + w : sum), 0);
      odds.forEach((w, i) => {
        const by = w / all - (isRight[i] ? w / right : 0);
        if (Math.abs(by) > 1e-4) layout.pull(weights, features, i * FEATURES.length, by, g);
      });
    },
  );
  return layout.net(at);
}

/** A substance of a case, by its best name. */
export interface Placed {
  readonly score: number;
  readonly isRight: boolean;
  readonly features: Float32Array;
}

/** The substances of a case in order, each by its best name. */
export function inOrder({ features, count, substances, isRight }: Case, order: Net): Placed[] {
  const best = new Map<number, Placed>();
  for (let i = 0; i < count; i += 1) {
    const own = features.subarray(i * FEATURES.length, (i + 1) * FEATURES.length);
    const score = scoreOf(order, own);
    const substance = substances[i] as number;
    if (score > (best.get(substance)?.score ?? Number.NEGATIVE_INFINITY))
      best.set(substance, { score, isRight: isRight[i] === 1, features: own });
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

/** A first answer as the model of surety sees it, and whether it was right. */
export interface Answer {
  readonly seen: readonly number[];
  readonly isRight: boolean;
}

/** Logistic regression: how likely a first answer is right. */
export function trainSureness(of: readonly Answer[], random: Random): number[] {
  const at = descend(
    of[0]?.seen.length ?? 0,
    of.length,
    SURE,
    random,
    () => undefined,
    (example, weights, g) => {
      const { seen, isRight } = of[example] as Answer;
      const by = sigmoid(dot(weights, seen)) - (isRight ? 1 : 0);
      for (let i = 0; i < g.length; i += 1) g[i] = (g[i] as number) + by * (seen[i] as number);
    },
  );
  return Array.from(at, (w) => Number(w.toFixed(4)));
}

import type { Fact, FactSet, Label } from '../../facts/index.ts';
import type { Share } from '../backtest/contract.ts';
import type { FactProfile } from '../learning/contract.ts';
import { sharesIn } from '../learning/profile.ts';
import { shareOf } from '../share.ts';
import { figure, percent } from '../wording.ts';
import type { CalibrationNow, Drift, FeatureDrift, Novelty, Signal } from './contract.ts';

/**
 * When a figure is looked at and when it is acted on. Those of the stability index are the ones credit
 * scoring has used since the nineties (Siddiqi 2006); the others are ours, and say so.
 */
export const THRESHOLDS = {
  psi: { watch: 0.1, act: 0.25 },
  /** Points by which the share of the unseen has certainly grown. */
  unseen: { watch: 0.02, act: 0.1 },
  calibration: { watch: 0.05, act: 0.1 },
} as const;

/** Fewer decisions, or examinations, than this tell nothing: every figure stays steady. */
export const DECISIONS_MIN = 500;
export const EXAMINED_MIN = 100;

/** An empty bin would make the index infinite; it counts as half a row in five thousand. */
const SHARE_MIN = 0.0001;

/** Population stability index: Σ (now − before) · ln(now ∕ before), the symmetric Kullback–Leibler divergence. */
export function stabilityIndex(before: readonly number[], now: readonly number[]): number {
  return before.reduce((sum, share, bin) => {
    const was = Math.max(share, SHARE_MIN);
    const is = Math.max(now[bin] ?? 0, SHARE_MIN);
    return sum + (is - was) * Math.log(is / was);
  }, 0);
}

/**
 * The index that chance alone reaches once in a thousand times when nothing has changed. Over two
 * samples of one population it is nearly chi-squared, scaled by (1∕n + 1∕m) (Yurdakul and Naranjo
 * 2020); the quantile is Wilson and Hilferty's. Without it, every fact of many values drifts on
 * Monday mornings.
 */
export function chanceIndex(bins: number, rowsThen: number, rowsNow: number): number {
  const freedom = Math.max(1, bins - 1);
  const spread = 2 / (9 * freedom);
  const quantile = freedom * (1 - spread + Z_999 * Math.sqrt(spread)) ** 3;
  return quantile * (1 / rowsThen + 1 / rowsNow);
}
const Z_999 = 3.090232306167813;

export interface Reference {
  readonly what: 'training' | 'arrival';
  readonly rows: number;
  readonly profiles: readonly FactProfile[];
}

/** How each fact the model reads is spread now, against before; the most drifted first. */
export function featureDrift(
  reference: Reference,
  recent: readonly FactSet[],
  labelOf: (fact: string) => Label,
): FeatureDrift[] {
  return reference.profiles
    .map((profile) => {
      const now = sharesIn(
        profile,
        recent.map((facts) => facts[profile.fact] ?? null),
      );
      const psi = stabilityIndex(profile.shares, now);
      const chance = chanceIndex(profile.shares.length, reference.rows, recent.length);
      const labels = binLabels(profile);
      return {
        fact: profile.fact,
        label: labelOf(profile.fact),
        psi,
        signal: recent.length < DECISIONS_MIN || psi <= chance ? STEADY : signalOf(psi, 'psi'),
        bins: profile.shares.map((before, bin) => ({
          label: labels[bin] ?? NONE,
          before,
          now: now[bin] ?? 0,
        })),
      };
    })
    .sort((a, b) => b.psi - a.psi || (a.fact < b.fact ? -1 : 1));
}

const NONE: Label = { zh: '—', en: '—' };
const same = (text: string): Label => ({ zh: text, en: text });

function binLabels({ edges, values }: FactProfile): Label[] {
  const missing = { zh: '缺失', en: 'missing' };
  if (values) return [...values.map(same), { zh: '其他', en: 'others' }, missing];
  const ends = edges ?? [];
  const last = ends.at(-1);
  return [
    ...ends.map((edge) => same(`≤ ${figure(edge)}`)),
    last === undefined ? { zh: '有值', en: 'any' } : same(`> ${figure(last)}`),
    missing,
  ];
}

const STEADY: Signal = 'steady';

function signalOf(value: number, of: keyof typeof THRESHOLDS): Signal {
  const { watch, act } = THRESHOLDS[of];
  if (value > act) return 'act';
  return value > watch ? 'watch' : 'steady';
}

/** Grown for certain: the least the share can now be, against what it was when the model arrived. */
export function noveltyOf(now: Share, before: Share): Novelty {
  const isKnown = now.denominator >= DECISIONS_MIN && before.denominator >= DECISIONS_MIN;
  const grown = (now.interval?.low ?? 0) - (before.value ?? 0);
  return { now, before, signal: isKnown ? signalOf(grown, 'unseen') : 'steady' };
}

/** A probability that was stated before an examination, and whether it found anything. */
export interface Judged {
  readonly probability: number;
  readonly found: boolean;
}

const CALIBRATION_BINS = 10;

/**
 * Stated beside found, in ten bins of equal width. Whoever is examined was mostly chosen by the
 * model, so that the low bins rest on the random sample and on other grounds.
 */
export function calibrationNow(judged: readonly Judged[]): CalibrationNow {
  const bins = Array.from({ length: CALIBRATION_BINS }, (_, bin) => {
    const within = judged.filter(
      ({ probability }) =>
        Math.min(CALIBRATION_BINS - 1, Math.floor(probability * CALIBRATION_BINS)) === bin,
    );
    const stated = within.reduce((sum, { probability }) => sum + probability, 0) / within.length;
    return {
      from: bin / CALIBRATION_BINS,
      to: (bin + 1) / CALIBRATION_BINS,
      stated: within.length === 0 ? null : stated,
      found: shareOf(within.filter(({ found }) => found).length, within.length),
    };
  });
  const gaps = bins.map(
    ({ stated, found }) =>
      Math.abs((stated ?? 0) - (found.value ?? 0)) * (found.denominator / judged.length),
  );
  const error = judged.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0);
  const isKnown = error !== null && judged.length >= EXAMINED_MIN;
  return { bins, error, signal: isKnown ? signalOf(error, 'calibration') : 'steady' };
}

/** A model that finds no more than chance does has learned nothing that still holds. */
export function hitRateSignal(model: Share, sample: Share): Signal {
  if (model.denominator < EXAMINED_MIN || sample.value === null) return 'steady';
  if ((model.value ?? 0) <= sample.value) return 'act';
  return (model.interval?.low ?? 0) <= sample.value ? 'watch' : 'steady';
}

type Signals = Drift['signals'];
type Figures = Pick<Drift, 'features' | 'hitRate' | 'unseen' | 'calibration'>;

/** What crossed a threshold, in words; the gravest first. */
export function signalsOf({ features, hitRate, unseen, calibration }: Figures): Signals {
  const said: Signals = features.map(({ label, psi, signal }) => ({
    signal,
    value: psi,
    threshold: thresholdOf('psi', signal),
    sentence: {
      zh: `“${label.zh}”的分布已经变化：稳定性指数 ${figure(psi)}。`,
      en: `“${label.en}” is spread differently from before: stability index ${figure(psi)}.`,
    },
  }));
  said.push({
    signal: hitRate.signal,
    value: hitRate.model.value ?? 0,
    threshold: hitRate.sample.value ?? 0,
    sentence: {
      zh: `模型选中货物的查获率为 ${ratio(hitRate.model)}，随机抽查为 ${ratio(hitRate.sample)}：模型并不明显优于随机。`,
      en: `Of what the model selected ${ratio(hitRate.model)} had findings, of the random sample ${ratio(hitRate.sample)}: the model is not clearly better than chance.`,
    },
  });
  said.push(
    grown(unseen.parties, { zh: '从未见过的企业', en: 'Enterprises never seen before' }),
    grown(unseen.cells, {
      zh: '从未见过的商品与原产国组合',
      en: 'Goods and origins never seen together before',
    }),
  );
  const error = calibration.error ?? 0;
  said.push({
    signal: calibration.signal,
    value: error,
    threshold: thresholdOf('calibration', calibration.signal),
    sentence: {
      zh: `模型所述概率与查验结果平均相差 ${percent(error)}。`,
      en: `What the model states and what examinations find differ by ${percent(error)} on average.`,
    },
  });
  const gravity: Record<Signal, number> = { act: 0, watch: 1, steady: 2 };
  return said
    .filter(({ signal }) => signal !== 'steady')
    .sort((a, b) => gravity[a.signal] - gravity[b.signal]);
}

const thresholdOf = (of: keyof typeof THRESHOLDS, signal: Signal): number =>
  THRESHOLDS[of][signal === 'act' ? 'act' : 'watch'];

function grown({ now, before, signal }: Novelty, what: Label): Signals[number] {
  return {
    signal,
    value: now.value ?? 0,
    threshold: (before.value ?? 0) + thresholdOf('unseen', signal),
    sentence: {
      zh: `${what.zh}占 ${ratio(now)}，模型上线前为 ${ratio(before)}。`,
      en: `${what.en} are ${ratio(now)}; before the model arrived they were ${ratio(before)}.`,
    },
  };
}

const ratio = ({ numerator, denominator, value }: Share): string =>
  `${percent(value ?? 0)} (${numerator}/${denominator})`;

/** What each word of the vocabulary is called; a fact no longer registered is called by its name. */
export const labelsOf =
  (facts: ReadonlyMap<string, Fact>) =>
  (name: string): Label =>
    facts.get(name)?.label ?? same(name);

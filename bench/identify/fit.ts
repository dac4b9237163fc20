// Fits the two models of `src/contexts/chemicals/index/confidence.json` on withheld names of one half of the
// substances and says how they do on the other half. Run: npx tsx bench/identify/fit.ts [--write] [--threshold=0.9]
// The threshold in use, 0.9, was chosen end to end on the fitting half; without one it is computed.
import { writeFileSync } from 'node:fs';
import { FEATURES } from '../../src/contexts/chemicals/index/among.ts';
import { surenessFeatures } from '../../src/contexts/chemicals/index/confidence.ts';
import { comparisons } from '../../src/contexts/chemicals/index/lookup.ts';
import { dot } from '../../src/contexts/chemicals/index/net.ts';
import { normalise } from '../../src/contexts/chemicals/reading/normalise.ts';
import { indexedSettings } from './cases.ts';
import { SETTINGS } from './settings.ts';
import { readSources } from './sources.ts';
import { type Kind, withhold } from './withheld.ts';

interface Case {
  readonly setting: string;
  readonly half: 'fit' | 'report';
  readonly name: string;
  readonly nearest: string;
  readonly kind: Kind;
  readonly candidates: {
    substance: number;
    text: string;
    isRight: boolean;
    features: Float64Array;
  }[];
}

const sources = await readSources();
const cases: Case[] = [];
for (const { setting, isWithheld, index, substances, listsOf } of indexedSettings(sources)) {
  for (const half of ['fit', 'report'] as const)
    for (const one of withhold(sources, isWithheld, half, 500).withheld) {
      const candidates = comparisons(index, listsOf, normalise(one.name)).map(
        ({ name, features }) => {
          const substance = index.substanceOf(name);
          const isRight = one.named.includes(substances[substance]?.cas ?? '');
          return { substance, text: index.textOf(name), isRight, features };
        },
      );
      cases.push({
        setting,
        half,
        name: one.name,
        nearest: one.nearest,
        kind: one.kind,
        candidates,
      });
    }
  process.stderr.write(`${setting}: ${index.size} names, ${cases.length} cases\n`);
}

/** Adam over a gradient; small, since the models are. */
function descend(
  size: number,
  steps: number,
  gradient: (at: Float64Array) => Float64Array,
): Float64Array {
  const at = new Float64Array(size);
  const [m, v] = [new Float64Array(size), new Float64Array(size)];
  for (let t = 1; t <= steps; t += 1) {
    const g = gradient(at);
    for (let i = 0; i < size; i += 1) {
      m[i] = 0.9 * (m[i] as number) + 0.1 * (g[i] as number);
      v[i] = 0.999 * (v[i] as number) + 0.001 * (g[i] as number) ** 2;
      const step = (m[i] as number) / (1 - 0.9 ** t);
      at[i] =
        (at[i] as number) - (0.04 * step) / (Math.sqrt((v[i] as number) / (1 - 0.999 ** t)) + 1e-8);
    }
  }
  return at;
}

/** Ranking: the right names' share of the softmax over all candidates of a case. */
function fitRank(of: readonly Case[]): Float64Array {
  const useful = of.filter(({ candidates }) => candidates.some(({ isRight }) => isRight));
  return descend(FEATURES.length, 400, (at) => {
    const g = Float64Array.from(at, (w) => 0.002 * w);
    for (const { candidates } of useful) {
      const scores = candidates.map(({ features }) => dot(features, at));
      const top = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - top));
      const all = weights.reduce((sum, w) => sum + w, 0);
      const right = weights.reduce((sum, w, i) => (candidates[i]?.isRight ? sum + w : sum), 0);
      candidates.forEach(({ features, isRight }, i) => {
        const w = weights[i] as number;
        const pull = w / all - (isRight ? w / right : 0);
        for (let j = 0; j < g.length; j += 1)
          g[j] = (g[j] as number) + (pull * (features[j] as number)) / useful.length;
      });
    }
    return g;
  });
}

interface First {
  readonly isRight: boolean;
  readonly inFive: boolean;
  readonly text: string;
  readonly x: number[];
}

function firstOf({ candidates }: Case, rank: Float64Array): First | null {
  const best = new Map<number, { score: number; i: number }>();
  candidates.forEach(({ substance, features }, i) => {
    const score = dot(features, rank);
    if (score > (best.get(substance)?.score ?? Number.NEGATIVE_INFINITY))
      best.set(substance, { score, i });
  });
  const order = [...best.values()].sort((a, b) => b.score - a.score);
  const [first] = order;
  const chosen = candidates[first?.i ?? -1];
  if (!first || !chosen) return null;
  const rivals = order.filter(({ score }) => score > first.score - 1).length;
  return {
    isRight: chosen.isRight,
    inFive: order.slice(0, 5).some(({ i }) => candidates[i]?.isRight),
    text: chosen.text,
    x: surenessFeatures(chosen.features, first.score, order[1]?.score ?? -8, rivals),
  };
}

function fitSure(of: readonly Case[], rank: Float64Array): Float64Array {
  const firsts = of.flatMap((one) => firstOf(one, rank) ?? []);
  return descend(firsts[0]?.x.length ?? 0, 1_500, (at) => {
    const g = Float64Array.from(at, (w) => 0.0005 * w);
    for (const { x, isRight } of firsts) {
      const pull = 1 / (1 + Math.exp(-dot(x, at))) - (isRight ? 1 : 0);
      for (let j = 0; j < g.length; j += 1)
        g[j] = (g[j] as number) + (pull * (x[j] as number)) / firsts.length;
    }
    return g;
  });
}

const fitted = cases.filter(({ half }) => half === 'fit');
const rank = fitRank(fitted);
const sure = fitSure(fitted, rank);
const sureness = (first: First): number => 1 / (1 + Math.exp(-dot(first.x, sure)));

/** The lowest threshold from which nine and a half answers in ten of the fitting half are right. */
function thresholdOf(of: readonly Case[]): number {
  const firsts = of
    .flatMap((one) => firstOf(one, rank) ?? [])
    .map((first) => ({ first, p: sureness(first) }));
  for (let threshold = 0.4; threshold < 0.99; threshold += 0.01) {
    const answered = firsts.filter(({ p }) => p >= threshold);
    if (answered.filter(({ first }) => first.isRight).length >= 0.955 * answered.length)
      return threshold;
  }
  return 0.99;
}
// Depositors' synonyms hold many that belong to another substance: the threshold is set on the legal lists' names.
const ofLaw = fitted.filter(({ setting }) => setting === 'clp' || setting === 'ec');
const asked = process.argv.find((word) => word.startsWith('--threshold='))?.slice(12);
const threshold = Number(asked ?? thresholdOf(ofLaw).toFixed(2));
process.stdout.write(`threshold ${threshold}\n`);
process.stdout.write(`${FEATURES.map((name, i) => `${name} ${rank[i]?.toFixed(2)}`).join('  ')}\n`);

const wanted = process.argv.find((word) => word.startsWith('--show='))?.slice(7);
for (const [setting] of SETTINGS)
  for (const kind of ['lexical', 'between', 'unrelated'] as const) {
    const of = cases.filter(
      (one) => one.setting === setting && one.kind === kind && one.half === 'report',
    );
    const firsts = of.map((one) => firstOf(one, rank));
    const share = (test: (first: First | null) => boolean): string =>
      (firsts.filter(test).length / Math.max(1, of.length)).toFixed(3);
    const answered = firsts.filter((first) => first && sureness(first) >= threshold);
    const precision =
      answered.filter((first) => first?.isRight).length / Math.max(1, answered.length);
    process.stdout.write(
      `${setting} ${kind} n=${of.length} hit@1 ${share((f) => f?.isRight ?? false)} hit@5 ${share((f) => f?.inFive ?? false)} answered ${(answered.length / Math.max(1, of.length)).toFixed(3)} precision ${precision.toFixed(3)}\n`,
    );
    if (wanted === kind)
      of.forEach((one, i) => {
        const first = firsts[i];
        if (first && !first.isRight)
          process.stdout.write(
            `   ${sureness(first).toFixed(2)} ${one.name.slice(0, 60)} | ${one.nearest.slice(0, 50)} | ${first.text.slice(0, 50)}\n`,
          );
      });
  }
if (process.argv.includes('--write')) {
  const rounded = (of: Float64Array): number[] => [...of].map((w) => Number(w.toFixed(4)));
  writeFileSync(
    new URL('../../src/contexts/chemicals/index/confidence.json', import.meta.url),
    `${JSON.stringify({ rank: rounded(rank), sure: rounded(sure), threshold })}\n`,
  );
}

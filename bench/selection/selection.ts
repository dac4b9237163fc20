import { existsSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Bench, BenchOptions } from '../bench.ts';
import { demoStream } from './demo-port.ts';
import { KOREA, koreaStream } from './korea.ts';
import { POLICIES, type PolicyName, type Replayed, replay } from './replay.ts';
import { randomFrom, type Stream, withDrift } from './stream.ts';

const SEEDS = 10;
const QUICK = { seeds: 1, koreaWeeks: 16, demoScale: 2_000 };
const DEMO_SCALE = 20_000;
const policies = Object.keys(POLICIES) as PolicyName[];

/**
 * Answers are shown for examined rows only, as at a port. What is compared is the hit rate of the
 * second half, after drift where drift is injected; intervals are judged quarter by quarter.
 */
export const selection: Bench = {
  name: 'selection',
  about:
    'Hit rate of exploitation, of hybrids that draw a part at random, and of chance, replayed week by week; and whether the leakage interval covers the truth.',
  async run(options) {
    const seeds = options.quick ? QUICK.seeds : SEEDS;
    const figures: Record<string, number> = { seeds };
    const covered: boolean[] = [];
    const errors: number[] = [];
    const all = await scenarios(options);
    // Seed by seed over all scenarios: whoever stops it early has seen something of each.
    for (let seed = 1; seed <= seeds; seed += 1) {
      for (const { streamFor, runs } of all) {
        const stream = streamFor(seed);
        const told: string[] = [];
        for (const policy of policies) {
          const replayed = replay(stream, policy, seed);
          runs[policy].push(replayed);
          told.push(`${policy} ${replayed.precision.toFixed(3)}`);
          await breathe();
        }
        options.log(`${stream.name}, seed ${seed}: ${told.join(', ')}`);
      }
    }
    for (const { name, runs } of all) {
      for (const policy of policies) {
        const hits = runs[policy].map(({ precision }) => precision);
        figures[`${name}_${policy}`] = mean(hits);
      }
      const gains = runs.hybrid.map(
        ({ precision }, place) => precision - (runs.exploit[place]?.precision ?? Number.NaN),
      );
      figures[`${name}_hybrid_minus_exploit`] = mean(gains);
      figures[`${name}_hybrid_minus_exploit_se`] = deviation(gains) / Math.sqrt(gains.length);
      const quarters = policies.flatMap((policy) => runs[policy]).flatMap((run) => run.leakage);
      covered.push(...quarters.map((quarter) => quarter.covered));
      errors.push(...quarters.map(({ estimate, truth }) => estimate - truth));
    }
    const gains = Object.entries(figures).filter(([name]) => name.endsWith('_minus_exploit'));
    return {
      figures: {
        // The least of all scenarios, so that a good one cannot hide a bad one.
        hybrid_minus_exploit: Math.min(...gains.map(([, gain]) => gain)),
        leakage_interval_cover: mean(covered.map(Number)),
        leakage_intervals: covered.length,
        leakage_bias: mean(errors),
        ...figures,
      },
      peers: {},
      ratios: {},
    };
  },
};

interface Scenario {
  readonly name: string;
  streamFor(seed: number): Stream;
  readonly runs: Readonly<Record<PolicyName, Replayed[]>>;
}

/** What is replayed: the Korean year where the data is there, the demo port, and each with drift. */
async function scenarios({ quick, log }: BenchOptions): Promise<Scenario[]> {
  const found: Scenario[] = [];
  const noRuns = () => ({ exploit: [], hybrid: [], hybrid_uniform: [], random: [] });
  const add = (name: string, stream: Stream) => {
    found.push({ name, streamFor: () => stream, runs: noRuns() });
    const drifting = (seed: number) => withDrift(stream, randomFrom(seed));
    found.push({ name: `${name}_drift`, streamFor: drifting, runs: noRuns() });
  };
  if (existsSync(KOREA)) add('korea', await koreaStream(quick ? QUICK.koreaWeeks : 1_000));
  else log(`${KOREA} is not here: the demo port alone is replayed.`);
  add('demo', await demoStream(quick ? QUICK.demoScale : DEMO_SCALE));
  return found;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const deviation = (values: readonly number[]): number =>
  Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) /
      Math.max(1, values.length - 1),
  );

import assert from 'node:assert/strict';
import { arch, cpus, release, totalmem, type } from 'node:os';

/** One measurement beside the peers it is compared with. Figure names carry their unit last: `pss_mb`. */
export interface Bench {
  readonly name: string;
  /** What is measured and beside what, in one sentence. */
  readonly about: string;
  run(options: BenchOptions): Promise<Measured>;
}

export interface BenchOptions {
  /** Small inputs and one round: to see that it runs, never to be quoted. */
  readonly quick: boolean;
  /** Of benches that draw what they measure: the seed, instead of their own. */
  readonly seed?: string;
  /** Of benches that take rates: a JSON file of those to change. */
  readonly rates?: string;
  /** Of benches that last as long as one has time for: how many movements. */
  readonly movements?: number;
  /** Of benches that draw what they measure in several ways: which of them. */
  readonly generator?: string;
  /** For people who wait; never part of the result. */
  log(line: string): void;
}

export interface Measured {
  readonly figures: Readonly<Record<string, number>>;
  /** By peer, the figures that were taken of it in the same run. */
  readonly peers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Ours over the peer's. */
  readonly ratios: Readonly<Record<string, number>>;
}

export const ROUNDS = 5;

/** One contestant's measurement of one round: a rate or a duration, the same for all. */
export type Contestant = () => Promise<number>;

export interface Rounds<Name extends string> {
  /** The median of a contestant's rounds. */
  readonly of: (name: Name) => number;
  /** The median of the ratios within each round. */
  readonly ratio: (ours: Name, peer: Name) => number;
}

/**
 * Runs contestants in turn, after one round that does not count. On a machine that is never quite
 * quiet, neighbours in time share its moods: therefore they alternate, every other round goes
 * backwards, and a ratio is taken within its round before the median is.
 */
export async function alternate<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { quick, log }: BenchOptions,
): Promise<Rounds<Name>> {
  const names = Object.keys(contestants) as Name[];
  const rounds: Record<Name, number>[] = [];
  for (let round = quick ? 1 : 0; round <= (quick ? 1 : ROUNDS); round += 1) {
    const measured = {} as Record<Name, number>;
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      measured[name] = await contestants[name]();
    }
    const told = names.map((name) => `${name} ${readable(measured[name])}`).join(', ');
    log(round === 0 ? `warm-up: ${told}` : `round ${round}: ${told}`);
    if (round > 0) rounds.push(measured);
  }
  return {
    of: (name) => median(rounds.map((round) => round[name])),
    ratio: (ours, peer) => median(rounds.map((round) => round[ours] / round[peer])),
  };
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Between two neighbours it interpolates, as PostgreSQL's `percentile_cont` does. */
export function quantile(values: readonly number[], share: number): number {
  assert(values.length > 0, 'There is no quantile of nothing.');
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memory_gb: number;
  readonly node: string;
  readonly os: string;
}

/** A figure without the machine it was taken on says nothing. */
export function machine(): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    os: `${type()} ${release()} ${arch()}`,
  };
}

/** Three significant digits, and thousands in groups. */
export function readable(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

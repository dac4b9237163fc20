import type { LocalDate } from '../../kernel/dates.ts';

/** Most recent values kept per group of peers; older ones make room, so memory is bounded. */
export const PEERS_KEPT = 512;
/** A median of fewer than this many is not stated: the middle of a handful says nothing. */
export const PEERS_MIN = 30;
/** Prices that hardly vary would make a cent an anomaly: the spread is never taken below 5 %. */
const SPREAD_MIN = 0.05;
/** Makes the median absolute deviation comparable to a standard deviation (Rousseeuw & Croux 1993). */
const MAD_TO_SIGMA = 1.4826;

export interface PeerStatistics {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Robust standard deviation of the natural logarithm: prices spread in ratios, not in sums. */
  readonly spread: number;
}

interface Group {
  /** Parallel, by day and then by size: when it was seen, and what was seen. */
  readonly days: LocalDate[];
  readonly values: number[];
  /** Statistics of all that is kept; `undefined` until asked for after a change. */
  statistics: PeerStatistics | null | undefined;
}

/**
 * What was paid, or weighed, by earlier peers: the newest values of each group, with their days. A
 * group keeps the greatest by (day, value), so what it holds never depends on the order of arrival.
 */
export interface Peers {
  add(group: string, day: LocalDate, value: number): void;
  /** Counts and describes the peers seen before a day; no later value can be seen through it. */
  before(group: string, on: LocalDate): { count: number; statistics: PeerStatistics | null };
}

export function createPeers(): Peers {
  const groups = new Map<string, Group>();

  return {
    add(name, day, value) {
      let group = groups.get(name);
      if (!group) {
        group = { days: [], values: [], statistics: undefined };
        groups.set(name, group);
      }
      const place = placeOf(group, day, value);
      group.days.splice(place, 0, day);
      group.values.splice(place, 0, value);
      if (group.days.length > PEERS_KEPT) {
        group.days.shift();
        group.values.shift();
      }
      group.statistics = undefined;
    },

    before(name, on) {
      const group = groups.get(name);
      if (!group) return { count: 0, statistics: null };
      let count = group.days.length;
      while (count > 0 && (group.days[count - 1] ?? '') >= on) count -= 1;
      if (count < group.days.length)
        return { count, statistics: describe(group.values.slice(0, count)) };
      if (group.statistics === undefined) group.statistics = describe(group.values);
      return { count, statistics: group.statistics };
    },
  };
}

/** Looks from the end: history arrives in order of day but for late filings. */
function placeOf(group: Group, day: LocalDate, value: number): number {
  let place = group.days.length;
  while (place > 0) {
    const before = group.days[place - 1] ?? '';
    if (before < day || (before === day && (group.values[place - 1] ?? 0) <= value)) break;
    place -= 1;
  }
  return place;
}

function describe(values: readonly number[]): PeerStatistics | null {
  if (values.length < PEERS_MIN) return null;
  const sorted = Float64Array.from(values).sort();
  const median = quantile(sorted, 0.5);
  const centre = Math.log(median);
  const deviations = sorted.map((value) => Math.abs(Math.log(value) - centre)).sort();
  return {
    low: quantile(sorted, 0.25),
    median,
    high: quantile(sorted, 0.75),
    spread: Math.max(MAD_TO_SIGMA * quantile(deviations, 0.5), SPREAD_MIN),
  };
}

/** Linear between order statistics (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (place - below);
}

/** How many robust standard deviations a value lies from its peers, on the logarithm. */
export const deviation = (value: number, peers: PeerStatistics): number =>
  (Math.log(value) - Math.log(peers.median)) / peers.spread;

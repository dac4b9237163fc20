import { type Expression, readsOf } from '../language/ast.ts';

/** Counts of one rule over some rows. Rows that do not count (superseded, outside the period) are not in them. */
export interface RuleTally {
  hits: number;
  examined: number;
  found: number;
  /** Findings among the random sample that the rule hits. */
  sampleFound: number;
  unknown: number;
  /** Unknown rows by fact that was missing, in the order the rule reads them. */
  readonly missing: number[];
  /** By day and office: see `groupKey`. */
  readonly hitsBy: Map<string, number>;
  readonly foundBy: Map<string, number>;
  /** The newest hits. */
  readonly examples: Hit[];
  /** Hits that a live rule hits too, in the order of the live rules. */
  readonly both: number[];
  onlyThis: number;
}

/** One row: `part` is the place of the first row of its part. */
export interface Hit {
  readonly day: string;
  readonly part: number;
  readonly row: number;
}

export interface Tally {
  rows: number;
  examined: number;
  found: number;
  sampleExamined: number;
  sampleFound: number;
  readonly rowsBy: Map<string, number>;
  readonly rules: readonly RuleTally[];
}

export const EXAMPLES_MAX = 20;

export const emptyTally = (reads: readonly number[], live: number): Tally => ({
  ...{ rows: 0, examined: 0, found: 0, sampleExamined: 0, sampleFound: 0, rowsBy: new Map() },
  rules: reads.map((facts) => ({
    ...{ hits: 0, examined: 0, found: 0, sampleFound: 0, unknown: 0, onlyThis: 0, examples: [] },
    missing: new Array<number>(facts).fill(0),
    ...{ hitsBy: new Map(), foundBy: new Map() },
    both: new Array<number>(live).fill(0),
  })),
});

/** How many facts can leave each rule unknown. */
export const readsOfAll = (rules: readonly Expression[]): number[] =>
  rules.map((rule) => readsOf(rule).length);

/** A day and an office; a row may have none. */
export const groupKey = (day: string, office: string | null): string => `${day}\t${office ?? ''}`;
export function fromGroupKey(key: string): { day: string; office: string | null } {
  const tab = key.indexOf('\t');
  return { day: key.slice(0, tab), office: key.slice(tab + 1) || null };
}

/** Adds what one part came to. */
export function addTally(to: Tally, part: Tally): void {
  to.rows += part.rows;
  to.examined += part.examined;
  to.found += part.found;
  to.sampleExamined += part.sampleExamined;
  to.sampleFound += part.sampleFound;
  addCounts(to.rowsBy, part.rowsBy);
  to.rules.forEach((rule, index) => {
    const other = part.rules[index];
    if (other) addRule(rule, other);
  });
}

function addRule(to: RuleTally, part: RuleTally): void {
  to.hits += part.hits;
  to.examined += part.examined;
  to.found += part.found;
  to.sampleFound += part.sampleFound;
  to.unknown += part.unknown;
  to.onlyThis += part.onlyThis;
  part.missing.forEach((count, fact) => {
    to.missing[fact] = (to.missing[fact] ?? 0) + count;
  });
  part.both.forEach((count, rule) => {
    to.both[rule] = (to.both[rule] ?? 0) + count;
  });
  addCounts(to.hitsBy, part.hitsBy);
  addCounts(to.foundBy, part.foundBy);
  const newest = [...to.examples, ...part.examples].sort(newestFirst).slice(0, EXAMPLES_MAX);
  to.examples.splice(0, to.examples.length, ...newest);
}

const newestFirst = (a: Hit, b: Hit): number =>
  a.day === b.day ? b.part - a.part || b.row - a.row : a.day < b.day ? 1 : -1;

function addCounts(to: Map<string, number>, part: ReadonlyMap<string, number>): void {
  for (const [key, count] of part) to.set(key, (to.get(key) ?? 0) + count);
}

import {
  type Effective,
  type Instant,
  isEffective,
  type LocalDate,
} from '../../../kernel/dates.ts';

/** One line of a bill at one time of knowing: `component` is in `assembly`. */
export interface Edge {
  readonly assembly: string;
  readonly component: string;
  readonly days: Effective;
  readonly knownFrom: Instant;
  /** When another record took its place. */
  readonly knownUntil: Instant | null;
  /** The name of the line. */
  readonly line: string;
}

export interface Cycle {
  /** From a part back to itself, beginning with the least part number: `A → B → A`. */
  readonly path: string;
  /** A day on which every line of it is in effect. */
  readonly on: LocalDate;
  /** The lines asked about that stand in it, and are in no cycle named before. */
  readonly lines: readonly string[];
}

/** So many are named at once; who made more must look at the source of the bills. */
export const CYCLES_MAX = 100;

/**
 * Parts that are in themselves, on any day and at any time of knowing: the lines of a cycle must be in effect together
 * and have been known together, so A in B until June and B in A from June is none. A common day of several lines
 * is also the first day of one of them, so only first days are tried; the same of moments. Every line asked about that
 * stands in a cycle stands in one of those named (or `CYCLES_MAX` are).
 */
export function cyclesThrough(
  lines: ReadonlyMap<string, unknown>,
  edges: readonly Edge[],
): Cycle[] {
  const found: Cycle[] = [];
  const covered = new Set<string>();
  const core = withoutEnds(edges);
  for (const on of distinct(core, ({ days }) => days.from)) {
    const thatDay = withoutEnds(core.filter(({ days }) => isEffective(days, on)));
    for (const moment of distinct(thatDay, ({ knownFrom }) => knownFrom)) {
      const live = withoutEnds(thatDay.filter((edge) => isKnown(edge, moment)));
      const above = by(live, ({ assembly }) => assembly);
      for (const edge of live) {
        if (!lines.has(edge.line) || covered.has(edge.line)) continue;
        const way = shortestWay(edge, above);
        if (!way) continue;
        const through = way.map(({ line }) => line);
        found.push({
          ...{ path: pathOf(way), on },
          lines: through.filter((line) => lines.has(line) && !covered.has(line)),
        });
        for (const line of through) covered.add(line);
        if (found.length === CYCLES_MAX) return found;
      }
    }
  }
  return found;
}

const isKnown = ({ knownFrom, knownUntil }: Edge, at: Instant): boolean =>
  knownFrom <= at && (knownUntil === null || at < knownUntil);

const distinct = (edges: readonly Edge[], of: (edge: Edge) => string): string[] =>
  [...new Set(edges.map(of))].sort();

function by(edges: readonly Edge[], of: (edge: Edge) => string): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(of(edge));
    if (group) group.push(edge);
    else groups.set(of(edge), [edge]);
  }
  return groups;
}

const assemblyOf = ({ assembly }: Edge): string => assembly;
const componentOf = ({ component }: Edge): string => component;

/** What is left when parts with nothing below or nothing above are taken away until there are none. */
const withoutEnds = (edges: readonly Edge[]): readonly Edge[] =>
  withoutDeadEnds(withoutDeadEnds(edges, assemblyOf, componentOf), componentOf, assemblyOf);

/** Takes away the edges to parts from which no edge leads on, and so on backwards. */
function withoutDeadEnds(
  edges: readonly Edge[],
  from: (edge: Edge) => string,
  to: (edge: Edge) => string,
): readonly Edge[] {
  if (edges.length === 0) return edges;
  const leading = by(edges, to);
  const ways = new Map<string, number>();
  for (const edge of edges) ways.set(from(edge), (ways.get(from(edge)) ?? 0) + 1);
  const ends = [...leading.keys()].filter((part) => !ways.has(part));
  const gone = new Set<string>(ends);
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    for (const edge of leading.get(end) ?? []) {
      const left = (ways.get(from(edge)) ?? 0) - 1;
      ways.set(from(edge), left);
      if (left > 0) continue;
      gone.add(from(edge));
      ends.push(from(edge));
    }
  }
  return edges.filter((edge) => !gone.has(to(edge)) && !gone.has(from(edge)));
}

/** The fewest edges that lead through one and back to where it begins; `null` where none do. */
function shortestWay(first: Edge, above: ReadonlyMap<string, readonly Edge[]>): Edge[] | null {
  const cameBy = new Map<string, Edge>([[first.component, first]]);
  const queue = [first.component];
  for (const part of queue) {
    if (part === first.assembly) return wayBack(first, cameBy);
    for (const edge of above.get(part) ?? []) {
      if (cameBy.has(edge.component)) continue;
      cameBy.set(edge.component, edge);
      queue.push(edge.component);
    }
  }
  return null;
}

function wayBack(first: Edge, cameBy: ReadonlyMap<string, Edge>): Edge[] {
  const way: Edge[] = [];
  let edge = cameBy.get(first.assembly);
  while (edge) {
    way.unshift(edge);
    edge = edge === first ? undefined : cameBy.get(edge.assembly);
  }
  return way;
}

function pathOf(way: readonly Edge[]): string {
  const parts = way.map(assemblyOf);
  const least = parts.indexOf([...parts].sort()[0] ?? '');
  const around = [...parts.slice(least), ...parts.slice(0, least)];
  return [...around, around[0]].join(' → ');
}

import type { Effective } from '../../../kernel/dates.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { Cycle, Edge } from './cycles.ts';
import type { History } from './history.ts';
import { type BomLine, contentOf, type Recorded, type Sourcing } from './line.ts';
import { hull } from './period.ts';
import { isSame, problemsOfId, problemsOfLine, problemsOfPeriod } from './problems.ts';

/** A record that was taken, and what of its id was in force before and after. */
export interface Taken<T extends Recorded> {
  readonly record: T;
  /** Where it stood in what was sent: `lines[3]`. */
  readonly path: string;
  readonly before: T | null;
  readonly after: T | null;
}

export interface Intake<T extends Recorded> {
  readonly taken: readonly Taken<T>[];
  readonly problems: readonly Refusal[];
  /** Puts everything back as it was. */
  undo(): void;
}

/** Puts records into a history one by one; those with a problem of their own stay out, those already in are passed over. */
function takeInto<T extends Recorded>(
  history: History<T>,
  records: readonly T[],
  name: string,
  ownProblems: (record: T, path: string) => Refusal[],
): Intake<T> {
  const undo: (() => void)[] = [];
  const taken: Taken<T>[] = [];
  const problems: Refusal[] = [];
  for (const [n, record] of records.entries()) {
    const path = `${name}[${n}]`;
    const already = history.recordedAs(record.id, record.recordedAt);
    if (already && isSame(already, record)) continue;
    const found = [...ownProblems(record, path), ...problemsOfId(history, record, path)];
    problems.push(...found);
    if (found.length > 0) continue;
    const before = history.latest(record.id);
    undo.push(history.put(record));
    taken.push({ ...{ record, path, before }, after: history.latest(record.id) });
  }
  return {
    ...{ taken, problems },
    undo() {
      for (const step of undo.reverse()) step();
    },
  };
}

export const takeLines = (history: History<BomLine>, lines: readonly BomLine[]): Intake<BomLine> =>
  takeInto(history, lines, 'lines', problemsOfLine);

export const takeSourcings = (
  history: History<Sourcing>,
  sourcings: readonly Sourcing[],
): Intake<Sourcing> => takeInto(history, sourcings, 'sourcings', problemsOfPeriod);

/** The days on which a part's bill, or whether it is made, is now another; `null` where only papers changed. */
export function daysChanged({ before, after }: Taken<BomLine | Sourcing>): Effective | null {
  if (!before || !after) return before ?? after;
  if (askingOf(before) !== askingOf(after)) return hull(before, after);
  const [a, b] = before.from <= after.from ? [before, after] : [after, before];
  const isSameFrom = a.from === b.from;
  if (isSameFrom && a.to === b.to) return null;
  if (a.to === b.to) return { from: a.from, to: b.from };
  if (!isSameFrom) return hull(a, b);
  const [first, last] = a.to !== null && (b.to === null || a.to < b.to) ? [a, b] : [b, a];
  return { from: first.to ?? a.from, to: last.to };
}

const askingOf = (record: BomLine | Sourcing): string =>
  'source' in record ? record.source : contentOf(record);

/** Every edge, of any day and any time of knowing, from the assemblies of some lines down: a new cycle is among them. */
export function edgesBelow(lines: readonly BomLine[], history: History<BomLine>): Edge[] {
  const edges: Edge[] = [];
  const assemblies = new Set(lines.map(({ assembly }) => assembly));
  for (const each of assemblies) {
    for (const { record, until } of history.everKnown(each)) {
      const { assembly, component, recordedAt, id } = record;
      edges.push({
        assembly,
        component,
        days: record,
        line: id,
        knownFrom: recordedAt,
        knownUntil: until,
      });
      assemblies.add(component);
    }
  }
  return edges;
}

export function cycleRefused(
  { path, on, lines }: Cycle,
  paths: ReadonlyMap<string, string>,
): Refusal {
  const [line = ''] = lines;
  return {
    code: 'bonded.bom_cycle',
    path: paths.get(line) ?? '',
    seen: line,
    params: { path, on },
  };
}

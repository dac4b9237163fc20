import { type Effective, effectiveOn, type Instant } from '../../../kernel/dates.ts';
import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { createCompiler } from './compiler.ts';
import { cyclesThrough } from './cycles.ts';
import { createHistory } from './history.ts';
import type { BomLine, Sourcing } from './line.ts';
import { hull } from './period.ts';
import { sourcesThatDisagree, unitsThatDisagree } from './problems.ts';
import {
  cycleRefused,
  daysChanged,
  edgesBelow,
  type Intake,
  type Taken,
  takeLines,
  takeSourcings,
} from './taking.ts';
import { createView, type View } from './view.ts';

export interface BomChange {
  readonly lines?: readonly BomLine[];
  readonly sourcings?: readonly Sourcing[];
}

export interface BomsChanged {
  /** Records taken; those that were here already are not counted. */
  readonly taken: number;
  /** Parts whose vectors may be others now: those changed, and all above them. */
  readonly affected: ReadonlySet<string>;
  /** The days on which anything may be other than it was known; `null` where nothing is. */
  readonly days: Effective | null;
}

/**
 * The bills of material of a ledger, in memory, in two times: which days a line holds, and when it was recorded.
 * Taking a change keeps every vector it cannot touch.
 */
export interface Boms {
  /**
   * Takes records, all or none: with any problem nothing is taken and all problems are named. A record that is here
   * already is the same thing. Records may come late and in any order.
   */
  record(change: BomChange): BomsChanged;
  /** By all that has been recorded. */
  readonly now: View;
  /** By what had been recorded then. */
  knownAt(moment: Instant): View;
  /** Vectors compiled for `now` since the beginning. */
  compiled(): number;
}

export function createBoms(): Boms {
  const lines = createHistory<BomLine>(({ assembly }) => assembly);
  const sourcings = createHistory<Sourcing>(({ part }) => part);
  const users = new Map<string, Set<string>>();
  let revision = 0;
  const everUsing = (component: string): Iterable<string> => users.get(component) ?? [];

  const compilerAt = (at: Instant | null) =>
    createCompiler({
      linesOf: (assembly) => lines.known(assembly, at),
      sourcingsOf: (part) => sourcings.known(part, at),
    });
  const present = compilerAt(null);

  function remember({ component, assembly }: BomLine): void {
    const using = users.get(component);
    if (using) using.add(assembly);
    else users.set(component, new Set([assembly]));
  }

  const linesUsing = (component: string): BomLine[] =>
    [...everUsing(component)].flatMap((assembly) =>
      lines.known(assembly).filter((line) => line.component === component),
    );

  function problemsBetween(
    { taken: newLines }: Intake<BomLine>,
    { taken: newSourcings }: Intake<Sourcing>,
  ): Refusal[] {
    const byLine = new Map(newLines.map(({ record, path }) => [record.id, path]));
    const byComponent = new Map(newLines.map(({ record, path }) => [record.component, path]));
    const byPart = new Map(newSourcings.map(({ record, path }) => [record.part, path]));
    const edges = edgesBelow(
      newLines.map(({ record }) => record),
      lines,
    );
    return [
      ...unitsThatDisagree(byComponent, linesUsing),
      ...sourcesThatDisagree(byPart, sourcings),
      ...cyclesThrough(byLine, edges).map((cycle) => cycleRefused(cycle, byLine)),
    ];
  }

  function record(change: BomChange): BomsChanged {
    const newLines = takeLines(lines, change.lines ?? []);
    const newSourcings = takeSourcings(sourcings, change.sourcings ?? []);
    for (const { record } of newLines.taken) remember(record);
    const problems = [
      ...newLines.problems,
      ...newSourcings.problems,
      ...problemsBetween(newLines, newSourcings),
    ];
    if (problems.length > 0) {
      newLines.undo();
      newSourcings.undo();
      throw new Refused('invalid', problems);
    }
    const taken = [...newLines.taken, ...newSourcings.taken];
    revision += taken.length;
    return { taken: taken.length, ...forgetAbove(taken) };
  }

  /** All that came together is forgotten together: one walk upwards, one period. */
  function forgetAbove(taken: readonly Taken<BomLine | Sourcing>[]) {
    const parts = new Set<string>();
    let days: Effective | null = null;
    for (const each of taken) {
      const differing = daysChanged(each);
      if (!differing) continue;
      days = days ? hull(days, differing) : differing;
      parts.add('part' in each.record ? each.record.part : each.record.assembly);
    }
    for (const part of parts) for (const above of everUsing(part)) parts.add(above);
    if (days) for (const part of parts) present.forget(part, days);
    return { affected: parts, days: days && { from: days.from, to: days.to } };
  }

  function knownAt(moment: Instant): View {
    const at = new Date(moment).toISOString();
    let seen = revision;
    let compiler = compilerAt(at);
    return createView({
      compiler() {
        if (seen !== revision) compiler = compilerAt(at);
        seen = revision;
        return compiler;
      },
      linesOf: (part) => lines.known(part, at),
      sourceOf: (part, on) => effectiveOn(sourcings.known(part, at), on)?.source ?? null,
      everUsing,
    });
  }

  return {
    ...{ record, knownAt, compiled: present.compiled },
    now: createView({
      compiler: () => present,
      linesOf: (part) => lines.known(part),
      sourceOf: (part, on) => effectiveOn(sourcings.known(part), on)?.source ?? null,
      everUsing,
    }),
  };
}

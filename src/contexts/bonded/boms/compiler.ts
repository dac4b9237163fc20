import { type Effective, effectiveOn, isEffective, type LocalDate } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { BomLine, Sourcing } from './line.ts';
import { ALWAYS, common, isEmpty, overlap, stillAround, without } from './period.ts';
import { flatten, isTooCoarse, type MaterialUse, perUnit, type Vector } from './vector.ts';

/** What a part is made of on some days: `null` where it is a base material. */
interface Compiled {
  readonly days: Effective;
  readonly vector: Vector | null;
  /** The vector per unit, rounded; filled when it is first asked for. */
  perUnit: MaterialUse[] | null;
}

/** How a part stands on a day, and the days around it on which it stands no other way. */
interface Standing {
  readonly bill: readonly BomLine[];
  readonly days: Effective;
  /** Declared as made, and no bill says of what. */
  readonly isMissing: boolean;
}

const NO_BILL: Standing = { bill: [], days: ALWAYS, isMissing: false };

/**
 * Flat vectors of base materials, compiled when they are asked for and each kept for the days on which nothing
 * below the part changes. A part's vector is made from lines alone and never from another vector, so that only
 * what is asked for takes room.
 */
export interface Compiler {
  /** The lines of a part's own bill; none where it is bought, or has no bill that day. */
  billOn(part: string, day: LocalDate): readonly BomLine[];
  /** `null` where the part is a base material. Refuses where a part below is to be made and has no bill. */
  vectorOn(part: string, day: LocalDate): Vector | null;
  perUnitOn(part: string, day: LocalDate): readonly MaterialUse[] | null;
  /** Drops what is kept of a part on some days; its other days stay. */
  forget(part: string, days: Effective): void;
  /** Vectors compiled since the beginning. */
  compiled(): number;
}

export interface CompilerDeps {
  readonly linesOf: (assembly: string) => readonly BomLine[];
  readonly sourcingsOf: (part: string) => readonly Sourcing[];
}

export function createCompiler({ linesOf, sourcingsOf }: CompilerDeps): Compiler {
  const vectors = new Map<string, Compiled[]>();
  const standings = new Map<string, Standing[]>();
  let compiled = 0;

  function standingOn(part: string, day: LocalDate): Standing {
    const known = keptOn(standings, part, day);
    if (known) return known;
    const lines = linesOf(part);
    const sourcings = sourcingsOf(part);
    if (lines.length === 0 && sourcings.length === 0) return NO_BILL;
    const source = effectiveOn(sourcings, day)?.source ?? null;
    const bill = source === 'bought' ? [] : lines.filter((line) => isEffective(line, day));
    const days = stillAround(day, [...lines, ...sourcings]);
    return keep(standings, part, { bill, days, isMissing: source === 'made' && bill.length === 0 });
  }

  /** A part and all below it, each after all it is made of. A thousand levels are no limit, so no recursion. */
  function componentsFirst(top: string, day: LocalDate): [string, Standing][] {
    const seen = new Map<string, Standing>();
    const order = new Map<string, Standing>();
    const stack = [top];
    for (let part = stack.at(-1); part !== undefined; part = stack.at(-1)) {
      const again = seen.get(part);
      if (again) {
        stack.pop();
        order.set(part, again);
        continue;
      }
      const standing = standingOn(part, day);
      seen.set(part, standing);
      for (const { component } of standing.bill) if (!seen.has(component)) stack.push(component);
    }
    return [...order];
  }

  function compile(part: string, day: LocalDate): Compiled {
    const parts = componentsFirst(part, day).reverse();
    const missing = parts.filter(([, { isMissing }]) => isMissing);
    if (missing.length > 0) {
      throw new Refused(
        'conflict',
        missing.map(([seen]) => ({ code: 'bonded.bom_missing', seen, params: { on: day } })),
      );
    }
    const days = parts.map(([, standing]) => standing.days).reduce(common, ALWAYS);
    if (parts.length === 1) return keep(vectors, part, { days, vector: null, perUnit: null });
    const bills = parts.map(([each, { bill }]) => [each, bill] as const);
    const vector = flatten(part, bills);
    if (isTooCoarse(vector)) {
      throw new Refused('limited', { code: 'bonded.bom_quantity_too_large', seen: part });
    }
    compiled += 1;
    return keep(vectors, part, { days, vector, perUnit: null });
  }

  const compiledOn = (part: string, day: LocalDate): Compiled =>
    keptOn(vectors, part, day) ?? compile(part, day);

  return {
    billOn: (part, day) => standingOn(part, day).bill,
    vectorOn: (part, day) => compiledOn(part, day).vector,
    perUnitOn(part, day) {
      const entry = compiledOn(part, day);
      if (entry.vector && !entry.perUnit) entry.perUnit = perUnit(entry.vector);
      return entry.perUnit;
    },
    forget(part, days) {
      trim(vectors, part, days);
      trim(standings, part, days);
    },
    compiled: () => compiled,
  };
}

type Kept<T> = Map<string, T[]>;

const keptOn = <T extends { days: Effective }>(
  kept: Kept<T>,
  part: string,
  day: LocalDate,
): T | null => kept.get(part)?.find(({ days }) => isEffective(days, day)) ?? null;

function keep<T>(kept: Kept<T>, part: string, entry: T): T {
  const others = kept.get(part);
  if (others) others.push(entry);
  else kept.set(part, [entry]);
  return entry;
}

function trim<T extends { days: Effective }>(kept: Kept<T>, part: string, days: Effective): void {
  const entries = kept.get(part);
  if (!entries || isEmpty(days)) return;
  const left = entries.flatMap((entry) =>
    overlap(entry.days, days)
      ? without(entry.days, days).map((piece) => ({ ...entry, days: piece }))
      : [entry],
  );
  if (left.length > 0) kept.set(part, left);
  else kept.delete(part);
}

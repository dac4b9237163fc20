import type { LocalDate } from '../../../kernel/dates.ts';
import type { Source } from './contract.ts';
import { type BomLine, contentOf } from './line.ts';
import type { MaterialUse } from './vector.ts';
import type { View } from './view.ts';

/** The bills as they were known at one time, on one day. */
export interface Moment {
  readonly view: View;
  readonly on: LocalDate;
}

/** What stood before and what stands after; one of them is `null` where it was added or taken away. */
export interface Change<T> {
  readonly before: T | null;
  readonly after: T | null;
}
export type LineChange = Change<BomLine> & {
  readonly assembly: string;
  readonly component: string;
};
export type SourceChange = Change<Source> & { readonly part: string };
export type MaterialChange = Change<MaterialUse> & { readonly part: string };

export interface BomDifference {
  readonly lines: readonly LineChange[];
  readonly sources: readonly SourceChange[];
  /** What it comes to: base materials of which one unit takes more, less, or another way. */
  readonly materials: readonly MaterialChange[];
}

/** What became other about a product between two moments, at any level. Only that: what is equal is left out. */
export function differenceOf(product: string, before: Moment, after: Moment): BomDifference {
  const assemblies = inOrder([
    ...before.view.assembliesBelow(product, before.on),
    ...after.view.assembliesBelow(product, after.on),
  ]);
  const billAt = ({ view, on }: Moment, part: string) => view.billOn(part, on);
  const parts = inOrder(
    [before, after].flatMap((moment) => [
      product,
      ...assemblies.flatMap((part) => billAt(moment, part).map(({ component }) => component)),
    ]),
  );
  const sources = parts.map((part) => ({
    part,
    before: before.view.sourceOf(part, before.on),
    after: after.view.sourceOf(part, after.on),
  }));
  return {
    lines: assemblies.flatMap((part) => linesChanged(billAt(before, part), billAt(after, part))),
    sources: sources.filter((each) => each.before !== each.after),
    materials: materialsChanged(
      before.view.compile(product, before.on) ?? [],
      after.view.compile(product, after.on) ?? [],
    ),
  };
}

const inOrder = (parts: readonly string[]): string[] => [...new Set(parts)].sort();

/**
 * Lines are matched by component, since a replaced line has another name. Equal ones are struck out first; of what is
 * left, the first of before became the first of after.
 */
function linesChanged(before: readonly BomLine[], after: readonly BomLine[]): LineChange[] {
  const components = inOrder([...before, ...after].map(({ component }) => component));
  return components.flatMap((component) => {
    const of = (bill: readonly BomLine[]) =>
      bill.filter((line) => line.component === component).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [left, right] = struckOut(of(before), of(after));
    return Array.from({ length: Math.max(left.length, right.length) }, (_, n) => {
      const change = { before: left[n] ?? null, after: right[n] ?? null };
      const assembly = (change.before ?? change.after)?.assembly ?? '';
      return { assembly, component, ...change };
    });
  });
}

function struckOut(before: readonly BomLine[], after: readonly BomLine[]): [BomLine[], BomLine[]] {
  const right = [...after];
  const left = before.filter((line) => {
    const equal = right.findIndex((other) => contentOf(other) === contentOf(line));
    if (equal !== -1) right.splice(equal, 1);
    return equal === -1;
  });
  return [left, right];
}

function materialsChanged(
  before: readonly MaterialUse[],
  after: readonly MaterialUse[],
): MaterialChange[] {
  const [was, is] = [before, after].map((uses) => new Map(uses.map((use) => [use.part, use])));
  return inOrder([...before, ...after].map(({ part }) => part))
    .map((part) => ({ part, before: was?.get(part) ?? null, after: is?.get(part) ?? null }))
    .filter((change) => !isSameUse(change.before, change.after));
}

const isSameUse = (a: MaterialUse | null, b: MaterialUse | null): boolean =>
  a !== null &&
  b !== null &&
  a.unit === b.unit &&
  a.net === b.net &&
  a.use === b.use &&
  a.tangibleLoss === b.tangibleLoss &&
  a.intangibleLoss === b.intangibleLoss;

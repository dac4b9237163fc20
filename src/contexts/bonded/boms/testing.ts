import {
  add,
  type Decimal,
  decimal,
  divide,
  multiply,
  round,
  subtract,
  sum,
} from '../../../kernel/decimal.ts';
import type { BomLineInput } from './contract.ts';
import { type BomLine, readLine } from './line.ts';

export const line = (over: Partial<BomLineInput>): BomLine =>
  readLine({
    ...{ id: `${over.assembly}/${over.component}`, assembly: 'A', component: 'B' },
    ...{ quantity: '1', unit: 'EA', tangibleLossRate: '0', intangibleLossRate: '0' },
    ...{ from: '2026-01-01', to: null, recordedAt: '2026-01-01T00:00:00.000Z' },
    ...{ change: null, evidence: '' },
    ...over,
  });

/** The same numbers from the same seed: below one, as `Math.random` would. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface ForestShape {
  readonly seed: number;
  readonly products: number;
  readonly depth: number;
  readonly linesPerProduct: number;
  /** Bought parts to choose from, shared by all products. */
  readonly materials: number;
}

const LOSSES = ['0', '0', '0', '0', '0', '0.005', '0.01', '0.015', '0.02', '0.0375', '0.123456789'];
const QUANTITIES = ['1', '1', '1', '1', '2', '2', '4', '6', '0.5', '1.25', '0.333333333', '12'];

/**
 * A factory's bills: each product is a tree of assemblies of the depth asked for, most lines call for bought parts,
 * and now and then a product takes an assembly of the one before.
 */
export function forest({
  seed,
  products,
  depth,
  linesPerProduct,
  materials,
}: ForestShape): BomLineInput[] {
  const random = seeded(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const lines = new Map<string, BomLineInput>();
  const call = (assembly: string, component: string): void => {
    const isBought = component.startsWith('M');
    lines.set(`${assembly}/${component}`, {
      ...{ id: `${assembly}/${component}`, assembly, component },
      ...{ quantity: isBought ? pick(QUANTITIES) : pick(['1', '1', '1', '2', '0.5']), unit: 'EA' },
      ...{ tangibleLossRate: pick(LOSSES), intangibleLossRate: pick(LOSSES) },
      ...{ from: '2026-01-01', to: null, recordedAt: '2026-01-01T00:00:00.000Z' },
      ...{ change: null, evidence: `drawing ${assembly}` },
    });
  };
  const material = () => `M${Math.floor(random() * materials)}`;
  let before: string[] = [];
  for (let p = 0; p < products; p += 1) {
    const levels: string[][] = [[`P${p}`]];
    const all = [`P${p}`];
    for (let level = 1; level < depth; level += 1) {
      const part = `P${p}-${level}-0`;
      call(pick(levels[level - 1] ?? []), part);
      levels.push([part]);
      all.push(part);
    }
    const target = lines.size + linesPerProduct - depth;
    while (lines.size < target) {
      const level = Math.floor(random() * (depth - 1));
      if (random() < 0.15) {
        const part = `P${p}-${level + 1}-${levels[level + 1]?.length}`;
        call(pick(levels[level] ?? []), part);
        call(part, material());
        levels[level + 1]?.push(part);
        all.push(part);
      } else call(pick(all), material());
    }
    for (const bottom of levels.at(-1) ?? []) call(bottom, material());
    if (before.length > 0) call(pick(all), pick(before));
    before = all.slice(1);
  }
  return [...lines.values()];
}

/** Below the top, what a unit of it takes of a material, by decimals and along every way down. */
export interface Expected {
  readonly net: Decimal;
  readonly use: Decimal;
  readonly tangible: Decimal;
  readonly intangible: Decimal;
}

const PLACES = 70;

/**
 * The obvious way, and another way round than the compiler's: follow each path down; what is drawn at the bottom is
 * the product of q ÷ (1 − loss); coming up again, each level loses its share of what the levels below it have left.
 */
export function expectedOf(product: string, lines: readonly BomLineInput[]): Map<string, Expected> {
  const bills = grouped(lines);
  const found = new Map<string, Expected[]>();
  const descend = (part: string, path: readonly BomLineInput[]): void => {
    const bill = bills.get(part);
    if (bill) for (const line of bill) descend(line.component, [...path, line]);
    else found.set(part, [...(found.get(part) ?? []), alongPath(path)]);
  };
  descend(product, []);
  return new Map(
    [...found].map(([part, paths]) => [
      part,
      {
        net: sum(paths.map(({ net }) => net)),
        use: sum(paths.map(({ use }) => use)),
        tangible: sum(paths.map(({ tangible }) => tangible)),
        intangible: sum(paths.map(({ intangible }) => intangible)),
      },
    ]),
  );
}

function alongPath(path: readonly BomLineInput[]): Expected {
  const one = decimal('1');
  const kept = (line: BomLineInput) =>
    subtract(one, add(decimal(line.tangibleLossRate), decimal(line.intangibleLossRate)));
  const product = (all: Decimal[]) => all.reduce(multiply, one);
  const net = product(path.map(({ quantity }) => decimal(quantity)));
  const wanted = product(path.map(kept));
  const lost = (rateOf: (line: BomLineInput) => string) =>
    sum(
      path.map((line, level) =>
        multiply(decimal(rateOf(line)), product(path.slice(level + 1).map(kept))),
      ),
    );
  const of = (share: Decimal) => divide(multiply(net, share), wanted, PLACES);
  return {
    net,
    use: of(one),
    tangible: of(lost((line) => line.tangibleLossRate)),
    intangible: of(lost((line) => line.intangibleLossRate)),
  };
}

function grouped(lines: readonly BomLineInput[]): Map<string, BomLineInput[]> {
  const groups = new Map<string, BomLineInput[]>();
  for (const each of lines) groups.set(each.assembly, [...(groups.get(each.assembly) ?? []), each]);
  return groups;
}

/** To nine places: half away from zero, and down. */
export const nearest = (value: Decimal): Decimal => round(value, 9);
export function down(value: Decimal): Decimal {
  const near = round(value, PLACES - 10);
  const rounded = round(near, 9);
  const isAbove = subtract(rounded, near).coefficient > 0n;
  return isAbove ? subtract(rounded, decimal('0.000000001')) : rounded;
}

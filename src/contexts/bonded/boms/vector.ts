import { QUANTITY_MAX, type Quantity, RATE_DIGITS, type Rate } from '../quantity.ts';
import type { BomLine } from './line.ts';

/**
 * Places carried between the levels of a bill: six levels of nine-place quantities multiply without losing
 * anything, and beyond them what may be lost is counted in `Carried.error`.
 */
const PLACES = 54;
const ONE = 10n ** BigInt(PLACES);
const RATE_ONE = 10n ** BigInt(RATE_DIGITS);

/** What one unit of a product uses of a part, in units of the 54th place. */
interface Carried {
  net: bigint;
  use: bigint;
  intangible: bigint;
  /** A figure is at most so much below the true one, and never above it. A bound, so a float will do. */
  error: number;
  readonly unit: string;
}

/** The base materials of one unit of a part, by part number. */
export type Vector = ReadonlyMap<string, Readonly<Carried>>;

/**
 * Flattens a bill by pushing one unit of the product down through its levels, each part after all it is in, so that every
 * line is passed once however deep or shared. By Order 155, 单耗 = 净耗 ÷ (1 − 工艺损耗率): with q taken up and t and
 * i lost, shares of what is used, a part of which n are in the product, u are used and y are lost without a trace passes
 * on to the component of a line
 *
 *     n′ = q·n,   u′ = u·q ÷ (1 − t − i),   y′ = q·y + i·u′,
 *
 * and ways that meet add up. What is lost as scrap is the rest, u′ − n′ − y′ = q·(u − n − y) + t·u′: a component lost
 * at any level takes with it, as that loss, all that went into it. Each remainder is dropped at the 54th place.
 */
export function flatten(
  product: string,
  /** The product, all that is below it, and of what each is made; base materials are made of nothing. */
  partsBeforeComponents: Iterable<readonly [string, readonly BomLine[]]>,
): Vector {
  const carried = new Map<string, Carried>();
  carried.set(product, { net: ONE, use: ONE, intangible: 0n, error: 0, unit: '' });
  const materials: [string, Carried][] = [];
  for (const [part, bill] of partsBeforeComponents) {
    const from = carried.get(part);
    if (!from) continue;
    if (bill.length === 0) materials.push([part, from]);
    for (const line of bill) {
      const known = carried.get(line.component);
      if (known) passDown(line, from, known);
      else {
        const fresh = { net: 0n, use: 0n, intangible: 0n, error: 0, unit: line.unit };
        passDown(line, from, fresh);
        carried.set(line.component, fresh);
      }
    }
  }
  return new Map(materials.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function passDown(line: BomLine, from: Readonly<Carried>, to: Carried): void {
  const { quantity, tangibleLossRate, intangibleLossRate } = line;
  const kept = RATE_ONE - tangibleLossRate - intangibleLossRate;
  const isLossless = kept === RATE_ONE;
  const net = (from.net * quantity) / RATE_ONE;
  const isNetOnly = isLossless && from.use === from.net;
  const use = isNetOnly ? net : (from.use * quantity) / kept;
  to.net += net;
  to.use += use;
  if (intangibleLossRate > 0n || from.intangible > 0n) {
    to.intangible += (from.intangible * quantity + intangibleLossRate * use) / RATE_ONE;
  }
  const isExact = isLossless && from.error === 0 && quantity % RATE_ONE === 0n;
  if (!isExact) to.error += (2 * from.error * Number(quantity)) / Number(kept) + 2;
}

/** What so many units use of one base material. */
export interface Need<Figure> {
  readonly part: string;
  readonly unit: string;
  /** 净耗: what is in the product. */
  readonly net: Figure;
  /** 单耗: what is used, losses with it. */
  readonly use: Figure;
  readonly tangibleLoss: Figure;
  readonly intangibleLoss: Figure;
}
/** Per unit of the product, in thousand-millionths. */
export type MaterialUse = Need<Rate>;
/** For an order, in hundred-thousandths of the material's unit. */
export type OrderNeed = Need<Quantity>;

/**
 * The one rounding, to `unit`: net use and use half away from zero, losses down, since a bound is never exceeded by
 * rounding. Each figure is the exact one rounded for itself, so that they may miss adding up by the last place.
 * Where an edge lies within the error of a carried figure, the figure is taken to be on it.
 */
function rounded(vector: Vector, times: bigint, unit: bigint): Need<bigint>[] {
  const half = unit / 2n;
  return Array.from(vector, ([part, { net, use, intangible, error: bound, unit: ofPart }]) => {
    const error = bound === 0 ? 0n : BigInt(Math.ceil(bound));
    const used = ((use + error) * times + half) / unit;
    const scrap = use - net - intangible;
    return {
      part,
      unit: ofPart,
      net: use === net ? used : ((net + error) * times + half) / unit,
      use: used,
      // The scrap of a lossless way is nothing but the errors of what it is the rest of.
      tangibleLoss: scrap <= error ? 0n : ((scrap + error) * times) / unit,
      intangibleLoss: intangible === 0n ? 0n : ((intangible + error) * times) / unit,
    };
  });
}

/** The materials of one unit. */
export const perUnit = (vector: Vector): MaterialUse[] => rounded(vector, 1n, ONE / RATE_ONE);

/** The materials of an order, `null` where one is more than a quantity holds: the exact unit consumption is multiplied. */
export function perOrder(vector: Vector, quantity: Quantity): OrderNeed[] | null {
  const needs = rounded(vector, BigInt(quantity), ONE).map((need) => ({
    part: need.part,
    unit: need.unit,
    net: Number(need.net),
    use: Number(need.use),
    tangibleLoss: Number(need.tangibleLoss),
    intangibleLoss: Number(need.intangibleLoss),
  }));
  return needs.every(({ use }) => use <= QUANTITY_MAX) ? needs : null;
}

/** What was dropped, times the largest quantity, stays below a thousand-millionth of the last place kept. */
const ERROR_MAX = 10 ** (PLACES - RATE_DIGITS) / QUANTITY_MAX;
/** Whether what was dropped could show: only a bill that multiplies beyond any factory gets here. */
export const isTooCoarse = (vector: Vector): boolean =>
  [...vector.values()].some(({ error }) => error > ERROR_MAX);

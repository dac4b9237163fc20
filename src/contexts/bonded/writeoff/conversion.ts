import { isEffective, type LocalDate } from '../../../kernel/dates.ts';
import type { NumberedPart, RecordedConsumption } from '../ledgers/contract.ts';
import { type Quantity, rate } from '../quantity.ts';
import type { Made } from './makings.ts';

/** So much of a material, for what is missing of a product. */
export interface Converted {
  readonly part: NumberedPart;
  readonly quantity: Quantity;
}

/** By what the product was converted: what orders of the period really took, or the consumption on record. */
export type Basis = 'actual' | 'filed';

export interface Conversion {
  /** `filed` as soon as one step of it is. */
  readonly basis: Basis;
  readonly materials: readonly Converted[];
}

interface Known {
  /** Each at the place its number says. */
  readonly parts: readonly NumberedPart[];
  readonly made: ReadonlyMap<number, Made>;
  readonly recorded: readonly RecordedConsumption[];
  /** The last day of the period. */
  readonly on: LocalDate;
}

/** A step from a product down: so much of a part for so much of it, as exact numbers. */
interface Step {
  readonly basis: Basis;
  readonly takes: ReadonlyMap<number, readonly [times: bigint, over: bigint]>;
}

const RATE_UNIT = 1_000_000_000n;

/**
 * 折料: a product that is not there is owed for as the bonded materials in it, since it is their duty that was
 * deferred. By what the closed orders of the period really took for one, or else by the consumption on record on its
 * last day: net ÷ (1 − intangible loss). Semi-finished parts are taken down to materials in turn. Each material is
 * exact to the end and rounded once, half away from zero.
 *
 * @returns `null` where neither is known of some step: then what it is worth has to be stated.
 */
export function createConversion({ parts, made, recorded, on }: Known) {
  const numbers = new Map(parts.map(({ part, number }) => [part, number]));

  const filed = (product: string): Step['takes'] | null => {
    const inForce = recorded.filter((each) => each.product === product && isEffective(each, on));
    // Of several versions the one that began last; what was recorded last of it holds.
    const last = inForce.reduce((from, each) => (each.from > from ? each.from : from), '');
    const version = inForce.findLast(({ from }) => from === last)?.version;
    const takes = new Map<number, readonly [bigint, bigint]>();
    for (const { part, net, intangibleLossRate, ...each } of inForce) {
      const number = numbers.get(part);
      if (each.version !== version || number === undefined) continue;
      takes.set(number, [rate(net), RATE_UNIT - rate(intangibleLossRate)]);
    }
    return takes.size === 0 ? null : takes;
  };
  const actual = (product: number): Step['takes'] | null => {
    const known = made.get(product);
    if (!known) return null;
    return new Map(
      [...known.used].map(([part, used]) => [part, [BigInt(used), BigInt(known.made)]]),
    );
  };
  const stepOf = ({ part, number }: NumberedPart): Step | null => {
    const takes = actual(number);
    if (takes) return { basis: 'actual', takes };
    const said = filed(part);
    return said && { basis: 'filed', takes: said };
  };

  return (product: NumberedPart, quantity: Quantity): Conversion | null => {
    const sums = new Map<number, Fraction>();
    let basis: Basis = 'actual';
    const descend = (of: NumberedPart, amount: Fraction, above: readonly number[]): boolean => {
      if (of.kind === 'material') {
        sums.set(of.number, plus(sums.get(of.number) ?? NOTHING, amount));
        return true;
      }
      const step = above.includes(of.number) ? null : stepOf(of);
      if (!step) return false;
      if (step.basis === 'filed') basis = 'filed';
      return [...step.takes].every(([number, [times, over]]) => {
        const part = parts[number];
        const taken: Fraction = [amount[0] * times, amount[1] * over];
        return part !== undefined && descend(part, taken, [...above, of.number]);
      });
    };
    if (!descend(product, [BigInt(quantity), 1n], [])) return null;
    const materials = [...sums]
      .sort(([a], [b]) => a - b)
      .map(([number, sum]) => ({ part: parts[number] as NumberedPart, quantity: rounded(sum) }))
      .filter((each) => each.quantity > 0);
    return materials.length === 0 ? null : { basis, materials };
  };
}
export type Convert = ReturnType<typeof createConversion>;

/** Over and under the line; what is under it is above nothing. */
type Fraction = readonly [bigint, bigint];
const NOTHING: Fraction = [0n, 1n];

const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => lowest([a * d + c * b, b * d]);

function lowest([over, under]: Fraction): Fraction {
  let [a, b] = [over, under];
  while (b > 0n) [a, b] = [b, a % b];
  return a === 0n ? NOTHING : [over / a, under / a];
}

const rounded = ([over, under]: Fraction): Quantity => Number((2n * over + under) / (2n * under));

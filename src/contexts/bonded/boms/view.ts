import type { LocalDate } from '../../../kernel/dates.ts';
import { Refused } from '../../../kernel/refusal.ts';
import type { Quantity } from '../quantity.ts';
import type { Compiler } from './compiler.ts';
import type { Source } from './contract.ts';
import type { BomLine } from './line.ts';
import { flatten, type MaterialUse, type OrderNeed, perOrder, type Vector } from './vector.ts';

/** An assembly in which a part is. */
export interface WhereUsed {
  readonly assembly: string;
  /** By the shortest way: 1 where the part is on its own bill. */
  readonly levelsUp: number;
  /** Of its own bill, the lines with the part (or with what the part is in, one level down). */
  readonly lines: readonly BomLine[];
  /** Whether it goes into nothing else that day. */
  readonly isTop: boolean;
}

export interface OrderQuestion {
  readonly product: string;
  readonly quantity: Quantity;
  readonly on: LocalDate;
  /** `all`: down to base materials. `one`: what the order itself draws, semi-finished parts with the rest. */
  readonly levels: 'all' | 'one';
}

/** The bills as they were known at one time, on any day. */
export interface View {
  /** The lines of a part's own bill in effect; none where it is bought or has none. */
  billOn(part: string, on: LocalDate): readonly BomLine[];
  /** Every line of a part's own bill, on whatever days it holds. */
  linesOf(part: string): readonly BomLine[];
  /** The part as a base material, to be made, or neither said nor shown by a bill. */
  sourceOf(part: string, on: LocalDate): Source | null;
  /** What one unit takes of each base material; a base material takes none, and is `null`. */
  compile(part: string, on: LocalDate): readonly MaterialUse[] | null;
  /** What an order takes. Refuses where the product has no bill that day. */
  explode(question: OrderQuestion): OrderNeed[];
  /** Everything a part is in that day, nearest first. */
  whereUsed(part: string, on: LocalDate): WhereUsed[];
  /** Every part with a bill in effect, from a product down, itself first. */
  assembliesBelow(product: string, on: LocalDate): string[];
}

export interface ViewDeps {
  readonly compiler: () => Compiler;
  readonly linesOf: (part: string) => readonly BomLine[];
  readonly sourceOf: (part: string, on: LocalDate) => Source | null;
  /** Every assembly that ever had the component on its bill, and perhaps more. */
  readonly everUsing: (component: string) => Iterable<string>;
}

export function createView({ compiler, linesOf, sourceOf, everUsing }: ViewDeps): View {
  const billOn: View['billOn'] = (part, on) => compiler().billOn(part, on);

  const linesUsing = (part: string, on: LocalDate): Map<string, BomLine[]> => {
    const using = new Map<string, BomLine[]>();
    for (const assembly of everUsing(part)) {
      const lines = billOn(assembly, on).filter(({ component }) => component === part);
      if (lines.length > 0) using.set(assembly, lines);
    }
    return using;
  };

  return {
    ...{ billOn, linesOf, sourceOf },
    compile: (part, on) => compiler().perUnitOn(part, on),

    explode({ product, quantity, on, levels }) {
      const bill = billOn(product, on);
      if (bill.length === 0) {
        throw new Refused('not_found', {
          code: 'bonded.bom_missing',
          path: 'product',
          seen: product,
          params: { on },
        });
      }
      const vector = levels === 'one' ? ownLevel(product, bill) : compiler().vectorOn(product, on);
      const needs = perOrder(vector ?? new Map(), quantity);
      if (needs) return needs;
      throw new Refused('limited', {
        ...{ code: 'bonded.bom_quantity_too_large', path: 'quantity', seen: product },
      });
    },

    whereUsed(part, on) {
      const found = new Map<string, { levelsUp: number; lines: BomLine[] }>();
      const tops = new Set<string>();
      let level = [part];
      for (let levelsUp = 1; level.length > 0; levelsUp += 1) {
        const next: string[] = [];
        for (const each of level) {
          const using = linesUsing(each, on);
          if (using.size === 0) tops.add(each);
          for (const [assembly, lines] of using) {
            const known = found.get(assembly);
            if (known?.levelsUp === levelsUp) known.lines.push(...lines);
            if (known) continue;
            found.set(assembly, { levelsUp, lines: [...lines] });
            next.push(assembly);
          }
        }
        level = next;
      }
      return [...found].map(([assembly, { levelsUp, lines }]) => ({
        ...{ assembly, levelsUp, lines },
        isTop: tops.has(assembly),
      }));
    },

    assembliesBelow(product, on) {
      const found = new Set(billOn(product, on).length > 0 ? [product] : []);
      for (const assembly of found) {
        for (const { component } of billOn(assembly, on)) {
          if (billOn(component, on).length > 0) found.add(component);
        }
      }
      return [...found];
    },
  };
}

/** One level only: whatever is on the bill counts as a base material. */
function ownLevel(product: string, bill: readonly BomLine[]): Vector {
  const components = bill.map(({ component }) => [component, []] as const);
  return flatten(product, [[product, bill], ...new Map(components)]);
}

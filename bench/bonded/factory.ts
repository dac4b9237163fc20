import { randomFor } from '../../demo/generate/random.ts';
import type { LedgerEvent, Part } from '../../src/contexts/bonded/contract.ts';

/** Materials of one order: what the goals are said in. */
export const LINES = 50;
const PRODUCTS = 200;
const MATERIALS = 2_000;
/** Uses that one import line stands for, about. */
const USES_PER_LOT = 250;
const LINES_PER_IMPORT = 200;
/** Every use is of these many units at most, so that a lot of so many lasts as long as it should. */
const USED_MAX = 40;
const OPENED = Date.parse('2026-01-02T00:00:00.000Z');
const SECOND_MS = 1_000;

/** A maker of many products, fifty materials each: everything follows from the number of an order. */
export interface Factory {
  readonly parts: readonly Part[];
  /** Imports that cover so many orders. */
  supplies(orders: number): Iterable<LedgerEvent>;
  /** The whole life of one order: opened, issued, received, closed. */
  order(number: number): readonly LedgerEvent[];
}

const productOf = (order: number): string => `P${pad(order % PRODUCTS, 3)}`;
export const orderNo = (order: number): string => `W${pad(order, 7)}`;
const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');
const material = (number: number): string => `M${pad(number, 4)}`;
const at = (second: number): string => new Date(OPENED + second * SECOND_MS).toISOString();

export function makeFactory(): Factory {
  const recipes = Array.from({ length: PRODUCTS }, (_, product) => {
    const random = randomFor('bonded-factory', product);
    const chosen = new Set<number>();
    while (chosen.size < LINES) chosen.add(random.int(MATERIALS));
    return [...chosen]
      .sort((a, b) => a - b)
      .map((part) => ({ part: material(part), hundredths: 1 + random.int(USED_MAX * 100) }));
  });
  const base = { description: '', hsCode: null, unitValue: '1.5', currency: 'CNY' };
  const parts = [
    ...Array.from({ length: MATERIALS }, (_, number) => ({
      ...{ ...base, part: material(number), kind: 'material' as const, unit: '035' },
    })),
    ...Array.from({ length: PRODUCTS }, (_, number) => ({
      ...{ ...base, part: productOf(number), kind: 'finished' as const, unit: '007' },
    })),
  ];

  function* supplies(orders: number): Iterable<LedgerEvent> {
    const lots = Math.ceil((orders * LINES) / MATERIALS / USES_PER_LOT) * 2 + 1;
    for (let lot = 0; lot < lots; lot += 1)
      for (let first = 0; first < MATERIALS; first += LINES_PER_IMPORT)
        yield {
          ...{ id: `I${lot}-${first}`, kind: 'imported', occurredAt: at(0) },
          document: `QD${pad(lot, 6)}${pad(first, 4)}`,
          lines: Array.from({ length: LINES_PER_IMPORT }, (_, n) => ({
            ...{ part: material(first + n), bonded: true },
            quantity: String(USES_PER_LOT * USED_MAX),
          })),
        };
  }

  function order(number: number): readonly LedgerEvent[] {
    const [no, product] = [orderNo(number), productOf(number)];
    const recipe = recipes[number % PRODUCTS] ?? [];
    const event = (
      kind: LedgerEvent['kind'],
      step: number,
      more: Partial<LedgerEvent> = {},
    ): LedgerEvent => ({
      ...{ id: `${no}-${step}`, kind, order: no, lines: [] },
      occurredAt: at(number * 4 + step),
      ...more,
    });
    return [
      event('orderOpened', 1, { product, planned: '10' }),
      event('issued', 2, {
        lines: recipe.map(({ part, hundredths }, line) => ({
          ...{ part, bonded: true },
          quantity: String((hundredths + ((number + line) % 7)) / 100),
        })),
      }),
      event('received', 3, { lines: [{ part: product, quantity: '10', bonded: true }] }),
      event('orderClosed', 4),
    ];
  }
  return { parts, supplies, order };
}

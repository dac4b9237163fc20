import type { LedgerEvent, Part } from '../../../src/contexts/bonded/contract.ts';

/** Quantities are counted in hundred-thousandths of a unit: exact, and whole numbers. */
export const UNIT = 100_000;

export const quantityText = (quantity: number): string => {
  const rest = String(quantity % UNIT)
    .padStart(5, '0')
    .replace(/0+$/, '');
  return `${Math.floor(quantity / UNIT)}${rest && `.${rest}`}`;
};

/** What is really there, by part, place and site, kept apart from every paper about it. */
export interface Truth {
  of(part: string, place: Place, site: string): number;
  move(event: Happened): void;
  all(): readonly { part: string; place: Place; site: string; quantity: number }[];
}
export type Place = 'store' | 'onTheLine' | 'scrap' | 'defective' | 'inTransit';

export interface HappenedLine {
  readonly part: string;
  readonly quantity: number;
}
/** An event as it really happened. */
export interface Happened {
  readonly id: string;
  readonly kind: LedgerEvent['kind'];
  readonly at: number;
  readonly site: string;
  readonly toSite?: string;
  readonly order?: string;
  readonly product?: string;
  readonly planned?: number;
  readonly document?: string;
  readonly reverses?: string;
  readonly lines: readonly HappenedLine[];
}

/** From where to where goods of each kind of event go; nothing where they come from or leave for outside. */
const WAYS: Partial<Record<LedgerEvent['kind'], readonly [Place | null, Place | null]>> = {
  imported: [null, 'store'],
  issued: ['store', 'onTheLine'],
  returned: ['onTheLine', 'store'],
  scrapped: ['onTheLine', 'scrap'],
  received: [null, 'store'],
  rejected: ['store', 'defective'],
  moved: ['store', 'inTransit'],
  arrived: ['inTransit', 'store'],
  exported: ['store', null],
};

export function openTruth(): Truth {
  const held = new Map<string, number>();
  const onOrder = new Map<string, Map<string, number>>();
  const add = (part: string, place: Place, site: string, quantity: number) => {
    const key = `${part}\t${place}\t${site}`;
    const now = (held.get(key) ?? 0) + quantity;
    if (now < 0) throw new Error(`There is not so much of ${part} at ${place}, ${site}.`);
    held.set(key, now);
  };
  const onLine = (order: string, part: string, quantity: number) => {
    const parts = onOrder.get(order) ?? new Map<string, number>();
    parts.set(part, (parts.get(part) ?? 0) + quantity);
    onOrder.set(order, parts);
  };
  return {
    of: (part, place, site) => held.get(`${part}\t${place}\t${site}`) ?? 0,
    move({ kind, site, toSite, order = '', lines }) {
      const [from, to] = WAYS[kind] ?? [];
      for (const { part, quantity } of lines) {
        if (from) add(part, from, site, -quantity);
        if (to) add(part, to, toSite ?? site, quantity);
        if (from === 'onTheLine') onLine(order, part, -quantity);
        if (to === 'onTheLine') onLine(order, part, quantity);
      }
      if (kind !== 'orderClosed') return;
      for (const [part, quantity] of onOrder.get(order) ?? [])
        add(part, 'onTheLine', site, -quantity);
      onOrder.delete(order);
    },
    all: () =>
      [...held]
        .map(([key, quantity]) => {
          const [part = '', place, site = ''] = key.split('\t');
          return { part, place: place as Place, site, quantity };
        })
        .filter(({ quantity }) => quantity > 0)
        .sort((a, b) => (`${a.part} ${a.place}` < `${b.part} ${b.place}` ? -1 : 1)),
  };
}

/** What a count calls each place. */
export const stockOf = (place: Place, kind: Part['kind']) => {
  if (place === 'inTransit')
    return kind === 'material' ? 'materialsInTransit' : 'productsInTransit';
  if (place !== 'store') return place;
  return kind === 'material' ? 'materials' : kind === 'finished' ? 'finished' : 'semiFinished';
};

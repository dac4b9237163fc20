import { localDateOf } from '../../../../kernel/dates.ts';
import { accountAt } from '../../accounts.ts';
import type { LedgerEvent } from '../../contract.ts';
import type { Entry, Lot } from '../../engine/entry.ts';
import type { NumberedPart } from '../../ledgers/contract.ts';
import { parseQuantity, type Quantity } from '../../quantity.ts';
import type { OrderFacts } from '../evidence.ts';

interface Gathered {
  product: string | null;
  version: string | null;
  openedOn: string;
  planned: Quantity;
  isClosed: boolean;
  /** Of each part: what the order made of it, good and defective. */
  readonly made: Map<number, { good: Quantity; defective: Quantity }>;
  /** Lots of made goods that went into it: the part, and the order that made them. */
  readonly took: { readonly part: string; readonly madeBy: string }[];
}

/** A lot of made goods is called by the order that made it: what waits for it says so before it is there. */
const awaited = ({ event }: { readonly event?: LedgerEvent }) =>
  event?.kind === 'issued' ? event.lines.filter(({ lot }) => lot !== undefined) : [];

/** What each production order says of itself, folded from the journal. */
export function createOrders(parts: readonly NumberedPart[]) {
  const orders = new Map<string, Gathered>();
  const lots: Lot[] = [];

  const of = ({ order, occurredAt }: Entry): Gathered | null => {
    if (order === null) return null;
    const known = orders.get(order);
    if (known) return known;
    const opened: Gathered = {
      ...{ product: null, version: null, openedOn: localDateOf(occurredAt), planned: 0 },
      ...{ isClosed: false, made: new Map(), took: [] },
    };
    orders.set(order, opened);
    return opened;
  };

  return {
    take(entry: Entry): void {
      for (const lot of entry.lots) lots[lot.number] = lot;
      const order = of(entry);
      if (!order) return;
      if (entry.outcome === 'held') {
        for (const { part, lot = '' } of awaited(entry.detail ?? {}))
          order.took.push({ part, madeBy: lot });
        return;
      }
      const detail = (entry.detail ?? {}) as Record<string, string | undefined>;
      if (entry.kind === 'orderOpened') {
        order.product = detail.product ?? null;
        order.version = detail.version ?? null;
        order.openedOn = localDateOf(entry.occurredAt);
        order.planned = parseQuantity(detail.planned ?? '') ?? 0;
      }
      if (entry.kind === 'orderClosed') order.isClosed = true;
      if (detail.reopens !== undefined) order.isClosed = false;
      for (const { part, lot, from, to, quantity } of entry.movements) {
        const [source, target] = [accountAt(from), accountAt(to)];
        if (source === 'made' || target === 'made') {
          const sums = order.made.get(part) ?? { good: 0, defective: 0 };
          const where = source === 'made' ? target : source;
          const signed = source === 'made' ? quantity : -quantity;
          sums[where === 'defective' ? 'defective' : 'good'] += signed;
          order.made.set(part, sums);
        }
        const madeBy = lots[lot]?.order ?? null;
        if (target === 'inProcess' && madeBy !== null && madeBy !== entry.order)
          order.took.push({ part: parts[part]?.part ?? '', madeBy });
      }
    },
    productOf: (order: string): string | null => orders.get(order)?.product ?? null,
    /** @param versionsOf what versions of a product's consumption are known: another name means none. */
    facts(versionsOf: (product: string) => ReadonlySet<string>): OrderFacts[] {
      const numbers = new Map(parts.map(({ part, number }) => [part, number]));
      return [...orders].flatMap(([name, { product, made, took, ...order }]) => {
        if (product === null) return [];
        const number = numbers.get(product);
        const own = made.get(number ?? -1) ?? { good: 0, defective: 0 };
        const isNamed = order.version !== null && versionsOf(product).has(order.version);
        return [
          {
            ...{ order: name, product, version: isNamed ? order.version : null },
            ...{ openedOn: order.openedOn, isClosed: order.isClosed, planned: order.planned },
            ...{ received: own.good, rejected: own.defective },
            // Whoever takes its own product in works it again.
            reworks:
              took.find((it) => it.part === product && orders.has(it.madeBy))?.madeBy ?? null,
          },
        ];
      });
    },
  };
}

import type { LedgerState, OrderState } from '../engine/state.ts';
import { quantityText } from '../quantity.ts';

export interface OrderListAsked {
  readonly state: 'open' | 'closed';
  /** The beginning of an order number. */
  readonly q?: string | undefined;
  readonly cursor?: number | undefined;
  readonly limit: number;
}

/** Orders of one state, the newest first, with how many there are of each. */
export function ordersOf(
  { orderList, parts, numbers }: LedgerState,
  { state, q, cursor = orderList.length, limit }: OrderListAsked,
) {
  const wanted = ({ order, settledBy }: OrderState): boolean =>
    (settledBy === null) === (state === 'open') &&
    (q === undefined || order.toLowerCase().startsWith(q.toLowerCase()));
  const found: OrderState[] = [];
  let at = Math.min(cursor, orderList.length);
  for (; at > 0 && found.length < limit; at -= 1) {
    const order = orderList[at - 1] as OrderState;
    if (wanted(order)) found.push(order);
  }
  const closed = orderList.reduce((sum, { settledBy }) => sum + (settledBy === null ? 0 : 1), 0);
  return {
    rows: found.map(({ order, product, made, settledBy, inProcess }) => ({
      ...{ order, product, made: quantityText(made), isClosed: settledBy !== null },
      description: parts[numbers.get(product ?? '') ?? -1]?.part.description ?? '',
      partsInProcess: inProcess.parts().length,
    })),
    ...{ open: orderList.length - closed, closed, next: at > 0 ? at : null },
  };
}

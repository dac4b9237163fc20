import { localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { type Account, accountAt, isOnHand, placeOf } from '../accounts.ts';
import type { EventLine, LedgerEvent, LedgerInput } from '../contract.ts';
import { type Quantity, quantity, quantityText, rate, times } from '../quantity.ts';
import type { Lot, Movement, Past, Place } from './entry.ts';
import type { NormOf } from './norms.ts';
import { type End, ROUTES, type Route, STORE } from './routes.ts';
import { isOfSettlement, madeIn, splitUse } from './settle.ts';
import {
  addLot,
  type LedgerState,
  move,
  type OrderState,
  orderAt,
  type PartState,
  partAt,
  removeLot,
  stockAt,
  swapped,
} from './state.ts';
import type { Run } from './stock.ts';

/** There is not so much: the event could be decided when there is. */
export class Short extends Error {
  readonly refusals: readonly Refusal[];
  /** Everything it takes from: when some of this changes, it is worth another try. */
  readonly until: readonly string[];

  constructor(refusals: readonly Refusal[], until: readonly string[]) {
    super('There is not so much.');
    this.refusals = refusals;
    this.until = until;
  }
}

export const whereOf = (part: number, place: Place, order: string | null): string =>
  accountAt(place) === 'inProcess' ? `order:${order}` : `${part}@${place}`;

/**
 * One event, done to the book line by line. What cannot be done whole is undone, in the opposite order.
 */
export function createDraft(
  state: LedgerState,
  { ledger, normOf }: { readonly ledger: LedgerInput; readonly normOf: NormOf },
  event: LedgerEvent,
) {
  const movements: Movement[] = [];
  const lots: Lot[] = [];
  const short: Refusal[] = [];
  const sources = new Set<string>();
  let orderNo = event.order ?? null;
  let isNewOrder = false;
  const site = Math.max(0, ledger.sites.indexOf(event.site ?? ''));
  const day = localDateOf(event.occurredAt);

  const order = (): OrderState | null => {
    if (orderNo === null) return null;
    isNewOrder ||= !state.orders.has(orderNo);
    return orderAt(state, orderNo, site);
  };
  const does = (movement: Movement): void => {
    move(state, movement, order());
    movements.push(movement);
  };

  /** The runs a line takes; nothing where there is not so much, which is kept to be told. */
  const taken = (part: PartState, from: Place, line: EventLine, wanted: Quantity, path: string) => {
    sources.add(whereOf(part.number, from, orderNo));
    const stock = stockAt(part, from, order());
    const named = line.lot === undefined ? undefined : part.lots.get(line.lot);
    if (line.lot !== undefined && named === undefined) {
      short.push({ code: 'bonded.lot_unknown', path: `${path}.lot`, seen: seen(line.lot) });
      return [];
    }
    const there = named === undefined ? stock.total : stock.of(named);
    if (there < wanted) {
      short.push({
        code: 'bonded.beyond_stock',
        path: `${path}.quantity`,
        seen: quantityText(wanted),
        params: { part: part.part.part, there: quantityText(there), account: accountAt(from) },
      });
      return [];
    }
    if (named !== undefined) return [{ lot: named, quantity: wanted }];
    // What comes back from an order was issued last.
    return event.kind === 'returned'
      ? lastOf(stock.runs(), wanted)
      : stock.runs(wanted, ledger.lots);
  };

  const opened = (part: PartState, line: EventLine, index: number): number => {
    const made = event.kind !== 'imported';
    const name =
      line.lot ?? (made ? orderNo : null) ?? `${event.document ?? event.id}#${index + 1}`;
    const known = part.lots.get(name);
    if (known !== undefined) return known;
    const lot: Lot = {
      number: state.lots.length,
      name,
      part: part.number,
      order: made ? orderNo : null,
      document: event.document ?? null,
      occurredAt: event.occurredAt,
    };
    addLot(state, lot);
    lots.push(lot);
    return lot.number;
  };

  const doLine = (route: Route, line: EventLine, index: number): void => {
    const number = state.numbers.get(line.part);
    if (number === undefined || !line.bonded) return;
    const part = partAt(state, number);
    const wanted = inUnitsOf(part, line);
    const ends = endsOf(route, part, line);
    const from = placeOf(ends.from, ends.from === 'inProcess' ? (order()?.site ?? site) : site);
    const to = placeOf(ends.to, toSiteOf(ends.to));
    const runs: Run[] = route.opensLot
      ? [{ lot: opened(part, line, index), quantity: wanted }]
      : taken(part, from, line, wanted, `lines[${index}]`);
    for (const run of runs) does({ part: number, from, to, ...run });
  };
  const toSiteOf = (to: Account): number => {
    if (to === 'inProcess') return order()?.site ?? site;
    return event.toSite === undefined ? site : ledger.sites.indexOf(event.toSite);
  };
  /** A reject of the order's own product was made; anything else was in process, or in the store. */
  const endsOf = (route: Route, part: PartState, line: EventLine) => {
    const end = (which: End): Account =>
      which === 'store'
        ? (line.from ?? STORE[part.part.kind])
        : which === 'order'
          ? 'inProcess'
          : which;
    if (event.kind === 'rejected' && orderNo !== null) {
      const isMade = order()?.product === part.part.part;
      return { from: isMade ? ('made' as const) : ('inProcess' as const), to: end(route.to) };
    }
    return { from: end(route.from), to: end(route.to) };
  };

  /** Divides the use of everything in process on the order, lot by lot. */
  const settle = (of: OrderState): void => {
    const made = of.made + madeIn(movements);
    const product = event.kind === 'orderOpened' ? (event.product ?? null) : of.product;
    const version = event.kind === 'orderOpened' ? (event.version ?? null) : of.version;
    const from = placeOf('inProcess', of.site);
    for (const [number, stock] of [...of.inProcess].sort(([a], [b]) => a - b)) {
      const { part } = partAt(state, number);
      const norm = product === null ? null : normOf(product, version, part.part, day);
      const split = splitUse(stock.total, made, norm);
      const runs = stock.runs();
      for (const account of ['embodied', 'intangibleLoss', 'excessUse'] as const) {
        for (const run of cut(runs, split[account])) {
          does({ part: number, from, to: placeOf(account, of.site), ...run });
        }
      }
    }
  };

  const undoSettlement = ({ settlement }: Past): void => {
    const last = settlement?.movements.filter(
      (each) => isOfSettlement(each) && accountAt(each.from) === 'inProcess',
    );
    for (const each of last ?? []) does(swapped(each));
  };

  const reverse = ({ reversed }: Past): void => {
    const own = reversed?.movements.filter((each) => !isOfSettlement(each)) ?? [];
    for (const each of own.reverse()) {
      const back = swapped(each);
      const account = accountAt(back.from);
      if (isOnHand(account)) {
        const part = partAt(state, back.part);
        const there = stockAt(part, back.from, order()).of(back.lot);
        if (there < back.quantity) {
          throw new Refused('conflict', {
            code: 'bonded.reversal_of_what_is_gone',
            path: 'reverses',
            seen: reversed?.event ?? '',
            params: { part: part.part.part, there: quantityText(there), account },
          });
        }
      }
      does(back);
    }
  };

  return {
    movements,
    lots,
    get order() {
      return orderNo;
    },
    /** @throws Short where the stock does not reach, Refused where nothing could make it right. */
    decide(past: Past): void {
      if (event.kind === 'reversed') orderNo = past.reversed?.order ?? null;
      const on = order();
      const isLate = on !== null && on.settledBy !== null;
      const reopens = past.reversed?.kind === 'orderClosed';
      if (isLate) undoSettlement(past);
      if (event.kind === 'reversed') reverse(past);
      const route = ROUTES[event.kind];
      if (route) for (const [index, line] of event.lines.entries()) doLine(route, line, index);
      if (short.length > 0) throw new Short(short, [...sources]);
      if (on && (event.kind === 'orderClosed' || (isLate && !reopens))) settle(on);
    },
    undo(): void {
      for (const movement of movements.splice(0).reverse()) {
        move(state, swapped(movement), order());
      }
      for (const lot of lots.splice(0).reverse()) removeLot(state, lot);
      if (isNewOrder && orderNo !== null) state.orders.delete(orderNo);
    },
  };
}

/** In the part's unit, rounded half away from zero where it is converted. */
function inUnitsOf({ part }: PartState, line: EventLine): Quantity {
  const said = quantity(line.quantity);
  return line.conversion === undefined || line.unit === part.unit
    ? said
    : times(said, rate(line.conversion));
}

/** So much from the end. */
function lastOf(runs: readonly Run[], wanted: Quantity): Run[] {
  const found: Run[] = [];
  let missing = wanted;
  for (const run of [...runs].reverse()) {
    if (missing === 0) break;
    const quantity = Math.min(run.quantity, missing);
    found.push({ lot: run.lot, quantity });
    missing -= quantity;
  }
  return found;
}

/** Takes so much from the front of runs, and leaves the rest in them. */
function cut(runs: Run[], wanted: Quantity): Run[] {
  const found: Run[] = [];
  let missing = wanted;
  while (missing > 0) {
    const run = runs.shift();
    if (!run) break;
    const quantity = Math.min(run.quantity, missing);
    found.push({ lot: run.lot, quantity });
    if (quantity < run.quantity) runs.unshift({ lot: run.lot, quantity: run.quantity - quantity });
    missing -= quantity;
  }
  return found;
}

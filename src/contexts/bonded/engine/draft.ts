import { localDateOf } from '../../../kernel/dates.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { accountAt, atSite, isInProcessAt, isOnHandAt, placeOf } from '../accounts.ts';
import type { EventLine, LedgerEvent, LedgerInput } from '../contract.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import type { Lot, Movement, Past, Place } from './entry.ts';
import type { Goods } from './goods.ts';
import type { NormOf } from './norms.ts';
import { type End, ROUTES, type Route } from './routes.ts';
import type { Run } from './runs.ts';
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
  removeOrder,
  runsOf,
  swapped,
  thereOf,
  touch,
} from './state.ts';

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
  isInProcessAt(place) ? `order:${order}` : `${part}@${place}`;

/**
 * One event, done to the book line by line. What cannot be done whole is undone, in the opposite order.
 */
export function createDraft(
  state: LedgerState,
  { ledger, normOf }: { readonly ledger: LedgerInput; readonly normOf: NormOf },
  event: LedgerEvent,
  goods: Goods,
) {
  const movements: Movement[] = [];
  const lots: Lot[] = [];
  const short: Refusal[] = [];
  let orderNo = event.order ?? null;
  let order: OrderState | null = null;
  let isNewOrder = false;
  const site = event.site === undefined ? 0 : Math.max(0, ledger.sites.indexOf(event.site));

  const findOrder = (): void => {
    if (orderNo === null) return;
    isNewOrder = !state.orders.has(orderNo);
    order = orderAt(state, orderNo, site);
    touch(state, order);
  };
  const does = (movement: Movement): void => {
    move(state, movement, order);
    movements.push(movement);
  };

  /** Moves what a line takes, lot by lot; nothing where there is not so much, which is kept to be told. */
  const take = (
    part: PartState,
    from: Place,
    to: Place,
    line: EventLine,
    wanted: Quantity,
    index: number,
  ): void => {
    const { number } = part;
    const named = line.lot === undefined ? undefined : part.lots.get(line.lot);
    if (line.lot !== undefined && named === undefined) {
      short.push({
        ...{ code: 'bonded.lot_unknown', path: `lines[${index}].lot`, seen: seen(line.lot) },
      });
      return;
    }
    const there = thereOf(part, from, order, named);
    if (there < wanted) {
      short.push({
        code: 'bonded.beyond_stock',
        path: `lines[${index}].quantity`,
        seen: quantityText(wanted),
        params: { part: part.part.part, there: quantityText(there), account: accountAt(from) },
      });
      return;
    }
    if (named !== undefined) {
      does({ part: number, lot: named, from, to, quantity: wanted });
      return;
    }
    const stock = part.stocks[from];
    if (stock && !isInProcessAt(from) && ledger.lots !== 'proportional') {
      for (let missing = wanted; missing > 0; ) {
        const quantity = Math.min(stock.firstQuantity, missing);
        does({ part: number, lot: stock.firstLot, from, to, quantity });
        missing -= quantity;
      }
      return;
    }
    // What comes back from an order was issued last.
    const runs =
      event.kind === 'returned'
        ? lastOf(runsOf(part, from, order), wanted)
        : runsOf(part, from, order, wanted, ledger.lots);
    for (const { lot, quantity } of runs) does({ part: number, lot, from, to, quantity });
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
    const part = goods.parts[index];
    if (part === undefined || !line.bonded) return;
    const { number } = part;
    const quantity = goods.quantities[index] as Quantity;
    const from = fromOf(route, part, line);
    const to = placeFor(route.to, part, line, toSiteOf(route.to));
    // A product found defective was made like a good one: there is no stock to take it from.
    if (route.opensLot || accountAt(from) === 'made') {
      does({ part: number, lot: opened(part, line, index), from, to, quantity });
      return;
    }
    take(part, from, to, line, quantity, index);
  };
  const toSiteOf = (to: End): number => {
    if (to === 'order') return order?.site ?? site;
    return event.toSite === undefined ? site : ledger.sites.indexOf(event.toSite);
  };
  /** A reject of the order's own product was made; anything else was in process, or in the store. */
  const fromOf = (route: Route, part: PartState, line: EventLine): Place => {
    if (event.kind === 'rejected' && order !== null) {
      const isMade = order.product === part.part.part;
      return isMade ? placeOf('made', site) : placeOf('inProcess', order.site);
    }
    return placeFor(route.from, part, line, route.from === 'order' ? (order?.site ?? site) : site);
  };
  /** Everything the lines take from. */
  const sourcesOf = (route: Route): string[] => {
    const sources = new Set<string>();
    for (const [at, line] of event.lines.entries()) {
      const part = goods.parts[at];
      if (part && line.bonded)
        sources.add(whereOf(part.number, fromOf(route, part, line), orderNo));
    }
    return [...sources];
  };

  /** Divides the use of everything in process on the order, lot by lot: nothing is left on it. */
  const settle = (of: OrderState): void => {
    const made = of.made + madeIn(movements);
    const product = event.kind === 'orderOpened' ? (event.product ?? null) : of.product;
    const version = event.kind === 'orderOpened' ? (event.version ?? null) : of.version;
    const day = localDateOf(event.occurredAt);
    const from = placeOf('inProcess', of.site);
    const places = DIVIDED.map((account) => placeOf(account, of.site));
    const { inProcess } = of;
    while (!inProcess.isEmpty) {
      const part = inProcess.firstPart;
      const used = inProcess.total(part);
      const norm =
        product === null ? null : normOf(product, version, partAt(state, part).part.part, day);
      const split = splitUse(used, made, norm);
      for (const [at, account] of DIVIDED.entries())
        for (let missing = split[account]; missing > 0; ) {
          const quantity = Math.min(inProcess.firstQuantity, missing);
          does({ part, lot: inProcess.firstLot, from, to: places[at] as Place, quantity });
          missing -= quantity;
        }
    }
  };

  const undoSettlement = ({ settlement }: Past): void => {
    for (const each of settlement?.movements ?? [])
      if (isOfSettlement(each) && isInProcessAt(each.from)) does(swapped(each));
  };

  const reverse = ({ reversed }: Past): void => {
    const own = reversed?.movements.filter((each) => !isOfSettlement(each)) ?? [];
    for (const each of own.reverse()) {
      const back = swapped(each);
      if (isOnHandAt(back.from)) {
        const part = partAt(state, back.part);
        const there = thereOf(part, back.from, order, back.lot);
        if (there < back.quantity) {
          const account = accountAt(back.from);
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
      findOrder();
      const isLate = order !== null && order.settledBy !== null;
      const reopens = past.reversed?.kind === 'orderClosed';
      if (isLate) undoSettlement(past);
      if (event.kind === 'reversed') reverse(past);
      const route = ROUTES[event.kind];
      if (route)
        for (let at = 0; at < event.lines.length; at += 1)
          doLine(route, event.lines[at] as EventLine, at);
      if (route && short.length > 0) throw new Short(short, sourcesOf(route));
      if (order && (event.kind === 'orderClosed' || (isLate && !reopens))) settle(order);
    },
    undo(): void {
      for (const movement of movements.splice(0).reverse()) {
        move(state, swapped(movement), order);
      }
      for (const lot of lots.splice(0).reverse()) removeLot(state, lot);
      if (isNewOrder && order) removeOrder(state, order);
    },
  };
}

const DIVIDED = ['embodied', 'intangibleLoss', 'excessUse'] as const;

/** Where one end of a line is. */
function placeFor(end: End, { home }: PartState, { from }: EventLine, site: number): Place {
  if (end === 'store') return from === undefined ? atSite(home, site) : placeOf(from, site);
  return placeOf(end === 'order' ? 'inProcess' : end, site);
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

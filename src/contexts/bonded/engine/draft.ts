import {
  type Instant,
  type LocalDate,
  localDateOf,
  PORT_OFFSET_MINUTES,
} from '../../../kernel/dates.ts';
import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { accountAt, atSite, isInProcessAt, isOnHandAt, placeOf } from '../accounts.ts';
import type { EventLine, LedgerEvent, LedgerInput } from '../contract.ts';
import { type Quantity, quantityText } from '../quantity.ts';
import type { Lot, Movement, Past, Place } from './entry.ts';
import type { Goods } from './goods.ts';
import type { NormOf } from './norms.ts';
import { plainLine } from './plain-line.ts';
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

/** What stands for every line that says its part and quantity only: those are known already. */
const NOTHING_MORE = plainLine('', '', true);

/** What an event is decided by. */
interface Terms {
  readonly ledger: LedgerInput;
  readonly normOf: NormOf;
}

/**
 * One event, done to the book line by line. What cannot be done whole is undone, in the opposite order.
 *
 * A class, since one is made for every event: closures for each would cost as much as its lines.
 */
export class Draft {
  readonly movements: Movement[] = [];
  readonly lots: Lot[] = [];
  private readonly short: Refusal[] = [];
  private readonly state: LedgerState;
  private readonly terms: Terms;
  private readonly event: LedgerEvent;
  private readonly goods: Goods;
  private readonly site: number;
  private orderNo: string | null;
  private known: OrderState | null = null;
  private isNewOrder = false;

  constructor(state: LedgerState, terms: Terms, event: LedgerEvent, goods: Goods) {
    const { site } = event;
    this.state = state;
    this.terms = terms;
    this.event = event;
    this.goods = goods;
    this.site = site === undefined ? 0 : Math.max(0, terms.ledger.sites.indexOf(site));
    this.orderNo = event.order ?? null;
  }

  get order(): string | null {
    return this.orderNo;
  }

  /** @throws Short where the stock does not reach, Refused where nothing could make it right. */
  decide(past: Past): void {
    const { event, short } = this;
    if (event.kind === 'reversed') this.orderNo = past.reversed?.order ?? null;
    this.findOrder();
    const { known } = this;
    const isLate = known !== null && known.settledBy !== null;
    const reopens = past.reversed?.kind === 'orderClosed';
    if (isLate) this.undoSettlement(past);
    if (event.kind === 'reversed') this.reverse(past);
    const route = ROUTES[event.kind];
    if (route) this.doLines(route);
    if (route && short.length > 0) throw new Short(short, this.sourcesOf(route));
    if (known && (event.kind === 'orderClosed' || (isLate && !reopens))) this.settle(known);
  }

  undo(): void {
    for (const movement of this.movements.splice(0).reverse())
      move(this.state, swapped(movement), this.known);
    for (const lot of this.lots.splice(0).reverse()) removeLot(this.state, lot);
    if (this.isNewOrder && this.known) removeOrder(this.state, this.known);
  }

  private findOrder(): void {
    const { state, orderNo } = this;
    if (orderNo === null) return;
    this.isNewOrder = !state.orders.has(orderNo);
    this.known = orderAt(state, orderNo, this.site);
    touch(state, this.known);
  }

  private does(movement: Movement): void {
    move(this.state, movement, this.known);
    this.movements.push(movement);
  }

  private doLines(route: Route): void {
    const { parts, quantities } = this.goods;
    const toSite = this.toSiteOf(route.to);
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at];
      const line = this.lineAt(at);
      if (part === undefined || !line.bonded) continue;
      const quantity = quantities[at] as Quantity;
      const from = this.fromOf(route, part, line);
      const to = placeFor(route.to, part, line, toSite);
      // A product found defective was made like a good one: there is no stock to take it from.
      if (route.opensLot || accountAt(from) === 'made')
        this.does({ part: part.number, lot: this.opened(part, line, at), from, to, quantity });
      else this.take(part, from, to, line, quantity, at);
    }
  }

  private lineAt(index: number): EventLine {
    return this.goods.arePlain ? NOTHING_MORE : (this.event.lines[index] as EventLine);
  }

  /** Moves what a line takes, lot by lot; nothing where there is not so much, which is kept to be told. */
  private take(
    part: PartState,
    from: Place,
    to: Place,
    line: EventLine,
    wanted: Quantity,
    index: number,
  ): void {
    const { number } = part;
    const { ledger } = this.terms;
    const named = line.lot === undefined ? undefined : part.lots.get(line.lot);
    if (line.lot !== undefined && named === undefined) {
      this.short.push({
        ...{ code: 'bonded.lot_unknown', path: `lines[${index}].lot`, seen: seen(line.lot) },
      });
      return;
    }
    const there = thereOf(part, from, this.known, named);
    if (there < wanted) {
      this.short.push({
        code: 'bonded.beyond_stock',
        path: `lines[${index}].quantity`,
        seen: quantityText(wanted),
        params: { part: part.part.part, there: quantityText(there), account: accountAt(from) },
      });
      return;
    }
    if (named !== undefined) {
      this.does({ part: number, lot: named, from, to, quantity: wanted });
      return;
    }
    const stock = part.stocks[from];
    if (stock && !isInProcessAt(from) && ledger.lots !== 'proportional') {
      for (let missing = wanted; missing > 0; ) {
        const quantity = Math.min(stock.firstQuantity, missing);
        this.does({ part: number, lot: stock.firstLot, from, to, quantity });
        missing -= quantity;
      }
      return;
    }
    // What comes back from an order was issued last.
    const runs =
      this.event.kind === 'returned'
        ? lastOf(runsOf(part, from, this.known), wanted)
        : runsOf(part, from, this.known, wanted, ledger.lots);
    for (const { lot, quantity } of runs) this.does({ part: number, lot, from, to, quantity });
  }

  private opened(part: PartState, line: EventLine, index: number): number {
    const { event, state } = this;
    const made = event.kind !== 'imported';
    const name =
      line.lot ?? (made ? this.orderNo : null) ?? `${event.document ?? event.id}#${index + 1}`;
    const known = part.lots.get(name);
    if (known !== undefined) return known;
    const lot: Lot = {
      number: state.lots.length,
      name,
      part: part.number,
      order: made ? this.orderNo : null,
      document: event.document ?? null,
      occurredAt: event.occurredAt,
    };
    addLot(state, lot);
    this.lots.push(lot);
    return lot.number;
  }

  private toSiteOf(to: End): number {
    if (to === 'order') return this.known?.site ?? this.site;
    const { toSite } = this.event;
    return toSite === undefined ? this.site : this.terms.ledger.sites.indexOf(toSite);
  }

  /** A reject of the order's own product was made; anything else was in process, or in the store. */
  private fromOf(route: Route, part: PartState, line: EventLine): Place {
    const { known, site } = this;
    if (this.event.kind === 'rejected' && known !== null) {
      const isMade = known.product === part.part.part;
      return isMade ? placeOf('made', site) : placeOf('inProcess', known.site);
    }
    return placeFor(route.from, part, line, route.from === 'order' ? (known?.site ?? site) : site);
  }

  /** Everything the lines take from. */
  private sourcesOf(route: Route): string[] {
    const sources = new Set<string>();
    for (const [at, part] of this.goods.parts.entries()) {
      const line = this.lineAt(at);
      if (part && line.bonded)
        sources.add(whereOf(part.number, this.fromOf(route, part, line), this.orderNo));
    }
    return [...sources];
  }

  /** Divides the use of everything in process on the order, lot by lot: nothing is left on it. */
  private settle(order: OrderState): void {
    const { event, state } = this;
    const { inProcess, site } = order;
    const made = order.made + madeIn(this.movements);
    const { product = null, version = null } = event.kind === 'orderOpened' ? event : order;
    const day = dayOf(event.occurredAt);
    const from = placeOf('inProcess', site);
    const [embodied, intangibleLoss, excessUse] = [
      placeOf('embodied', site),
      placeOf('intangibleLoss', site),
      placeOf('excessUse', site),
    ];
    const divide = (part: number, quantity: Quantity, to: Place): void => {
      for (let missing = quantity; missing > 0; ) {
        const some = Math.min(inProcess.firstQuantity, missing);
        this.does({ part, lot: inProcess.firstLot, from, to, quantity: some });
        missing -= some;
      }
    };
    while (!inProcess.isEmpty) {
      const part = inProcess.firstPart;
      const used = inProcess.total(part);
      const name = partAt(state, part).part.part;
      const norm = product === null ? null : this.terms.normOf(product, version, name, day);
      const split = splitUse(used, made, norm);
      divide(part, split.embodied, embodied);
      divide(part, split.intangibleLoss, intangibleLoss);
      divide(part, split.excessUse, excessUse);
    }
  }

  private undoSettlement({ settlement }: Past): void {
    for (const each of settlement?.movements ?? [])
      if (isOfSettlement(each) && isInProcessAt(each.from)) this.does(swapped(each));
  }

  private reverse({ reversed }: Past): void {
    const own = reversed?.movements.filter((each) => !isOfSettlement(each)) ?? [];
    for (const each of own.reverse()) {
      const back = swapped(each);
      if (isOnHandAt(back.from)) {
        const part = partAt(this.state, back.part);
        const there = thereOf(part, back.from, this.known, back.lot);
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
      this.does(back);
    }
  }
}

const PORT_MIDNIGHT_UTC = String(24 - PORT_OFFSET_MINUTES / 60);
/** As `localDateOf`: until it is midnight at the port, the day is the one that the moment's text begins with. */
const dayOf = (moment: Instant): LocalDate =>
  moment.slice(11, 13) < PORT_MIDNIGHT_UTC ? moment.slice(0, 10) : localDateOf(moment);

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

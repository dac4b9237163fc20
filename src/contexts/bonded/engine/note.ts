import { type Refusal, Refused, seen } from '../../../kernel/refusal.ts';
import { isInProcessAt, isOnHandAt } from '../accounts.ts';
import { type LedgerEvent, type LedgerInput, OF_CUSTOMS, ONLY_SITE } from '../contract.ts';
import { whereOf } from './draft.ts';
import type { Entry, Past } from './entry.ts';
import { madeBy } from './settle.ts';
import { addHeld, type Held, type LedgerState, orderAt, removeHeld, touch } from './state.ts';

/** What an entry says beside its movements, so that it can be read again without its event. */
interface Detail {
  readonly site?: string;
  readonly product?: string;
  readonly version?: string;
  readonly planned?: string;
  readonly reverses?: string;
  readonly reopens?: true;
  /** Domestic goods the order took: told of, and not of the ledger. */
  readonly domestic?: LedgerEvent['lines'];
  /** Of each line what was sent, where that says more than its movement: another unit, a part replaced. */
  readonly lines?: readonly object[];
}

/** @param arePlain whether its lines say what their movements do. */
export function detailOf(event: LedgerEvent, past: Past, arePlain: boolean): Entry['detail'] {
  const { product, version, planned, reverses, site } = event;
  const detail: Record<string, unknown> = {};
  if (product !== undefined) detail.product = product;
  if (version !== undefined) detail.version = version;
  if (planned !== undefined) detail.planned = planned;
  if (reverses !== undefined) detail.reverses = reverses;
  if (site !== undefined && site !== ONLY_SITE) detail.site = site;
  if (past.reversed?.kind === 'orderClosed') detail.reopens = true;
  if (!arePlain) Object.assign(detail, linesSaid(event));
  for (const _ in detail) return detail;
  return null;
}

function linesSaid(event: LedgerEvent): Pick<Detail, 'domestic' | 'lines'> {
  const domestic = event.lines.filter(({ bonded }) => !bonded);
  const lines = event.lines
    .filter(
      ({ bonded, insteadOf, conversion }) =>
        bonded && (insteadOf !== undefined || conversion !== undefined),
    )
    .map(({ part, quantity, unit, conversion, insteadOf }) => ({
      ...{ part, quantity, unit, conversion, insteadOf },
    }));
  return { ...(domestic.length > 0 && { domestic }), ...(lines.length > 0 && { lines }) };
}

/** A held entry keeps its whole event. */
const heldEvent = ({ detail }: Entry) =>
  detail as unknown as { readonly event: LedgerEvent; readonly until: readonly string[] };

export function siteOf({ sites }: LedgerInput, entry: Entry): number {
  const site =
    entry.outcome === 'held' ? heldEvent(entry).event.site : (entry.detail as Detail)?.site;
  return Math.max(0, sites.indexOf(site ?? ''));
}

/** Keeps what an entry says of its order, of what waits and of what was undone. */
export function note(state: LedgerState, ledger: LedgerInput, entry: Entry): void {
  state.seq = entry.seq;
  const order = entry.order === null ? null : orderAt(state, entry.order, siteOf(ledger, entry));
  touch(state, order);
  if (entry.outcome === 'held') {
    const { event, until } = heldEvent(entry);
    addHeld(state, { event, actor: entry.actor, since: entry.seq, until });
    if (order && entry.kind !== 'orderClosed') order.waiting += 1;
    return;
  }
  const detail: Detail = entry.detail ?? {};
  letGo(state, entry.event);
  if (detail.reverses !== undefined) {
    state.reversed.add(detail.reverses);
    letGo(state, detail.reverses);
  }
  if (!order) return;
  if (entry.kind === 'orderOpened') {
    order.product = known(state, detail.product);
    order.version = detail.version ?? null;
  }
  for (const movement of entry.movements)
    if (isInProcessAt(movement.to)) noteUse(state, movement.lot, order.number);
    else order.made += madeBy(movement);
  if (entry.kind === 'orderClosed' || order.settledBy !== null) order.settledBy = entry.event;
  if (detail.reopens) order.settledBy = null;
}

function noteUse({ users }: LedgerState, lot: number, order: number): void {
  const known = users[lot];
  if (known && known.last !== order) known.push(order);
}

/** The name of a part as its ledger keeps it: a copy for every order would be as many names as orders. */
const known = (state: LedgerState, part: string | undefined): string | null =>
  part === undefined ? null : (state.parts[state.numbers.get(part) ?? -1]?.part.part ?? part);

/** An event that waited waits no more. */
function letGo(state: LedgerState, id: string): void {
  if (state.held.size === 0) return;
  const held = state.held.get(id);
  if (!held) return;
  removeHeld(state, held);
  const order = held.event.order === undefined ? undefined : state.orders.get(held.event.order);
  touch(state, order);
  if (order && held.event.kind !== 'orderClosed') order.waiting -= 1;
}

/** An order cannot close while events of it wait for stock. */
export function isWaitedFor(state: LedgerState, { kind, order }: LedgerEvent): boolean {
  if (kind !== 'orderClosed' || order === undefined) return false;
  return (state.orders.get(order)?.waiting ?? 0) > 0;
}

/** What the reversal of an event waits for that has not come. */
export const comingOf = (event: string): string => `event:${event}`;

/** The reversal that waits for this event, if any: there is never more than one. */
export function awaitedReversal({ awaited }: LedgerState, event: string): Held | undefined {
  for (const held of awaited.get(comingOf(event)) ?? []) return held;
  return undefined;
}

/** Where an entry brought something, in the words of what waits for it. */
export function changedBy({ movements, order }: Entry): Set<string> {
  const changed = new Set<string>();
  if (order !== null) changed.add(`order:${order}`);
  for (const { part, to } of movements)
    if (isOnHandAt(to) && !isInProcessAt(to)) changed.add(whereOf(part, to, order));
  return changed;
}

/** What no stock could make right. */
export function refuseWhatCannotBe(state: LedgerState, event: LedgerEvent, past: Past): void {
  const problem = impossible(state, event, past);
  if (problem) throw new Refused('conflict', problem);
}

function impossible(state: LedgerState, event: LedgerEvent, { reversed }: Past): Refusal | null {
  const order = event.order === undefined ? undefined : state.orders.get(event.order);
  const about = { path: 'order', seen: seen(event.order) };
  if (event.kind === 'orderOpened' && order && order.product !== null)
    return { code: 'bonded.order_opened_already', ...about };
  if (event.kind === 'orderClosed' && order && order.settledBy !== null)
    return { code: 'bonded.order_closed_already', ...about };
  if (event.kind !== 'reversed') return null;
  const at = { path: 'reverses', seen: seen(event.reverses) };
  const of = event.reverses ?? '';
  if (state.reversed.has(of) || awaitedReversal(state, of))
    return { code: 'bonded.reversed_already', ...at };
  return reversed && isIrreversible(reversed)
    ? { code: 'bonded.reversal_refused', ...at, params: { kind: reversed.kind } }
    : null;
}

export const isIrreversible = ({ kind }: Entry): boolean =>
  kind === 'reversed' || kind === 'orderOpened' || OF_CUSTOMS.includes(kind);

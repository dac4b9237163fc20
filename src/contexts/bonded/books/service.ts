import { type Refusal, Refused } from '../../../kernel/refusal.ts';
import { type Actor, authorise, type Permission, PLATFORM } from '../../identity/index.ts';
import { type LedgerEvent, OF_CUSTOMS } from '../contract.ts';
import type { Book } from '../engine/book.ts';
import type { Entry } from '../engine/entry.ts';
import { balancesOf } from '../engine/position.ts';
import type { PartState } from '../engine/state.ts';
import type { Answer } from '../journal/decide.ts';
import { listByOrder } from '../journal/store/entries.ts';
import { visitOrders } from '../journal/store/movements.ts';
import { keepRefused } from '../journal/store/refused.ts';
import { concerns, notFound } from '../ledgers/service/registration.ts';
import * as ledgers from '../ledgers/store/ledgers.ts';
import { markUsed } from '../ledgers/store/parts.ts';
import { type Lineage, traceBack, traceForward } from '../lineage/trace.ts';
import { quantityText } from '../quantity.ts';
import type {
  EventAnswer,
  OrderPage,
  PartPosition,
  PositionPage,
  PositionSearch,
} from './contract.ts';
import { createKeeping, type KeepingDeps } from './keeping.ts';
import { type OrderListAsked, ordersOf } from './orders.ts';
import * as permission from './permissions.ts';
import {
  journalRow,
  madeOfRows,
  partPosition,
  positionRow,
  usesOf,
  wentIntoRows,
} from './shown.ts';

/** An order is told whole up to so many rows of the journal. */
const ORDER_ENTRIES_MAX = 10_000;

/** Posting to the books of ledgers, and reading them. */
export function createBooks(deps: KeepingDeps) {
  const { db } = deps;
  const keeping = createKeeping(deps);

  const headFor = async (actor: Actor, id: string, needed: Permission) => {
    const head = await ledgers.find(db, id);
    if (!head) throw notFound(id);
    authorise(actor, needed, concerns(head));
    if (head.status !== 'open')
      throw new Refused('conflict', {
        code: 'bonded.ledger_not_open',
        seen: id,
        params: { status: head.status },
      });
    return head;
  };
  const reading = async (actor: Actor, id: string) =>
    keeping.of(await headFor(actor, id, permission.readBooks));
  const entriesOf =
    (ledger: string) =>
    (order: string): Promise<Entry[]> =>
      listByOrder(db, ledger, order, { after: 0, limit: ORDER_ENTRIES_MAX });
  const lineageOf = ({ state }: Book, ledger: string): Lineage => ({
    state,
    movementsOf: (orders, told) => visitOrders(db, ledger, orders, told),
  });

  const enter = async (
    actor: Actor,
    head: ledgers.LedgerHead,
    events: readonly LedgerEvent[],
  ): Promise<EventAnswer[]> => {
    const { writer, unused } = await keeping.of(head);
    const fresh = new Set<string>();
    if (unused.size > 0)
      for (const { lines } of events)
        for (const { part } of lines) if (unused.has(part)) fresh.add(part);
    // Before, not after: a part that was moved must never be left free to change its unit.
    if (fresh.size > 0) await markUsed(db, head.id, [...fresh]);
    for (const part of fresh) unused.delete(part);
    const { operation } = permission.postEvents;
    const answers = (await writer.post({ actor, operation, events })).map(toAnswer);
    const received = { at: deps.clock.now(), by: actor.personId };
    await keepRefused(db, head.id, refusedOf(events, answers), received);
    return answers;
  };

  return {
    /** Decides events in their order; each is answered for itself, and what was sent before as it was then. */
    async post(actor: Actor, id: string, events: readonly LedgerEvent[]): Promise<EventAnswer[]> {
      const head = await headFor(actor, id, permission.postEvents);
      refuseOfCustoms(events);
      return enter(actor, head, events);
    },

    /**
     * Enters what papers and write-offs say, for the platform itself: through the same writer, under ids that make
     * it happen once however often it is asked for.
     */
    async enter(id: string, events: readonly LedgerEvent[]): Promise<EventAnswer[]> {
      const head = await ledgers.find(db, id);
      if (!head) throw notFound(id);
      return enter(PLATFORM, head, events);
    },

    async position(actor: Actor, id: string, wanted: PositionSearch): Promise<PositionPage> {
      const { ledger, writer } = await reading(actor, id);
      const site = wanted.site === undefined ? undefined : ledger.sites.indexOf(wanted.site);
      return writer.withBook(({ state }) => {
        const found: PartState[] = [];
        let at = wanted.cursor ?? 0;
        for (; at < state.parts.length && found.length < wanted.limit; at += 1) {
          const part = state.parts[at] as PartState;
          if (isWanted(part, wanted, site)) found.push(part);
        }
        const rows = found.map((part) => positionRow(part, site));
        return { asOf: state.seq, rows, next: at < state.parts.length ? at : null };
      });
    },

    async part(actor: Actor, id: string, name: string): Promise<PartPosition> {
      const { ledger, writer } = await reading(actor, id);
      return writer.withBook(({ state }) => {
        const part = state.parts[state.numbers.get(name) ?? -1];
        if (!part) throw new Refused('not_found', { code: 'bonded.part_unknown', seen: name });
        return partPosition(state, ledger, part);
      });
    },

    async order(actor: Actor, id: string, order: string): Promise<OrderPage> {
      const { ledger, writer } = await reading(actor, id);
      const entries = await entriesOf(id)(order);
      return writer.withBook(({ state }) => {
        const known = state.orders.get(order);
        if (!known) throw new Refused('not_found', { code: 'bonded.order_unknown', seen: order });
        const { product, version, made, settledBy } = known;
        return {
          ...{ order, product, version, isClosed: settledBy !== null, made: quantityText(made) },
          uses: usesOf(state, entries),
          entries: entries.map((entry) => journalRow(state, ledger, entry)),
        };
      });
    },

    /** Orders that are open, or closed, the newest first: so much of them as the book itself knows. */
    async orders(actor: Actor, id: string, wanted: OrderListAsked) {
      const { writer } = await reading(actor, id);
      return writer.withBook(({ state }) => ordersOf(state, wanted));
    },

    /** What waits for stock, the longest first. */
    async held(actor: Actor, id: string) {
      const { writer } = await reading(actor, id);
      return writer.withBook(({ state }) => ({
        rows: [...state.held.values()].map(({ event, actor: sender }) => ({
          ...{ event: event.id, kind: event.kind, order: event.order ?? null },
          ...{ occurredAt: event.occurredAt, actor: sender },
          lines: event.lines.map(({ part, quantity }) => ({ part, quantity })),
        })),
      }));
    },

    async traceBack(actor: Actor, id: string, order: string) {
      const { writer } = await reading(actor, id);
      const book = await writer.withBook((open) => open);
      if (!book.state.orders.has(order))
        throw new Refused('not_found', { code: 'bonded.order_unknown', seen: order });
      const uses = await traceBack(lineageOf(book, id), order);
      return { order, madeOf: madeOfRows(book.state, uses) };
    },

    async traceForward(actor: Actor, id: string, asked: { part: string; lot: string }) {
      const { writer } = await reading(actor, id);
      const book = await writer.withBook((open) => open);
      const { state } = book;
      const number = state.parts[state.numbers.get(asked.part) ?? -1]?.lots.get(asked.lot);
      const lot = number === undefined ? undefined : state.lots[number];
      if (!lot) throw new Refused('not_found', { code: 'bonded.lot_unknown', seen: asked.lot });
      const outcomes = await traceForward(lineageOf(book, id), lot.number);
      return { ...asked, document: lot.document, wentInto: wentIntoRows(state, lot, outcomes) };
    },

    stop: keeping.stop,
  };
}
export type Books = ReturnType<typeof createBooks>;

function refuseOfCustoms(events: readonly LedgerEvent[]): void {
  const problems = events.flatMap(({ kind }, index) =>
    OF_CUSTOMS.includes(kind)
      ? [{ code: 'bonded.kind_of_customs', path: `events[${index}].kind`, seen: kind }]
      : [],
  );
  if (problems.length > 0) throw new Refused('forbidden', problems);
}

function isWanted(
  { part, ...state }: PartState,
  { q, kind, account }: PositionSearch,
  site: number | undefined,
): boolean {
  if (q !== undefined && !part.part.toLowerCase().startsWith(q.toLowerCase())) return false;
  if (kind !== undefined && part.kind !== kind) return false;
  return account === undefined || balancesOf({ part, ...state }, site)[account] !== undefined;
}

function toAnswer(answer: Answer): EventAnswer {
  if ('refusals' in answer) {
    const problems = [...answer.refusals] as EventAnswer['problems'];
    return { event: answer.event, outcome: 'refused', seq: null, isRepeat: false, problems };
  }
  const { event, outcome, seq, isRepeat } = answer;
  return { event, outcome, seq, isRepeat, problems: [] };
}

/** What was refused is kept, but for texts that nothing can keep. */
function refusedOf(events: readonly LedgerEvent[], answers: readonly EventAnswer[]) {
  const refused: { event: LedgerEvent; problems: readonly Refusal[] }[] = [];
  for (const [index, { outcome, problems }] of answers.entries())
    if (outcome === 'refused' && problems.every(({ code }) => code !== 'bonded.text_unwritable'))
      refused.push({
        event: events[index] as LedgerEvent,
        problems: problems as readonly Refusal[],
      });
  return refused;
}

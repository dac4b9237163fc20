import { type Random, randomFor } from '../../demo/generate/random.ts';
import { EventLine, LedgerEvent, LedgerInput, Part } from '../../src/contexts/bonded/contract.ts';
import { type Book, createBook } from '../../src/contexts/bonded/engine/book.ts';
import type { Entry, Past } from '../../src/contexts/bonded/engine/entry.ts';
import { balancesOf, faultsOf } from '../../src/contexts/bonded/engine/position.ts';
import { rate } from '../../src/contexts/bonded/quantity.ts';
import { Refused } from '../../src/kernel/refusal.ts';

const MATERIALS = ['steel', 'paint', 'saddle', 'chain', 'tyre'];
const MADE = ['frame', 'bicycle'];
const SITES = ['main', 'second'];
const PARTS: readonly Part[] = [
  ...MATERIALS.map((part) => Part.parse({ part, kind: 'material', unit: 'kg' })),
  Part.parse({ part: 'frame', kind: 'semiFinished', unit: 'kg' }),
  Part.parse({ part: 'bicycle', kind: 'finished', unit: 'kg' }),
];
const NORM = { net: rate('1.5'), intangibleLossRate: rate('0.01') };
const RECEIVED = { recordedAt: '2026-06-01T00:00:00.000Z', actor: 'erp' };
const ORDERS = 40;
const QUANTITY_MAX = 4_000_000;

const KINDS = [
  ...(['imported', 'imported', 'imported', 'issued', 'issued', 'issued', 'received'] as const),
  ...(['received', 'returned', 'scrapped', 'rejected', 'orderOpened', 'orderClosed'] as const),
  ...(['destroyed', 'moved', 'arrived', 'sentOut', 'cameBack', 'exported', 'reversed'] as const),
];

/** A book with its journal, read as the writer reads it. */
export interface Lived {
  readonly book: Book;
  readonly journal: readonly Entry[];
  readonly again: (from?: Uint8Array) => Book;
  /** What it did; nothing where it was refused. */
  post(event: LedgerEvent): readonly Entry[];
  /** Any event at all, about what there is. */
  next(): LedgerEvent;
}

export function beginLife(seed: string, number: number): Lived {
  const random = randomFor(seed, 'bonded-properties', number);
  const ledger = LedgerInput.parse({
    ...{ id: 'LIVED', enterprise: 'L', name: 'L', office: '2218', mode: 'workOrder' },
    ...{ sites: SITES, opensOn: '2026-01-01' },
    lots: random.pick(['fifo', 'proportional']),
    beyondStock: random.pick(['hold', 'refuse']),
  });
  const normOf = (_product: string, _version: string | null, part: string) =>
    part === 'steel' ? NORM : null;
  const again = (from?: Uint8Array) =>
    createBook({ ledger, parts: PARTS, normOf, ...(from && { from }) });
  const book = again();
  const journal: Entry[] = [];
  const last = new Map<string, Entry>();
  const known: string[] = [];

  const pastOf = (event: LedgerEvent): Past => {
    let past: Past = {};
    for (let needed = book.needs(event, past); needed; needed = book.needs(event, past))
      past = { ...past, [needed.as]: last.get(needed.event) ?? null };
    return past;
  };
  return {
    ...{ book, journal, again },
    next: () => anyEvent(random, `E${journal.length}-${random.int(1e9)}`, known),
    post(event) {
      try {
        const entries = book.post(event, RECEIVED, pastOf(event));
        for (const entry of entries) last.set(entry.event, entry);
        journal.push(...entries);
        known.push(event.id);
        return entries;
      } catch (error) {
        if (error instanceof Refused) return [];
        throw error;
      }
    },
  };
}

function anyEvent(random: Random, id: string, known: readonly string[]): LedgerEvent {
  const kind = random.pick(KINDS);
  const isMade = kind === 'received' || kind === 'exported';
  const isHead = kind === 'orderOpened' || kind === 'orderClosed' || kind === 'reversed';
  const parts = isMade ? MADE : random.chance(0.1) ? [...MATERIALS, 'frame'] : MATERIALS;
  const lines = Array.from({ length: isHead ? 0 : 1 + random.int(6) }, () => ({
    part: random.pick(parts),
    quantity: String((1 + random.int(QUANTITY_MAX * (kind === 'imported' ? 4 : 1))) / 100_000),
    bonded: true,
  }));
  return {
    ...{ id, kind, occurredAt: '2026-03-01T00:00:00.000Z', lines },
    ...(kind !== 'imported' && kind !== 'moved' && { order: `W${random.int(ORDERS)}` }),
    ...(kind === 'orderOpened' && { product: random.pick(MADE) }),
    ...(kind === 'moved' && { toSite: random.pick(SITES) }),
    ...(kind === 'reversed' && { reverses: known.length > 0 ? random.pick(known) : 'none' }),
    ...(random.chance(0.3) && { site: random.pick(SITES) }),
  };
}

const balances = ({ state }: Book): string =>
  JSON.stringify(state.parts.map((part) => balancesOf(part)));
const bytesOf = (book: Book): Buffer => Buffer.concat([...book.snapshot()]);

/** What is wrong with a life: nothing on hand below nothing, all adds up, and journal and snapshot make the book again. */
export function breaksOf({ book, journal, again }: Lived): string[] {
  const now = bytesOf(book);
  const replayed = again();
  for (const entry of journal) replayed.apply(entry);
  return [
    ...faultsOf(book.state),
    ...(bytesOf(replayed).equals(now) ? [] : ['the journal makes another book']),
    ...(bytesOf(again(now)).equals(now) ? [] : ['the snapshot makes another book']),
  ];
}

/** An event and its reversal, or `null` where it cannot be seen: it was refused, or it let others go on. */
export function isUndone(life: Lived): boolean | null {
  const before = balances(life.book);
  const event = life.next();
  if (event.kind === 'orderOpened' || event.kind === 'reversed') return null;
  if (life.post(event).length !== 1) return null;
  const undone = life.post({
    ...{ id: `${event.id}-back`, kind: 'reversed', occurredAt: event.occurredAt, lines: [] },
    reverses: event.id,
  });
  return undone.length === 0 ? null : balances(life.book) === before;
}

/** Whether imports, issues, receipts and closings give one position in two orders of arrival. */
export function commutes(seed: string, number: number): boolean {
  const random = randomFor(seed, 'bonded-commuting', number);
  const head = { occurredAt: '2026-03-01T00:00:00.000Z' };
  const of = (id: string, kind: LedgerEvent['kind'], order: number, lines: EventLine[]) =>
    LedgerEvent.parse({ ...head, id, kind, order: `W${order}`, lines });
  const supplies = MATERIALS.map((part) =>
    LedgerEvent.parse({
      ...{ ...head, id: `S-${part}`, kind: 'imported' },
      lines: [{ part, quantity: '100000' }],
    }),
  );
  const line = (parts: readonly string[]): EventLine =>
    EventLine.parse({ part: random.pick(parts), quantity: String(1 + random.int(500)) });
  const events = Array.from({ length: 40 }, (_, n) => {
    const order = random.int(4);
    return random.chance(0.3)
      ? of(`R${n}`, 'received', order, [line(['frame'])])
      : of(`I${n}`, 'issued', order, [line(MATERIALS), line(MATERIALS)]);
  });
  const closing = [0, 1, 2, 3].map((order) => of(`C${order}`, 'orderClosed', order, []));
  const shuffled = [...events, ...closing]
    .map((event) => ({ event, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
  const [straight, other] = [[...events, ...closing], shuffled].map((all) => {
    const life = beginLife('commuting', 0);
    for (const event of [...supplies, ...all]) life.post(event);
    return balances(life.book);
  });
  return straight === other;
}

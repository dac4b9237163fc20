import type { EventKind, EventLine, LedgerEvent, LedgerInput, Part } from '../contract.ts';
import { LedgerInput as Ledger, EventLine as Line, Part as PartSchema } from '../contract.ts';
import { type Book, createBook } from './book.ts';
import type { Entry, Past } from './entry.ts';
import type { NormOf } from './norms.ts';

export const LEDGER: LedgerInput = Ledger.parse({
  id: 'H22250001',
  enterprise: '91310000TEST000000',
  name: '江海制造',
  office: '2225',
  mode: 'workOrder',
  sites: ['main', 'second'],
  opensOn: '2026-01-01',
});

const part = (name: string, kind: Part['kind']): Part =>
  PartSchema.parse({ part: name, kind, unit: 'kg' });
/** Steel and paint make a frame; a frame and a saddle make a bicycle. */
export const PARTS: readonly Part[] = [
  part('steel', 'material'),
  part('paint', 'material'),
  part('saddle', 'material'),
  part('frame', 'semiFinished'),
  part('bicycle', 'finished'),
  part('filings', 'byProduct'),
];

let counted = 0;
/** An event with an id of its own. */
export function event(
  kind: EventKind,
  more: Partial<Omit<LedgerEvent, 'lines'>> & { lines?: Partial<EventLine>[] } = {},
): LedgerEvent {
  counted += 1;
  return {
    ...{ id: `E${counted}`, kind, occurredAt: '2026-03-01T02:00:00.000Z' },
    ...more,
    lines: (more.lines ?? []).map((line) => Line.parse(line)),
  };
}

export const lines = (...said: readonly (readonly [part: string, quantity: string])[]) =>
  said.map(([name, quantity]) => ({ part: name, quantity }));

export const RECEIVED = { recordedAt: '2026-03-02T02:00:00.000Z', actor: 'erp' };

/** A whole book; equal books are equal bytes. */
export const bytesOf = (book: Book): Buffer => Buffer.concat([...book.snapshot()]);
/** The same in a form that says where two differ. */
export const textOf = (book: Book): string => bytesOf(book).toString('latin1');

/** A book beside its journal, which it reads as the writer would. */
export function openBook(ledger: Partial<LedgerInput> = {}, normOf: NormOf = () => null) {
  const options = { ledger: { ...LEDGER, ...ledger }, parts: PARTS, normOf };
  const book = createBook(options);
  const journal: Entry[] = [];
  const pastOf = (said: LedgerEvent): Past => {
    let past: Past = {};
    for (;;) {
      const needed = book.needs(said, past);
      if (!needed) return past;
      const found = journal.findLast((entry) => entry.event === needed.event) ?? null;
      past = { ...past, [needed.as]: found };
    }
  };
  return {
    ledger: options.ledger,
    book,
    journal,
    post(said: LedgerEvent): readonly Entry[] {
      const entries = book.post(said, RECEIVED, pastOf(said));
      journal.push(...entries);
      return entries;
    },
    /** The same book, from nothing but the journal. */
    replayed(): Book {
      const again = createBook(options);
      for (const entry of journal) again.apply(entry);
      return again;
    },
    reopened: (): Book => createBook({ ...options, from: bytesOf(book) }),
  };
}

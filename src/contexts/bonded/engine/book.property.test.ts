// Whatever happens, in whatever order: every part balances, nothing on hand is below nothing, the journal makes the
// same book again to the byte, and an event and its reversal are as if neither had been.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '../../../kernel/refusal.ts';
import type { LedgerEvent } from '../contract.ts';
import { rate } from '../quantity.ts';
import { createBook } from './book.ts';
import { event, openBook, PARTS, textOf } from './fixtures.ts';
import { balancesOf, faultsOf } from './position.ts';

const MATERIALS = ['steel', 'paint', 'saddle'];
const amount = fc.integer({ min: 1, max: 4_000_000 }).map((n) => String(n / 100_000));
const line = (parts: readonly string[]) =>
  fc.record({ part: fc.constantFrom(...parts), quantity: amount });
const some = (parts: readonly string[]) => fc.array(line(parts), { minLength: 1, maxLength: 4 });
const order = fc.constantFrom('W1', 'W2', 'W3');
const site = fc.constantFrom('main', 'second');

type Sketch = (known: readonly LedgerEvent[]) => LedgerEvent;
const sketch = fc.oneof(
  ...[
    fc.record({ lines: some(MATERIALS), site }).map(
      (more): Sketch =>
        () =>
          event('imported', more),
    ),
    fc.record({ order, lines: some([...MATERIALS, 'frame']), site }).map(
      (more): Sketch =>
        () =>
          event('issued', more),
    ),
    fc.record({ order, lines: some(MATERIALS) }).map(
      (more): Sketch =>
        () =>
          event('returned', more),
    ),
    fc.record({ order, lines: some(MATERIALS) }).map(
      (more): Sketch =>
        () =>
          event('scrapped', more),
    ),
    fc.record({ order, lines: some(['frame', 'bicycle']) }).map(
      (more): Sketch =>
        () =>
          event('received', more),
    ),
    fc.record({ order, product: fc.constantFrom('frame', 'bicycle') }).map(
      (more): Sketch =>
        () =>
          event('orderOpened', more),
    ),
    order.map(
      (of): Sketch =>
        () =>
          event('orderClosed', { order: of }),
    ),
    fc.record({ lines: some([...MATERIALS, 'frame', 'bicycle']) }).map(
      (more): Sketch =>
        () =>
          event('destroyed', more),
    ),
    fc.record({ lines: some(MATERIALS), toSite: site }).map(
      (more): Sketch =>
        () =>
          event('moved', more),
    ),
    fc.record({ lines: some(MATERIALS), site }).map(
      (more): Sketch =>
        () =>
          event('arrived', more),
    ),
    fc.nat().map(
      (n): Sketch =>
        (known) =>
          event('reversed', { reverses: known[n % Math.max(1, known.length)]?.id ?? 'none' }),
    ),
  ],
);

const NORM = { net: rate('1.5'), intangibleLossRate: rate('0.01') };
const anyLedger = fc.record({
  lots: fc.constantFrom('fifo' as const, 'proportional' as const),
  beyondStock: fc.constantFrom('hold' as const, 'refuse' as const),
});

/** Posts all of it; a refusal leaves the book as it was. */
function lived(ledger: Parameters<typeof openBook>[0], sketches: readonly Sketch[]) {
  const opened = openBook(ledger, (_product, _version, part) => (part === 'steel' ? NORM : null));
  const known: LedgerEvent[] = [];
  for (const make of sketches) {
    const said = make(known);
    const before = textOf(opened.book);
    try {
      opened.post(said);
      known.push(said);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      expect(textOf(opened.book)).toBe(before);
    }
    expect(faultsOf(opened.book.state)).toEqual([]);
  }
  return opened;
}

test('every book balances, is never below nothing, and is made again by its journal and by its snapshot', () => {
  fc.assert(
    fc.property(anyLedger, fc.array(sketch, { maxLength: 60 }), (ledger, sketches) => {
      const opened = lived(ledger, sketches);
      const now = textOf(opened.book);
      expect(textOf(opened.replayed())).toBe(now);
      expect(textOf(opened.reopened())).toBe(now);
    }),
    { numRuns: 400 },
  );
});

test('an event and its reversal are as if neither had been', () => {
  fc.assert(
    fc.property(
      anyLedger,
      fc.array(sketch, { maxLength: 30 }),
      sketch,
      (ledger, sketches, last) => {
        const opened = lived(ledger, sketches);
        const before = PARTS.map((_, number) => opened.book.state.parts[number]).map(
          (part) => part && balancesOf(part),
        );
        const said = last([]);
        if (said.kind === 'orderOpened' || said.kind === 'reversed') return;
        try {
          // What else is let go on by it stays done; here only the event itself is looked at.
          if (opened.post(said).length > 1) return;
        } catch (error) {
          if (error instanceof Refused) return;
          throw error;
        }
        opened.post(event('reversed', { reverses: said.id }));
        expect(opened.book.state.parts.map((part) => balancesOf(part))).toEqual(before);
      },
    ),
    { numRuns: 400 },
  );
});

test('a reversal that comes before its event waits for it, and then neither has been', () => {
  fc.assert(
    fc.property(
      anyLedger,
      fc.array(sketch, { maxLength: 30 }),
      sketch,
      (ledger, sketches, last) => {
        const opened = lived(ledger, sketches);
        const { state } = opened.book;
        const balances = () => state.parts.map((part) => balancesOf(part));
        const before = balances();
        const said = last([]);
        if (said.kind === 'orderOpened' || said.kind === 'reversed') return;
        const reversal = event('reversed', { reverses: said.id });
        expect(opened.post(reversal)).toMatchObject([
          { outcome: 'held', detail: { until: [`event:${said.id}`] } },
        ]);
        expect(() => opened.post(event('reversed', { reverses: said.id }))).toThrow(Refused);
        try {
          const done = opened.post(said);
          expect(done.slice(0, 2).map((entry) => entry.event)).toEqual([said.id, reversal.id]);
          expect(state.held.has(said.id) || state.held.has(reversal.id)).toBe(false);
          if (done.length > 2) return;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          expect(state.held.has(reversal.id)).toBe(true);
        }
        expect(balances()).toEqual(before);
        expect(textOf(opened.replayed())).toBe(textOf(opened.book));
        expect(textOf(opened.reopened())).toBe(textOf(opened.book));
      },
    ),
    { numRuns: 400 },
  );
});

test('imports, issues, returns and receipts of orders give one position in whatever order they come', () => {
  const supply = MATERIALS.map((part) =>
    event('imported', { lines: [{ part, quantity: '1000' }] }),
  );
  const issue = fc.record({ order, lines: some(MATERIALS) }).map((more) => event('issued', more));
  const receipt = fc
    .record({ order, lines: some(['frame']) })
    .map((more) => event('received', more));
  const closing = ['W1', 'W2', 'W3'].map((of) => event('orderClosed', { order: of }));
  const opening = ['W1', 'W2', 'W3'].map((of) =>
    event('orderOpened', { order: of, product: 'frame' }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(issue, receipt), { maxLength: 20 }).chain((events) =>
        fc.tuple(
          fc.constant([...events, ...closing, ...opening]),
          fc.shuffledSubarray([...events, ...closing, ...opening], {
            minLength: events.length + 6,
          }),
        ),
      ),
      ([straight, shuffled]) => {
        const position = (events: readonly LedgerEvent[]) => {
          const opened = openBook({}, (_product, _version, part) =>
            part === 'steel' ? NORM : null,
          );
          for (const said of [...supply, ...events]) opened.post(said);
          return opened.book.state.parts.map((part) => balancesOf(part));
        };
        expect(position(shuffled)).toEqual(position(straight));
      },
    ),
    { numRuns: 200 },
  );
});

test('a damaged journal is not read on', () => {
  const opened = lived({ lots: 'fifo', beyondStock: 'hold' }, [
    () => event('imported', { lines: [{ part: 'steel', quantity: '1' }] }),
    () => event('imported', { lines: [{ part: 'steel', quantity: '1' }] }),
  ]);
  const book = createBook({ ledger: opened.ledger, parts: PARTS, normOf: () => null });
  expect(() => book.apply(opened.journal[1] as never)).toThrow('Entry 2 follows 0.');
});

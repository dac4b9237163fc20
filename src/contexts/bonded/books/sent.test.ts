// What a request says is read quickly, and the schema of the contract is the judge: whatever is sent, both read the
// same, or the quick one leaves it to the schema. Lines sent by column are the same lines.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Refused } from '../../../kernel/refusal.ts';
import { EventKind, LedgerEvent } from '../contract.ts';
import { PostInput } from './contract.ts';
import { byColumn, eventsOf, readQuickly } from './sent.ts';

const name = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }).map((s) => `x${s}x`);
const quantity = fc.constantFrom('1', '12.50', '0.00001', '10000000000', '3.000000');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const line = fc.record(
  {
    ...{ part: name, quantity, bonded: fc.boolean(), lot: name, insteadOf: name },
    ...{ unit: fc.constantFrom('kg', ''), conversion: fc.constantFrom('0.001', '2') },
    from: fc.constantFrom('scrap', 'finished'),
  },
  { requiredKeys: ['part', 'quantity'] },
);
const plain = fc.record({ part: name, quantity });
const event = fc.record(
  {
    id: name,
    kind: fc.constantFrom(...EventKind.options),
    occurredAt: fc.constantFrom('2026-03-01T02:00:00Z', '2026-03-01T02:00:00.123Z'),
    ...{ order: name, document: name, product: name, version: name, reverses: name },
    ...{ planned: quantity, site: fc.constantFrom('main', 'second') },
    lines: fc.oneof(fc.array(plain, { maxLength: 5 }), fc.array(line, { maxLength: 5 })),
    unknownToUs: fc.constant(1),
  },
  { requiredKeys: ['id', 'kind', 'occurredAt'] },
);
/** Values that do not belong where they are put. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    ' ',
    ' x',
    'x ',
    '\u3000',
    '0',
    '0.00',
    '-1',
    '1e3',
    '1.000001',
    '.5',
  ),
  fc.constantFrom<unknown>('2026-02-30T00:00:00.000Z', '2026-02-28T24:00:00.000Z', 'a b', '\u00e9'),
  fc.constantFrom<unknown>(null, 1, true, [], {}, 'x'.repeat(81), '99999999999', '123456789012'),
);
const PLACES = [
  ...(['id', 'kind', 'occurredAt', 'order', 'planned', 'site', 'version'] as const),
  ...(['lines', 'columns'] as const),
];
const FIELDS = ['part', 'quantity', 'unit', 'conversion', 'lot', 'bonded', 'from'] as const;

/** As sent, with up to one value put wrong. */
const request = fc
  .record({
    events: fc.array(event, { minLength: 1, maxLength: 3 }),
    isByColumn: fc.boolean(),
    odd: maybe(odd),
    place: fc.constantFrom(...PLACES, ...FIELDS),
    at: fc.nat({ max: 5 }),
  })
  .map(({ events, isByColumn, odd: value, place, at }) => {
    const sent = events.map((each) =>
      isByColumn ? byColumn(LedgerEvent.parse(each)) : structuredClone(each),
    ) as Record<string, unknown>[];
    const [first] = sent;
    if (value === undefined || !first) return { events: sent };
    if ((PLACES as readonly string[]).includes(place)) first[place] = value;
    else if (isByColumn) {
      const column = (first.columns as Record<string, unknown[]> | undefined)?.[place];
      if (column) column[at] = value;
    } else {
      const one = (first.lines as Record<string, unknown>[] | undefined)?.[at];
      if (one) one[place] = value;
    }
    return { events: sent };
  });

/** The events of a request, or what is wrong with their columns. */
function saidBy(input: PostInput) {
  try {
    return eventsOf(input);
  } catch (error) {
    return (error as Refused).refusals;
  }
}

test('read quickly or by the schema, it is the same; what is wrong is left to the schema', () => {
  const seen = { quick: 0, left: 0 };
  fc.assert(
    fc.property(request, (sent) => {
      const json: unknown = JSON.parse(JSON.stringify(sent));
      const slowly = PostInput.safeParse(json);
      const quickly = readQuickly(json);
      if (quickly) expect(saidBy(quickly)).toEqual(slowly.data && saidBy(slowly.data));
      seen[quickly ? 'quick' : 'left'] += 1;
    }),
    { numRuns: 800 },
  );
  expect(seen.quick).toBeGreaterThan(100);
  expect(seen.left).toBeGreaterThan(50);
});

test('what an ERP sends on an ordinary day is read quickly', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 3 }), (events) => {
      expect(readQuickly(JSON.parse(JSON.stringify({ events })))).not.toBeNull();
    }),
  );
});

test('lines by column are the lines', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 3 }), (events) => {
      const whole = events.map((each) => LedgerEvent.parse(each));
      const sent = JSON.parse(JSON.stringify({ events: whole.map(byColumn) }));
      expect(eventsOf(PostInput.parse(sent))).toEqual(whole);
      expect(eventsOf(readQuickly(sent) ?? { events: [] })).toEqual(whole);
    }),
  );
});

test.each([
  [
    { part: ['A', 'B'], quantity: ['1'] },
    [],
    'bonded.columns_differ',
    'events[0].columns.quantity',
  ],
  [{ part: ['A'], quantity: ['1'], lot: [] }, [], 'bonded.columns_differ', 'events[0].columns.lot'],
  [
    { part: ['A'], quantity: ['1'] },
    [{ part: 'A', quantity: '1' }],
    'bonded.lines_beside_columns',
    'events[0]',
  ],
])('columns that do not fit are refused: %j', (columns, lines, code, path) => {
  const head = { id: 'E', kind: 'issued', occurredAt: '2026-03-01T02:00:00Z' };
  const input = PostInput.parse({ events: [{ ...head, columns, lines }] });
  expect(() => eventsOf(input)).toThrow(
    expect.objectContaining({ refusals: [expect.objectContaining({ code, path })] }),
  );
});

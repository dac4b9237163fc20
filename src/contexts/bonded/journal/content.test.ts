// One content has one text, and so one hash: an event that is sent again is known by it, years later and by a later
// version. The text is put together by hand; here it is compared with what JSON itself writes of the same values.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventKind, EventLine, LedgerEvent } from '../contract.ts';
import { contentText, hashContent, isUnwritable } from './content.ts';

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const said = fc.option(text, { nil: undefined });
const line = fc.record({
  part: text,
  quantity: fc.constantFrom('1', '12.5', '0.00001', '9999999999.99999'),
  ...{ unit: said, conversion: said, lot: said, insteadOf: said },
  from: fc.option(fc.constantFrom('scrap' as const, 'defective' as const), { nil: undefined }),
  bonded: fc.boolean(),
});
const plain = fc.record({ part: text, quantity: fc.constant('3'), bonded: fc.boolean() });
const sent = fc.record({
  id: text,
  kind: fc.constantFrom(...EventKind.options),
  occurredAt: fc.constant('2026-03-01T02:00:00.000Z'),
  ...{ order: said, product: said, document: said },
  lines: fc.array(fc.oneof(plain, line), { maxLength: 6 }),
});

const HEAD = Object.keys(LedgerEvent.shape).filter((field) => field !== 'lines');
const LINE = Object.keys(EventLine.shape);
const values = (of: object, fields: readonly string[]): unknown[] =>
  fields.map((field) => (of as Record<string, unknown>)[field]);

test('the text of an event is the JSON of its values, field by field', () => {
  fc.assert(
    fc.property(sent, (event) => {
      const whole = event as LedgerEvent;
      const slowly = JSON.stringify([
        ...values(whole, HEAD),
        ...whole.lines.flatMap((each) => values(each, LINE)),
      ]);
      expect(contentText(whole)).toBe(slowly);
      expect(hashContent(slowly)).toEqual(createHash('sha256').update(slowly).digest());
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['a NUL', 'a\u0000', true],
  ['half of a character', 'a\ud83d', true],
  ['a whole one', 'a\u{1f600}', false],
  ['the letters of an escape', '\\u0000', false],
  ['another control character', 'a\u0001', false],
])('%s', (_, id, isNever) => {
  expect(isUnwritable(contentText({ id, kind: 'issued', occurredAt: '', lines: [] }))).toBe(
    isNever,
  );
});

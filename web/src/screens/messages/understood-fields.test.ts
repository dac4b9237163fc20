// Where a field is shown that a problem speaks of: itself, or what should hold it.
import { expect, test } from 'vitest';
import { hintOf, holds, shownAt } from './understood-fields.ts';

const DOCUMENT = {
  office: '2225',
  parties: { domestic: { name: '江海' } },
  lines: [{ hsCode: '8482102000' }, {}],
};

test.each([
  ['office', 'office', null],
  ['lines[0].hsCode', 'lines[0].hsCode', null],
  ['lines[1].hsCode', 'lines[1]', 'hsCode'],
  ['lines[7].hsCode', 'lines', null],
  ['transport.voyageNo', '', 'transport'],
  ['parties.domestic.uscc', 'parties.domestic', 'uscc'],
  ['parties.overseas.country', 'parties', 'overseas'],
])('%s is shown at “%s”, missing %s', (field, at, missing) => {
  expect(shownAt(DOCUMENT, field)).toEqual({ at, missing });
});

test('a path holds what begins with it, step by step', () => {
  expect(holds('lines', 'lines[0].hsCode')).toBe(true);
  expect(holds('line', 'lines[0]')).toBe(false);
  expect(holds('lines[1]', 'lines[10].hsCode')).toBe(false);
  expect(hintOf({ number: 'B-1', description: '轴承' })).toBe('轴承');
  expect(hintOf({ count: 1 })).toBe('');
});

// How a message is laid out for the eye: nothing of it is lost or said twice, whatever it is written in; segments bear the
// numbers problems name them by; marks fall where they should.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, rowsOf } from './raw-rows.ts';

const textsOf = (raw: string, syntax: 'xml' | 'edifact') =>
  rowsOf(raw, syntax).map(({ from, to, number }) => [number, raw.slice(from, to)]);

test('segments, whether on one line or on their own', () => {
  const expected = [
    [null, "UNA:+.? '"],
    [1, "UNB+UNOA:1+A?'S+B'"],
    [2, "UNH+1+CUSCAR:D:95B:UN'"],
    [3, "UNT+2+1'"],
  ];
  const texts = expected.map(([, text]) => text);
  expect(textsOf(texts.join(''), 'edifact')).toEqual(expected);
  expect(textsOf(texts.join('\r\n'), 'edifact')).toEqual(expected);
  expect(textsOf("UNB+1'UNZ+1", 'edifact')).toEqual([
    [1, "UNB+1'"],
    [2, 'UNZ+1'],
  ]);
});

test('lines, and a long one between its tags', () => {
  expect(textsOf('<a>\n<b/>\n</a>\n', 'xml')).toEqual([
    [1, '<a>'],
    [2, '<b/>'],
    [3, '</a>'],
  ]);
  const long = `<a><b>${'x'.repeat(160)}</b><c/></a>`;
  expect(textsOf(long, 'xml').map(([number]) => number)).toEqual([1, null, null, null]);
});

test('every character that is no gap between segments is in exactly one row', () => {
  const piece = fc.constantFrom("UNA:+.? '", 'UNB+A', "'", '?', '\n', '<a>', '</a>', 'x', ' ', '~');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.constantFrom('xml' as const, 'edifact' as const),
      (pieces, syntax) => {
        const raw = pieces.join('');
        const rows = rowsOf(raw, syntax);
        let at = 0;
        for (const { from, to } of rows) {
          expect(raw.slice(at, from).trim()).toBe('');
          expect(to).toBeGreaterThanOrEqual(from);
          at = to;
        }
        expect(raw.slice(at).trim()).toBe('');
      },
    ),
  );
});

test('marks cut a row, and the one that is selected shows', () => {
  const raw = '0123456789';
  const row = { from: 2, to: 9, number: 1 };
  const pieces = piecesOf(raw, row, [
    { from: 0, to: 4, look: 'warning' },
    { from: 3, to: 6, look: 'selected' },
    { from: 3, to: 7, look: 'error' },
    { from: 9, to: 10, look: 'error' },
  ]);
  expect(pieces.map(({ text, look }) => [text, look])).toEqual([
    ['2', 'warning'],
    ['3', 'selected'],
    ['45', 'selected'],
    ['6', 'error'],
    ['78', null],
  ]);
});

// Segments are found in one pass where a file is regular. What is found is what was written, and the same as the
// tokenizer of the library finds, whatever marks are in use; what is not regular is left to it.
import Parser from 'edifact/parser.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Marks, scanSegments, sourceOf } from './scanner.ts';

const USUAL: Marks = { component: ':', element: '+', decimal: '.', release: '?', end: "'" };
const OTHERS: Marks = { component: '>', element: '\u001d', decimal: ',', release: '!', end: '~' };

type Written = readonly [tag: string, ...elements: (readonly string[])[]];

const value = fc.string({
  unit: fc.constantFrom(...'AZ09 .,-?:+\'>!~"中文é'),
  maxLength: 6,
});
const written: fc.Arbitrary<Written> = fc.tuple(
  fc.string({ unit: fc.constantFrom(...'ABUNZ'), minLength: 3, maxLength: 3 }),
  fc.array(value, { minLength: 1, maxLength: 4 }),
  fc.array(value, { minLength: 1, maxLength: 2 }),
);

const message = fc.record({
  marks: fc.constantFrom(USUAL, OTHERS),
  segments: fc.array(written, { minLength: 1, maxLength: 6 }),
  between: fc.constantFrom('', '\n', '\r\n'),
});

/** As it is written, its marks released, and a line ended after every fortieth character where it is asked for. */
function textOf(segments: readonly Written[], marks: Marks, between: string): string {
  const special = [marks.component, marks.element, marks.end, marks.release];
  const released = (text: string): string =>
    [...text].map((one) => (special.includes(one) ? marks.release + one : one)).join('');
  return segments
    .map(([tag, ...elements]) =>
      [tag, ...elements.map((one) => one.map(released).join(marks.component))].join(marks.element),
    )
    .map((text) => text + marks.end + between)
    .join('');
}

const scan = (text: string, marks: Marks) =>
  scanSegments(text, 0, marks, sourceOf(text, 0))?.map(({ tag, elements }) => [tag, ...elements]) ??
  null;

function tokenize(text: string, marks: Marks): (string | string[])[][] {
  const code = (mark: string): number => mark.charCodeAt(0);
  const parser = new Parser(undefined, {
    segmentTerminator: code(marks.end),
    dataElementSeparator: code(marks.element),
    componentDataSeparator: code(marks.component),
    decimalMark: code(marks.decimal),
    releaseCharacter: code(marks.release),
  });
  parser.encoding('UNOY');
  parser.state = 1;
  const tags: string[] = [];
  const elements: string[][][] = [];
  parser.onopensegment = (tag) => {
    tags.push(tag);
    elements.push([]);
  };
  parser.onelement = () => elements.at(-1)?.push([]);
  parser.oncomponent = (component) => elements.at(-1)?.at(-1)?.push(component.trim());
  parser.onclosesegment = () => undefined;
  parser.write(text);
  return tags.map((tag, at) => [tag, ...(elements[at] ?? [])]);
}

test('what was written is found, as the library finds it', () => {
  fc.assert(
    fc.property(message, ({ marks, segments, between }) => {
      const text = textOf(segments, marks, between);
      const trimmed = segments.map(([tag, ...rest]) => [
        tag,
        ...rest.map((one) => one.map((part) => part.trim())),
      ]);
      expect(scan(text, marks)).toEqual(trimmed);
      expect(tokenize(text, marks)).toEqual(trimmed);
    }),
    { numRuns: 400 },
  );
});

test('a line may end anywhere, even within a tag', () => {
  fc.assert(
    fc.property(message, fc.integer({ min: 1, max: 12 }), ({ marks, segments }, width) => {
      const text = textOf(segments, marks, '');
      // Not behind a mark that releases: that would release the end of the line.
      const folded = [...text].map((one, at) =>
        (at + 1) % width === 0 && one !== marks.release ? `${one}\r\n` : one,
      );
      expect(scan(folded.join(''), marks)).toEqual(tokenize(folded.join(''), marks));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['a control character', "BGM+38\u00010'"],
  ['a tag in small letters', "bgm+380'"],
  ['a tag of two letters', "BG+380'"],
  ['no end', "BGM+380'DTM+137"],
  ['a released end', "BGM+380?'"],
  ['an end without a segment', "BGM+380''"],
] as const)('%s is not regular', (_, text) => {
  expect(scan(text, USUAL)).toBeNull();
});

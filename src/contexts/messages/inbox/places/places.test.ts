// Where a thing stands in a message. Every element and every segment the readers know has its place in the text, by the
// path they name it with; and every value that was understood can be shown where it was read from, in each of our messages.
import { describe, expect, test } from 'vitest';
import { looksLikeEdifact } from '../../reading/edifact.ts';
import { createProblems } from '../../reading/problems.ts';
import { readMessage } from '../../reading/read.ts';
import { fixtures } from '../../reading/testing.ts';
import { type Element, parseXml, pathOf } from '../../reading/xml.ts';
import { outlineEdifact } from './edifact-outline.ts';
import { fieldAt, leavesUnder } from './fields.ts';
import type { Outline } from './outline.ts';
import { createTrace } from './trace.ts';
import { outlineXml } from './xml-outline.ts';

const MESSAGES = fixtures().map(({ name, bytes }) => ({ name, text: bytes.toString() }));
const outlineOf = (text: string): Outline =>
  looksLikeEdifact(text) ? outlineEdifact(text) : outlineXml(text);
const cut = (text: string, spot: { from: number; to: number } | null): string | null =>
  spot && text.slice(spot.from, spot.to);

const everyElement = (element: Element): Element[] => [
  element,
  ...element.children.flatMap(everyElement),
];

test.each(MESSAGES.filter(({ text }) => !looksLikeEdifact(text)))(
  '$name: every element by its path',
  ({ text }) => {
    const outline = outlineXml(text);
    const elements = parseXml(text, createProblems()).flatMap(everyElement);
    expect(elements.length).toBeGreaterThan(5);
    for (const element of elements) {
      const spot = outline.spotAt(pathOf(element));
      expect(cut(text, spot), pathOf(element)).toMatch(new RegExp(`^<${element.name}[\\s/>]`));
      expect(spot?.isExact).toBe(true);
      if (element.text === '') continue;
      const leaf = outline.leaves.find(({ from }) => from === spot?.inner.from);
      expect(leaf?.text, pathOf(element)).toBe(element.text);
    }
  },
);

describe.each(MESSAGES.filter(({ text }) => looksLikeEdifact(text)))('$name', ({ text }) => {
  const outline = outlineEdifact(text);
  /** Not a mark that is released. */
  const by = (mark: string): RegExp => new RegExp(`(?<!\\?)[${mark}]`);

  test('every segment by its number, and every component in it', () => {
    const segments = text.replace(/^UNA.{6}/, '').split(by("'"));
    expect(segments.length).toBeGreaterThan(5);
    for (const [n, segment] of segments.map((each) => each.trim()).entries()) {
      if (segment === '') continue;
      const [tag = '', ...elements] = segment.split(by('+'));
      expect(cut(text, outline.spotAt(`${n + 1} ${tag}`))).toBe(`${segment}'`);
      for (const [e, element] of elements.entries()) {
        for (const [c, component] of element.split(by(':')).entries()) {
          if (component === '') continue;
          const path = `${n + 1} ${tag}/${e + 1}/${c + 1}`;
          expect(cut(text, outline.spotAt(path)), path).toBe(component);
        }
      }
    }
  });

  test('its reader counts segments and elements the same way', () => {
    const miscounted = text.replace(/UNT\+\d+/, 'UNT+999');
    const { problems } = readMessage(Buffer.from(miscounted));
    const told = problems.find(({ code }) => code === 'messages.segment_count');
    expect(cut(miscounted, outlineEdifact(miscounted).spotAt(told?.path ?? ''))).toMatch(
      /^999(:|$)/,
    );
  });
});

/** What no part of the text says in its own words: that a code means `released`, or `I`. */
const UNSAID_MAX = 3;

/** One of each standard, not its dialects: every value in it is looked for, by reading it again some hundred times. */
const ONE_OF_EACH = MESSAGES.filter(({ name }) => !/profile|dialect/.test(name));

test.each(ONE_OF_EACH)('$name: values understood are shown where they were read', ({ text }) => {
  const read = (each: string) => readMessage(Buffer.from(each)).documents;
  const outline = outlineOf(text);
  const understood = read(text);
  const fields = leavesUnder(understood[0]?.document, '');
  const unsaid = fields.filter((path) => {
    // A budget of its own for each: here all of them are asked for, on a page only the wrong ones.
    const trace = createTrace(text, outline, understood, read);
    const spot = trace.spotOf({ document: 0, path });
    if (!spot?.isExact) return true;
    expect(trace.fieldsOf(spot)).toContainEqual({ document: 0, path });
    return false;
  });
  expect(fields.length).toBeGreaterThan(5);
  expect(unsaid.length).toBeLessThanOrEqual(UNSAID_MAX);
});

describe('what is not there', () => {
  const text = `<DecMessage>
  <DecHead><IEFlag>I</IEFlag><CustomMaster>2225</CustomMaster></DecHead>
  <DecLists>
    <DecList><GNo>1</GNo><GName>轴承</GName></DecList>
    <DecList><GNo>2</GNo><CodeTS>8482102000</CodeTS><GName>滚珠</GName></DecList>
  </DecLists>
</DecMessage>`;
  const read = (each: string) => readMessage(Buffer.from(each)).documents;
  const outline = outlineXml(text);
  const trace = createTrace(text, outline, read(text), read);

  test('is shown by what should hold it', () => {
    const spot = outline.spotAt('/DecMessage/DecLists/DecList[1]/CodeTS');
    expect(spot).toMatchObject({ isExact: false });
    expect(cut(text, spot)).toBe('<DecList>');
    expect(spot && trace.fieldsOf(spot)).toEqual([{ document: 0, path: 'lines[0]' }]);
  });

  test.each([
    ['lines[1].hsCode', '8482102000', true],
    ['lines[0].hsCode', '<DecList>', false],
    ['lines[1].originCountry', '<DecList>', false],
    ['borderOffice', '<DecHead>', false],
    ['transport.voyageNo', '<DecHead>', false],
  ])('%s: %s', (path, shown, isExact) => {
    const spot = trace.spotOf({ document: 0, path });
    expect([cut(text, spot), spot?.isExact]).toEqual([shown, isExact]);
  });

  test.each([
    ['/', null],
    ['/DecMessage/Nothing', '<DecMessage>'],
    ['/Other', null],
    ['/DecMessage/DecHead/IEFlag@unit', '<IEFlag>I</IEFlag>'],
    ['', null],
  ])('%s: %s', (path, shown) => {
    expect(cut(text, outline.spotAt(path))).toBe(shown);
  });
});

test('a message cut off, or full of slips, still has places', () => {
  const half = '<a><b x="1">one</b><b>t&nope;wo</b><c>';
  const outline = outlineXml(half);
  expect(cut(half, outline.spotAt('/a/b[2]'))).toBe('<b>t&nope;wo</b>');
  expect(cut(half, outline.spotAt('/a/c'))).toBe('<c>');
  const released = "UNB+UNOA:1+A?+B:1+C'LIN+1?'2+3'";
  const segments = outlineEdifact(released);
  expect(cut(released, segments.spotAt('1 UNB/2/1'))).toBe('A?+B');
  expect(cut(released, segments.spotAt('2 LIN/1'))).toBe("1?'2");
  expect(segments.leaves.map(({ text }) => text)).toContain("1'2");
  expect(fieldAt({ a: [{ b: 1 }] }, 'a[0].b')).toBe(1);
});

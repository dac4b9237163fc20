import type { Document } from '../reading/table.ts';
import { valueAt } from '../reading/table.ts';

/** An element: one text, or the texts of its components. */
export type Written = string | readonly (string | undefined)[] | undefined;

const MARKS = /[+:'?]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a segment is one line of printable text.
const UNWRITABLE = /[\u0000-\u001f\u007f-\u009f]+/g;

const component = (text: string | undefined): string =>
  (text ?? '').replace(UNWRITABLE, ' ').replace(MARKS, '?$&');

/** One segment; what is empty at the end is left off, as the syntax has it. */
export function segment(tag: string, ...elements: readonly Written[]): string {
  const texts = elements.map((element) =>
    typeof element === 'object' ? trimmed(element.map(component)).join(':') : component(element),
  );
  return `${[tag, ...trimmed(texts)].join('+')}'`;
}

function trimmed(texts: readonly string[]): readonly string[] {
  const last = texts.findLastIndex((text) => text !== '');
  return texts.slice(0, last + 1);
}

/** The segments of a message between its service segments, counted as they are. */
export function interchange(
  document: Document,
  type: string,
  version: string,
  segments: readonly string[],
): string {
  const said = (name: string): string => String(valueAt(document, ['message', name]) ?? '');
  const reference = said('reference') || '1';
  const exchange = said('interchange') || reference;
  const sentAt = said('sentAt').replaceAll(/\D/g, '');
  const day = sentAt.slice(2, 8) || '000101';
  const versions = (said('version') || version).split(':');
  return [
    "UNA:+.? '",
    segment(
      'UNB',
      ['UNOY', '4'],
      said('sender'),
      said('receiver'),
      [day, sentAt.slice(8, 12) || '0000'],
      exchange,
    ),
    segment('UNH', reference, [type, ...versions]),
    ...segments,
    segment('UNT', String(segments.length + 2), reference),
    segment('UNZ', '1', exchange),
    '',
  ].join('\n');
}

/** A moment as EDIFACT has it: `20200211114212` and the code of that form. */
export function moment(at: string): readonly [string, string] {
  const digits = at.slice(0, 19).replaceAll(/\D/g, '');
  if (digits.length === 8) return [digits, '102'];
  const zone = at.slice(19).replace(/^\.\d+/, '');
  return zone === '' ? [digits, digits.length === 12 ? '203' : '204'] : [`${digits}${zone}`, '304'];
}

/** Components of a free text (4440) hold so many characters, in five of them. */
const TEXT_MAX = 512;
const TEXTS_MAX = 5;

/** A text over the components of a free text, cut at spaces; a longer word is left whole. */
export function lines(text: string): string[] {
  const all: string[] = [];
  let rest = text;
  while (rest.length > TEXT_MAX && all.length < TEXTS_MAX - 1) {
    const end = rest.lastIndexOf(' ', TEXT_MAX);
    if (end < 1) break;
    all.push(rest.slice(0, end));
    rest = rest.slice(end + 1);
  }
  return [...all, rest];
}

import Parser from 'edifact/parser.js';
import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Place, Problems } from './problems.ts';
import {
  type Marks,
  refuseComplex,
  SEGMENT_LENGTH_MAX,
  SEGMENTS_MAX,
  type Segment,
  type Source,
  scanSegments,
  sourceOf,
  trimmed,
} from './scanner.ts';

export type { Marks, Segment };

/** A file with more segments that cannot be read is no message. */
const UNREADABLE_MAX = 1_000;
export const segmentPlace = (
  { number, tag, start, source }: Segment,
  ...at: readonly (number | string)[]
): Place => ({
  path: [`${number} ${tag}`, ...at.map(String)].join('/'),
  line: source.lineOf(start),
});

export const looksLikeEdifact = (text: string): boolean => /^\s*UN[ABH][^A-Za-z0-9]/.test(text);

/** The marks a file is written with, and its segments. */
export interface Segmented {
  readonly marks: Marks;
  readonly segments: readonly Segment[];
}

/** The segments of a file. What cannot be read of it is told; half a file is refused. */
export function parseSegments(text: string, problems: Problems): Segmented {
  const start = text.trimStart();
  const [marks, length] = marksOf(start, problems);
  const source = sourceOf(start, length);
  const segments =
    scanSegments(start, length, marks, source) ??
    oneByOne(printable(start.slice(length), problems), marks, problems);
  return { marks, segments };
}

/** The service string advice (UNA), or the marks in use where there is none; and how long it is. */
function marksOf(text: string, problems: Problems): [Marks, number] {
  if (text.startsWith('UNA')) return adviceOf(text, problems);
  const element = text[3] ?? '+';
  const component = /^UNB.[A-Z]{4}(\W)/.exec(text)?.[1] ?? ':';
  const end = ["'", '~', '\u001c', '\n'].find((mark) => text.includes(mark)) ?? "'";
  const guessed = element !== '+' || component !== ':' || end !== "'";
  if (guessed) problems.warning('messages.delimiters_guessed', { path: '1' });
  return [usable({ component, element, decimal: '.', release: '?', end }), 0];
}

const ADVICE_LENGTH = 9;

function adviceOf(text: string, problems: Problems): [Marks, number] {
  const [component = '', element = '', decimal, release = '', reserved = '', last = ''] = [
    ...text.slice(3, ADVICE_LENGTH),
  ];
  // Some leave out the place that is reserved, or end the line where the terminator should be.
  const isShort = /[^\s*\w]/.test(reserved) && /[\sU]/.test(last);
  const isUnended = /[\r\n]/.test(last) && /'\s*(?:UN[BGH]|$)/.test(text.slice(ADVICE_LENGTH));
  if (isShort || isUnended) {
    problems.warning(
      'messages.advice_irregular',
      { path: 'UNA' },
      { seen: seen(text.slice(0, 9)) },
    );
  }
  const end = isShort ? reserved : isUnended ? "'" : last;
  const marks = { component, element, decimal: decimal === ',' ? ',' : '.', release, end } as const;
  return [usable(marks), isShort ? ADVICE_LENGTH - 1 : ADVICE_LENGTH];
}

/** The tokenizer builds an expression of the delimiters, and these would change its meaning. */
const UNUSABLE = /[A-Za-z0-9\\\]^-]/;

function refuseMarks({ component, element, end }: Marks): never {
  throw new Refused('invalid', {
    code: 'messages.delimiters_unusable',
    path: 'UNA',
    seen: seen(component + element + end),
  });
}

function usable(marks: Marks): Marks {
  const all = [marks.component, marks.element, marks.end];
  const distinct = new Set([...all, marks.release]).size === 4;
  if (all.some((mark) => mark.length !== 1 || UNUSABLE.test(mark)) || !distinct) {
    refuseMarks(marks);
  }
  // A space says that nothing is released: a mark nobody writes stands in its place.
  return marks.release === ' ' || UNUSABLE.test(marks.release)
    ? { ...marks, release: '\ue000' }
    : marks;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNPRINTABLE = /[\u0000-\u0009\u000b\u000c\u000e-\u001b\u001d-\u001f\u007f-\u009f]/g;

function printable(text: string, problems: Problems): string {
  if (text.search(UNPRINTABLE) < 0) return text;
  problems.warning('messages.control_characters', { path: '' });
  return text.replace(UNPRINTABLE, ' ');
}

const isBetween = (text: string, at: number): boolean =>
  text[at] === '\n' || text[at] === '\r' || text[at] === ' ';

function parserOf(marks: Marks): Parser {
  const code = (mark: string): number => mark.charCodeAt(0);
  try {
    const parser = new Parser(undefined, {
      segmentTerminator: code(marks.end),
      dataElementSeparator: code(marks.element),
      componentDataSeparator: code(marks.component),
      decimalMark: code(marks.decimal),
      releaseCharacter: code(marks.release),
    });
    parser.encoding('UNOY');
    return parser;
  } catch {
    // Of some delimiters it can build no expression, which it says by throwing.
    return refuseMarks(marks);
  }
}

/* ---------------------------------------------------------------- one by one */

/** The segments of a file in which something is irregular: each that cannot be read is told, and left out. */
function oneByOne(text: string, marks: Marks, problems: Problems): Segment[] {
  const segments: Segment[] = [];
  const source = sourceOf(text, 0);
  const read = segmentReader(marks, source);
  let number = 0;
  let unreadable = 0;
  let start = 0;
  for (let end = endOf(text, 0, marks); end >= 0; end = endOf(text, start, marks)) {
    while (isBetween(text, start)) start += 1;
    if (start < end) {
      number += 1;
      if (number > SEGMENTS_MAX || unreadable > UNREADABLE_MAX) refuseComplex();
      const piece = text.slice(start, end + 1);
      const segment = read(piece, number, start);
      if (segment !== null) segments.push(segment);
      else {
        unreadable += 1;
        const place = { path: String(number), line: source.lineOf(start) };
        problems.error('messages.segment_unreadable', place, { seen: seen(piece) });
      }
    }
    start = Math.max(start, end + 1);
    if (start >= text.length) break;
  }
  const left = text.slice(start).trim();
  if (left === '') return segments;
  const last = read(`${left}${marks.end}`, number + 1, text.indexOf(left, start));
  leftOver(left, segments, last, problems);
  return segments;
}

/** Text after the last terminator: a trailer that lost it, rubbish behind the end, or half a file. */
function leftOver(
  left: string,
  segments: Segment[],
  last: Segment | null,
  problems: Problems,
): void {
  const place = { path: String(segments.length + 1) };
  if (last && /^UN[TZ]$/.test(last.tag) && last.elements.length >= 2) {
    segments.push(last);
    problems.warning('messages.terminator_missing', place);
  } else if (/^UN[TZ]$/.test(segments.at(-1)?.tag ?? '')) {
    problems.warning('messages.outside_the_root', place, { seen: seen(left) });
  } else {
    throw new Refused('invalid', { code: 'messages.cut_off', ...place, seen: seen(left) });
  }
}

/** The next terminator that is not released. */
function endOf(text: string, from: number, { end, release }: Marks): number {
  for (let at = text.indexOf(end, from); at >= 0; at = text.indexOf(end, at + 1)) {
    let releases = 0;
    while (text[at - 1 - releases] === release) releases += 1;
    if (releases % 2 === 0) return at;
  }
  return -1;
}

/** Between segments: a parser that begins anew would take another UNA for its own. */
const BETWEEN_SEGMENTS = 1;

/** Reads one segment; `null` for what is none, or more than one. */
function segmentReader(
  marks: Marks,
  source: Source,
): (text: string, number: number, start: number) => Segment | null {
  let parser: Parser | null = null;
  let tags: string[] = [];
  let elements: string[][] = [];
  const made = (): Parser => {
    const one = parserOf(marks);
    one.state = BETWEEN_SEGMENTS;
    one.onopensegment = (tag) => tags.push(tag);
    one.onelement = () => elements.push([]);
    one.oncomponent = (value) => elements.at(-1)?.push(trimmed(value));
    one.onclosesegment = () => undefined;
    return one;
  };
  return (text, number, start) => {
    if (text.length > SEGMENT_LENGTH_MAX) return null;
    parser ??= made();
    [tags, elements] = [[], []];
    try {
      parser.write(text);
      const [tag, another] = tags;
      const isWhole = tag?.length === 3 && parser.state === BETWEEN_SEGMENTS;
      if (isWhole && another === undefined) return { tag, elements, number, start, source };
    } catch {
      // It says by throwing what it does not like.
    }
    // What it had begun it would go on with.
    parser = null;
    return null;
  };
}

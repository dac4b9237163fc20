import Parser from 'edifact/parser.js';
import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Place, Problems } from './problems.ts';

/** One segment; `elements[2][0]` is the first component of the third data element. */
export interface Segment {
  readonly tag: string;
  readonly elements: readonly (readonly string[])[];
  /** Counted from 1 in the file, `UNA` apart. */
  readonly number: number;
  readonly source: Source;
}

/** The text a segment was read from; which line it stands in is looked up when it is told. */
interface Source {
  lineOf(number: number): number;
}

/** No message in use comes near it. */
const SEGMENTS_MAX = 250_000;
/** A file with more segments that cannot be read is no message. */
const UNREADABLE_MAX = 1_000;
/** The longest segments are free texts of five times 512 characters. */
const SEGMENT_LENGTH_MAX = 100_000;

export interface Marks {
  readonly component: string;
  readonly element: string;
  readonly decimal: '.' | ',';
  readonly release: string;
  readonly end: string;
}

export const segmentPlace = (
  { number, tag, source }: Segment,
  ...at: readonly (number | string)[]
): Place => ({
  path: [`${number} ${tag}`, ...at.map(String)].join('/'),
  line: source.lineOf(number),
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
  const body = start.slice(length);
  const segments = atOnce(body, marks) ?? oneByOne(printable(body, problems), marks, problems);
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

/* ---------------------------------------------------------------- all at once */

/**
 * The segments of a file in which nothing is irregular; `null` where something is, which is then looked for
 * segment by segment, since the tokenizer stops at what it does not like and says no place.
 */
function atOnce(text: string, marks: Marks): Segment[] | null {
  const body = marks.end.trim() === '' ? text : text.trimEnd();
  if (!body.endsWith(marks.end) || body.includes('\u0004')) return null;
  const source = sourceOf(text, marks);
  const tokens = tokensOf(marks);
  const segments = tokens.read(body, source);
  if (segments === null) TOKENS.delete(keyOf(marks));
  return segments;
}

function sourceOf(text: string, marks: Marks): Source {
  let lines: number[] | null = null;
  return {
    lineOf: (number) => {
      lines ??= linesOf(text, marks);
      return lines[number - 1] ?? 1;
    },
  };
}

/** The line each segment begins in. */
function linesOf(text: string, marks: Marks): number[] {
  const lines: number[] = [];
  let line = 1;
  let counted = 0;
  let start = 0;
  for (let end = endOf(text, 0, marks); end >= 0; end = endOf(text, start, marks)) {
    while (isBetween(text, start)) start += 1;
    for (let at = text.indexOf('\n', counted); at >= 0 && at < start; ) {
      line += 1;
      counted = at + 1;
      at = text.indexOf('\n', counted);
    }
    if (start < end) lines.push(line);
    start = Math.max(start, end + 1);
  }
  return [...lines, line];
}

const isBetween = (text: string, at: number): boolean =>
  text[at] === '\n' || text[at] === '\r' || text[at] === ' ';

interface Tokens {
  /** `null` where it is not made of segments through and through. */
  read(text: string, source: Source): Segment[] | null;
}

/** Tokenizers by their marks: making one costs as much as reading a short message. */
const TOKENS = new Map<string, Tokens>();
const TOKENS_MAX = 40;

const keyOf = ({ component, element, decimal, release, end }: Marks): string =>
  component + element + decimal + release + end;

function tokensOf(marks: Marks): Tokens {
  const key = keyOf(marks);
  const known = TOKENS.get(key);
  if (known !== undefined) return known;
  if (TOKENS.size >= TOKENS_MAX) TOKENS.clear();
  const made = makeTokens(marks);
  TOKENS.set(key, made);
  return made;
}

class TooComplex extends Error {}

/** A segment whose elements are still being read. */
type Opened = { -readonly [Name in keyof Segment]: Segment[Name] };
const NOTHING: readonly never[] = Object.freeze([]);

function makeTokens(marks: Marks): Tokens {
  let segments: Segment[] = [];
  let segment: Opened | null = null;
  let elements: string[][] = [];
  let components: string[] = [];
  let isNewElement = false;
  let source: Source = { lineOf: () => 1 };
  let isWhole = true;
  let length = 0;
  const parser = parserOf(marks);
  // Between segments: it would take another UNA for its own.
  parser.state = BETWEEN_SEGMENTS;
  parser.onopensegment = (tag) => {
    length = 0;
    if (tag.length !== 3) isWhole = false;
    if (segments.length >= SEGMENTS_MAX) throw new TooComplex();
    segment = { tag, elements: NOTHING, number: segments.length + 1, source };
    segments.push(segment);
  };
  parser.onelement = () => {
    isNewElement = true;
  };
  // Lists are made with what is first in them: most stay so, and an empty one would take room for many.
  parser.oncomponent = (value) => {
    length += value.length + 1;
    if (length > SEGMENT_LENGTH_MAX) isWhole = false;
    if (!isNewElement) {
      components.push(trimmed(value));
      return;
    }
    isNewElement = false;
    components = [trimmed(value)];
    if (segment === null) return;
    if (segment.elements === NOTHING) {
      elements = [components];
      segment.elements = elements;
    } else elements.push(components);
  };
  parser.onclosesegment = () => undefined;
  return {
    read: (text, from) => {
      segments = [];
      source = from;
      isWhole = true;
      try {
        parser.write(text);
      } catch (error) {
        if (error instanceof TooComplex) refuseComplex();
        return null;
      }
      return isWhole && parser.state === BETWEEN_SEGMENTS ? segments : null;
    },
  };
}

const BETWEEN_SEGMENTS = 1;

function refuseComplex(): never {
  throw new Refused('invalid', { code: 'messages.too_complex' });
}

const isSpace = (code: number): boolean => code <= 32 || code === 160 || code === 0x3000;
const trimmed = (value: string): string =>
  value !== '' && (isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(value.length - 1)))
    ? value.trim()
    : value;

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
  const source = sourceOf(text, marks);
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
      const segment = read(piece, number);
      if (segment !== null) segments.push(segment);
      else {
        unreadable += 1;
        const place = { path: String(number), line: source.lineOf(number) };
        problems.error('messages.segment_unreadable', place, { seen: seen(piece) });
      }
    }
    start = Math.max(start, end + 1);
    if (start >= text.length) break;
  }
  const left = text.slice(start).trim();
  if (left !== '') leftOver(left, segments, read(`${left}${marks.end}`, number + 1), problems);
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

/** Reads one segment; `null` for one that is none. */
function segmentReader(
  marks: Marks,
  source: Source,
): (text: string, number: number) => Segment | null {
  let tokens = makeTokens(marks);
  return (text, number) => {
    if (text.length > SEGMENT_LENGTH_MAX) return null;
    const found = tokens.read(text, source);
    if (found === null) tokens = makeTokens(marks);
    const [only, another] = found ?? [];
    return only && !another ? { ...only, number } : null;
  };
}

import Parser from 'edifact/parser.js';
import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Place, Problems } from './problems.ts';
import { readTime } from './values.ts';

/** One segment; `elements[2][0]` is the first component of the third data element. */
export interface Segment {
  readonly tag: string;
  readonly elements: readonly (readonly string[])[];
  /** Counted from 1 in the file, `UNA` apart. */
  readonly number: number;
  readonly line: number;
}

export interface Interchange {
  readonly sender: string;
  readonly receiver: string;
  readonly reference: string;
  readonly preparedAt: string | null;
  readonly mark: '.' | ',';
  readonly messages: Message[];
}

export interface Message {
  readonly reference: string;
  /** `CUSCAR`. */
  readonly type: string;
  /** `D:95B:UN:LOT10`. */
  readonly version: string;
  readonly head: Segment;
  /** Between `UNH` and `UNT`. */
  readonly segments: Segment[];
}

/** No message in use comes near it. */
const SEGMENTS_MAX = 250_000;
/** A file with more segments that cannot be read is no message. */
const UNREADABLE_MAX = 1_000;
/** The longest segments are free texts of five times 512 characters. */
const SEGMENT_LENGTH_MAX = 100_000;

interface Marks {
  readonly component: string;
  readonly element: string;
  readonly decimal: '.' | ',';
  readonly release: string;
  readonly end: string;
}

export const segmentPlace = ({ number, tag, line }: Segment, ...at: number[]): Place => ({
  path: [`${number} ${tag}`, ...at.map(String)].join('/'),
  line,
});

export const looksLikeEdifact = (text: string): boolean => /^\s*UN[ABH][^A-Za-z0-9]/.test(text);

/** The interchanges of a file. What the trailers count is compared with what is there, and told. */
export function parseEdifact(text: string, problems: Problems): Interchange[] {
  const start = text.trimStart();
  const marks = marksOf(start, problems);
  const body = start.startsWith('UNA') ? start.slice(9) : start;
  const segments = segmentsOf(printable(body, problems), marks, problems);
  return interchangesOf(segments, marks, problems);
}

function marksOf(text: string, problems: Problems): Marks {
  if (text.startsWith('UNA')) {
    const [component, element, decimal, release, , end] = [...text.slice(3, 9)];
    return usable({
      component: component ?? '',
      element: element ?? '',
      decimal: decimal === ',' ? ',' : '.',
      release: release ?? '',
      end: end ?? '',
    });
  }
  const element = text[3] ?? '+';
  const component = /^UNB.[A-Z]{4}(\W)/.exec(text)?.[1] ?? ':';
  const end = ["'", '~', '\u001c', '\n'].find((mark) => text.includes(mark)) ?? "'";
  const guessed = element !== '+' || component !== ':' || end !== "'";
  if (guessed) problems.warning('messages.delimiters_guessed', { path: '1' });
  return usable({ component, element, decimal: '.', release: '?', end });
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

function segmentsOf(text: string, marks: Marks, problems: Problems): Segment[] {
  const segments: Segment[] = [];
  const read = segmentReader(marks);
  let line = 1;
  let number = 0;
  let unreadable = 0;
  let start = 0;
  for (let end = endOf(text, 0, marks); end >= 0; end = endOf(text, start, marks)) {
    while (text[start] === '\n' || text[start] === '\r' || text[start] === ' ') {
      if (text[start] === '\n') line += 1;
      start += 1;
    }
    if (start < end) {
      number += 1;
      if (number > SEGMENTS_MAX || unreadable > UNREADABLE_MAX)
        throw new Refused('invalid', { code: 'messages.too_complex' });
      const piece = text.slice(start, end + 1);
      const segment = piece.length > SEGMENT_LENGTH_MAX ? null : read(piece, number, line);
      if (segment !== null) segments.push(segment);
      else {
        unreadable += 1;
        const told = { seen: seen(piece) };
        problems.error('messages.segment_unreadable', { path: String(number), line }, told);
      }
      // Within the segment only: a file of one line is searched once, not once for each segment.
      for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) line += 1;
    }
    start = end + 1;
    if (start >= text.length) break;
  }
  const left = text.slice(start).trim();
  const last =
    left.length > SEGMENT_LENGTH_MAX ? null : read(`${left}${marks.end}`, number + 1, line);
  if (left !== '') leftOver(left, segments, last, problems);
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

function segmentReader(
  marks: Marks,
): (text: string, number: number, line: number) => Segment | null {
  let tag = '';
  let elements: string[][] = [];
  let components: string[] = [];
  const code = (mark: string): number => mark.charCodeAt(0);
  const open = (): Parser => {
    const parser = new Parser(undefined, {
      segmentTerminator: code(marks.end),
      dataElementSeparator: code(marks.element),
      componentDataSeparator: code(marks.component),
      decimalMark: code(marks.decimal),
      releaseCharacter: code(marks.release),
    });
    parser.encoding('UNOY');
    parser.onopensegment = (name) => {
      tag = name;
      elements = [];
    };
    parser.onelement = () => {
      components = [];
      elements.push(components);
    };
    parser.oncomponent = (value) => {
      components.push(value.trim());
    };
    parser.onclosesegment = () => undefined;
    return parser;
  };
  // Some delimiters it can build no expression of; the package says so by throwing.
  let parser = attempt(open, marks);
  return (text, number, line) => {
    tag = '';
    try {
      parser.write(text);
    } catch {
      parser = open();
      return null;
    }
    return tag.length === 3 ? { tag, elements, number, line } : null;
  };
}

function attempt(open: () => Parser, marks: Marks): Parser {
  try {
    return open();
  } catch {
    return refuseMarks(marks);
  }
}

/* ---------------------------------------------------------------- interchanges and messages */

const at = (segment: Segment | undefined, element: number, component = 0): string =>
  segment?.elements[element]?.[component] ?? '';

function interchangesOf(
  segments: readonly Segment[],
  { decimal }: Marks,
  problems: Problems,
): Interchange[] {
  const interchanges: Interchange[] = [];
  let open: Interchange | null = null;
  let message: Message | null = null;
  const current = (head?: Segment): Interchange => {
    if (open !== null && head === undefined) return open;
    open = interchangeOf(head, decimal);
    interchanges.push(open);
    return open;
  };
  for (const segment of segments) {
    if (message !== null && /^UN[BHZ]$/.test(segment.tag)) {
      problems.warning('messages.message_not_closed', segmentPlace(message.head));
      message = null;
    }
    if (segment.tag === 'UNB') current(segment);
    else if (segment.tag === 'UNH') {
      if (open === null) problems.warning('messages.no_interchange', segmentPlace(segment));
      message = messageOf(segment);
      current().messages.push(message);
    } else if (segment.tag === 'UNT') {
      if (message !== null) checkTrailer(segment, message, problems);
      message = null;
    } else if (segment.tag === 'UNZ') {
      checkEnd(segment, open, problems);
      open = null;
    } else if (message !== null) message.segments.push(segment);
    else if (!/^UN[GEO]$/.test(segment.tag)) {
      problems.once('', 'messages.outside_the_root', () => segmentPlace(segment));
    }
  }
  if (message !== null) {
    const { path } = segmentPlace(segments.at(-1) ?? message.head);
    throw new Refused('invalid', { code: 'messages.cut_off', path });
  }
  const unended = open as Interchange | null;
  if (unended !== null && unended.reference !== '') {
    problems.warning('messages.interchange_not_closed', { path: 'UNB' });
  }
  return interchanges;
}

const interchangeOf = (head: Segment | undefined, mark: '.' | ','): Interchange => ({
  sender: at(head, 1),
  receiver: at(head, 2),
  preparedAt: preparedAt(at(head, 3), at(head, 3, 1)),
  reference: at(head, 4),
  mark,
  messages: [],
});

/** Interchange dates have two digits for the year in syntax 1 to 3 and four in syntax 4. */
function preparedAt(day: string, time: string): string | null {
  return readTime(`${day.length === 6 ? '20' : ''}${day}${time}`).value;
}

const messageOf = (head: Segment): Message => ({
  reference: at(head, 0),
  type: at(head, 1),
  version: (head.elements[1] ?? []).slice(1).join(':'),
  head,
  segments: [],
});

function checkTrailer(trailer: Segment, message: Message, problems: Problems): void {
  const counted = message.segments.length + 2;
  if (at(trailer, 0) !== String(counted) && Number(at(trailer, 0)) !== counted) {
    const told = { seen: at(trailer, 0), params: { counted } };
    problems.warning('messages.segment_count', segmentPlace(trailer, 1), told);
  }
  if (at(trailer, 1) !== message.reference) {
    const told = { seen: at(trailer, 1), params: { expected: message.reference } };
    problems.warning('messages.reference_differs', segmentPlace(trailer, 2), told);
  }
}

function checkEnd(trailer: Segment, open: Interchange | null, problems: Problems): void {
  if (open === null) return;
  const counted = open.messages.length;
  if (Number(at(trailer, 0)) !== counted) {
    const told = { seen: at(trailer, 0), params: { counted } };
    problems.warning('messages.message_count', segmentPlace(trailer, 1), told);
  }
  if (open.reference !== '' && at(trailer, 1) !== open.reference) {
    const told = { seen: at(trailer, 1), params: { expected: open.reference } };
    problems.warning('messages.reference_differs', segmentPlace(trailer, 2), told);
  }
}

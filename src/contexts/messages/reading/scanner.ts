import { Refused } from '../../../kernel/refusal.ts';

/** One segment; `elements[2][0]` is the first component of the third data element. */
export interface Segment {
  readonly tag: string;
  readonly elements: readonly (readonly string[])[];
  /** Counted from 1 in the file, `UNA` apart. */
  readonly number: number;
  /** Where it begins in its source. */
  readonly start: number;
  readonly source: Source;
}

/** The text a segment was read from; which line it stands in is looked up when it is told. */
export interface Source {
  lineOf(start: number): number;
}

/** A text whose segments begin behind `from`, from where its lines are counted. */
export function sourceOf(text: string, from: number): Source {
  let line = 1;
  let counted = from;
  return {
    lineOf: (start) => {
      if (start < counted) [line, counted] = [1, from];
      for (let at = text.indexOf('\n', counted); at >= 0 && at < start; ) {
        line += 1;
        counted = at + 1;
        at = text.indexOf('\n', counted);
      }
      return line;
    },
  };
}

export interface Marks {
  readonly component: string;
  readonly element: string;
  readonly decimal: '.' | ',';
  readonly release: string;
  readonly end: string;
}

/** No message in use comes near it. */
export const SEGMENTS_MAX = 250_000;
/** The longest segments are free texts of five times 512 characters. */
export const SEGMENT_LENGTH_MAX = 100_000;

/** What a character is, by its code: part of a value, a mark, the end of a line, or nothing that may be there. */
const [PLAIN, COMPONENT, ELEMENT, END, RELEASE, LINE, FOREIGN] = [0, 1, 2, 3, 4, 5, 6] as const;

/**
 * The segments of a text in which every character stands where it may, so that nothing has to be told of it; `null`
 * for any other, which is then taken apart segment by segment. On what a segment is, both agree.
 */
export function scanSegments(
  text: string,
  from: number,
  marks: Marks,
  source: Source,
): Segment[] | null {
  const { length } = marks.end.trim() === '' ? text : text.trimEnd();
  if (text[length - 1] !== marks.end) return null;
  const read: Opened = {
    kinds: kindsOf(marks),
    start: 0,
    tag: '',
    elements: NOTHING,
    components: [],
    lists: [],
  };
  const segments: Segment[] = [];
  for (let at = from; ; ) {
    at = scanTag(text, at, read);
    if (at >= length) return read.tag === '' ? segments : null;
    if (read.tag.length !== TAG_LENGTH) return null;
    if (segments.length === SEGMENTS_MAX) refuseComplex();
    at = scanElements(text, at, read);
    if (at < 0) return null;
    const { tag, elements, start } = read;
    segments.push({ tag, elements, number: segments.length + 1, start, source });
  }
}

export function refuseComplex(): never {
  throw new Refused('invalid', { code: 'messages.too_complex' });
}

const TAG_LENGTH = 3;
const NOTHING: readonly never[] = Object.freeze([]);

interface Opened {
  readonly kinds: Uint8Array;
  start: number;
  tag: string;
  elements: readonly (readonly string[])[];
  /** What is being gathered. Lists that grow take room for many: these two do, and the lists handed on do not. */
  readonly components: string[];
  readonly lists: string[][];
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;

/** Tags that were met before: a text that is looked for again and again should be one and the same. */
const TAGS = new Map<number, string>();
const [CAPITAL_A, LETTERS] = [65, 26];

function tagOf(text: string, start: number, end: number): string {
  if (end - start !== TAG_LENGTH) return text.slice(start, end);
  const letter = (at: number): number => text.charCodeAt(start + at) - CAPITAL_A;
  const key = (letter(0) * LETTERS + letter(1)) * LETTERS + letter(2);
  const known = TAGS.get(key);
  if (known !== undefined) return known;
  const tag = text.slice(start, end);
  TAGS.set(key, tag);
  return tag;
}

/** Reads a tag, before and even within which a line may end: where what is behind it begins. */
function scanTag(text: string, from: number, read: Opened): number {
  const { kinds } = read;
  let at = from;
  while (at < text.length && kinds[text.charCodeAt(at)] === LINE) at += 1;
  read.start = at;
  while (at < text.length && isCapital(text.charCodeAt(at))) at += 1;
  read.tag = tagOf(text, read.start, at);
  while (at < text.length && kinds[text.charCodeAt(at)] === LINE) {
    const start = at + 1;
    at = start;
    while (at < text.length && isCapital(text.charCodeAt(at))) at += 1;
    read.tag += text.slice(start, at);
  }
  return at;
}

/** Reads the elements behind a tag up to the mark that ends them: where the next segment begins, or -1 where one is no element. */
function scanElements(text: string, from: number, read: Opened): number {
  const { kinds, components, lists } = read;
  let kind = kinds[text.charCodeAt(from)];
  let at = from + 1;
  read.elements = NOTHING;
  if (kind === END) return at;
  if (kind !== ELEMENT) return -1;
  let filled = 0;
  let count = 0;
  let skipped = 0;
  let start = at;
  let before = '';
  while (at < text.length) {
    kind = kinds[text.charCodeAt(at)];
    at += 1;
    if (kind === PLAIN) continue;
    if (kind === FOREIGN) return -1;
    const piece = at - 1 === start ? '' : text.slice(start, at - 1);
    start = at;
    if (kind === LINE) {
      before += piece;
      skipped += 1;
    } else if (kind === RELEASE) {
      before += piece + text.charAt(at);
      at += 1;
      start = at;
      skipped += 1;
    } else {
      components[count] = trimmed(before === '' ? piece : before + piece);
      before = '';
      count += 1;
      if (kind === COMPONENT) continue;
      lists[filled] = listOf(components, count);
      filled += 1;
      count = 0;
      if (kind === ELEMENT) continue;
      read.elements = listOf(lists, filled);
      return at - from - skipped > SEGMENT_LENGTH_MAX + 1 ? -1 : at;
    }
  }
  return -1;
}

/** As many as there are, in a list that has room for no more. */
function listOf<T>(from: readonly T[], count: number): T[] {
  if (count === 1) return [from[0] as T];
  if (count === 2) return [from[0] as T, from[1] as T];
  if (count === 3) return [from[0] as T, from[1] as T, from[2] as T];
  return from.slice(0, count);
}

const isSpace = (code: number): boolean => code <= 32 || code === 160 || code === 0x3000;

/** Without the blanks around it; most have none, which is seen by two characters. */
export const trimmed = (value: string): string =>
  value !== '' && (isSpace(value.charCodeAt(0)) || isSpace(value.charCodeAt(value.length - 1)))
    ? value.trim()
    : value;

/** What each character is, by the marks in use; nearly all messages have the same. */
const KINDS = new Map<string, Uint8Array>();
const KINDS_MAX = 8;

function kindsOf({ component, element, end, release, decimal }: Marks): Uint8Array {
  const key = component + element + end + release + decimal;
  const known = KINDS.get(key);
  if (known !== undefined) return known;
  if (KINDS.size >= KINDS_MAX) KINDS.clear();
  const kinds = new Uint8Array(0x1_00_00);
  kinds.fill(FOREIGN, 0, 32).fill(FOREIGN, 128, 160);
  const mark = (character: string, kind: number): void => {
    kinds[character.charCodeAt(0)] = kind;
  };
  for (const character of '\n\r\0') mark(character, LINE);
  // A mark that is the decimal mark as well releases nothing.
  if (release !== decimal) mark(release, RELEASE);
  mark(end, END);
  mark(element, ELEMENT);
  mark(component, COMPONENT);
  KINDS.set(key, kinds);
  return kinds;
}

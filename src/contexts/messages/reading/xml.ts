import { SaxesParser } from 'saxes';
import { Refused, seen } from '../../../kernel/refusal.ts';
import type { Place, Problems } from './problems.ts';

/** No message in use has so many elements and attributes, or so deep; what does is made to exhaust its reader. */
const ELEMENTS_MAX = 250_000;
const DEPTH_MAX = 64;
/** A text with more slips than this is not XML with slips in it. */
const SLIPS_MAX = 1_000;

/** One element as it stood. Names are compared by `key`: without prefix, case and underscores. */
export interface Element {
  readonly name: string;
  key: string;
  /** Its name, as it is known from other messages. */
  readonly word: Word;
  readonly parent: Element | null;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>> | null;
  text: string;
  children: Element[];
}

/** A name and what it is compared by. */
interface Word {
  readonly name: string;
  readonly key: string;
  /** The name that came after it the last time: senders write the same names in the same order again and again. */
  next: Word | null;
  /** The words of the standard it was last found among. */
  foundIn: object | null;
}

/** Names that were met before: those of all standards together are some thousands. */
const WORDS = new Map<string, Word>();
const WORDS_MAX = 20_000;

export const keyOf = (name: string): string => wordOf(name).key;

function wordOf(name: string): Word {
  const known = WORDS.get(name);
  if (known !== undefined) return known;
  const key = name
    .slice(name.indexOf(':') + 1)
    .replaceAll('_', '')
    .toLowerCase();
  if (name.length >= KEY_LENGTH_MAX) return { name, key, next: null, foundIn: null };
  if (WORDS.size >= WORDS_MAX) {
    WORDS.clear();
    FIRST.next = null;
  }
  // A copy: a piece of the message would keep all of it.
  const copy = Buffer.from(name).toString();
  const word: Word = { name: copy, key, next: null, foundIn: null };
  WORDS.set(copy, word);
  return word;
}

function wordAfter(before: Word, name: string): Word {
  const guess = before.next;
  if (guess !== null && guess.name === name) return guess;
  const word = wordOf(name);
  if (name.length < KEY_LENGTH_MAX) before.next = word;
  return word;
}

const KEY_LENGTH_MAX = 100;
const FIRST: Word = { name: '', key: '', next: null, foundIn: null };

const NONE: readonly never[] = Object.freeze([]);
const noChildren = NONE as unknown as Element[];

/** What is between the tags no longer stands for a tree: the meaning is lost. */
const BROKEN = /close tag|closing tag|tag name|incorrect syntax|malformed name|unexpected end/;
const CUT_OFF = /^unclosed tag|must contain a root/;
const OUTSIDE = /outside of root|one root|start of the document|before root/;

/**
 * The elements of an XML text, outermost first; more than one when several documents follow each other.
 * What real files hold beside XML is told and passed over. A document type is refused, and with it
 * every entity: nothing is expanded, nothing is fetched.
 */
export function parseXml(text: string, problems: Problems): Element[] {
  const roots: Element[] = [];
  let current = null as Element | null;
  let depth = 0;
  let elements = 0;
  let slips = 0;
  let hasAttributes = false;
  let word = FIRST;
  const parser = new SaxesParser({ position: false, xmlns: false });
  const place = (): Place => ({ path: current ? pathOf(current) : '/', line: parser.line });
  const refuse = (code: string, what?: string): never => {
    const at = what === undefined ? {} : { seen: seen(what) };
    throw new Refused('invalid', { code, path: place().path, ...at });
  };
  parser.on('doctype', () => refuse('messages.document_type'));
  parser.on('error', ({ message }) => {
    if (CUT_OFF.test(message)) refuse(roots.length > 0 ? 'messages.cut_off' : 'messages.not_xml');
    slips += 1;
    if (BROKEN.test(message) || slips > SLIPS_MAX) refuse('messages.not_well_formed', message);
    const code = OUTSIDE.test(message) ? 'messages.outside_the_root' : 'messages.xml_irregular';
    problems.once(message, code, place, { seen: message });
  });
  parser.on('attribute', () => {
    hasAttributes = true;
    elements += 1;
    if (elements > ELEMENTS_MAX) refuse('messages.too_complex');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    elements += 1;
    if (depth > DEPTH_MAX || elements > ELEMENTS_MAX) refuse('messages.too_complex');
    word = wordAfter(word, name);
    const element: Element = {
      name,
      key: word.key,
      word,
      parent: current,
      line: parser.line,
      attributes: hasAttributes ? attributes : null,
      text: '',
      children: noChildren,
    };
    hasAttributes = false;
    if (current === null) roots.push(element);
    else if (current.children.length === 0) current.children = [element];
    else current.children.push(element);
    current = element;
  });
  const addText = (part: string): void => {
    if (current === null) return;
    // Layout ahead of the first child or text, or behind a child, says nothing.
    const mayBeLayout = current.text === '' || current.children.length > 0;
    if (!mayBeLayout || !isBlank(part)) current.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    depth -= 1;
    if (current !== null) current = closed(current);
  });
  parser.write(text.trimStart()).close();
  return roots;
}

function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first <= 32 || first > 126) && text.trim() === '';
}

/** The element is complete: what stood between its children was layout. */
function closed(element: Element): Element | null {
  if (element.text !== '') element.text = element.text.trim();
  return element.parent;
}

/** Where an element stands: `/Manifest/Declaration/Consignment[2]/GrossVolumeMeasure`. */
export function pathOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at !== null; at = at.parent) {
    const { name } = at;
    const siblings: readonly Element[] = at.parent?.children ?? NONE;
    const same = siblings.filter((sibling) => sibling.name === name);
    steps.push(same.length > 1 ? `${name}[${same.indexOf(at) + 1}]` : name);
  }
  return `/${steps.reverse().join('/')}`;
}

export const placeOf = (element: Element): Place => ({
  path: pathOf(element),
  line: element.line,
});

/** The first child called so. */
export const childOf = (element: Element, key: string): Element | null =>
  element.children.find((child) => child.key === key) ?? null;

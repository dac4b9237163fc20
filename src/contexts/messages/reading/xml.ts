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
  readonly parent: Element | null;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>> | null;
  text: string;
  children: Element[];
}

/** Keys of names that were met before: the names of all standards together are some thousands. */
const KEYS = new Map<string, string>();
const KEYS_MAX = 20_000;

export function keyOf(name: string): string {
  const known = KEYS.get(name);
  if (known !== undefined) return known;
  const key = name
    .slice(name.indexOf(':') + 1)
    .replaceAll('_', '')
    .toLowerCase();
  if (KEYS.size >= KEYS_MAX) KEYS.clear();
  // A copy: a piece of the message would keep all of it.
  if (name.length < KEY_LENGTH_MAX) KEYS.set(Buffer.from(name).toString(), key);
  return key;
}

const KEY_LENGTH_MAX = 100;

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
    elements += 1;
    if (elements > ELEMENTS_MAX) refuse('messages.too_complex');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    elements += 1;
    if (depth > DEPTH_MAX || elements > ELEMENTS_MAX) refuse('messages.too_complex');
    const element: Element = {
      name,
      key: keyOf(name),
      parent: current,
      line: parser.line,
      attributes: hasAny(attributes) ? attributes : null,
      text: '',
      children: noChildren,
    };
    if (current === null) roots.push(element);
    else if (current.children.length === 0) current.children = [element];
    else current.children.push(element);
    current = element;
  });
  const addText = (part: string): void => {
    if (current !== null && (current.children.length === 0 || part.trim() !== '')) {
      current.text += part;
    }
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

/** The element is complete: what stood between its children was layout. */
function closed(element: Element): Element | null {
  if (element.text !== '') element.text = element.text.trim();
  return element.parent;
}

function hasAny(record: object): boolean {
  for (const _ in record) return true;
  return false;
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

import { kilograms } from './mass.ts';
import type { Problems } from './problems.ts';
import { readCount, readDay, readNumber, readTime, type Value } from './values.ts';
import { type Element, keyOf, pathOf, placeOf } from './xml.ts';

export type Document = Record<string, unknown>;

/** How the text of an element becomes a value, and back: dates are written as the standard does. */
type FieldType =
  | 'text'
  | 'texts'
  | 'number'
  | 'mass'
  | 'count'
  | 'day'
  | 'time'
  | 'day8'
  | 'time14';

export interface Field {
  /** Where it stands in our document: `['parties', 'declarant', 'uscc']`. */
  readonly target: readonly string[];
  /** The last of `target`. */
  readonly name: string;
  readonly type: FieldType;
  readonly places: number | null;
  readonly lengthMax: number | null;
}

/** An element the standard knows: a value, a container of others, a record of a list, or one not read. */
export interface Entry {
  readonly name: string;
  field: Field | null;
  list: { readonly target: readonly string[]; readonly table: Table } | null;
  attributes: Map<string, Field> | null;
  children: Map<string, Entry> | null;
  /** Known, and what is in it says nothing to us. */
  isIgnored: boolean;
}

export interface Table {
  readonly children: Map<string, Entry>;
  readonly required: readonly { readonly name: string; readonly field: Field }[];
  /** Every element name in it, for telling a misspelt one. */
  readonly words: readonly string[];
}

const ROW = /^(\S+)\s+(?:(-)|\[([\w.]+)\]|([\w.]+?)(?::([a-z]+\d*))?(?:\.(\d))?(!)?(?:<(\d+))?)$/;

/**
 * A mapping as a table of lines `Element/Child  our.field:type`, read in both directions. `!` says that
 * it must be there, `<60` how long it may be, `.5` how many places a number may have; `-` that it
 * is known and not read; `[lines]` that it repeats, with its own table in `lists`.
 */
export function table(rows: string, lists: Readonly<Record<string, Table>> = {}): Table {
  const children = new Map<string, Entry>();
  const required: { name: string; field: Field }[] = [];
  const words: string[] = [];
  for (const row of rows.split('\n').map((line) => line.trim())) {
    if (row === '') continue;
    const match = ROW.exec(row);
    if (!match) throw new TypeError(`Not a row of a mapping: ${row}`);
    const [, path = '', ignored, list, target = '', type = 'text', places, must, length] = match;
    const [elements = '', attribute] = path.split('@');
    const entry = entryAt(children, elements, words);
    if (ignored) {
      entry.isIgnored = true;
      continue;
    }
    if (list !== undefined) {
      const of = lists[list];
      if (!of) throw new TypeError(`No table for the list ${list}`);
      entry.list = { target: list.split('.'), table: of };
      continue;
    }
    const field: Field = {
      target: target.split('.'),
      name: target.slice(target.lastIndexOf('.') + 1),
      type: type as FieldType,
      places: places === undefined ? null : Number(places),
      lengthMax: length === undefined ? null : Number(length),
    };
    if (attribute === undefined) entry.field = field;
    else {
      entry.attributes ??= new Map();
      entry.attributes.set(attribute, field);
    }
    if (must) required.push({ name: path, field });
  }
  for (const of of Object.values(lists)) words.push(...of.words);
  return { children, required, words };
}

/** Rows of what stands within an element, of rows of what it holds. */
export const below = (element: string, rows: string): string =>
  rows
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => `${element}/${row.trim()}`)
    .join('\n');

function entryAt(children: Map<string, Entry>, path: string, words: string[]): Entry {
  let level = children;
  let entry: Entry | undefined;
  for (const name of path.split('/')) {
    const key = name.replaceAll('_', '').toLowerCase();
    entry = level.get(key);
    if (!entry) {
      entry = {
        ...{ name, field: null, list: null, attributes: null, children: null },
        isIgnored: false,
      };
      level.set(key, entry);
      words.push(name);
    }
    entry.children ??= new Map();
    level = entry.children;
  }
  if (!entry) throw new TypeError(`No element in ${path}`);
  return entry;
}

/** Reads one element by its table into `into`; says whether it held anything. */
export function readRecord(
  element: Element,
  { children, required }: Table,
  into: Document,
  problems: Problems,
): boolean {
  let found = readChildren(element, children, into, problems);
  if (element.attributes !== null && readAttributes(element, children, into, problems))
    found = true;
  if (!found) return false;
  for (const { name, field } of required) {
    if (valueAt(into, field.target) !== undefined) continue;
    problems.error('messages.missing', () => ({
      path: `${pathOf(element)}/${name}`,
      line: element.line,
    }));
  }
  return true;
}

function readChildren(
  element: Element,
  known: Map<string, Entry>,
  into: Document,
  problems: Problems,
): boolean {
  let found = false;
  for (const child of element.children) {
    const entry = known.get(child.key);
    if (entry === undefined) keepUnread(child, into, problems);
    else if (entry.list !== null) {
      const item: Document = {};
      if (!readRecord(child, entry.list.table, item, problems)) continue;
      listAt(into, entry.list.target).push(item);
      found = true;
    } else if (readEntry(child, entry, into, problems)) found = true;
  }
  return found;
}

function readEntry(child: Element, entry: Entry, into: Document, problems: Problems): boolean {
  const { field, attributes, children } = entry;
  if (entry.isIgnored && (children === null || children.size === 0)) return false;
  let found = false;
  if (field !== null && child.text !== '') {
    found = readField(child, child.text, field, into, problems);
  }
  if (child.attributes !== null) {
    for (const [name, of] of attributes ?? []) {
      const text = child.attributes[name]?.trim();
      if (text && readField(child, text, of, into, problems)) found = true;
    }
    if (children !== null && readAttributes(child, children, into, problems)) found = true;
  }
  if (child.children.length > 0 && children !== null) {
    if (readChildren(child, children, into, problems)) found = true;
  }
  return found;
}

/** Attributes that say how a document is kept, and nothing of what it says. */
const OF_XML = /^(?:id|version|xmlns)$|:/;

/** Some write as attributes what the standard has as elements within: `<DecHead IEFlag="I"/>`. */
function readAttributes(
  element: Element,
  known: Map<string, Entry>,
  into: Document,
  problems: Problems,
): boolean {
  let found = false;
  const { attributes } = element;
  for (const name in attributes) {
    const field = known.get(keyOf(name))?.field;
    const text = attributes[name] ?? '';
    if (!field || OF_XML.test(name) || text.trim() === '') continue;
    problems.once('', 'messages.attribute_read', () => placeOf(element), { seen: name });
    if (readField(element, text.trim(), field, into, problems)) found = true;
  }
  return found;
}

/** Most values of one record that are kept without a field of ours. */
const UNREAD_MAX = 100;

/**
 * An element the standard does not have: what is in it is kept as it stands under `unread`, and told. One called
 * null says that there is nothing, as ASYCUDA writes it.
 */
function keepUnread(child: Element, into: Document, problems: Problems): void {
  if (child.key === 'null') {
    problems.once('', 'messages.null_element', () => placeOf(child));
  } else if (child.text !== '' || child.children.length > 0) {
    const unread = (into.unread ?? []) as Document[];
    gatherUnread(child, child.name, unread);
    if (unread.length === 0) return;
    into.unread = unread;
    problems.once(child.key, 'messages.element_not_read', () => placeOf(child), {
      seen: child.name,
    });
  }
}

function gatherUnread(element: Element, name: string, unread: Document[]): void {
  if (unread.length >= UNREAD_MAX) return;
  if (element.text !== '') unread.push({ element: name, text: element.text });
  for (const child of element.children) gatherUnread(child, `${name}/${child.name}`, unread);
}

function readField(
  element: Element,
  text: string,
  field: Field,
  into: Document,
  problems: Problems,
): boolean {
  const { target, type, name } = field;
  const read = readText(element, text, field, problems);
  if (read === null) return false;
  const holder = target.length === 1 ? into : holderOf(into, target);
  const value = type === 'mass' ? weighed(element, String(read), name, holder) : read;
  const before = holder[name];
  if (type === 'texts') {
    if (before === undefined) holder[name] = [value];
    else (before as unknown[]).push(value);
  } else if (before === undefined) holder[name] = value;
  else if (before !== value) {
    problems.warning('messages.said_twice', () => placeOf(element), { seen: text.slice(0, 100) });
    const unread = (into.unread ?? []) as Document[];
    if (unread.length < UNREAD_MAX) unread.push({ element: element.name, text });
    into.unread = unread;
  }
  return true;
}

/** A mass with its unit (`unitCode`) in kilograms, as its field says; one in no unit of mass stands with it. */
function weighed({ attributes }: Element, value: string, name: string, holder: Document): string {
  const unit = attributes?.unitCode?.trim().toUpperCase();
  if (!unit) return value;
  const mass = kilograms(value, unit);
  if (mass === null) holder[name.replace(/Kg$/, 'Unit')] = unit;
  return mass ?? value;
}

function readText(
  element: Element,
  text: string,
  { type, places, lengthMax }: Field,
  problems: Problems,
): string | number | null {
  if (lengthMax !== null && text.length > lengthMax) {
    problems.error('messages.too_long', () => placeOf(element), { params: { max: lengthMax } });
  }
  if (type === 'text' || type === 'texts') return text;
  const { value, note } = READ[type](text);
  if (note !== undefined) {
    const told = { seen: text.slice(0, 100) };
    if (value === null) problems.error(note, () => placeOf(element), told);
    else problems.once(note, note, () => placeOf(element), told);
  }
  if (places !== null && typeof value === 'string' && placesOf(value) > places) {
    problems.error('messages.too_precise', () => placeOf(element), { params: { max: places } });
  }
  return value;
}

/** How many decimal places a number has, zeros at its end apart. */
function placesOf(number: string): number {
  const point = number.indexOf('.');
  if (point < 0) return 0;
  let end = number.length;
  while (number[end - 1] === '0') end -= 1;
  return Math.max(0, end - point - 1);
}

const READ = {
  number: (text) => readNumber(text),
  mass: (text) => readNumber(text),
  count: (text) => readCount(text),
  day: readDay,
  day8: readDay,
  time: readTime,
  time14: readTime,
} satisfies Readonly<
  Record<Exclude<FieldType, 'text' | 'texts'>, (text: string) => Value<string | number>>
>;

/* ---------------------------------------------------------------- places in our documents */

function holderOf(into: Document, target: readonly string[]): Document {
  let holder = into;
  for (let at = 0; at < target.length - 1; at += 1) {
    const name = target[at] as string;
    let within = holder[name] as Document | undefined;
    if (within === undefined || within === null) {
      within = {};
      holder[name] = within;
    }
    holder = within;
  }
  return holder;
}

export function listAt(into: Document, target: readonly string[]): Document[] {
  const holder = holderOf(into, target);
  const last = target[target.length - 1] as string;
  holder[last] ??= [];
  return holder[last] as Document[];
}

export function valueAt(from: Document, target: readonly string[]): unknown {
  let value: unknown = from;
  for (const name of target) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Document)[name];
  }
  return value;
}

import type { Problems } from './problems.ts';
import { readCount, readDay, readNumber, readTime, type Value } from './values.ts';
import { type Element, pathOf, placeOf } from './xml.ts';

export type Document = Record<string, unknown>;

/** How the text of an element becomes a value, and back: dates are written as the standard does. */
type FieldType = 'text' | 'texts' | 'number' | 'count' | 'day' | 'time' | 'day8' | 'time14';

export interface Field {
  /** Where it stands in our document: `['parties', 'declarant', 'uscc']`. */
  readonly target: readonly string[];
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
    if (ignored) continue;
    if (list !== undefined) {
      const of = lists[list];
      if (!of) throw new TypeError(`No table for the list ${list}`);
      entry.list = { target: list.split('.'), table: of };
      continue;
    }
    const field: Field = {
      target: target.split('.'),
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

function entryAt(children: Map<string, Entry>, path: string, words: string[]): Entry {
  let level = children;
  let entry: Entry | undefined;
  for (const name of path.split('/')) {
    const key = name.replaceAll('_', '').toLowerCase();
    entry = level.get(key);
    if (!entry) {
      entry = { name, field: null, list: null, attributes: null, children: null };
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
  const found = readChildren(element, children, into, problems);
  for (const { name, field } of found ? required : []) {
    if (valueAt(into, field.target) !== undefined) continue;
    problems.error('messages.missing', () => ({
      path: `${pathOf(element)}/${name}`,
      line: element.line,
    }));
  }
  return found;
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
    if (entry === undefined) tellUnknown(child, problems);
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
  let found = false;
  if (entry.field !== null && child.text !== '') {
    found = readField(child, child.text, entry.field, into, problems);
  }
  if (entry.attributes !== null && child.attributes !== null) {
    for (const [name, field] of entry.attributes) {
      const text = child.attributes[name]?.trim();
      if (text && readField(child, text, field, into, problems)) found = true;
    }
  }
  if (child.children.length > 0 && entry.children !== null) {
    if (readChildren(child, entry.children, into, problems)) found = true;
  }
  return found;
}

/** An element called null says that there is nothing, as ASYCUDA writes it. */
function tellUnknown(child: Element, problems: Problems): void {
  if (child.key === 'null') {
    problems.once('', 'messages.null_element', () => placeOf(child));
  } else if (child.text !== '' || child.children.length > 0) {
    problems.once(child.key, 'messages.element_not_read', () => placeOf(child), {
      seen: child.name,
    });
  }
}

function readField(
  element: Element,
  text: string,
  field: Field,
  into: Document,
  problems: Problems,
): boolean {
  const value = readText(element, text, field, problems);
  if (value === null) return false;
  const holder = holderOf(into, field.target);
  const last = field.target[field.target.length - 1] as string;
  const before = holder[last];
  if (field.type === 'texts') {
    if (before === undefined) holder[last] = [value];
    else (before as unknown[]).push(value);
  } else if (before === undefined) holder[last] = value;
  else if (before !== value) {
    problems.warning('messages.said_twice', () => placeOf(element), { seen: text.slice(0, 100) });
  }
  return true;
}

function readText(
  element: Element,
  text: string,
  field: Field,
  problems: Problems,
): string | number | null {
  if (field.lengthMax !== null && text.length > field.lengthMax) {
    problems.error('messages.too_long', () => placeOf(element), {
      params: { max: field.lengthMax },
    });
  }
  const read: Value<string | number> = READ[field.type](text);
  if (read.note !== undefined) {
    const told = { seen: text.slice(0, 100) };
    if (read.value === null) problems.error(read.note, () => placeOf(element), told);
    else problems.once(read.note, read.note, () => placeOf(element), told);
  }
  const decimals = field.places === null ? '' : (String(read.value).split('.')[1] ?? '');
  if (field.places !== null && decimals.replace(/0+$/, '').length > field.places) {
    problems.error('messages.too_precise', () => placeOf(element), {
      params: { max: field.places },
    });
  }
  return read.value;
}

const READ: Readonly<Record<FieldType, (text: string) => Value<string | number>>> = {
  text: (text) => ({ value: text }),
  texts: (text) => ({ value: text }),
  number: (text) => readNumber(text),
  count: (text) => readCount(text),
  day: readDay,
  day8: readDay,
  time: readTime,
  time14: readTime,
};

/* ---------------------------------------------------------------- places in our documents */

function holderOf(into: Document, target: readonly string[]): Document {
  let holder = into;
  for (let at = 0; at < target.length - 1; at += 1) {
    const name = target[at] as string;
    holder[name] ??= {};
    holder = holder[name] as Document;
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

import { type Document, type Entry, type Field, type Table, valueAt } from '../reading/table.ts';

export interface XmlPart {
  readonly name: string;
  readonly table: Table;
  readonly of: Document;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

export const xmlText = (root: string): string => `${DECLARATION}\n${root}\n`;

/** A message that is one record: what is read back by its table is what was written. */
export function writeRecord(part: XmlPart, attributes: Readonly<Record<string, string>>): string {
  const record = recordXml(part);
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return xmlText(record.replace(`<${part.name}>`, `<${part.name}${said.join('')}>`));
}

export function wrap(
  name: string,
  inner: string,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${said.join('')}>\n${inner}\n</${name}>`;
}

interface Writing {
  readonly prefix: string | null;
  /** How a value's element is written: 金关二期 answers in small letters what it was asked in capitals. */
  readonly spell: (name: string) => string;
  /** Places of the record that have been written: a table may know several names for one. */
  readonly written: Set<string>;
}

export const recordXml = (
  { name, table, of }: XmlPart,
  prefix: string | null = null,
  spell: Writing['spell'] = (name) => name,
): string =>
  wrap(
    named(name, prefix),
    childrenXml(table.children, of, { prefix, spell, written: new Set() }).join('\n'),
  );

const named = (name: string, prefix: string | null): string =>
  prefix === null ? name : `${prefix}:${name}`;

function childrenXml(
  entries: ReadonlyMap<string, Entry>,
  document: Document,
  writing: Writing,
): string[] {
  return [...entries.values()].flatMap((entry) => entryXml(entry, document, writing));
}

function entryXml(entry: Entry, document: Document, writing: Writing): string[] {
  const { prefix, spell, written } = writing;
  const target = (entry.list ?? entry.field)?.target.join('.');
  if (target !== undefined && written.has(target)) return [];
  if (entry.list) {
    const items = valueAt(document, entry.list.target);
    if (!Array.isArray(items)) return [];
    written.add(target ?? '');
    const { table } = entry.list;
    return items.map((of) =>
      recordXml({ name: entry.name, table, of: of as Document }, prefix, spell),
    );
  }
  const attributes = attributesXml(entry, document);
  // Some are written as a value by one version and with an element inside by another: the fuller form.
  const inner = entry.children?.size ? childrenXml(entry.children, document, writing) : [];
  if (inner.length > 0) {
    const name = named(entry.name, prefix);
    return [`<${name}${attributes}>`, ...inner, `</${name}>`];
  }
  if (target !== undefined && written.has(target)) return [];
  const texts = entry.field ? textsOf(entry.field, document) : [];
  if (texts.length > 0) written.add(target ?? '');
  const name = named(spell(entry.name), prefix);
  return texts.map((text) => `<${name}${attributes}>${escapeXml(text)}</${name}>`);
}

function textsOf(field: Field, document: Document): string[] {
  const values = valueAt(document, field.target);
  if (field.type === 'texts') return Array.isArray(values) ? values.map(String) : [];
  const text = fieldText(field, document);
  return text === null ? [] : [text];
}

function attributesXml({ attributes }: Entry, document: Document): string {
  return [...(attributes ?? [])]
    .map(([name, field]) => [name, fieldText(field, document)] as const)
    .map(([name, text]) => (text === null ? '' : ` ${name}="${escapeXml(text)}"`))
    .join('');
}

function fieldText({ target, type }: Field, document: Document): string | null {
  const value = valueAt(document, target);
  if (value === undefined || value === null) return null;
  const text = String(value);
  if (type === 'day8') return text.replaceAll('-', '');
  if (type === 'time14') {
    return text.slice(0, 10).replaceAll('-', '') + text.slice(10).replaceAll(/[:T.]/g, '');
  }
  return text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

export const escapeXml = (text: string): string =>
  text.replace(UNWRITABLE, ' ').replace(/[&<>"\r]/g, (mark) => ESCAPES[mark] ?? mark);

import { type Decimal, multiply, parseDecimal, toText } from '../../../kernel/decimal.ts';
import { type Interchange, type Message, type Segment, segmentPlace } from './edifact.ts';
import type { Problems } from './problems.ts';
import type { Document } from './table.ts';
import { readCount, readNumber, readTime, type Value } from './values.ts';

/** One component; empty where it was not written. */
export const part = (segment: Segment, element: number, component = 0): string =>
  segment.elements[element]?.[component] ?? '';

/** All components of an element that say something, as lines of one text. */
export const joined = (segment: Segment, element: number, from = 0, between = ' '): string =>
  (segment.elements[element] ?? [])
    .slice(from)
    .filter((text) => text !== '')
    .join(between);

/** Puts a value where there is none yet; nothing is said of what is empty. */
export function put(into: Document, name: string, value: unknown): void {
  if (value === undefined || value === null || value === '') return;
  into[name] ??= value;
}

export function push(into: Document, name: string, value: unknown): void {
  into[name] ??= [];
  (into[name] as unknown[]).push(value);
}

/** Reads the composites that every message shares, and tells what is wrong with them. */
export interface Composites {
  number(segment: Segment, element: number, component?: number): string | null;
  count(segment: Segment, element: number, component?: number): number | null;
  /** DTM: its qualifier and the moment. */
  time(segment: Segment): { qualifier: string; at: string | null };
  /** MEA: what is measured, in kilograms or cubic metres where it can be. */
  measure(segment: Segment): Measure;
  party(segment: Segment): { role: string; party: Document };
}

export interface Measure {
  readonly of: 'grossMassKg' | 'netMassKg' | 'tareKg' | 'volumeM3' | 'other';
  readonly property: string;
  readonly unit: string;
  readonly value: string | null;
}

/** UN/EDIFACT 6313: what each property code measures. */
const PROPERTIES: Readonly<Record<string, Measure['of']>> = {
  G: 'grossMassKg',
  AAB: 'grossMassKg',
  AAD: 'grossMassKg',
  AAG: 'grossMassKg',
  VGM: 'grossMassKg',
  N: 'netMassKg',
  AAA: 'netMassKg',
  AAC: 'netMassKg',
  AAF: 'netMassKg',
  AAL: 'netMassKg',
  AAR: 'netMassKg',
  T: 'tareKg',
  AAT: 'tareKg',
  AAW: 'volumeM3',
  ABJ: 'volumeM3',
  VOL: 'volumeM3',
};

/** Kilograms in one of a unit (UN/ECE recommendation 20), exact. */
const KILOGRAMS: Readonly<Record<string, string>> = {
  KGM: '1',
  KG: '1',
  KGS: '1',
  TNE: '1000',
  TON: '1000',
  GRM: '0.001',
  LBR: '0.45359237',
  DTN: '100',
};

/** A mass in kilograms; `null` for a unit that is none of mass. */
export function kilograms(value: string, unit: string): string | null {
  const factor = KILOGRAMS[unit];
  const [amount, of] = [parseDecimal(value), factor && parseDecimal(factor)];
  if (!factor || !amount || !of) return null;
  return factor === '1' ? value : toText(multiply(amount, of as Decimal));
}

/** Masses that were written with a unit, in kilograms as their fields say; the unit then says nothing more. */
export function massesInKilograms(record: Document): void {
  for (const name of ['grossMass', 'netMass']) {
    const [value, unit] = [record[`${name}Kg`], record[`${name}Unit`]];
    if (typeof value !== 'string' || typeof unit !== 'string') continue;
    const mass = kilograms(value, unit.toUpperCase());
    if (mass === null) continue;
    record[`${name}Kg`] = mass;
    delete record[`${name}Unit`];
  }
}

export function compositesOf({ mark }: Interchange, problems: Problems): Composites {
  const tell = (segment: Segment, at: number[], { value, note }: Value<unknown>, seen: string) => {
    if (note === undefined) return;
    const place = segmentPlace(segment, ...at);
    if (value === null) problems.error(note, place, { seen });
    else problems.once(note, note, () => place, { seen });
  };
  const read = <T>(
    segment: Segment,
    element: number,
    component: number,
    reader: (text: string, mark: '.' | ',') => Value<T>,
  ): T | null => {
    const text = part(segment, element, component);
    if (text === '') return null;
    const value = reader(text, mark);
    tell(segment, [element + 1, component + 1], value, text);
    return value.value;
  };
  const number: Composites['number'] = (segment, element, component = 0) =>
    read(segment, element, component, readNumber);
  return {
    number,
    count: (segment, element, component = 0) => read(segment, element, component, readCount),
    time: (segment) => {
      const [qualifier, text] = [part(segment, 0), part(segment, 0, 1)];
      if (text === '') return { qualifier, at: null };
      const value = readTime(momentOf(text, part(segment, 0, 2)));
      tell(segment, [1, 2], value, text);
      return { qualifier, at: value.value };
    },
    measure: (segment) => measureOf(segment, number),
    party: (segment) => ({ role: part(segment, 0), party: partyOf(segment) }),
  };
}

/** Formats of 2379 that are not plain digits of a date: two-digit years, periods, running fractions. */
function momentOf(text: string, format: string): string {
  const digits = text.trim();
  if (format === '101' || format === '201' || (format === '' && digits.length === 6)) {
    return `20${digits}`;
  }
  if (/^71\d$/.test(format)) return digits.split('-')[0] ?? digits;
  return /^\d{17,}$/.test(digits)
    ? digits.slice(0, 14)
    : digits.replace(/^(\d{12,14})[A-Z]{3}$/, '$1');
}

function measureOf(segment: Segment, number: Composites['number']): Measure {
  const property = part(segment, 1);
  const purpose = part(segment, 0);
  const at = segment.elements[2]?.length ? 2 : 3;
  const unit = part(segment, at);
  const value = number(segment, at, 1);
  const said = PROPERTIES[property] ?? PROPERTIES[purpose];
  // Weight measured and nothing said of which: the gross weight, as purpose WT means it.
  const of = said ?? (purpose === 'WT' && unit in KILOGRAMS ? 'grossMassKg' : 'other');
  if (value === null || of === 'other') return { of, property: property || purpose, unit, value };
  if (of === 'volumeM3') return { of, property, unit, value };
  const mass = kilograms(value, unit === '' ? 'KGM' : unit);
  return {
    of: mass === null ? 'other' : of,
    property: property || purpose,
    unit,
    value: mass ?? value,
  };
}

/** NAD: the name is in its own element, or first of the lines of an unstructured name and address. */
function partyOf(segment: Segment): Document {
  const party: Document = {};
  put(party, 'id', part(segment, 1));
  put(party, 'agency', part(segment, 1, 2) || part(segment, 1, 1));
  const [name, unstructured] = [joined(segment, 3), segment.elements[2] ?? []];
  put(party, 'name', name || unstructured[0]);
  const lines = name === '' ? unstructured.slice(1) : unstructured;
  put(party, 'address', joined(segment, 4) || lines.filter((line) => line !== '').join(' '));
  put(party, 'city', part(segment, 5));
  put(party, 'region', joined(segment, 6));
  put(party, 'postcode', part(segment, 7));
  put(party, 'country', part(segment, 8));
  return party;
}

/** What every document says of the message it came in. */
export function messageOf(message: Message, interchange: Interchange): Document {
  const said: Document = {};
  put(said, 'type', message.type);
  put(said, 'version', message.version);
  put(said, 'reference', message.reference);
  put(said, 'interchange', interchange.reference);
  put(said, 'sender', interchange.sender);
  put(said, 'receiver', interchange.receiver);
  put(said, 'sentAt', interchange.preparedAt);
  return said;
}

/** BGM: document type, number and function. Versions before D.97 have the number in the element itself. */
export function beginOf(segment: Segment, into: Document): void {
  put(into, 'type', part(segment, 0) || part(segment, 0, 3));
  put(into, 'typeName', part(segment, 0) === '' ? '' : part(segment, 0, 3));
  put(into, 'id', part(segment, 1));
  put(into, 'function', part(segment, 2));
  put(into, 'responseType', part(segment, 3));
}

/** TDT: carrier, voyage and ship of one leg. */
export function transportOf(segment: Segment): Document {
  const leg: Document = {};
  put(leg, 'voyageNo', part(segment, 1));
  put(leg, 'mode', part(segment, 2));
  put(leg, 'meansType', part(segment, 3) || part(segment, 3, 1));
  put(leg, 'carrier', part(segment, 4));
  put(leg, 'carrierName', part(segment, 4, 3));
  put(leg, 'registration', part(segment, 7));
  put(leg, 'name', part(segment, 7, 3));
  put(leg, 'nationality', part(segment, 7, 4));
  return leg;
}

/** GID: how many packages of what kind; a second level is of the packages inside. */
export function packagesOf(segment: Segment, read: Composites): Document[] {
  return [1, 2, 3].flatMap((element) => {
    const count = read.count(segment, element);
    const kind = part(segment, element, 1) || part(segment, element, 4);
    if (count === null && kind === '') return [];
    return [{ ...(count !== null && { count }), ...(kind !== '' && { kind }) }];
  });
}

/** DGS: class, UN number and packing group. */
export function dangerousOf(segment: Segment): Document {
  const danger: Document = {};
  put(danger, 'regulation', part(segment, 0));
  put(danger, 'hazardClass', part(segment, 1));
  put(danger, 'unNumber', part(segment, 2));
  put(danger, 'flashpoint', part(segment, 3));
  put(danger, 'packingGroup', part(segment, 4));
  return danger;
}

import { codes } from './codes.ts';
import { type Segment, segmentPlace } from './edifact.ts';
import type { Interchange } from './interchange.ts';
import { cubicMetres, isMassUnit, kilograms } from './mass.ts';
import { type Moment, readMoment } from './moment.ts';
import type { Problems } from './problems.ts';
import type { Document } from './table.ts';
import { readCount, readNumber, type Value } from './values.ts';

/** One component; empty where it was not written. */
export const part = (segment: Segment, element: number, component = 0): string =>
  segment.elements[element]?.[component] ?? '';

/** All components of an element that say something, as lines of one text. */
export function joined(segment: Segment, element: number, from = 0, between = ' '): string {
  const components = segment.elements[element];
  let text = '';
  for (let at = from; components !== undefined && at < components.length; at += 1) {
    const component = components[at];
    if (component) text = text === '' ? component : text + between + component;
  }
  return text;
}

/** Puts a value where there is none yet; nothing is said of what is empty. */
export function put(into: Document, name: string, value: unknown): void {
  if (value === undefined || value === null || value === '') return;
  if (into[name] === undefined) into[name] = value;
}

export function push(into: Document, name: string, value: unknown): void {
  const list = into[name];
  if (list === undefined) into[name] = [value];
  else (list as unknown[]).push(value);
}

/** Reads the composites that every message shares, and tells what is wrong with them. */
export interface Composites {
  number(segment: Segment, element: number, component?: number): string | null;
  count(segment: Segment, element: number, component?: number): number | null;
  /** DTM: its qualifier and the moment. */
  time(segment: Segment): Moment & { readonly qualifier: string };
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
const PROPERTIES = codes<Measure['of']>({
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
});

/** Weights, whichever they are. */
const WEIGHTS = new Set(['WT', 'AAI']);
const isWeight = (property: string, purpose: string): boolean =>
  WEIGHTS.has(property) || WEIGHTS.has(purpose);

const ONE_COMMA = /^[+-]?\d+,\d+$/;

export function compositesOf({ mark }: Interchange, problems: Problems): Composites {
  const tell = (segment: Segment, at: Where, note: string, isLost: boolean): void => {
    const [element, component] = at;
    const told = { seen: part(segment, element, component) };
    const place = () => segmentPlace(segment, element + 1, component + 1);
    if (isLost) problems.error(note, place, told);
    else problems.once(note, note, place, told);
  };
  const read = <T>(segment: Segment, at: Where, reader: Reader<T>): T | null => {
    const text = part(segment, at[0], at[1]);
    if (text === '') return null;
    const { value, note } = reader(text, mark);
    // The syntax has no marks between thousands (ISO 9735): one comma is a decimal mark, whatever UNA says.
    if (value === null && ONE_COMMA.test(text)) {
      tell(segment, at, 'messages.decimal_mark', false);
      return reader(text.replace(',', '.'), '.').value;
    }
    if (note !== undefined) tell(segment, at, note, value === null);
    return value;
  };
  const number: Composites['number'] = (segment, element, component = 0) =>
    read(segment, [element, component], readNumber);
  return {
    number,
    count: (segment, element, component = 0) => read(segment, [element, component], readCount),
    time: (segment) => {
      const [qualifier, text] = [part(segment, 0), part(segment, 0, 1)];
      if (text === '') return { qualifier, at: null };
      const moment = readMoment(text, part(segment, 0, 2));
      const { at, until, span, note } = moment;
      if (note !== undefined) tell(segment, [0, 1], note, at === null);
      return until === undefined && span === undefined
        ? { qualifier, at }
        : { qualifier, ...moment };
    },
    measure: (segment) => measureOf(segment, number),
    party: (segment) => ({ role: part(segment, 0), party: partyOf(segment) }),
  };
}

type Where = readonly [element: number, component: number];
type Reader<T> = (text: string, mark: '.' | ',') => Value<T>;

function measureOf(segment: Segment, number: Composites['number']): Measure {
  const [purpose, property] = [part(segment, 0), part(segment, 1)];
  const [at, first, second] = measuredAt(segment);
  const unit = part(segment, at, first);
  const value = number(segment, at, second);
  // Weight measured and nothing said of which: the gross weight, as WT and AAI mean it, alone or of a purpose.
  const of =
    PROPERTIES.get(property) ??
    PROPERTIES.get(purpose) ??
    (isWeight(property, purpose) && isMassUnit(unit) ? 'grossMassKg' : 'other');
  const measured: Measure = { of, property: property || purpose, unit, value };
  if (value === null || of === 'other') return measured;
  const converted =
    of === 'volumeM3'
      ? cubicMetres(value, unit === '' ? 'MTQ' : unit)
      : kilograms(value, unit === '' ? 'KGM' : unit);
  return converted === null
    ? { ...measured, of: 'other' }
    : { of, property: measured.property, unit, value: converted };
}

/** Where unit and figure stand; some leave the property out with its separator, or write the figure first. */
function measuredAt(segment: Segment): readonly [element: number, unit: number, figure: number] {
  for (const place of USUAL) {
    const parts = segment.elements[place[0]];
    if (parts === undefined || parts.length < 2) continue;
    return beginsWithDigit(parts[0]) && !beginsWithDigit(parts[1]) ? [place[0], 1, 0] : place;
  }
  return USUAL[0];
}

const USUAL = [
  [2, 0, 1],
  [3, 0, 1],
  [1, 0, 1],
] as const;

function beginsWithDigit(text: string | undefined): boolean {
  const code = text ? text.charCodeAt(0) : 0;
  return code >= 48 && code <= 57;
}

/** NAD: the name is in its own element, or first of the lines of an unstructured name and address. */
function partyOf(segment: Segment): Document {
  const party: Document = {};
  put(party, 'id', part(segment, 1));
  put(party, 'agency', part(segment, 1, 2) || part(segment, 1, 1));
  const [name, street] = [joined(segment, 3), joined(segment, 4)];
  const unstructured = segment.elements[2] ?? [];
  put(party, 'name', name || unstructured[0]);
  const from = name === '' ? 1 : 0;
  if (street !== '') {
    party.address = street;
    const lines = unstructured.slice(from).filter((line) => line !== '');
    if (lines.length > 0) party.lines = lines;
  } else put(party, 'address', joined(segment, 2, from));
  put(party, 'city', part(segment, 5));
  put(party, 'region', part(segment, 6) || part(segment, 6, 3));
  put(party, 'postcode', part(segment, 7));
  put(party, 'country', part(segment, 8));
  return party;
}

import { type Composites, joined, part, push, put } from './composites.ts';
import { type Segment, segmentPlace } from './edifact.ts';
import type { Interchange, Message } from './interchange.ts';
import type { Problems } from './problems.ts';
import type { Document } from './table.ts';

/** Where the reading of a message stands, as far as all messages share it. */
export interface Standing {
  readonly read: Composites;
  /** What a contact that comes next is of. */
  contacted: Document;
  /** The reference, document or part in a container that dates and measures right behind it are of. */
  behind: Document | null;
}

export type Readers<State> = Readonly<Record<string, Reader<State>>>;
type Reader<State> = (segment: Segment, state: State) => void;

/** Readers by the tag of the segment they read. */
export const byTag = <State>(readers: Readers<State>): ReadonlyMap<string, Reader<State>> =>
  new Map(Object.entries(readers));

/** Segments that say more of what is right before them, and do not end it. */
const CONTINUES = new Set(['DTM', 'MEA', 'DIM', 'LOC', 'FTX', 'PAC']);

/**
 * Reads the segments of a message in their order. One that has no reader is kept as it stands under `unread`,
 * and told once for each tag: national profiles put segments where the directory has none.
 */
export function readSegments<State extends Standing>(
  { segments }: Message,
  readers: ReadonlyMap<string, Reader<State>>,
  state: State,
  into: Document,
  problems: Problems,
): void {
  for (const segment of segments) {
    const { tag } = segment;
    const read = readers.get(tag);
    const before = state.behind;
    if (read !== undefined) read(segment, state);
    else if (segment.elements.length > 0) {
      problems.once(tag, 'messages.segment_not_read', () => segmentPlace(segment), { seen: tag });
      push(into, 'unread', { segment: tag, text: written(segment) });
    }
    if (state.behind === before && before !== null && !CONTINUES.has(tag)) state.behind = null;
  }
}

const written = ({ elements }: Segment): string =>
  elements.map((components) => components.join(':')).join('+');

/** What every document says of the message it came in. */
export function messageOf(message: Message, interchange: Interchange): Document {
  const said: Document = {};
  put(said, 'type', message.type);
  put(said, 'version', message.version);
  put(said, 'reference', message.reference);
  put(said, 'accessReference', message.accessReference);
  put(said, 'interchange', interchange.reference);
  put(said, 'group', message.group);
  put(said, 'sender', interchange.sender);
  put(said, 'receiver', interchange.receiver);
  put(said, 'sentAt', interchange.preparedAt);
  put(said, 'application', interchange.application);
  if (interchange.isTest) said.test = true;
  return said;
}

/** BGM: document type, number and function. Versions before D.97 have the number in the element itself. */
export function beginOf(segment: Segment, into: Document): void {
  put(into, 'type', part(segment, 0) || part(segment, 0, 3));
  put(into, 'typeName', part(segment, 0) === '' ? '' : part(segment, 0, 3));
  put(into, 'id', part(segment, 1));
  put(into, 'version', part(segment, 1, 1) || part(segment, 1, 2));
  put(into, 'function', part(segment, 2));
  put(into, 'responseType', part(segment, 3));
}

/** DTM: under its name where it has one and none is there yet, else under `dates` with its qualifier. */
export function dateInto(
  holder: Document,
  name: string | undefined,
  { qualifier, at, until, span }: ReturnType<Composites['time']>,
): void {
  if (name !== undefined && at !== null && until === undefined && isFree(holder, name, at)) {
    holder[name] = at;
  } else if (at !== null) push(holder, 'dates', { kind: qualifier, at, ...(until && { until }) });
  else if (span !== undefined) push(holder, 'dates', { kind: qualifier, ...span });
}

/** Nothing stands there yet, or the same does. */
export const isFree = (holder: Document, name: string, value: unknown): boolean =>
  holder[name] === undefined || holder[name] === value;

/** LOC: the code, or the name where there is no code; what lies within it is related (element 3). */
export function placeInto(holder: Document, name: string | undefined, segment: Segment): void {
  const [code, called] = [part(segment, 1), part(segment, 1, 3)];
  const related = part(segment, 2) || part(segment, 2, 3);
  const place = code || called;
  if (name !== undefined && isFree(holder, name, place)) {
    put(holder, name, place);
    put(holder, `${name}Name`, code === '' ? '' : called);
    put(holder, `${name}Related`, related);
    return;
  }
  if (place === '' && related === '') return;
  const said: Document = { kind: part(segment, 0) };
  put(said, 'place', place);
  put(said, 'name', code === '' ? '' : called);
  put(said, 'related', related);
  push(holder, 'places', said);
}

/** MEA: in kilograms or cubic metres under its name, else under `measures`. */
export function measureInto(holder: Document, segment: Segment, read: Composites): void {
  const { of, property, unit, value } = read.measure(segment);
  if (value === null) return;
  if (of !== 'other' && isFree(holder, of, value)) holder[of] = value;
  else push(holder, 'measures', { property, unit, value });
}

/** DIM: length, width and height. */
export function dimensionInto(holder: Document, segment: Segment, read: Composites): void {
  const said: Document = {};
  put(said, 'kind', part(segment, 0));
  put(said, 'unit', part(segment, 1));
  ['length', 'width', 'height'].forEach((name, index) => {
    put(said, name, read.number(segment, 1, index + 1));
  });
  push(holder, 'dimensions', said);
}

/** RFF: the number of another paper, with its line and its version where they are said. */
export function referenceOf(segment: Segment): Document {
  const said: Document = { kind: part(segment, 0), number: part(segment, 0, 1) };
  put(said, 'line', part(segment, 0, 2));
  put(said, 'version', part(segment, 0, 3) || part(segment, 0, 4));
  return said;
}

/** DOC: a paper that comes with it. */
export function paperOf(segment: Segment): Document {
  const paper: Document = {};
  put(paper, 'kind', part(segment, 0) || part(segment, 0, 3));
  put(paper, 'code', part(segment, 0) === '' ? '' : part(segment, 0, 3));
  put(paper, 'number', part(segment, 1));
  put(paper, 'status', part(segment, 1, 1));
  put(paper, 'source', part(segment, 1, 2));
  put(paper, 'note', joined(segment, 2));
  return paper;
}

/** CTA and COM: who is to be asked, and how. */
export const CONTACTS: Readers<Standing> = {
  CTA: (segment, { contacted }) => {
    const name = part(segment, 1, 1) || part(segment, 1);
    if (contacted.contact === undefined) put(contacted, 'contact', name);
    else push(contacted, 'contacts', name);
  },
  COM: (segment, { contacted }) => {
    for (const [number, kind] of segment.elements) {
      if (number) push(contacted, 'communications', { number, ...(kind && { kind }) });
    }
  },
};

/** TDT: carrier, voyage and ship of one leg. */
export function transportOf(segment: Segment): Document {
  const leg: Document = {};
  put(leg, 'voyageNo', part(segment, 1));
  put(leg, 'mode', part(segment, 2) || part(segment, 2, 1));
  put(leg, 'meansType', part(segment, 3) || part(segment, 3, 3) || part(segment, 3, 1));
  put(leg, 'carrier', part(segment, 4));
  put(leg, 'carrierName', part(segment, 4, 3));
  put(leg, 'registration', part(segment, 7));
  put(leg, 'name', part(segment, 7, 3));
  put(leg, 'nationality', part(segment, 7, 4));
  return leg;
}

/** The ship, aircraft or lorry of a leg. */
export function conveyanceOf(leg: Document): Document {
  const conveyance: Document = {};
  for (const name of ['mode', 'meansType', 'name', 'registration', 'nationality']) {
    put(conveyance, name, leg[name]);
  }
  return conveyance;
}

/** GID: how many packages of what kind; a second level is of the packages inside. */
export function packagesOf(segment: Segment, read: Composites): Document[] {
  const packages: Document[] = [];
  for (let element = 1; element < segment.elements.length && element <= 3; element += 1) {
    const count = read.count(segment, element);
    const [code, name] = [part(segment, element, 1), part(segment, element, 4)];
    if (count === null && code === '' && name === '') continue;
    const one: Document = {};
    put(one, 'count', count);
    put(one, 'kind', code || name);
    if (code !== '') put(one, 'kindName', name);
    packages.push(one);
  }
  return packages;
}

/** PAC: as `packagesOf`, in the segment of its own. */
export function packOf(segment: Segment, read: Composites): Document {
  const packing: Document = {};
  put(packing, 'count', read.count(segment, 0));
  put(packing, 'kind', part(segment, 2) || part(segment, 2, 3));
  return packing;
}

/** EQD: a container, or what else goods are carried in. */
export function containerOf(segment: Segment): Document {
  const container: Document = {};
  put(container, 'number', part(segment, 1));
  put(container, 'equipment', part(segment, 0));
  put(container, 'sizeType', part(segment, 2) || part(segment, 2, 3));
  put(container, 'supplier', part(segment, 3));
  put(container, 'status', part(segment, 4));
  put(container, 'fullness', part(segment, 5));
  container.seals = [];
  return container;
}

/** SEL: seals of a container; some write several in one. */
export function sealInto(container: Document | null, segment: Segment): void {
  const seal = part(segment, 0);
  if (container === null || seal === '') return;
  push(container, 'seals', seal);
  const by = part(segment, 1) || part(segment, 1, 3);
  if (by !== '') push(container, 'sealing', { number: seal, by });
}

/** TMD: how a container or a consignment is moved, and who hauls it. */
export function movementInto(holder: Document, segment: Segment): void {
  put(holder, 'movement', part(segment, 0) || part(segment, 1));
  put(holder, 'haulage', part(segment, 2));
}

/** PIA, GIN: a number of the goods; of the customs tariff where it says so or can be nothing else. */
export function codeInto(item: Document, segment: Segment): void {
  for (const [number, kind = ''] of segment.elements.slice(1)) {
    if (!number) continue;
    const isTariff = /^(?:HS|CC|TG)$/.test(kind) || (kind === '' && /^\d{4,10}$/.test(number));
    if (isTariff && isFree(item, 'hsCode', number)) item.hsCode = number;
    else push(item, 'codes', { number, ...(kind !== '' && { kind }) });
  }
}

export function identitiesInto(item: Document, segment: Segment): void {
  for (const components of segment.elements.slice(1)) {
    for (const number of components) if (number !== '') push(item, 'identities', number);
  }
}

/** DGS: class, UN number and packing group. Of several, the first is `dangerous` and the others stand beside it. */
export function dangerInto(holder: Document, segment: Segment): Document {
  const danger: Document = {};
  put(danger, 'regulation', part(segment, 0));
  put(danger, 'hazardClass', part(segment, 1));
  put(danger, 'page', part(segment, 1, 1));
  put(danger, 'unNumber', part(segment, 2));
  put(danger, 'flashpoint', part(segment, 3) || part(segment, 2, 1));
  put(danger, 'flashpointUnit', part(segment, 3, 1));
  put(danger, 'packingGroup', part(segment, 4));
  put(danger, 'emergencySchedule', part(segment, 5));
  put(danger, 'medicalGuide', part(segment, 6));
  put(danger, 'tremCard', part(segment, 7));
  put(danger, 'placard', joined(segment, 8));
  const labels = (segment.elements[9] ?? []).filter((label) => label !== '');
  if (labels.length > 0) danger.labels = labels;
  if (holder.dangerous === undefined) holder.dangerous = danger;
  else push(holder, 'furtherDangerous', danger);
  return danger;
}

/** TMP and RNG: at what temperature goods are kept. */
export function temperatureInto(holder: Document, segment: Segment, read: Composites): void {
  const isRange = segment.tag === 'RNG';
  const unit = part(segment, 1, isRange ? 0 : 1);
  const said: Document = {};
  if (isRange) {
    put(said, 'min', read.number(segment, 1, 1));
    put(said, 'max', read.number(segment, 1, 2));
  } else put(said, 'value', read.number(segment, 1));
  if (Object.keys(said).length === 0) return;
  put(said, 'unit', unit);
  put(holder, isRange ? 'temperatureRange' : 'temperature', said);
}

/** MOA: what it is of, and how much. */
export function amountOf(segment: Segment, read: Composites): Document | null {
  const amount = read.number(segment, 0, 1);
  if (amount === null) return null;
  const said: Document = { kind: part(segment, 0), amount };
  put(said, 'currency', part(segment, 0, 2));
  return said;
}

export function append(into: Document, name: string, text: string): void {
  if (text === '') return;
  into[name] = into[name] === undefined ? text : `${String(into[name])} ${text}`;
}

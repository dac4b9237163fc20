import { add, parseDecimal, toText, ZERO } from '../../../../kernel/decimal.ts';
import {
  beginOf,
  type Composites,
  compositesOf,
  dangerousOf,
  joined,
  messageOf,
  packagesOf,
  part,
  push,
  put,
  transportOf,
} from '../../reading/composites.ts';
import type { Interchange, Message, Segment } from '../../reading/edifact.ts';
import type { Problems } from '../../reading/problems.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';

/** Where the reading stands: the innermost thing a segment can be about. */
interface State {
  readonly manifest: Document;
  readonly read: Composites;
  /** Containers listed ahead of the bills that have goods in them. */
  readonly equipment: Map<string, Document>;
  bill: Document | null;
  item: Document | null;
  container: Document | null;
  /** The transport document of the consignment, which several bills may stand under. */
  consignment: string;
  afterTransport: boolean;
}

/** CUSCAR: the customs cargo report, a manifest of bills. */
export const cuscar: EdifactStandard = {
  syntax: 'edifact',
  type: 'CUSCAR',
  kind: 'manifest',
  read: (message: Message, interchange: Interchange, problems: Problems): Document => {
    const manifest: Document = { message: messageOf(message, interchange), kind: 'original' };
    const state: State = {
      ...{ manifest, read: compositesOf(interchange, problems), equipment: new Map() },
      ...{ bill: null, item: null, container: null, consignment: '', afterTransport: false },
    };
    for (const segment of message.segments) SEGMENTS[segment.tag]?.(segment, state);
    manifest.bills ??= [];
    for (const bill of manifest.bills as Document[]) settleBill(bill, state);
    const loose = [...state.equipment.values()];
    if (loose.length > 0) manifest.containers = loose;
    return manifest;
  },
};

const BILL_REFERENCE = /^(BM|BH|MB|MWB|HWB|AWB|MAB|HAB)$/;
const MASTER_REFERENCE = /^(MB|MWB|MAB)$/;

const SEGMENTS: Readonly<Record<string, (segment: Segment, state: State) => void>> = {
  BGM: (segment, { manifest }) => beginOf(segment, manifest),
  DTM: (segment, state) => {
    const { qualifier, at } = state.read.time(segment);
    const holder = state.bill ?? state.manifest;
    const day = at?.slice(0, 10);
    if (qualifier === '137' && !state.bill) put(holder, 'declaredAt', at);
    else if (qualifier === '132' || qualifier === '178') {
      put(holder, 'date', day);
      put(holder, 'arrivesAt', at);
    } else if (qualifier === '133' || qualifier === '136') put(holder, 'departedAt', at);
    else if (qualifier === '186') put(holder, 'departedAt', at);
    else if (qualifier === '232') put(holder, 'scheduledAt', at);
    else if (at !== null) push(holder, 'dates', { kind: qualifier, at });
  },
  RFF: (segment, state) => reference(segment, state),
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    nameParty(state, role, party);
  },
  TDT: (segment, state) => {
    const leg = transportOf(segment);
    if (state.bill) {
      if (Object.keys(leg).length > 0) put(state.bill, 'transport', leg);
      return;
    }
    const { voyageNo, carrier, carrierName, name, registration, mode, nationality } = leg;
    put(state.manifest, 'voyageNo', voyageNo);
    put(state.manifest, 'carrier', carrier);
    put(state.manifest, 'carrierName', carrierName);
    const conveyance: Document = {};
    for (const [key, value] of Object.entries({ mode, name, registration, nationality })) {
      put(conveyance, key, value);
    }
    put(state.manifest, 'conveyance', conveyance);
    state.afterTransport = true;
  },
  LOC: (segment, state) => location(segment, state),
  GIS: (segment, { manifest, bill }) => put(bill ?? manifest, 'processing', part(segment, 0)),
  GEI: (segment, { manifest, bill }) => put(bill ?? manifest, 'processing', part(segment, 1)),
  EQD: (segment, state) => {
    const container: Document = { number: part(segment, 1) };
    put(container, 'equipment', part(segment, 0));
    put(container, 'sizeType', part(segment, 2));
    put(container, 'fullness', part(segment, 5));
    container.seals = [];
    state.container = container;
    state.item = null;
    if (state.bill) push(state.bill, 'containers', container);
    else state.equipment.set(String(container.number), container);
  },
  SEL: (segment, { container }) => {
    if (container) push(container, 'seals', part(segment, 0));
  },
  MEA: (segment, state) => {
    const { of, property, unit, value } = state.read.measure(segment);
    const holder = state.item ?? (state.bill ? state.bill : (state.container ?? state.manifest));
    if (value === null) return;
    if (of === 'other') push(holder, 'measures', { property, unit, value });
    else put(holder, of, value);
  },
  CNI: (segment, state) => {
    state.consignment = part(segment, 1);
    openBill(state, state.consignment, part(segment, 0));
  },
  CNT: (segment, state) => totals(segment, state),
  CPI: (segment, { bill }) => {
    if (bill) put(bill, 'freightPayment', part(segment, 2) || part(segment, 1));
  },
  MOA: (segment, state) => {
    const amount = state.read.number(segment, 0, 1);
    const holder = state.item ?? state.bill ?? state.manifest;
    if (amount !== null) put(holder, 'value', amount);
    put(holder, 'currency', part(segment, 0, 2));
  },
  GID: (segment, state) => {
    const bill = state.bill ?? openBill(state, '', '');
    const [outer, ...inner] = packagesOf(segment, state.read);
    const item: Document = { lineNo: state.read.count(segment, 0) ?? 1 };
    if (outer) Object.assign(item, packagesAs(outer));
    if (inner.length > 0) item.innerPackages = inner;
    push(bill, 'items', item);
    state.item = item;
    state.container = null;
  },
  FTX: (segment, state) => {
    const text = joined(segment, 3);
    const kind = part(segment, 0);
    const holder = state.item ?? state.bill ?? state.manifest;
    if (/^(AAA|ACB|AAZ)$/.test(kind) && state.item) append(holder, 'description', text);
    else append(holder, 'remarks', text);
  },
  SGP: (segment, { item, read }) => {
    if (!item) return;
    const packages = read.count(segment, 1);
    push(item, 'containers', {
      number: part(segment, 0),
      ...(packages !== null && { packages }),
    });
  },
  PCI: (segment, { item, bill }) => append(item ?? bill ?? {}, 'marks', joined(segment, 1)),
  CST: (segment, { item, bill }) =>
    put(item ?? bill ?? {}, 'hsCode', part(segment, 1) || part(segment, 0)),
  PIA: (segment, { item }) => put(item ?? {}, 'hsCode', part(segment, 1)),
  DGS: (segment, { item, bill }) => put(item ?? bill ?? {}, 'dangerous', dangerousOf(segment)),
  TMP: (segment, { item }) => put(item ?? {}, 'temperature', joined(segment, 1)),
};

const packagesAs = ({ count, kind }: Document): Document => ({
  ...(count !== undefined && { packages: count }),
  ...(kind !== undefined && { packageKind: kind }),
});

function append(into: Document, name: string, text: string): void {
  if (text === '') return;
  into[name] = into[name] === undefined ? text : `${String(into[name])} ${text}`;
}

function openBill(state: State, number: string, sequence: string): Document {
  const bill: Document = {};
  put(bill, 'sequence', sequence);
  put(bill, 'number', number);
  push(state.manifest, 'bills', bill);
  state.bill = bill;
  state.item = null;
  state.container = null;
  return bill;
}

/** A bill's number; a second one under the same consignment begins another bill. */
function reference(segment: Segment, state: State): void {
  const [kind, number] = [part(segment, 0), part(segment, 0, 1)];
  const { bill, manifest } = state;
  if (!BILL_REFERENCE.test(kind) || (!bill && state.consignment === '' && !hasBills(manifest))) {
    if (number !== '') push(bill ?? manifest, 'references', { kind, number });
    return;
  }
  if (bill && MASTER_REFERENCE.test(kind) && bill.billed !== undefined) {
    put(bill, 'master', number);
    return;
  }
  const current = bill?.billed === undefined && bill ? bill : openBill(state, '', '');
  current.billed = kind;
  const named = current.number;
  if (number === '') return;
  current.number = number;
  if (typeof named === 'string' && named !== '' && named !== number) put(current, 'master', named);
  else if (/^(BH|HWB|HAB)$/.test(kind) && state.consignment !== number) {
    put(current, 'master', state.consignment);
  }
}

const hasBills = ({ bills }: Document): boolean => Array.isArray(bills);

const ROLES: Readonly<Record<string, string>> = {
  CN: 'consignee',
  UC: 'ultimateConsignee',
  CZ: 'shipper',
  SU: 'shipper',
  SH: 'shipper',
  OS: 'shipper',
  EX: 'shipper',
  IM: 'consignee',
  NI: 'notify',
  N1: 'notify',
  N2: 'notify2',
  FW: 'forwarder',
  CA: 'carrierParty',
  CG: 'carrierAgent',
  TR: 'terminalParty',
  DP: 'deliveryParty',
};

function nameParty(state: State, role: string, party: Document): void {
  const name = ROLES[role];
  const { bill, manifest } = state;
  if (bill) {
    if (name) put(bill, name, party);
    else push(bill, 'parties', { role, ...party });
    return;
  }
  if (role === 'CA') put(manifest, 'carrier', party.id);
  push(manifest, 'parties', { role, ...party });
}

const PLACES: Readonly<Record<string, string>> = {
  '5': 'departurePlace',
  '7': 'deliveryPlace',
  '8': 'destination',
  '9': 'loadingPort',
  '11': 'dischargePort',
  '12': 'dischargePort',
  '13': 'transhipmentPort',
  '14': 'goodsLocation',
  '20': 'finalDestination',
  '41': 'office',
  '22': 'office',
  '60': 'arrivalPort',
  '61': 'nextPort',
  '76': 'originalLoadingPort',
  '80': 'despatchPlace',
  '88': 'receiptPlace',
  '92': 'routingPlace',
  '94': 'previousPort',
  '125': 'lastPort',
};

function location(segment: Segment, { manifest, bill }: State): void {
  const [qualifier, place] = [part(segment, 0), part(segment, 1) || part(segment, 1, 3)];
  const holder = bill ?? manifest;
  const name = PLACES[qualifier];
  if (name) put(holder, name, place);
  else if (place !== '') push(holder, 'places', { kind: qualifier, place });
}

/** Control totals (6069): 7 gross weight, 8 pieces, 11 packages, 15 volume, 16 equipment. */
function totals(segment: Segment, { bill, manifest, read }: State): void {
  const qualifier = part(segment, 0);
  const holder = bill ?? manifest;
  if (qualifier === '7') put(holder, 'grossMassKg', read.number(segment, 0, 1));
  else if (qualifier === '11') put(holder, 'packages', read.count(segment, 0, 1));
  else if (qualifier === '8') put(holder, 'pieces', read.count(segment, 0, 1));
  else if (qualifier === '15') put(holder, 'volumeM3', read.number(segment, 0, 1));
  else if (qualifier === '16') put(holder, 'containerCount', read.count(segment, 0, 1));
  else {
    const value = read.number(segment, 0, 1);
    if (value !== null) push(holder, 'totals', { kind: qualifier, value });
  }
}

/** A bill has the totals of its goods where it states none, and the containers its goods are in. */
function settleBill(bill: Document, { equipment }: State): void {
  delete bill.billed;
  const items = (bill.items ?? []) as Document[];
  bill.items = items;
  const masses = items.map(({ grossMassKg }) => parseDecimal(String(grossMassKg ?? '')));
  if (items.length > 0 && masses.every((mass) => mass !== null)) {
    put(bill, 'grossMassKg', toText(masses.reduce((sum, mass) => add(sum, mass ?? ZERO), ZERO)));
  }
  const counts = items.map(({ packages }) => packages);
  if (counts.length > 0 && counts.every((count) => typeof count === 'number')) {
    put(
      bill,
      'packages',
      counts.reduce((sum: number, count) => sum + Number(count), 0),
    );
  }
  put(bill, 'packages', bill.pieces);
  const [first] = items;
  put(bill, 'packageKind', first?.packageKind);
  const texts = items.map(({ description }) => description).filter((text) => text !== undefined);
  put(bill, 'description', texts.join('; '));
  put(bill, 'marks', first?.marks);
  put(bill, 'dangerous', items.find(({ dangerous }) => dangerous)?.dangerous);
  gatherContainers(bill, items, equipment);
}

function gatherContainers(
  bill: Document,
  items: readonly Document[],
  equipment: Map<string, Document>,
): void {
  const containers = (bill.containers ?? []) as Document[];
  const numbers = items.flatMap((item) =>
    ((item.containers ?? []) as Document[]).map(({ number }) => String(number)),
  );
  const listed = new Set(containers.map(({ number }) => number));
  for (const number of new Set(numbers)) {
    if (listed.has(number)) continue;
    containers.push(equipment.get(number) ?? { number, seals: [] });
  }
  bill.containers = containers;
}

import { codes } from '../../reading/codes.ts';
import { compositesOf, joined, part, push, put } from '../../reading/composites.ts';
import type { Segment } from '../../reading/edifact.ts';
import { cubicMetres, kilograms } from '../../reading/mass.ts';
import {
  amountOf,
  append,
  beginOf,
  byTag,
  CONTACTS,
  codeInto,
  containerOf,
  conveyanceOf,
  dangerInto,
  dateInto,
  dimensionInto,
  identitiesInto,
  isFree,
  measureInto,
  messageOf,
  movementInto,
  packagesOf,
  packOf,
  paperOf,
  placeInto,
  readSegments,
  referenceOf,
  type Standing,
  sealInto,
  temperatureInto,
  transportOf,
} from '../../reading/segments.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';
import { gatherContainers, settleBill } from './settle.ts';

/** Where the reading stands: the innermost thing a segment can be about. */
interface State extends Standing {
  readonly manifest: Document;
  /** Containers listed ahead of the bills that have goods in them. */
  readonly equipment: Map<string, Document>;
  bill: Document | null;
  /** The bill has been called by a number of its own. */
  isBilled: boolean;
  item: Document | null;
  container: Document | null;
  danger: Document | null;
  /** The transport document of the consignment, which several bills may stand under. */
  consignment: string;
  /** The bill is called by its master's number, and nothing of its goods was said yet. */
  isMaster: boolean;
}

/** CUSCAR: the customs cargo report, a manifest of bills. */
export const cuscar: EdifactStandard = {
  syntax: 'edifact',
  type: 'CUSCAR',
  kind: 'manifest',
  read: (message, interchange, problems) => {
    const manifest: Document = { message: messageOf(message, interchange), kind: 'original' };
    const state: State = {
      read: compositesOf(interchange, problems),
      contacted: manifest,
      behind: null,
      manifest,
      equipment: new Map(),
      bill: null,
      isBilled: false,
      item: null,
      container: null,
      danger: null,
      consignment: '',
      isMaster: false,
    };
    readSegments(message, SEGMENTS, state, manifest, problems);
    manifest.bills ??= [];
    for (const bill of manifest.bills as Document[]) {
      settleBill(bill);
      gatherContainers(bill, state.equipment);
    }
    const listed = [...state.equipment.values()];
    if (listed.length > 0) manifest.containers = listed;
    return manifest;
  },
};

const BILL_REFERENCE = /^(BM|BH|MB|MWB|HWB|AWB|MAB|HAB)$/;
const MASTER_REFERENCE = /^(MB|MWB|MAB)$/;
const HOUSE_REFERENCE = /^(BH|HWB|HAB)$/;

/** 2005: what each date is of a voyage, or of a bill. */
const DATES = codes({
  '132': 'arrivesAt',
  '178': 'arrivesAt',
  '133': 'departedAt',
  '136': 'departedAt',
  '186': 'departedAt',
  '232': 'scheduledAt',
});

const holderOf = ({ item, bill, manifest }: State): Document => item ?? bill ?? manifest;

const SEGMENTS = byTag<State>({
  ...CONTACTS,
  BGM: (segment, { manifest }) => beginOf(segment, manifest),
  DTM: (segment, state) => {
    const time = state.read.time(segment);
    const holder = state.behind ?? state.bill ?? state.manifest;
    const { qualifier, at } = time;
    if (qualifier === '137' && !state.bill && !state.behind) {
      dateInto(holder, 'declaredAt', time);
      return;
    }
    dateInto(holder, state.behind ? 'at' : DATES.get(qualifier), time);
    if (DATES.get(qualifier) === 'arrivesAt') put(holder, 'date', at?.slice(0, 10));
  },
  RFF: (segment, state) => reference(segment, state),
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    state.contacted = party;
    nameParty(state, role, party);
  },
  TDT: (segment, state) => {
    const leg = transportOf(segment);
    const stage = part(segment, 0);
    state.container = null;
    if (state.bill) {
      if (Object.keys(leg).length === 0) return;
      if (state.bill.transport === undefined) state.bill.transport = leg;
      else push(state.bill, 'legs', { stage, ...leg });
      return;
    }
    if (state.manifest.conveyance !== undefined) {
      push(state.manifest, 'legs', { stage, ...leg });
      return;
    }
    const { voyageNo, carrier, carrierName } = leg;
    put(state.manifest, 'voyageNo', voyageNo);
    if (isFree(state.manifest, 'carrier', carrier)) put(state.manifest, 'carrier', carrier);
    else if (carrier !== undefined) push(state.manifest, 'parties', { role: 'CA', id: carrier });
    put(state.manifest, 'carrierName', carrierName);
    state.manifest.conveyance = conveyanceOf(leg);
  },
  LOC: (segment, { manifest, bill }) =>
    placeInto(bill ?? manifest, PLACES.get(part(segment, 0)), segment),
  GIS: (segment, state) => processing(state, part(segment, 0), part(segment, 0, 1)),
  GEI: (segment, state) => processing(state, part(segment, 1), part(segment, 0)),
  EQD: (segment, state) => {
    const container = containerOf(segment);
    state.container = container;
    state.item = null;
    state.danger = null;
    if (state.bill) push(state.bill, 'containers', container);
    else state.equipment.set(String(container.number), container);
  },
  EQN: (segment, { container, read }) => put(container ?? {}, 'count', read.count(segment, 0)),
  TMD: (segment, { container, bill, manifest }) =>
    movementInto(container ?? bill ?? manifest, segment),
  SEL: (segment, { container }) => sealInto(container, segment),
  MEA: (segment, state) => measureInto(measured(state), segment, state.read),
  DIM: (segment, state) => dimensionInto(measured(state), segment, state.read),
  CNI: (segment, state) => {
    state.consignment = part(segment, 1);
    const bill = openBill(state, state.consignment, part(segment, 0));
    put(bill, 'documentStatus', part(segment, 1, 1));
    put(bill, 'documentSource', part(segment, 1, 2));
    put(bill, 'loadStatus', part(segment, 2));
    const issued = part(segment, 1, 4);
    if (/^\d{8}$/.test(issued)) {
      bill.issuedOn = `${issued.slice(0, 4)}-${issued.slice(4, 6)}-${issued.slice(6)}`;
    }
  },
  CNT: (segment, state) => totals(segment, state),
  TSR: (segment, { bill, manifest }) => {
    put(bill ?? manifest, 'contractTerms', part(segment, 0));
    put(bill ?? manifest, 'service', part(segment, 1));
  },
  CPI: (segment, { bill, manifest }) =>
    put(bill ?? manifest, 'freightPayment', part(segment, 2) || part(segment, 1)),
  MOA: (segment, state) => {
    const said = amountOf(segment, state.read);
    const holder = holderOf(state);
    if (said === null) return;
    const name = AMOUNTS.get(String(said.kind));
    if (name === undefined || holder[name] !== undefined) push(holder, 'amounts', said);
    else {
      holder[name] = said.amount;
      put(holder, name === 'value' ? 'currency' : `${name}Currency`, said.currency);
    }
  },
  GID: (segment, state) => {
    const bill = state.bill ?? openBill(state, '', '');
    const [outer, ...inner] = packagesOf(segment, state.read);
    const item: Document = { lineNo: state.read.count(segment, 0) ?? 1 };
    if (outer) packed(item, outer);
    if (inner.length > 0) item.innerPackages = inner;
    push(bill, 'items', item);
    state.item = item;
    state.container = null;
    state.danger = null;
  },
  PAC: (segment, state) => {
    const packing = packOf(segment, state.read);
    const holder = holderOf(state);
    if (Object.keys(packing).length === 0) return;
    if (holder.packages === undefined && holder.packageKind === undefined) packed(holder, packing);
    else if (holder.packages !== packing.count || holder.packageKind !== packing.kind) {
      push(holder, 'innerPackages', packing);
    }
  },
  FTX: (segment, state) => {
    const text = joined(segment, 3) || joined(segment, 2);
    const kind = part(segment, 0);
    const holder = holderOf(state);
    if (kind === 'AAD' && state.danger) append(state.danger, 'name', text);
    else if (/^(AAA|ACB|AAZ)$/.test(kind) && state.item) append(state.item, 'description', text);
    else append(holder, 'remarks', text);
  },
  SGP: (segment, state) => {
    const packages = state.read.count(segment, 1);
    const placed: Document = {
      number: part(segment, 0),
      ...(packages !== null && { packages }),
    };
    push(state.item ?? state.bill ?? state.manifest, 'containers', placed);
    state.behind = placed;
  },
  PCI: (segment, state) => append(holderOf(state), 'marks', joined(segment, 1)),
  CST: (segment, state) => {
    const [code = '', ...further] = segment.elements
      .map((element) => element[0] ?? '')
      .filter((text, index) => text !== '' && (index > 0 || /^\d{4,}$/.test(text)));
    put(holderOf(state), 'hsCode', code);
    for (const number of further) push(holderOf(state), 'codes', { number });
  },
  PIA: (segment, state) => codeInto(holderOf(state), segment),
  GIN: (segment, state) => identitiesInto(holderOf(state), segment),
  GDS: (segment, state) => put(holderOf(state), 'natureOfCargo', part(segment, 0)),
  HAN: (segment, state) =>
    put(holderOf(state), 'handling', part(segment, 0) || part(segment, 0, 3)),
  DOC: (segment, state) => {
    const paper = paperOf(segment);
    push(holderOf(state), 'documents', paper);
    state.behind = paper;
  },
  DGS: (segment, state) => {
    state.danger = dangerInto(holderOf(state), segment);
    state.contacted = state.danger;
  },
  TMP: (segment, state) => temperatureInto(state.container ?? holderOf(state), segment, state.read),
  RNG: (segment, state) => temperatureInto(state.container ?? holderOf(state), segment, state.read),
});

/** 5025: what each amount is of a bill or of goods: what they are worth, what it costs to carry and insure them. */
const AMOUNTS = codes({
  ...Object.fromEntries(
    ['38', '39', '40', '43', '44', '63', '66', '77', '123', '128', '141', '142', '203', 'ZZZ'].map(
      (kind) => [kind, 'value'],
    ),
  ),
  '64': 'freight',
  '67': 'insurance',
});

/** A measure is of what stands right before it: a part in a container, dangerous goods, the goods, a container. */
const measured = (state: State): Document =>
  state.behind ?? state.danger ?? state.item ?? state.container ?? state.bill ?? state.manifest;

function processing({ bill, manifest }: State, code: string, kind: string): void {
  const holder = bill ?? manifest;
  if (isFree(holder, 'processing', code)) put(holder, 'processing', code);
  else push(holder, 'indicators', { code, ...(kind !== '' && { kind }) });
}

function packed(holder: Document, { count, kind, kindName }: Document): void {
  put(holder, 'packages', count);
  put(holder, 'packageKind', kind);
  put(holder, 'packageKindName', kindName);
}

function openBill(state: State, number: string, sequence: string): Document {
  const bill: Document = {};
  put(bill, 'sequence', sequence);
  put(bill, 'number', number);
  push(state.manifest, 'bills', bill);
  state.bill = bill;
  state.item = null;
  state.container = null;
  state.danger = null;
  state.contacted = bill;
  state.isBilled = false;
  state.isMaster = false;
  return bill;
}

/** A bill's number; a second one under the same consignment begins another bill. */
function reference(segment: Segment, state: State): void {
  const [kind, number] = [part(segment, 0), part(segment, 0, 1)];
  const { bill, manifest } = state;
  if (!BILL_REFERENCE.test(kind) || (!bill && state.consignment === '' && !hasBills(manifest))) {
    const said = referenceOf(segment);
    if (number === '') return;
    push(bill ?? manifest, 'references', said);
    state.behind = said;
    return;
  }
  state.container = null;
  if (bill && MASTER_REFERENCE.test(kind) && state.isBilled) {
    put(bill, 'master', number);
    return;
  }
  // A master right before its house is one bill; behind other masters and houses another begins.
  const isHouseOf = state.isMaster && HOUSE_REFERENCE.test(kind) && bill?.items === undefined;
  const current = bill && (!state.isBilled || isHouseOf) ? bill : openBill(state, '', '');
  state.isBilled = true;
  state.isMaster = MASTER_REFERENCE.test(kind);
  const named = current.number;
  if (number === '') return;
  current.number = number;
  if (typeof named === 'string' && named !== '' && named !== number) put(current, 'master', named);
  else if (HOUSE_REFERENCE.test(kind) && state.consignment !== number) {
    put(current, 'master', state.consignment);
  }
}

const hasBills = ({ bills }: Document): boolean => Array.isArray(bills);

const ROLES = codes({
  CN: 'consignee',
  UC: 'ultimateConsignee',
  CZ: 'shipper',
  SU: 'supplier',
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
});

function nameParty(state: State, role: string, party: Document): void {
  const name = ROLES.get(role);
  const { bill, manifest } = state;
  if (bill) {
    const free = name === 'notify' && bill.notify !== undefined ? 'notify2' : name;
    if (free && bill[free] === undefined) bill[free] = party;
    else push(bill, 'parties', Object.assign(party, { role }));
    return;
  }
  if (role === 'CA') put(manifest, 'carrier', party.id);
  push(manifest, 'parties', Object.assign(party, { role }));
}

const PLACES = codes({
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
});

/** Control totals (6069): 7 gross weight, 8 pieces, 11 packages, 15 volume, 16 equipment. */
function totals(segment: Segment, { bill, manifest, read }: State): void {
  const qualifier = part(segment, 0);
  const holder = bill ?? manifest;
  const unit = part(segment, 0, 2);
  if (qualifier === '11') put(holder, 'packages', read.count(segment, 0, 1));
  else if (qualifier === '8') put(holder, 'pieces', read.count(segment, 0, 1));
  else if (qualifier === '16') put(holder, 'containerCount', read.count(segment, 0, 1));
  else {
    const value = read.number(segment, 0, 1);
    if (value === null) return;
    const mass = qualifier === '7' ? kilograms(value, unit || 'KGM') : null;
    const volume = cubicMetres(value, unit || 'MTQ');
    if (mass !== null && isFree(holder, 'grossMassKg', mass)) holder.grossMassKg = mass;
    else if (qualifier === '15' && volume !== null && isFree(holder, 'volumeM3', volume))
      holder.volumeM3 = volume;
    else push(holder, 'totals', { kind: qualifier, value, ...(unit !== '' && { unit }) });
  }
}

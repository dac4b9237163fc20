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
import type { Segment } from '../../reading/edifact.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';

interface State {
  readonly instruction: Document;
  readonly read: Composites;
  item: Document | null;
  container: Document | null;
  leg: Document | null;
  party: Document | null;
}

/** IFTMIN: the instruction of a shipper or forwarder to carry a consignment. */
export const iftmin: EdifactStandard = {
  syntax: 'edifact',
  type: 'IFTMIN',
  kind: 'transportInstruction',
  read: (message, interchange, problems) => {
    const instruction: Document = { message: messageOf(message, interchange), parties: {} };
    const state: State = {
      ...{ instruction, read: compositesOf(interchange, problems) },
      ...{ item: null, container: null, leg: null, party: null },
    };
    for (const segment of message.segments) SEGMENTS[segment.tag]?.(segment, state);
    instruction.items ??= [];
    instruction.containers ??= [];
    return instruction;
  },
};

const ROLES: Readonly<Record<string, string>> = {
  CZ: 'shipper',
  SH: 'shipper',
  CN: 'consignee',
  NI: 'notify',
  N1: 'notify',
  N2: 'notify2',
  CA: 'carrier',
  FW: 'forwarder',
  FP: 'payer',
  IV: 'invoicee',
  PW: 'pickUpParty',
  DP: 'deliveryParty',
  SF: 'shipFrom',
  ST: 'shipTo',
  HI: 'ordering',
  CG: 'carrierAgent',
  EX: 'exporter',
  IM: 'importer',
};

const PLACES: Readonly<Record<string, string>> = {
  '1': 'tradeTermsPlace',
  '5': 'departurePlace',
  '7': 'deliveryPlace',
  '8': 'destination',
  '9': 'loadingPort',
  '11': 'dischargePort',
  '12': 'dischargePort',
  '13': 'transhipmentPort',
  '20': 'finalDestination',
  '27': 'originCountry',
  '28': 'destinationCountry',
  '57': 'paymentPlace',
  '60': 'arrivalPort',
  '76': 'originalLoadingPort',
  '88': 'receiptPlace',
  '95': 'tradeTermsPlace',
};

const TIMES: Readonly<Record<string, string>> = {
  '2': 'deliveryWantedAt',
  '7': 'effectiveAt',
  '10': 'shipmentWantedAt',
  '17': 'deliveryEstimatedAt',
  '132': 'arrivesAt',
  '133': 'departsAt',
  '137': 'issuedAt',
  '189': 'departsAt',
  '232': 'arrivesAt',
  '200': 'pickUpAt',
};

const REFERENCES: Readonly<Record<string, string>> = {
  BN: 'bookingNo',
  BM: 'transportDocNo',
  BH: 'houseDocNo',
  MB: 'transportDocNo',
  CU: 'shipperReference',
  FF: 'forwarderReference',
  CT: 'contractNo',
  SI: 'shipperReference',
};

const SEGMENTS: Readonly<Record<string, (segment: Segment, state: State) => void>> = {
  BGM: (segment, { instruction }) => beginOf(segment, instruction),
  DTM: (segment, state) => {
    const { qualifier, at } = state.read.time(segment);
    const name = TIMES[qualifier];
    const holder = state.leg ?? state.instruction;
    if (name === undefined) {
      if (at !== null) push(holder, 'dates', { kind: qualifier, at });
      return;
    }
    put(holder, name, at);
    put(state.instruction, name, at);
  },
  TSR: (segment, { instruction }) => {
    put(instruction, 'contractTerms', part(segment, 0));
    put(instruction, 'service', part(segment, 1));
  },
  TOD: (segment, { instruction }) => {
    put(instruction, 'tradeTerms', part(segment, 2) || part(segment, 2, 3));
    put(instruction, 'freightPayment', part(segment, 1));
  },
  CPI: (segment, { instruction }) =>
    put(instruction, 'freightPayment', part(segment, 2) || part(segment, 1)),
  CUX: (segment, { instruction }) => put(instruction, 'currency', part(segment, 0, 1)),
  MOA: (segment, state) => {
    const holder = state.item ?? state.instruction;
    const amount = state.read.number(segment, 0, 1);
    const currency = part(segment, 0, 2);
    if (amount === null) return;
    push(holder, 'amounts', {
      kind: part(segment, 0),
      amount,
      ...(currency !== '' && { currency }),
    });
  },
  FTX: (segment, state) => {
    const text = joined(segment, 3) || part(segment, 2);
    if (text === '') return;
    const holder = state.item ?? state.instruction;
    if (part(segment, 0) === 'AAA' && state.item) append(holder, 'description', text);
    else push(holder, 'texts', { kind: part(segment, 0), text });
  },
  CNT: (segment, { instruction, read }) => {
    const qualifier = part(segment, 0);
    instruction.totals ??= {};
    const totals = instruction.totals as Document;
    if (qualifier === '7') put(totals, 'grossMassKg', read.number(segment, 0, 1));
    else if (qualifier === '11' || qualifier === '8')
      put(totals, 'packages', read.count(segment, 0, 1));
    else if (qualifier === '15') put(totals, 'volumeM3', read.number(segment, 0, 1));
    else if (qualifier === '16') put(totals, 'containers', read.count(segment, 0, 1));
    else put(totals, `other${qualifier}`, read.number(segment, 0, 1));
  },
  GDS: (segment, { instruction }) => put(instruction, 'natureOfCargo', part(segment, 0)),
  RFF: (segment, state) => {
    const [kind, number] = [part(segment, 0), part(segment, 0, 1)];
    if (number === '') return;
    const holder = state.item ?? state.instruction;
    const name = REFERENCES[kind];
    if (name && !state.item) put(holder, name, number);
    push(holder, 'references', { kind, number });
  },
  LOC: (segment, state) => {
    const place = part(segment, 1) || part(segment, 1, 3);
    const name = PLACES[part(segment, 0)];
    const holder = state.leg ?? state.instruction;
    if (!name) {
      if (place !== '') push(holder, 'places', { kind: part(segment, 0), place });
      return;
    }
    put(holder, name, place);
    // The main leg's ports are the consignment's own where it names none beside it.
    put(state.instruction, name, place);
    put(state.instruction, `${name}Name`, part(segment, 1, 3));
  },
  TDT: (segment, state) => {
    const leg: Document = { stage: part(segment, 0), ...transportOf(segment) };
    push(state.instruction, 'legs', leg);
    state.leg = leg;
    if (leg.stage !== '20' && state.instruction.voyageNo !== undefined) return;
    const { name, registration, mode, nationality, voyageNo } = leg;
    const conveyance: Document = {};
    for (const [key, value] of Object.entries({ mode, name, registration, nationality })) {
      put(conveyance, key, value);
    }
    state.instruction.conveyance = conveyance;
    if (voyageNo !== undefined) state.instruction.voyageNo = voyageNo;
    put(state.instruction, 'carrier', leg.carrier);
    put(state.instruction, 'carrierName', leg.carrierName);
  },
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    const parties = state.instruction.parties as Document;
    const name = ROLES[role];
    state.leg = null;
    state.party = party;
    if (name) put(parties, name, party);
    else push(parties, 'others', { role, ...party });
  },
  CTA: (segment, { party }) => put(party ?? {}, 'contact', joined(segment, 1)),
  COM: (segment, { party }) => {
    if (party && part(segment, 0) !== '') {
      push(party, 'communications', { number: part(segment, 0), kind: part(segment, 0, 1) });
    }
  },
  GID: (segment, state) => {
    const [outer, ...inner] = packagesOf(segment, state.read);
    const item: Document = { lineNo: state.read.count(segment, 0) ?? 1 };
    if (outer?.count !== undefined) item.packages = outer.count;
    if (outer?.kind !== undefined) item.packageKind = outer.kind;
    if (inner.length > 0) item.innerPackages = inner;
    push(state.instruction, 'items', item);
    Object.assign(state, { item, container: null, leg: null, party: null });
  },
  HAN: (segment, { item }) => put(item ?? {}, 'handling', part(segment, 0)),
  TMP: (segment, state) => {
    const value = state.read.number(segment, 1);
    if (value !== null) {
      put(state.item ?? state.container ?? {}, 'temperature', { value, unit: part(segment, 1, 1) });
    }
  },
  RNG: (segment, state) => {
    const [min, max] = [state.read.number(segment, 1, 1), state.read.number(segment, 1, 2)];
    put(state.item ?? state.container ?? {}, 'temperatureRange', { min, max });
  },
  PIA: (segment, { item }) => put(item ?? {}, 'hsCode', part(segment, 1)),
  MEA: (segment, state) => {
    const { of, property, unit, value } = state.read.measure(segment);
    const holder = state.item ?? state.container ?? state.instruction;
    if (value === null) return;
    if (of === 'other') push(holder, 'measures', { property, unit, value });
    else put(holder, of, value);
  },
  PCI: (segment, { item }) => append(item ?? {}, 'marks', joined(segment, 1)),
  GIN: (segment, { item }) => push(item ?? {}, 'identities', part(segment, 1)),
  SGP: (segment, { item, read }) => {
    if (!item) return;
    const packages = read.count(segment, 1);
    push(item, 'containers', { number: part(segment, 0), ...(packages !== null && { packages }) });
  },
  DGS: (segment, { item }) => put(item ?? {}, 'dangerous', dangerousOf(segment)),
  EQD: (segment, state) => {
    const container: Document = { number: part(segment, 1), seals: [] };
    put(container, 'equipment', part(segment, 0));
    put(container, 'sizeType', part(segment, 2));
    put(container, 'fullness', part(segment, 5));
    push(state.instruction, 'containers', container);
    Object.assign(state, { container, item: null, leg: null, party: null });
  },
  SEL: (segment, { container }) => {
    if (container) push(container, 'seals', part(segment, 0));
  },
};

function append(into: Document, name: string, text: string): void {
  if (text === '') return;
  into[name] = into[name] === undefined ? text : `${String(into[name])} ${text}`;
}

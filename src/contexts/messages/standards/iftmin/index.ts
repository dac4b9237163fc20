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

interface State extends Standing {
  readonly instruction: Document;
  item: Document | null;
  container: Document | null;
  leg: Document | null;
  danger: Document | null;
}

/** IFTMIN: the instruction of a shipper or forwarder to carry a consignment. */
export const iftmin: EdifactStandard = {
  syntax: 'edifact',
  type: 'IFTMIN',
  kind: 'transportInstruction',
  read: (message, interchange, problems) => {
    const instruction: Document = { message: messageOf(message, interchange), parties: {} };
    const state: State = {
      read: compositesOf(interchange, problems),
      contacted: instruction,
      behind: null,
      instruction,
      item: null,
      container: null,
      leg: null,
      danger: null,
    };
    readSegments(message, SEGMENTS, state, instruction, problems);
    instruction.items ??= [];
    instruction.containers ??= [];
    return instruction;
  },
};

const ROLES = codes({
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
});

const PLACES = codes({
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
});

const TIMES = codes({
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
});

const REFERENCES = codes({
  BN: 'bookingNo',
  BM: 'transportDocNo',
  BH: 'houseDocNo',
  MB: 'transportDocNo',
  AAS: 'transportDocNo',
  MWB: 'transportDocNo',
  AWB: 'transportDocNo',
  HWB: 'houseDocNo',
  CU: 'shipperReference',
  FF: 'forwarderReference',
  CT: 'contractNo',
  SI: 'shipperReference',
});

/** What goods, packages and money are said of. */
const holderOf = ({ item, instruction }: State): Document => item ?? instruction;
/** A measure is of what stands right before it. */
const measured = ({ behind, danger, item, container, instruction }: State): Document =>
  behind ?? danger ?? item ?? container ?? instruction;

const SEGMENTS = byTag<State>({
  ...CONTACTS,
  BGM: (segment, { instruction }) => beginOf(segment, instruction),
  DTM: (segment, state) => {
    const time = state.read.time(segment);
    const name = TIMES.get(time.qualifier);
    const { behind, leg, instruction } = state;
    if (behind) dateInto(behind, 'at', time);
    else dateInto(leg ?? instruction, name, time);
    // The main leg's times are the consignment's own where it names none beside it.
    if (!behind && leg && name !== undefined) put(instruction, name, time.at);
  },
  TSR: (segment, { instruction }) => {
    put(instruction, 'contractTerms', part(segment, 0));
    put(instruction, 'service', part(segment, 1));
    put(instruction, 'priority', part(segment, 2));
  },
  TOD: (segment, { instruction }) => {
    put(instruction, 'tradeTerms', part(segment, 2) || part(segment, 2, 3));
    put(instruction, 'freightPayment', part(segment, 1));
  },
  CPI: (segment, { instruction }) => {
    const method = part(segment, 2) || part(segment, 1);
    put(instruction, 'freightPayment', method);
    push(instruction, 'charges', { kind: part(segment, 0), payment: method });
  },
  CUX: (segment, { instruction, read }) => {
    put(instruction, 'currency', part(segment, 0, 1));
    put(instruction, 'exchangeRate', read.number(segment, 2));
  },
  MOA: (segment, state) => {
    const said = amountOf(segment, state.read);
    if (said !== null) push(holderOf(state), 'amounts', said);
  },
  FTX: (segment, state) => {
    const [code, kind] = [part(segment, 2), part(segment, 0)];
    const text = joined(segment, 3) || code;
    if (text === '') return;
    if (kind === 'AAD' && state.danger) append(state.danger, 'name', text);
    else if (kind === 'AAA' && state.item) append(state.item, 'description', text);
    else
      push(holderOf(state), 'texts', { kind, text, ...(code !== '' && code !== text && { code }) });
  },
  CNT: (segment, state) => totals(segment, state),
  GDS: (segment, state) => put(holderOf(state), 'natureOfCargo', part(segment, 0)),
  RFF: (segment, state) => {
    const said = referenceOf(segment);
    if (said.number === '') return;
    const holder = holderOf(state);
    const name = REFERENCES.get(String(said.kind));
    if (name && !state.item) put(holder, name, said.number);
    push(holder, 'references', said);
    state.behind = said;
  },
  DOC: (segment, state) => {
    const paper = paperOf(segment);
    push(holderOf(state), 'documents', paper);
    state.behind = paper;
  },
  LOC: (segment, state) => {
    const name = PLACES.get(part(segment, 0));
    const { leg, instruction } = state;
    placeInto(leg ?? instruction, name, segment);
    if (name !== undefined && leg && instruction[name] === undefined) {
      placeInto(instruction, name, segment);
    }
  },
  TDT: (segment, state) => {
    const leg: Document = { stage: part(segment, 0), ...transportOf(segment) };
    const { instruction } = state;
    push(instruction, 'legs', leg);
    state.leg = leg;
    if (leg.stage !== '20' && instruction.conveyance !== undefined) return;
    instruction.conveyance = conveyanceOf(leg);
    if (leg.voyageNo !== undefined) instruction.voyageNo = leg.voyageNo;
    put(instruction, 'carrier', leg.carrier);
    put(instruction, 'carrierName', leg.carrierName);
  },
  TPL: (segment, { instruction }) => push(instruction, 'vehicles', joined(segment, 0)),
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    const parties = state.instruction.parties as Document;
    const said = ROLES.get(role);
    const name = said === 'notify' && parties.notify !== undefined ? 'notify2' : said;
    state.leg = null;
    state.contacted = party;
    if (name && parties[name] === undefined) parties[name] = party;
    else push(parties, 'others', Object.assign(party, { role }));
  },
  GID: (segment, state) => {
    const [outer, ...inner] = packagesOf(segment, state.read);
    const item: Document = { lineNo: state.read.count(segment, 0) ?? 1 };
    put(item, 'packages', outer?.count);
    put(item, 'packageKind', outer?.kind);
    put(item, 'packageKindName', outer?.kindName);
    if (inner.length > 0) item.innerPackages = inner;
    push(state.instruction, 'items', item);
    state.item = item;
    state.container = null;
    state.leg = null;
    state.danger = null;
    state.contacted = item;
  },
  PAC: (segment, state) => {
    const packing = packOf(segment, state.read);
    if (Object.keys(packing).length > 0) push(holderOf(state), 'innerPackages', packing);
  },
  HAN: (segment, state) =>
    put(holderOf(state), 'handling', part(segment, 0) || part(segment, 0, 3)),
  TMP: (segment, state) =>
    temperatureInto(state.item ?? state.container ?? state.instruction, segment, state.read),
  RNG: (segment, state) =>
    temperatureInto(state.item ?? state.container ?? state.instruction, segment, state.read),
  PIA: (segment, state) => codeInto(holderOf(state), segment),
  CST: (segment, state) => put(holderOf(state), 'hsCode', part(segment, 1)),
  MEA: (segment, state) => measureInto(measured(state), segment, state.read),
  DIM: (segment, state) => dimensionInto(measured(state), segment, state.read),
  PCI: (segment, state) => append(holderOf(state), 'marks', joined(segment, 1)),
  GIN: (segment, state) => identitiesInto(holderOf(state), segment),
  SGP: (segment, state) => {
    const packages = state.read.count(segment, 1);
    const placed: Document = {
      number: part(segment, 0),
      ...(packages !== null && { packages }),
    };
    push(holderOf(state), 'containers', placed);
    state.behind = placed;
  },
  DGS: (segment, state) => {
    state.danger = dangerInto(holderOf(state), segment);
    state.contacted = state.danger;
  },
  EQD: (segment, state) => {
    const container = containerOf(segment);
    push(state.instruction, 'containers', container);
    state.container = container;
    state.item = null;
    state.leg = null;
    state.danger = null;
  },
  EQN: (segment, { container, instruction, read }) =>
    put(container ?? instruction, 'count', read.count(segment, 0)),
  EQA: (segment, { container }) => put(container ?? {}, 'attached', part(segment, 1)),
  TMD: (segment, { container, instruction }) => movementInto(container ?? instruction, segment),
  SEL: (segment, { container }) => sealInto(container, segment),
});

/** CNT: control totals (6069); what has no name of its own stands with its kind. */
function totals(segment: Segment, { instruction, read }: State): void {
  const [kind, unit] = [part(segment, 0), part(segment, 0, 2)];
  const holder = (instruction.totals ?? {}) as Document;
  instruction.totals = holder;
  const counted = COUNTS.get(kind);
  if (counted !== undefined) {
    put(holder, counted, read.count(segment, 0, 1));
    return;
  }
  const value = read.number(segment, 0, 1);
  if (value === null) return;
  const mass = kind === '7' ? kilograms(value, unit || 'KGM') : null;
  const volume = cubicMetres(value, unit || 'MTQ');
  if (mass !== null && isFree(holder, 'grossMassKg', mass)) holder.grossMassKg = mass;
  else if (VOLUMES.has(kind) && volume !== null && isFree(holder, 'volumeM3', volume)) {
    holder.volumeM3 = volume;
  } else push(holder, 'others', { kind, value, ...(unit !== '' && { unit }) });
}

const VOLUMES = new Set(['15', '26']);
const COUNTS = codes({
  '8': 'packages',
  '11': 'packages',
  '16': 'containers',
});

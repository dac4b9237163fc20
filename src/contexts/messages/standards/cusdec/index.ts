import { codes } from '../../reading/codes.ts';
import { compositesOf, joined, part, push, put } from '../../reading/composites.ts';
import type { Segment } from '../../reading/edifact.ts';
import type { Message } from '../../reading/interchange.ts';
import {
  append,
  beginOf,
  byTag,
  CONTACTS,
  codeInto,
  containerOf,
  dangerInto,
  dateInto,
  dimensionInto,
  identitiesInto,
  isFree,
  messageOf,
  packOf,
  paperOf,
  placeInto,
  readSegments,
  referenceOf,
  sealInto,
  transportOf,
} from '../../reading/segments.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';
import { amount, measured, packedAs, quantity, totals } from './figures.ts';
import { settleDeclaration } from './settle.ts';
import { holderOf, type State } from './state.ts';

/** CUSDEC: the customs declaration. National profiles differ in what they put where; codes stay as they stand. */
export const cusdec: EdifactStandard = {
  syntax: 'edifact',
  type: 'CUSDEC',
  kind: 'declaration',
  read: (message, interchange, problems) => {
    const declaration: Document = { message: messageOf(message, interchange) };
    const state: State = {
      read: compositesOf(interchange, problems),
      contacted: declaration,
      behind: null,
      declaration,
      line: null,
      tax: null,
      container: null,
      inDetail: false,
      inSummary: false,
      hasCommodities: hasCommodities(message),
      isUndivided: !message.segments.some(({ tag }) => tag === 'UNS'),
    };
    readSegments(message, SEGMENTS, state, declaration, problems);
    settleDeclaration(declaration);
    return declaration;
  },
};

const PLACES = codes({
  '5': 'departurePlace',
  '7': 'deliveryPlace',
  '8': 'destination',
  '9': 'loadingPort',
  '11': 'dischargePort',
  '12': 'dischargePort',
  '14': 'goodsLocation',
  '18': 'warehouse',
  '22': 'declarationOffice',
  '27': 'originCountry',
  '28': 'destinationCountry',
  '35': 'exportCountry',
  '36': 'destinationCountry',
  '41': 'borderOffice',
  '42': 'borderOffice',
  '60': 'arrivalPort',
  '76': 'originalLoadingPort',
  '91': 'issuePlace',
  '118': 'declarationOffice',
});

const DOCUMENTS = codes({
  MB: 'transportDocNo',
  AAS: 'transportDocNo',
  MWB: 'transportDocNo',
  BM: 'transportDocNo',
  AWB: 'transportDocNo',
  HWB: 'houseDocNo',
  BH: 'houseDocNo',
});

const IDENTITIES = codes({
  ABT: 'number',
  ABE: 'id',
  ABO: 'id',
  UCN: 'ucr',
  CT: 'contractNo',
  IV: 'invoiceNo',
});

/** 2005: what each date is of a declaration. */
const DATES = codes({
  '137': 'declaredAt',
  '148': 'acceptedAt',
  '9': 'processedAt',
  '58': 'releasedAt',
  '182': 'issuedAt',
});
/** Of a paper: the last day it counts. */
const UNTIL = new Set(['36', '164', '206']);
/** Of arrival or departure: the day of the journey. */
const JOURNEY = new Set(['132', '133', '189', '178', '136', '186', '232']);

const SEGMENTS = byTag<State>({
  ...CONTACTS,
  BGM: (segment, { declaration }) => beginOf(segment, declaration),
  UNS: (segment, state) => {
    state.inDetail = part(segment, 0) === 'D';
    state.inSummary = part(segment, 0) === 'S';
    state.line = null;
    state.tax = null;
    state.container = null;
    state.contacted = state.declaration;
  },
  CST: (segment, state) => commodity(segment, state),
  LIN: (segment, state) => lineItem(segment, state),
  PRI: (segment, state) => {
    const price = state.read.number(segment, 0, 1);
    const holder = holderOf(state);
    if (price === null) return;
    if (isFree(holder, 'unitPrice', price)) holder.unitPrice = price;
    else push(holder, 'prices', { kind: part(segment, 0), price });
    put(holder, 'currency', part(segment, 0, 2));
  },
  LOC: (segment, state) =>
    placeInto(state.behind ?? holderOf(state), PLACES.get(part(segment, 0)), segment),
  DTM: (segment, state) => {
    const time = state.read.time(segment);
    const { declaration, behind } = state;
    const day = time.at?.slice(0, 10);
    if (behind) {
      const name = UNTIL.has(time.qualifier) ? 'validUntil' : 'date';
      dateInto(behind, name, { ...time, at: day ?? null });
    } else if (JOURNEY.has(time.qualifier) && !state.line && isFree(declaration, 'date', day)) {
      put(declaration, 'date', day);
    } else dateInto(holderOf(state), state.line ? undefined : DATES.get(time.qualifier), time);
  },
  GIS: (segment, state) =>
    push(holderOf(state), 'indicators', indicatorOf(segment, [0, 0], [0, 1], [0, 3])),
  GEI: (segment, state) =>
    push(holderOf(state), 'indicators', indicatorOf(segment, [1, 0], [0, 0], [1, 3])),
  STS: (segment, state) =>
    push(holderOf(state), 'indicators', indicatorOf(segment, [1, 0], [0, 0], [1, 3])),
  MEA: (segment, state) => measured(segment, state),
  DIM: (segment, state) => dimensionInto(holderOf(state), segment, state.read),
  QTY: (segment, state) => quantity(segment, state),
  FTX: (segment, state) => freeText(segment, state),
  IMD: (segment, { line, declaration }) =>
    append(line ?? declaration, line ? 'description' : 'remarks', joined(segment, 2, 3)),
  RFF: (segment, state) => reference(segment, state),
  TDT: (segment, state) => {
    const leg: Document = { stage: part(segment, 0), ...transportOf(segment) };
    push(state.declaration, 'legs', leg);
  },
  TPL: (segment, { declaration }) => {
    const leg = ((declaration.legs ?? []) as Document[]).at(-1);
    if (leg === undefined || leg.name !== undefined || leg.registration !== undefined) {
      push(declaration, 'vehicles', joined(segment, 0));
      return;
    }
    put(leg, 'registration', part(segment, 0));
    put(leg, 'name', part(segment, 0, 3));
    put(leg, 'nationality', part(segment, 0, 4));
  },
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    state.contacted = party;
    if (role !== '') push(holderOf(state), 'named', { role, party });
  },
  MOA: (segment, state) => amount(segment, state),
  CUX: (segment, state) => {
    const holder = holderOf(state);
    const currency = part(segment, 0, 1);
    if (isFree(holder, 'currency', currency)) put(holder, 'currency', currency);
    else push(holder, 'currencies', { kind: part(segment, 0), currency });
    put(holder, 'exchangeCurrency', part(segment, 1, 1));
    put(holder, 'exchangeRate', state.read.number(segment, 2));
  },
  TOD: (segment, state) => {
    put(holderOf(state), 'tradeTerms', part(segment, 2) || part(segment, 0));
    put(holderOf(state), 'tradeTermsPlace', part(segment, 2, 3));
    put(holderOf(state), 'freightPayment', part(segment, 1));
  },
  PAC: (segment, state) => {
    const packing = packOf(segment, state.read);
    if (Object.keys(packing).length === 0) return;
    if (state.line) push(state.line, 'packages', packing);
    else if (!state.inSummary) packedAs(state.declaration, packing);
  },
  PCI: (segment, { line, declaration }) => append(line ?? declaration, 'marks', joined(segment, 1)),
  DOC: (segment, state) => {
    const paper = paperOf(segment);
    push(holderOf(state), 'documents', paper);
    state.behind = paper;
  },
  DMS: (segment, state) => {
    const { declaration } = state;
    push(declaration, 'invoices', part(segment, 0));
    const paper: Document = { kind: part(segment, 1) || '380', number: part(segment, 0) };
    push(declaration, 'documents', paper);
    state.behind = paper;
  },
  TAX: (segment, state) => {
    const tax: Document = {};
    put(tax, 'kind', part(segment, 1) || part(segment, 1, 3) || part(segment, 0));
    put(tax, 'name', part(segment, 1) === '' ? '' : part(segment, 1, 3));
    put(tax, 'account', part(segment, 2));
    put(tax, 'base', state.read.number(segment, 3));
    put(tax, 'rate', state.read.number(segment, 4, 3));
    put(tax, 'rateKind', part(segment, 4));
    put(tax, 'category', part(segment, 5));
    put(tax, 'identity', part(segment, 6));
    put(tax, 'method', part(segment, 7));
    push(holderOf(state), 'taxes', tax);
    state.tax = tax;
  },
  PAT: (segment, { declaration }) =>
    push(declaration, 'paymentTerms', indicatorOf(segment, [0, 0], [1, 0], [1, 3])),
  EQD: (segment, state) => {
    const container = containerOf(segment);
    delete container.equipment;
    push(state.declaration, 'containers', container);
    state.container = container;
  },
  SEL: (segment, { container, declaration }) => {
    if (container) sealInto(container, segment);
    else push(declaration, 'seals', part(segment, 0));
  },
  SGP: (segment, { line, declaration }) =>
    push(line ?? declaration, line ? 'containers' : 'containerNumbers', part(segment, 0)),
  DGS: (segment, state) => {
    dangerInto(holderOf(state), segment);
  },
  PIA: (segment, state) => codeInto(holderOf(state), segment),
  GIN: (segment, state) => identitiesInto(holderOf(state), segment),
  GIR: (segment, state) => identitiesInto(holderOf(state), segment),
  AUT: (segment, { declaration }) =>
    put(declaration.message as Document, 'authentication', part(segment, 0)),
  CNT: (segment, state) => totals(segment, state),
});

type Where = readonly [element: number, component: number];

function indicatorOf(segment: Segment, code: Where, kind: Where, text: Where): Document {
  const said: Document = {};
  put(said, 'code', part(segment, ...code) || part(segment, code[0], 1));
  put(said, 'kind', part(segment, ...kind));
  put(said, 'text', part(segment, ...text));
  return said;
}

function freeText(segment: Segment, state: State): void {
  const [code, kind] = [part(segment, 2), part(segment, 0)];
  const text = joined(segment, 3) || joined(segment, 2);
  if (text === '') return;
  if (state.line && kind === 'AAA') append(state.line, 'description', text);
  else if (!state.line && /^(AAI|GEN|ABA)$/.test(kind)) append(state.declaration, 'remarks', text);
  else {
    const said: Document = { kind, text };
    if (code !== text) put(said, 'code', code);
    push(holderOf(state), 'texts', said);
  }
}

function reference(segment: Segment, state: State): void {
  const { line, declaration } = state;
  const said = referenceOf(segment);
  const [kind, number] = [String(said.kind), said.number];
  const [paper, identity] = [DOCUMENTS.get(kind), IDENTITIES.get(kind)];
  if (number === '') return;
  if (line && (kind === 'ABD' || kind === 'HS') && isFree(line, 'hsCode', number)) {
    line.hsCode = number;
  } else if (paper !== undefined) put(declaration, paper, number);
  else if (!line && identity !== undefined) put(declaration, identity, number);
  push(line ?? declaration, 'references', said);
  state.behind = said;
}

const TARIFF = /^\d{6,13}[A-Z]?$/;
/** A procedure asked for and the one before it, of four digits (box 37 of the single administrative document). */
const PROCEDURE = /^(?:0[127]|[1-9]\d)(?:00|0[127]|[1-9]\d)$/;

/** The list of procedures (1131); some write a point between the two: `10.00`. */
const PROCEDURES = '117';

/** CST: in the head the procedure of all, in the detail a line with its tariff code and procedure. */
function commodity(segment: Segment, state: State): void {
  const codes = segment.elements.slice(1).map((element) => element[0] ?? '');
  if (!state.inDetail && !(state.isUndivided && part(segment, 0) !== '')) {
    const [procedure, ...further] = codes.filter((code) => code !== '');
    put(state.declaration, 'procedureCode', procedure);
    for (const number of further) push(state.declaration, 'codes', { number });
    return;
  }
  const lines = (state.declaration.lines ?? []) as Document[];
  const line: Document = { lineNo: state.read.count(segment, 0) ?? lines.length + 1 };
  const tariff = codes.filter((code) => TARIFF.test(code));
  // Where two codes look like a tariff's, the first, shorter one is the procedure (CHIEF).
  const [first, second] = tariff;
  const listed = segment.elements.find(([, list]) => list === PROCEDURES)?.[0];
  const procedure = listed?.replaceAll('.', '') ?? codes.find((code) => PROCEDURE.test(code));
  put(line, 'hsCode', second !== undefined && (first ?? '').length < 8 ? second : first);
  for (const [number, list = ''] of segment.elements.slice(1)) {
    if (!number || number === line.hsCode) continue;
    push(line, 'codes', { number, ...(list !== '' && { list }) });
  }
  if (second !== undefined && line.hsCode === second) line.procedureCode = first;
  else if (second !== undefined && second.length === 7) line.procedureCode = second;
  else put(line, 'procedureCode', procedure);
  openLine(state, line);
}

function openLine(state: State, line: Document): void {
  push(state.declaration, 'lines', line);
  state.line = line;
  state.tax = null;
  state.contacted = line;
}

/** Lines are CST in the detail; where a message has none there, LIN is what begins them. */
function hasCommodities({ segments }: Message): boolean {
  const detail = segments.findIndex((segment) => segment.tag === 'UNS' && part(segment, 0) === 'D');
  return segments.some(({ tag }, at) => tag === 'CST' && at > detail);
}

/** LIN: a line of goods by its number, or what groups the lines that are CST. */
function lineItem(segment: Segment, state: State): void {
  const { declaration, hasCommodities: isGroup, read } = state;
  const [number, kind] = [part(segment, 2), part(segment, 2, 1)];
  if (isGroup) {
    push(
      declaration,
      'groups',
      segment.elements.map((components) => components.join(':')),
    );
    return;
  }
  const lines = (declaration.lines ?? []) as Document[];
  const text = part(segment, 0);
  const line: Document = {
    lineNo: /^\d{1,5}$/.test(text) ? read.count(segment, 0) : lines.length + 1,
  };
  if (text !== String(line.lineNo)) put(line, 'reference', text);
  put(line, 'action', part(segment, 1));
  put(line, 'subLine', part(segment, 3, 1) || part(segment, 3));
  if (TARIFF.test(number) && isFree(line, 'hsCode', number)) line.hsCode = number;
  else if (number !== '') push(line, 'codes', { number, ...(kind !== '' && { kind }) });
  openLine(state, line);
}

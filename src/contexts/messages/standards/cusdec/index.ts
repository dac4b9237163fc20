import {
  beginOf,
  type Composites,
  compositesOf,
  dangerousOf,
  joined,
  messageOf,
  part,
  push,
  put,
  transportOf,
} from '../../reading/composites.ts';
import type { Segment } from '../../reading/edifact.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';
import { settleDeclaration } from './settle.ts';

interface State {
  readonly declaration: Document;
  readonly read: Composites;
  line: Document | null;
  /** The tax that the next amount is of. */
  tax: Document | null;
  container: Document | null;
  inDetail: boolean;
  inSummary: boolean;
}

/** CUSDEC: the customs declaration. National profiles differ in what they put where; codes stay as they stand. */
export const cusdec: EdifactStandard = {
  syntax: 'edifact',
  type: 'CUSDEC',
  kind: 'declaration',
  read: (message, interchange, problems) => {
    const declaration: Document = { message: messageOf(message, interchange) };
    const state: State = {
      ...{ declaration, read: compositesOf(interchange, problems), line: null, tax: null },
      ...{ container: null, inDetail: false, inSummary: false },
    };
    for (const segment of message.segments) SEGMENTS[segment.tag]?.(segment, state);
    settleDeclaration(declaration);
    return declaration;
  },
};

const holderOf = ({ line, declaration }: State): Document => line ?? declaration;

const PLACES: Readonly<Record<string, string>> = {
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
};

const AMOUNTS: Readonly<Record<string, string>> = {
  '39': 'totalValue',
  '77': 'totalValue',
  '128': 'totalValue',
  '38': 'value',
  '203': 'value',
  '66': 'value',
  '146': 'unitPrice',
  '40': 'customsValue',
  '43': 'customsValue',
  '123': 'statisticalValue',
  '63': 'fobValue',
  '64': 'freight',
  '67': 'insurance',
  '141': 'cifValue',
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  MB: 'transportDocNo',
  MWB: 'transportDocNo',
  BM: 'transportDocNo',
  AWB: 'transportDocNo',
  HWB: 'houseDocNo',
  BH: 'houseDocNo',
};

const IDENTITIES: Readonly<Record<string, string>> = {
  ABT: 'number',
  ABE: 'id',
  UCN: 'ucr',
  CT: 'contractNo',
  IV: 'invoiceNo',
};

const SEGMENTS: Readonly<Record<string, (segment: Segment, state: State) => void>> = {
  BGM: (segment, { declaration }) => beginOf(segment, declaration),
  UNS: (segment, state) => {
    state.inDetail = part(segment, 0) === 'D';
    state.inSummary = part(segment, 0) === 'S';
    Object.assign(state, { line: null, tax: null, container: null });
  },
  CST: (segment, state) => commodity(segment, state),
  LOC: (segment, state) => {
    const [qualifier, place] = [part(segment, 0), part(segment, 1) || part(segment, 1, 3)];
    const name = PLACES[qualifier];
    if (name) put(holderOf(state), name, place);
    else if (place !== '') push(holderOf(state), 'places', { kind: qualifier, place });
  },
  DTM: (segment, state) => {
    const { qualifier, at } = state.read.time(segment);
    const { declaration } = state;
    if (qualifier === '137') put(declaration, 'declaredAt', at);
    else if (qualifier === '132' || qualifier === '133' || qualifier === '189') {
      put(declaration, 'date', at?.slice(0, 10));
    } else if (qualifier === '148') put(declaration, 'acceptedAt', at);
    else if (at !== null) push(holderOf(state), 'dates', { kind: qualifier, at });
  },
  GIS: (segment, state) =>
    push(holderOf(state), 'indicators', { code: part(segment, 0), kind: part(segment, 0, 1) }),
  GEI: (segment, state) =>
    push(holderOf(state), 'indicators', { code: part(segment, 1), kind: part(segment, 0) }),
  MEA: (segment, state) => measured(segment, state),
  FTX: (segment, state) => {
    const text = joined(segment, 3) || joined(segment, 2);
    if (text === '') return;
    const kind = part(segment, 0);
    if (state.line && kind === 'AAA') append(state.line, 'description', text);
    else if (!state.line && /^(AAI|GEN|ABA)$/.test(kind))
      append(state.declaration, 'remarks', text);
    else push(holderOf(state), 'texts', { kind, text });
  },
  IMD: (segment, { line }) => {
    if (line) append(line, 'description', joined(segment, 2, 3));
  },
  RFF: (segment, state) => {
    const [kind, number] = [part(segment, 0), part(segment, 0, 1)];
    if (number === '') return;
    const { line, declaration } = state;
    if (line && kind === 'ABD') put(line, 'hsCode', number);
    else if (DOCUMENTS[kind]) put(declaration, DOCUMENTS[kind], number);
    else if (!line && IDENTITIES[kind]) put(declaration, IDENTITIES[kind], number);
    push(line ?? declaration, 'references', { kind, number });
  },
  TDT: (segment, state) => {
    const leg: Document = { stage: part(segment, 0), ...transportOf(segment) };
    push(state.declaration, 'legs', leg);
  },
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    if (role !== '') push(holderOf(state), 'named', { role, party });
  },
  MOA: (segment, state) => amount(segment, state),
  CUX: (segment, state) => {
    put(holderOf(state), 'currency', part(segment, 0, 1));
    const rate = state.read.number(segment, 2);
    if (rate !== null) put(holderOf(state), 'exchangeRate', rate);
  },
  TOD: (segment, state) => put(holderOf(state), 'tradeTerms', part(segment, 2)),
  PAC: (segment, state) => {
    const packing: Document = {};
    put(packing, 'count', state.read.count(segment, 0));
    put(packing, 'kind', part(segment, 2));
    if (Object.keys(packing).length === 0) return;
    if (state.line) push(state.line, 'packages', packing);
    else if (!state.inSummary) put(state.declaration, 'packages', packing);
  },
  PCI: (segment, { line, declaration }) => append(line ?? declaration, 'marks', joined(segment, 1)),
  DOC: (segment, state) => {
    const document: Document = {};
    put(document, 'kind', part(segment, 0));
    put(document, 'code', part(segment, 0, 3));
    put(document, 'number', part(segment, 1));
    push(holderOf(state), 'documents', document);
  },
  TAX: (segment, state) => {
    const tax: Document = {};
    put(tax, 'kind', part(segment, 1) || part(segment, 1, 3) || part(segment, 0));
    put(tax, 'base', state.read.number(segment, 3));
    put(tax, 'rate', state.read.number(segment, 4, 3));
    push(holderOf(state), 'taxes', tax);
    state.tax = tax;
  },
  DMS: (segment, { declaration }) => push(declaration, 'invoices', part(segment, 0)),
  EQD: (segment, state) => {
    const container: Document = { number: part(segment, 1), seals: [] };
    put(container, 'sizeType', part(segment, 2));
    push(state.declaration, 'containers', container);
    state.container = container;
  },
  SEL: (segment, { container }) => {
    if (container) push(container, 'seals', part(segment, 0));
  },
  SGP: (segment, { line }) => push(line ?? {}, 'containers', part(segment, 0)),
  DGS: (segment, { line }) => put(line ?? {}, 'dangerous', dangerousOf(segment)),
  PIA: (segment, { line }) => put(line ?? {}, 'hsCode', part(segment, 1)),
  CNT: (segment, state) => {
    const [qualifier, { declaration, read }] = [part(segment, 0), state];
    if (qualifier === '5') put(declaration, 'itemCount', read.count(segment, 0, 1));
    else if (qualifier === '11') {
      const count = read.count(segment, 0, 1);
      declaration.packages = {
        ...(declaration.packages as Document),
        ...(count !== null && { count }),
      };
    } else if (qualifier === '7') put(declaration, 'grossMassKg', read.number(segment, 0, 1));
    else if (qualifier === '18') put(declaration, 'netMassKg', read.number(segment, 0, 1));
  },
};

const TARIFF = /^\d{6,13}[A-Z]?$/;

/** CST: in the head the procedure of all, in the detail a line with its tariff code and procedure. */
function commodity(segment: Segment, state: State): void {
  const codes = segment.elements.slice(1).map((element) => element[0] ?? '');
  if (!state.inDetail) {
    put(
      state.declaration,
      'procedureCode',
      codes.find((code) => code !== ''),
    );
    return;
  }
  const lines = (state.declaration.lines ?? []) as Document[];
  const line: Document = { lineNo: state.read.count(segment, 0) ?? lines.length + 1 };
  const tariff = codes.filter((code) => TARIFF.test(code));
  // Where two codes look like a tariff's, the first, shorter one is the procedure (CHIEF).
  const [first, second] = tariff;
  put(line, 'hsCode', second !== undefined && (first ?? '').length < 8 ? second : first);
  const rest = codes.filter((code) => code !== '' && code !== line.hsCode);
  if (rest.length > 0) line.codes = rest;
  if (second !== undefined && line.hsCode === second) line.procedureCode = first;
  push(state.declaration, 'lines', line);
  Object.assign(state, { line, tax: null });
}

function measured(segment: Segment, state: State): void {
  const { of, property, unit, value } = state.read.measure(segment);
  const holder = holderOf(state);
  if (value === null) return;
  const isQuantity = state.line && of === 'other' && state.line.statutoryQuantity === undefined;
  if (of !== 'other') put(holder, of, value);
  else if (isQuantity) {
    holder.statutoryQuantity = value;
    put(holder, 'statutoryUnit', unit);
  } else push(holder, 'measures', { property, unit, value });
}

function amount(segment: Segment, state: State): void {
  const value = state.read.number(segment, 0, 1);
  const [kind, currency] = [part(segment, 0), part(segment, 0, 2)];
  if (value === null) return;
  const holder = holderOf(state);
  if (state.tax) {
    put(state.tax, /^(55|124|150|161|56)$/.test(kind) ? 'amount' : 'base', value);
    return;
  }
  const name = AMOUNTS[kind];
  if (!name) {
    push(holder, 'amounts', { kind, amount: value, ...(currency !== '' && { currency }) });
    return;
  }
  put(holder, name, value);
  put(
    holder,
    name === 'freight' || name === 'insurance' ? `${name}Currency` : 'currency',
    currency,
  );
}

function append(into: Document, name: string, text: string): void {
  if (text === '') return;
  into[name] = into[name] === undefined ? text : `${String(into[name])} ${text}`;
}

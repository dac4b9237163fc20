import { codes } from '../../reading/codes.ts';
import { compositesOf, joined, part, push, put } from '../../reading/composites.ts';
import {
  amountOf,
  beginOf,
  byTag,
  CONTACTS,
  containerOf,
  dateInto,
  measureInto,
  messageOf,
  packOf,
  paperOf,
  placeInto,
  readSegments,
  referenceOf,
  type Standing,
  sealInto,
  transportOf,
} from '../../reading/segments.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';
import { writeCusres } from './writing.ts';

interface State extends Standing {
  readonly response: Document;
  error: Document | null;
  tax: Document | null;
  container: Document | null;
}

/** CUSRES: what customs answers to a declaration or a manifest. */
export const cusres: EdifactStandard = {
  syntax: 'edifact',
  type: 'CUSRES',
  kind: 'declarationResponse',
  read: (message, interchange, problems) => {
    const response: Document = { message: messageOf(message, interchange) };
    const state: State = {
      read: compositesOf(interchange, problems),
      contacted: response,
      behind: null,
      response,
      error: null,
      tax: null,
      container: null,
    };
    readSegments(message, SEGMENTS, state, response, problems);
    response.errors ??= [];
    response.outcome = outcomeOf(response);
    return response;
  },
  write: writeCusres,
};

/** 1153: whose number a reference is. */
const DECLARED = codes({
  ABT: 'number',
  MRN: 'number',
  AAE: 'number',
  ABO: 'id',
  ABE: 'id',
  ACW: 'id',
  ABA: 'id',
  LRN: 'id',
});

/** 2005: what each date is of a response. */
const DATES = codes({
  '137': 'answeredAt',
  '9': 'answeredAt',
  '148': 'acceptedAt',
  '58': 'releasedAt',
  '204': 'releasedAt',
});
const OFFICES = new Set(['22', '41']);

const SEGMENTS = byTag<State>({
  ...CONTACTS,
  BGM: (segment, { response }) => beginOf(segment, response),
  DTM: (segment, { response, read, behind }) => {
    const time = read.time(segment);
    if (behind) dateInto(behind, 'at', time);
    else dateInto(response, DATES.get(time.qualifier), time);
  },
  LOC: (segment, { response }) =>
    placeInto(response, OFFICES.has(part(segment, 0)) ? 'office' : undefined, segment),
  FTX: (segment, { response, error }) => {
    const text = joined(segment, 3) || joined(segment, 2);
    if (text === '') return;
    if (error) error.text = error.text === undefined ? text : `${String(error.text)} ${text}`;
    else push(response, 'texts', { kind: part(segment, 0), text });
  },
  GIS: (segment, { response }) =>
    status(response, part(segment, 0), part(segment, 0, 1), part(segment, 0, 3)),
  GEI: (segment, { response }) =>
    status(response, part(segment, 1), part(segment, 0), part(segment, 1, 3)),
  STS: (segment, { response }) =>
    status(response, part(segment, 1), part(segment, 0), part(segment, 1, 3)),
  CST: (segment, { response }) => put(response, 'procedureCode', part(segment, 1)),
  NAD: (segment, state) => {
    const { role, party } = state.read.party(segment);
    const named: Document = { role, ...party };
    state.contacted = named;
    push(state.response, 'parties', named);
  },
  TDT: (segment, { response }) => {
    const leg = transportOf(segment);
    if (response.voyageNo === undefined && response.conveyance === undefined) {
      put(response, 'voyageNo', leg.voyageNo);
      put(response, 'conveyance', leg.name ?? leg.registration);
      const { voyageNo: _, name: __, ...rest } = leg;
      if (rest.registration === response.conveyance) delete rest.registration;
      if (Object.keys(rest).length > 0)
        push(response, 'legs', { stage: part(segment, 0), ...rest });
    } else push(response, 'legs', { stage: part(segment, 0), ...leg });
  },
  RFF: (segment, state) => {
    const { response } = state;
    const said = referenceOf(segment);
    if (said.number === '') return;
    const name = DECLARED.get(String(said.kind));
    if (name) {
      const declaration = (response.declaration ?? {}) as Document;
      put(declaration, name, said.number);
      response.declaration = declaration;
    }
    push(response, 'references', said);
    state.behind = said;
  },
  DOC: (segment, state) => {
    const paper = paperOf(segment);
    push(state.response, 'documents', paper);
    state.behind = paper;
  },
  PAC: (segment, { response, read }) => {
    const packing = packOf(segment, read);
    if (Object.keys(packing).length > 0) push(response, 'packages', packing);
  },
  EQD: (segment, state) => {
    state.container = containerOf(segment);
    push(state.response, 'containers', state.container);
  },
  SEL: (segment, { container }) => sealInto(container, segment),
  MEA: (segment, { response, read }) => measureInto(response, segment, read),
  CNT: (segment, { response, read }) => {
    const value = read.number(segment, 0, 1);
    const unit = part(segment, 0, 2);
    if (value === null) return;
    push(response, 'totals', { kind: part(segment, 0), value, ...(unit !== '' && { unit }) });
  },
  ERP: (segment, state) => {
    const place = placeOfError(segment.elements);
    state.error = {};
    put(state.error, 'path', place);
    push(state.response, 'errors', state.error);
  },
  ERC: (segment, state) => {
    const open = state.error;
    // An error code without a place, or a second one at the same place, is an error of its own.
    const error: Document = open && open.code === undefined ? open : {};
    if (error !== open) {
      put(error, 'path', open?.path);
      push(state.response, 'errors', error);
    }
    put(error, 'code', part(segment, 0));
    state.error = error;
  },
  TAX: (segment, state) => {
    const tax: Document = {};
    put(tax, 'kind', part(segment, 1) || part(segment, 1, 3) || part(segment, 0));
    put(tax, 'base', state.read.number(segment, 3));
    put(tax, 'rate', state.read.number(segment, 4, 3));
    put(tax, 'method', part(segment, 7));
    push(state.response, 'taxes', tax);
    state.tax = tax;
  },
  MOA: (segment, { response, read, tax }) => {
    const said = amountOf(segment, read);
    if (said === null) return;
    const { amount, currency } = said;
    if (tax && tax.amount === undefined) {
      Object.assign(tax, { amount, ...(currency !== undefined && { currency }) });
    } else push(response, 'amounts', said);
  },
});

/** ERP: where an error stands; every part of it that is said. */
const placeOfError = (elements: readonly (readonly string[])[]): string =>
  elements
    .map((components) => components.filter((text) => text !== '').join(':'))
    .filter((text) => text !== '')
    .join('/');

function status(response: Document, code: string, kind: string, text: string): void {
  if (code === '') return;
  const said: Document = { code };
  put(said, 'kind', kind);
  put(said, 'text', text);
  push(response, 'statuses', said);
}

/** 1225 and 4343 as customs uses them; with errors and nothing said, a rejection. */
function outcomeOf(response: Document): string {
  const [type, fn, answer] = [response.type, response.function, response.responseType].map(String);
  const failed = (response.errors as unknown[]).length > 0;
  if (answer === 'RE' || fn === '27' || type === '963') return 'rejected';
  if (answer === 'AP' || answer === 'AC' || fn === '44' || fn === '29') return 'accepted';
  if (response.releasedAt !== undefined) return 'released';
  if (failed) return 'rejected';
  return answer === 'AB' ? 'received' : 'answered';
}

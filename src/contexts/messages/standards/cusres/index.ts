import {
  beginOf,
  type Composites,
  compositesOf,
  joined,
  messageOf,
  part,
  push,
  put,
} from '../../reading/composites.ts';
import type { Segment } from '../../reading/edifact.ts';
import type { EdifactStandard } from '../../reading/standard.ts';
import type { Document } from '../../reading/table.ts';
import { writeCusres } from './writing.ts';

interface State {
  readonly response: Document;
  readonly read: Composites;
  error: Document | null;
  tax: Document | null;
}

/** CUSRES: what customs answers to a declaration or a manifest. */
export const cusres: EdifactStandard = {
  syntax: 'edifact',
  type: 'CUSRES',
  kind: 'declarationResponse',
  read: (message, interchange, problems) => {
    const response: Document = { message: messageOf(message, interchange) };
    const state: State = {
      ...{ response, read: compositesOf(interchange, problems), error: null, tax: null },
    };
    for (const segment of message.segments) SEGMENTS[segment.tag]?.(segment, state);
    response.errors ??= [];
    response.outcome = outcomeOf(response);
    return response;
  },
  write: writeCusres,
};

/** 1153: whose number a reference is. */
const DECLARED: Readonly<Record<string, string>> = {
  ABT: 'number',
  MRN: 'number',
  AAE: 'number',
  ABO: 'id',
  ABE: 'id',
  ACW: 'id',
  ABA: 'id',
  LRN: 'id',
};

const SEGMENTS: Readonly<Record<string, (segment: Segment, state: State) => void>> = {
  BGM: (segment, { response }) => beginOf(segment, response),
  DTM: (segment, { response, read }) => {
    const { qualifier, at } = read.time(segment);
    if (at === null) return;
    if (qualifier === '137' || qualifier === '9') put(response, 'answeredAt', at);
    else if (qualifier === '148') put(response, 'acceptedAt', at);
    else if (qualifier === '58' || qualifier === '204') put(response, 'releasedAt', at);
    else push(response, 'dates', { kind: qualifier, at });
  },
  LOC: (segment, { response }) => {
    const place = part(segment, 1) || part(segment, 1, 3);
    if (part(segment, 0) === '22' || part(segment, 0) === '41') put(response, 'office', place);
    else if (place !== '') push(response, 'places', { kind: part(segment, 0), place });
  },
  FTX: (segment, { response, error }) => {
    const text = joined(segment, 3) || joined(segment, 2);
    if (text === '') return;
    if (error) error.text = error.text === undefined ? text : `${String(error.text)} ${text}`;
    else push(response, 'texts', { kind: part(segment, 0), text });
  },
  GIS: (segment, { response }) => status(response, part(segment, 0), part(segment, 0, 1)),
  GEI: (segment, { response }) => status(response, part(segment, 1), part(segment, 0)),
  STS: (segment, { response }) => status(response, part(segment, 1), part(segment, 0)),
  NAD: (segment, { response, read }) => {
    const { role, party } = read.party(segment);
    push(response, 'parties', { role, ...party });
  },
  TDT: (segment, { response }) => {
    put(response, 'voyageNo', part(segment, 1));
    put(response, 'conveyance', part(segment, 7, 3) || part(segment, 7));
  },
  RFF: (segment, { response }) => {
    const [kind, number] = [part(segment, 0), part(segment, 0, 1)];
    if (number === '') return;
    const name = DECLARED[kind];
    if (name) {
      const declaration = (response.declaration ?? {}) as Document;
      put(declaration, name, number);
      response.declaration = declaration;
    }
    push(response, 'references', { kind, number });
  },
  ERP: (segment, state) => {
    const place = joined(segment, 0, 0, ':') || joined(segment, 1, 0, ':');
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
    put(tax, 'kind', part(segment, 1) || part(segment, 0));
    push(state.response, 'taxes', tax);
    state.tax = tax;
  },
  MOA: (segment, { response, read, tax }) => {
    const amount = read.number(segment, 0, 1);
    if (amount === null) return;
    const currency = part(segment, 0, 2);
    const said = { kind: part(segment, 0), amount, ...(currency !== '' && { currency }) };
    if (tax && tax.amount === undefined)
      Object.assign(tax, { amount, ...(currency && { currency }) });
    else push(response, 'amounts', said);
  },
};

function status(response: Document, code: string, kind: string): void {
  if (code === '') return;
  push(response, 'statuses', { code, ...(kind !== '' && { kind }) });
}

/** 1225 and 4343 as customs uses them; with errors and nothing said, a rejection. */
function outcomeOf(response: Document): string {
  const [type, fn, answer] = [response.type, response.function, response.responseType].map(String);
  const failed = (response.errors as unknown[]).length > 0;
  if (answer === 'RE' || fn === '27' || type === '963') return 'rejected';
  if (answer === 'AP' || answer === 'AC' || fn === '44') return 'accepted';
  if (response.releasedAt !== undefined) return 'released';
  if (failed) return 'rejected';
  return answer === 'AB' ? 'received' : 'answered';
}

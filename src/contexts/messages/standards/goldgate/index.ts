import type { Kind } from '../../contract.ts';
import { codes } from '../../reading/codes.ts';
import type { Problems } from '../../reading/problems.ts';
import type { XmlForm, XmlPlace, XmlStandard } from '../../reading/standard.ts';
import { type Document, readRecord, type Table } from '../../reading/table.ts';
import type { Element } from '../../reading/xml.ts';
import { childOf, keyOf, pathOf, placeOf } from '../../reading/xml.ts';
import { PASSPORT_HEADS, PASSPORT_MESSAGE, PASSPORT_RESPONSE } from './passport.ts';
import {
  COMMON_RESPONSE,
  ENVELOPE,
  LIST_HEADS,
  LIST_MESSAGE,
  LIST_RESPONSE,
  POCKET,
} from './tables.ts';
import { sortGoods, WRITE_OFF, WRITE_OFF_HEADS } from './write-off.ts';
import { writeCommonResponse, writePackage } from './writing.ts';

type Finish = (document: Document, standard: string) => void;

const form = (standard: string, kind: Kind, of: Table, finish: Finish): XmlForm => ({
  standard,
  kind,
  read: (place, problems) => readOne(place, kind, of, standard, finish, problems),
  ...(kind.endsWith('Response') && {
    write: (document: Document) => writePackage(standard, of, document),
  }),
  ...(kind === 'receipt' && { write: writeCommonResponse }),
});

/** What enterprises file, and the heads each of them may have; answers may be of the result alone. */
const HEADS: Partial<Record<Kind, readonly string[]>> = {
  bondedList: LIST_HEADS,
  gatePassport: PASSPORT_HEADS,
  writeOffFiling: WRITE_OFF_HEADS,
};

function readOne(
  { anchor }: XmlPlace,
  kind: Kind,
  of: Table,
  standard: string,
  finish: Finish,
  problems: Problems,
): Document[] {
  const document: Document = {};
  const envelope = readEnvelope(anchor, document, problems);
  nameHeads(anchor);
  const heads = HEADS[kind];
  if (heads?.every((head) => childOf(anchor, keyOf(head)) === null)) {
    // Lines of nobody knows which list, ledger or vehicle; or the head of another.
    problems.error('messages.missing', () => ({
      path: `${pathOf(anchor)}/${heads[0]}`,
      line: anchor.line,
    }));
    return [];
  }
  const found = readRecord(anchor, of, document, problems);
  if (!found && !envelope) return [];
  checkType(document, standard, anchor, problems);
  finish(document, standard);
  return [document];
}

/** Package, with the envelope, is some levels above; a message cut out of it has none. */
function readEnvelope(anchor: Element, document: Document, problems: Problems): boolean {
  for (let at: Element | null = anchor; at !== null; at = at.parent) {
    if (!childOf(at, 'envelopinfo')) continue;
    const only = (element: Element, key: string): Element => ({
      ...element,
      children: element.children.filter((child) => child.key === key),
    });
    const info = childOf(at, 'datainfo');
    if (info) readRecord(only(info, 'pocketinfo'), POCKET, document, problems);
    const business = info && childOf(info, 'bussinessdata');
    const flag = business && childOf(business, 'delcareflag')?.text;
    const found = readRecord(only(at, 'envelopinfo'), ENVELOPE, document, problems);
    if (flag) document.declare = flag;
    return found;
  }
  return false;
}

/** The envelope names a type; what is inside counts. */
function checkType(document: Document, standard: string, at: Element, problems: Problems): void {
  const { type } = (document.message ?? {}) as { type?: string };
  if (type !== undefined && type !== standard && standard !== 'CommonResponse') {
    const told = { seen: type, params: { found: standard } };
    problems.warning('messages.type_not_as_declared', placeOf(at), told);
  }
}

/**
 * Systems call the parts of a message differently; what is in them tells which they are: a head has the
 * number of the paper and much beside it, a line has a line number.
 */
function nameHeads(anchor: Element): void {
  for (const part of anchor.children) {
    if (part.children.length === 0 || KNOWN.has(part.key)) continue;
    const has = (key: string): boolean => childOf(part, key) !== null;
    if (has('gdsseqno') && has('gdsmtno')) part.key = 'bondinvtdt';
    else if (has('passportseqno')) part.key = 'saspassportdt';
    else if (has('entryid') || (has('rltno') && part.children.length < 5))
      part.key = 'saspassportrlt';
    else if (has('passportno') && has('vehicleno')) part.key = 'saspassportbsc';
    else if (has('bondinvtno') && has('putrecno')) part.key = 'bondinvtbsc';
  }
}

const KNOWN = new Set(
  [LIST_MESSAGE, LIST_RESPONSE, PASSPORT_MESSAGE, PASSPORT_RESPONSE].flatMap(({ children }) => [
    ...children.keys(),
  ]),
);

/** 处理结果 of a list: 1 posted, 2 to an officer, 3 returned, 4 pre-posted, 5 passed without posting. */
const LIST_OUTCOMES = codes({
  '1': 'accepted',
  '2': 'manualPost',
  '3': 'returned',
  '4': 'prePosted',
  '5': 'accepted',
});
const PASSPORT_OUTCOMES = codes({
  '1': 'approved',
  '2': 'manualPost',
  '3': 'returned',
});

const resultOf = ({ result }: Document): Document => (result ?? {}) as Document;

const listOutcome: Finish = (document, standard) => {
  const code = String(resultOf(document).code ?? '');
  if (standard === 'INV211') document.outcome = 'posted';
  else if (standard === 'INV202') document.outcome = code === '1' ? 'declarationMade' : 'returned';
  else document.outcome = LIST_OUTCOMES.get(code) ?? 'received';
};

const passportOutcome: Finish = (document, standard) => {
  const code = String(resultOf(document).code ?? '');
  if (/^SAS2[25]3$/.test(standard)) document.outcome = 'crossed';
  else if (standard === 'SAS224') document.outcome = 'inspection';
  else document.outcome = PASSPORT_OUTCOMES.get(code) ?? 'received';
  gatherPapers((document.passport ?? {}) as Document);
};

const listLines: Finish = (document) => {
  document.lines ??= [];
};

const passportPapers: Finish = (document) => {
  gatherPapers(document);
  document.lines ??= [];
};

/** The head names one paper and the list beside it all of them: one list, each once. Containers likewise. */
function gatherPapers(passport: Document): void {
  const papers = (passport.papers ?? []) as Document[];
  const { paper } = passport as { paper?: Document };
  const listed = new Set(papers.map(({ no }) => no));
  for (const no of new Set(String(paper?.no ?? '').split(/[,;，；]/))) {
    if (no !== '' && !listed.has(no)) papers.push({ ...paper, no });
  }
  delete passport.paper;
  passport.papers = papers;
  const { container } = passport as { container?: Document };
  delete passport.container;
  passport.containers = container ? [container] : [];
}

const receiptOutcome: Finish = (document) => {
  document.outcome = document.code === '0' ? 'received' : 'failed';
};

const list = (standard: string): XmlForm =>
  form(standard, 'bondedListResponse', LIST_RESPONSE, listOutcome);
const passport = (standard: string): XmlForm =>
  form(standard, 'gatePassportResponse', PASSPORT_RESPONSE, passportOutcome);
const writeOff = form('EMS121', 'writeOffFiling', WRITE_OFF, sortGoods);
const inventory = form('INV101', 'bondedList', LIST_MESSAGE, listLines);
const gatePassport = form('SAS121', 'gatePassport', PASSPORT_MESSAGE, passportPapers);
const twoStepPassport = form('ICP101', 'gatePassport', PASSPORT_MESSAGE, passportPapers);

/** 金关二期: bonded lists, gate passports, write-off filings, and what customs answers. */
export const goldgate: XmlStandard = {
  syntax: 'xml',
  forms: {
    InvtMessage: inventory,
    INV101: inventory,
    INV201: list('INV201'),
    INV202: list('INV202'),
    INV211: list('INV211'),
    PassPortMessage: gatePassport,
    SAS121: gatePassport,
    ICP101: twoStepPassport,
    SAS221: passport('SAS221'),
    SAS223: passport('SAS223'),
    SAS224: passport('SAS224'),
    SAS251: passport('SAS251'),
    SAS253: passport('SAS253'),
    EMS121: writeOff,
    DcrMessage: writeOff,
    CommonResponeMessage: form('CommonResponse', 'receipt', COMMON_RESPONSE, receiptOutcome),
  },
  words: [
    ...['Signature', 'SignedInfo', 'SignatureValue', 'KeyInfo', 'KeyName', 'Object', 'Package'],
    ...['CanonicalizationMethod', 'SignatureMethod', 'Reference', 'Transforms', 'Transform'],
    ...['DigestMethod', 'DigestValue', 'X509Data', 'X509Certificate', 'DelcareFlag'],
    ...['DataInfo', 'BussinessData', 'EnvelopInfo', 'PocketInfo'],
    ...[ENVELOPE, POCKET, LIST_MESSAGE, LIST_RESPONSE, PASSPORT_MESSAGE].flatMap((t) => t.words),
    ...[PASSPORT_RESPONSE, WRITE_OFF, COMMON_RESPONSE].flatMap(({ words }) => words),
  ],
};

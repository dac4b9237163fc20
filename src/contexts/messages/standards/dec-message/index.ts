import { codes } from '../../reading/codes.ts';
import type { XmlForm, XmlStandard } from '../../reading/standard.ts';
import { type Document, readRecord, type Table } from '../../reading/table.ts';
import { childOf } from '../../reading/xml.ts';
import { writeRecord } from '../../writing/xml.ts';
import { BARE_RESULT, DECLARATION, IMPORT_RESPONSE, RESULT } from './tables.ts';

const NAMESPACE = 'http://www.chinaport.gov.cn/dec';

const declaration: XmlForm = {
  standard: 'DecMessage',
  kind: 'declaration',
  read: ({ anchor: found }, problems) => {
    const document: Document = {};
    const anchor = childOf(found, 'decmessage') ?? found;
    readRecord(anchor, DECLARATION, document, problems);
    const version = anchor.attributes?.Version ?? anchor.attributes?.version;
    if (version) document.message = { ...(document.message as Document), version };
    document.lines ??= [];
    sayOverseas(document);
    headOfLines(document);
    // The template of the standard has every element and nothing in it: it is one all the same.
    return anchor.children.some(({ key }) => key === 'dechead') ? [document] : [];
  },
};

/** 境外收发货人 is the consignor of an import and the consignee of an export; where both are filled in, the other stays by its name. */
function sayOverseas(document: Document): void {
  const parties = document.parties as Document | undefined;
  if (!parties) return;
  const [first, second] =
    document.ieFlag === 'E'
      ? (['overseasConsignee', 'overseasConsignor'] as const)
      : (['overseasConsignor', 'overseasConsignee'] as const);
  const name = parties[first] === undefined ? second : first;
  const { [name]: overseas, ...others } = parties;
  if (!overseas) return;
  const { nameEn, ...rest } = overseas as Document;
  const said: Document = { ...rest, ...(nameEn !== undefined && { nameEn }) };
  said.name ??= nameEn;
  document.parties = { ...others, overseas: said };
}

/** The form has no currency and no total of its own: they are those of its lines where these agree. */
function headOfLines(document: Document): void {
  const lines = document.lines as Document[];
  const currencies = new Set(lines.map(({ currency }) => currency));
  const [currency] = currencies;
  if (currencies.size === 1 && currency !== undefined) document.currency = currency;
}

/** 通道 (CHANNEL): what happened at each step of a declaration. A code that is not here is kept as it stands. */
const CHANNELS = codes({
  C: 'examination',
  D: 'cancelled',
  E: 'returned',
  F: 'released',
  J: 'accepted',
  K: 'released',
  L: 'accepted',
  P: 'released',
  R: 'closed',
  Z: 'returned',
});

const response = (standard: string, root: string, of: Table, failed: RegExp | null): XmlForm => ({
  standard,
  kind: 'declarationResponse',
  read: ({ anchor }, problems) => {
    const document: Document = {};
    if (!readRecord(anchor, of, document, problems)) return [];
    const code = String(document.code ?? '');
    if (failed) document.outcome = failed.test(code) ? 'received' : 'failed';
    else document.outcome = CHANNELS.get(code) ?? 'received';
    return [document];
  },
  ...(root !== 'DEC_RESULT' && {
    write: (document: Document) =>
      writeRecord({ name: root, table: of, of: document }, failed ? { xmlns: NAMESPACE } : {}),
  }),
});

/** 报关单: the import file of the single window, in both layouts, and its answers. */
export const decMessage: XmlStandard = {
  syntax: 'xml',
  namespace: /chinaport\.gov\.cn\/dec$|^$/,
  forms: {
    DecMessage: declaration,
    SWImportMessage: declaration,
    DecImportResponse: response('DecImportResponse', 'DecImportResponse', IMPORT_RESPONSE, /^0$/),
    DEC_DATA: response('DEC_RESULT', 'DEC_DATA', RESULT, null),
    DEC_RESULT: response('DEC_RESULT', 'DEC_RESULT', BARE_RESULT, null),
  },
  words: [DECLARATION, IMPORT_RESPONSE, RESULT].flatMap(({ words }) => words),
};

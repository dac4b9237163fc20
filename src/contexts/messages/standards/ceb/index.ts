import type { Kind } from '../../contract.ts';
import { createProblems, type Problems } from '../../reading/problems.ts';
import type { XmlForm, XmlPlace, XmlStandard } from '../../reading/standard.ts';
import { type Document, readRecord, type Table } from '../../reading/table.ts';
import { placeOf } from '../../reading/xml.ts';
import { recordXml, wrap, xmlText } from '../../writing/xml.ts';
import { INVENTORY, INVENTORY_RETURN, ORDER, ORDER_RETURN, TRANSFER } from './tables.ts';

const NAMESPACE = 'http://www.chinaport.gov.cn/ceb';
/** Most orders or inventories one message may carry. */
const BATCH_MAX = 100;

/** What a status of 海关 means for the sender; other codes, and all below zero, say why it did not arrive. */
const OUTCOMES: Readonly<Record<string, string>> = {
  '1': 'stored',
  '2': 'received',
  '3': 'received',
  '4': 'failed',
  '100': 'returned',
  '120': 'accepted',
  '300': 'examination',
  '399': 'accepted',
  '500': 'examination',
  '501': 'held',
  '502': 'held',
  '600': 'examination',
  '700': 'examination',
  '800': 'released',
  '899': 'closed',
};

function outcomeOf(status: unknown): string {
  const code = String(status ?? '');
  return code.startsWith('-') ? 'failed' : (OUTCOMES[code] ?? 'received');
}

const form = (standard: string, kind: Kind, record: string, of: Table): XmlForm => ({
  standard,
  kind,
  read: (place, problems) => readBatch(place, record, of, kind, problems),
  ...(kind.endsWith('Response') && {
    write: (document: Document) =>
      xmlText(
        wrap(
          `ceb:${standard}Message`,
          recordXml({ name: record, table: of, of: document }, 'ceb'),
          {
            ...attributesOf(document),
            'xmlns:ceb': NAMESPACE,
          },
        ),
      ),
  }),
});

const attributesOf = (document: Document): Record<string, string> => {
  const { reference, version } = (document.message ?? {}) as Record<string, string | undefined>;
  return { guid: reference ?? String(document.guid ?? ''), version: version ?? '1.0' };
};

function readBatch(
  { anchor }: XmlPlace,
  record: string,
  of: Table,
  kind: Kind,
  problems: Problems,
): Document[] {
  const message: Document = {};
  if (anchor.attributes?.guid) message.reference = anchor.attributes.guid;
  if (anchor.attributes?.version) message.version = anchor.attributes.version;
  // Only its own part of the root: records are read by their own table, and tell what they do not know.
  readRecord(anchor, TRANSFER, message, createProblems());
  const records = anchor.children.filter(({ key }) => key === record.toLowerCase());
  if (records.length > BATCH_MAX) {
    problems.error('messages.too_many', placeOf(anchor), { params: { max: BATCH_MAX } });
  }
  return records.flatMap((element) => {
    const document: Document = { message };
    if (!readRecord(element, of, document, problems)) return [];
    if (kind.endsWith('Response')) document.outcome = outcomeOf(document.status);
    else document.lines ??= [];
    return [document];
  });
}

/** Cross-border e-commerce (跨境电商统一版): orders, inventories and what customs answers. */
export const ceb: XmlStandard = {
  syntax: 'xml',
  namespace: /chinaport\.gov\.cn\/ceb$/,
  forms: {
    CEB311Message: form('CEB311', 'order', 'Order', ORDER),
    CEB312Message: form('CEB312', 'orderResponse', 'OrderReturn', ORDER_RETURN),
    CEB621Message: form('CEB621', 'inventory', 'Inventory', INVENTORY),
    CEB622Message: form('CEB622', 'inventoryResponse', 'InventoryReturn', INVENTORY_RETURN),
  },
  words: [
    ...['Order', 'Inventory', 'OrderReturn', 'InventoryReturn', 'BaseSubscribe', 'ExtendMessage'],
    ...[ORDER, ORDER_RETURN, INVENTORY, INVENTORY_RETURN, TRANSFER].flatMap(({ words }) => words),
    ...['Signature', 'SignedInfo', 'SignatureValue', 'KeyInfo', 'KeyName', 'X509Data'],
    ...['CanonicalizationMethod', 'SignatureMethod', 'Reference', 'Transforms', 'Transform'],
    ...['DigestMethod', 'DigestValue', 'X509Certificate', 'status', 'dxpAddress'],
  ],
};

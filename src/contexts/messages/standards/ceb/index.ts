import type { Kind } from '../../contract.ts';
import { codes } from '../../reading/codes.ts';
import type { Problems } from '../../reading/problems.ts';
import type { XmlForm, XmlPlace, XmlStandard } from '../../reading/standard.ts';
import { type Document, readRecord, type Table } from '../../reading/table.ts';
import { childOf, pathOf, placeOf } from '../../reading/xml.ts';
import { recordXml, wrap, xmlText } from '../../writing/xml.ts';
import * as beside from './beside.ts';
import * as out from './export.ts';
import { INVENTORY, INVENTORY_RETURN, ORDER, ORDER_RETURN, TRANSFER } from './tables.ts';

const NAMESPACE = 'http://www.chinaport.gov.cn/ceb';
/** Most orders or inventories one message may carry. */
const BATCH_MAX = 100;

/** What a status of 海关 means for the sender; other codes, and all below zero, say why it did not arrive. */
const OUTCOMES = codes({
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
});

function outcomeOf(status: unknown): string {
  const code = String(status ?? '');
  return code.startsWith('-') ? 'failed' : (OUTCOMES.get(code) ?? 'received');
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
  // Only its own part of the root: records are read by their own table.
  const transfer = anchor.children.filter(({ key }) => key === 'basetransfer');
  readRecord({ ...anchor, attributes: null, children: transfer }, TRANSFER, message, problems);
  const records = anchor.children.filter(({ key }) => key === record.toLowerCase());
  if (records.length > BATCH_MAX) {
    problems.error('messages.too_many', placeOf(anchor), { params: { max: BATCH_MAX } });
  }
  // Orders, inventories and their like have a head; without it nobody knows which they are.
  const head = [...of.children.keys()].find((key) => key.endsWith('head'));
  return records.flatMap((element) => {
    const document: Document = { message };
    if (head !== undefined && !childOf(element, head)) {
      problems.error('messages.missing', () => ({
        path: `${pathOf(element)}/${of.children.get(head)?.name}`,
        line: element.line,
      }));
      return [];
    }
    if (!readRecord(element, of, document, problems)) return [];
    if (kind.endsWith('Response') || kind === 'receipt') {
      document.outcome = outcomeOf(document.status);
    } else if (kind === 'order' || kind === 'inventory') document.lines ??= [];
    return [document];
  });
}

/** Cross-border e-commerce (跨境电商统一版): orders, what else stands behind an inventory, and what customs answers. */
export const ceb: XmlStandard = {
  syntax: 'xml',
  namespace: /chinaport\.gov\.cn\/ceb$/,
  forms: {
    CEB303Message: form('CEB303', 'order', 'Order', out.EXPORT_ORDER),
    CEB304Message: form('CEB304', 'orderResponse', 'OrderReturn', ORDER_RETURN),
    CEB403Message: form('CEB403', 'payment', 'Receipts', out.RECEIVED),
    CEB404Message: form('CEB404', 'receipt', 'ReceiptsReturn', beside.RETURN),
    CEB505Message: form('CEB505', 'waybill', 'Logistics', out.EXPORT_WAYBILL),
    CEB506Message: form('CEB506', 'receipt', 'LogisticsReturn', beside.RETURN),
    CEB603Message: form('CEB603', 'inventory', 'Inventory', out.EXPORT_INVENTORY),
    CEB604Message: form('CEB604', 'inventoryResponse', 'InventoryReturn', INVENTORY_RETURN),
    CEB605Message: form('CEB605', 'withdrawal', 'InvtCancel', out.EXPORT_WITHDRAWAL),
    CEB606Message: form('CEB606', 'receipt', 'InvtCancelReturn', beside.RETURN),
    CEB311Message: form('CEB311', 'order', 'Order', ORDER),
    CEB312Message: form('CEB312', 'orderResponse', 'OrderReturn', ORDER_RETURN),
    CEB411Message: form('CEB411', 'payment', 'Payment', beside.PAYMENT),
    CEB412Message: form('CEB412', 'receipt', 'PaymentReturn', beside.RETURN),
    CEB511Message: form('CEB511', 'waybill', 'Logistics', beside.WAYBILL),
    CEB512Message: form('CEB512', 'receipt', 'LogisticsReturn', beside.RETURN),
    CEB513Message: form('CEB513', 'waybill', 'LogisticsStatus', beside.WAYBILL_STATUS),
    CEB514Message: form('CEB514', 'receipt', 'LogisticsStatusReturn', beside.RETURN),
    CEB621Message: form('CEB621', 'inventory', 'Inventory', INVENTORY),
    CEB622Message: form('CEB622', 'inventoryResponse', 'InventoryReturn', INVENTORY_RETURN),
    CEB623Message: form('CEB623', 'withdrawal', 'InvtCancel', beside.WITHDRAWAL),
    CEB624Message: form('CEB624', 'receipt', 'InvtCancelReturn', beside.RETURN),
    CEB625Message: form('CEB625', 'goodsReturn', 'InvtRefund', beside.GOODS_RETURN),
    CEB626Message: form('CEB626', 'receipt', 'InvtRefundReturn', beside.RETURN),
    CEB711Message: form('CEB711', 'warehouseEntry', 'Delivery', beside.WAREHOUSE_ENTRY),
    CEB712Message: form('CEB712', 'receipt', 'DeliveryReturn', beside.RETURN),
    CEB816Message: form('CEB816', 'taxNotice', 'Tax', beside.TAX_NOTICE),
    CEB818Message: form('CEB818', 'taxNotice', 'Tax', beside.TAX_NOTICE),
    CEB900Message: form('CEB900', 'receipt', 'MessageReturn', beside.RETURN),
  },
  words: [
    ...['Order', 'Inventory', 'OrderReturn', 'InventoryReturn', 'BaseSubscribe', 'ExtendMessage'],
    ...['Payment', 'Logistics', 'LogisticsStatus', 'InvtCancel', 'InvtRefund', 'Delivery', 'Tax'],
    ...['PaymentReturn', 'LogisticsReturn', 'LogisticsStatusReturn', 'InvtCancelReturn'],
    ...['InvtRefundReturn', 'DeliveryReturn', 'MessageReturn'],
    ...[ORDER, ORDER_RETURN, INVENTORY, INVENTORY_RETURN, TRANSFER].flatMap(({ words }) => words),
    ...[...Object.values(beside), ...Object.values(out)].flatMap(({ words }) => words),
    ...['Receipts', 'ReceiptsReturn'],
    ...['Signature', 'SignedInfo', 'SignatureValue', 'KeyInfo', 'KeyName', 'X509Data'],
    ...['CanonicalizationMethod', 'SignatureMethod', 'Reference', 'Transforms', 'Transform'],
    ...['DigestMethod', 'DigestValue', 'X509Certificate', 'status', 'dxpAddress'],
  ],
};

import type { XmlForm, XmlStandard } from '../../reading/standard.ts';
import { type Document, readRecord } from '../../reading/table.ts';
import { childOf, type Element } from '../../reading/xml.ts';
import { AWMDS_WORDS, awmds } from './manifest.ts';
import { DECLARATION } from './tables.ts';

type Parts = Record<string, Document | undefined>;

const sad: XmlForm = {
  standard: 'ASYCUDA-SAD',
  kind: 'declaration',
  read: ({ anchor }, problems) => {
    const document: Document = {};
    if (!readRecord(unwrapped(anchor), DECLARATION, document, problems)) return [];
    const id = anchor.attributes?.id;
    if (id) document.message = { reference: id };
    settle(document);
    return [document];
  },
};

/** Some tools put the head of the document into an element of its own, beside the items. */
function unwrapped(anchor: Element): Element {
  const head = childOf(anchor, 'sad');
  if (!head) return anchor;
  const others = anchor.children.filter((child) => child !== head);
  return { ...anchor, children: [...head.children, ...others] };
}

/** The document as every declaration has it: one number, whose side each party is on, one line's packages. */
function settle(document: Document): void {
  settleIdentity(document);
  settleParties(document);
  settleValue(document);
  document.lines ??= [];
  (document.lines as Document[]).forEach((line, index) => {
    line.lineNo = index + 1;
    settleLine(line);
  });
}

function settleIdentity(document: Document): void {
  const { reference, registration } = document as Parts;
  if (reference?.number !== undefined) document.id = reference.number;
  if (registration?.number !== undefined) {
    document.number = `${String(registration.serial ?? '')}${String(registration.number)}`;
    if (registration.date !== undefined) document.acceptedAt = registration.date;
  }
  const flow = String(document.flow ?? '');
  delete document.flow;
  const type = String(document.type ?? '');
  if (/^[IE]$/.test(flow)) document.ieFlag = flow;
  else if (/^(IM|SI|CI)/.test(type)) document.ieFlag = 'I';
  else if (/^(EX|SE|CE)/.test(type)) document.ieFlag = 'E';
}

function settleParties(document: Document): void {
  const parties = document.parties as Parties | undefined;
  const exports = document.ieFlag === 'E';
  if (parties && document.ieFlag !== undefined) {
    const { exporter, consignee, ...others } = parties;
    const [domestic, overseas] = exports ? [exporter, consignee] : [consignee, exporter];
    document.parties = { ...others, ...(domestic && { domestic }), ...(overseas && { overseas }) };
  }
  const partner = exports ? document.destinationCountry : document.exportCountry;
  if (partner !== undefined) {
    document.transport = { ...(document.transport as Document), partnerCountry: partner };
  }
}
type Parties = Parts;

function settleValue(document: Document): void {
  const { invoice, externalFreight, insurance, otherCost } = (document.valuation ?? {}) as Parts;
  const say = (name: string, value: unknown): void => {
    if (value !== undefined && value !== '0') document[name] ??= value;
  };
  const { valuation } = document as Parts;
  say('totalValue', invoice?.amount ?? valuation?.totalInvoice);
  say('currency', invoice?.currency);
  say('exchangeRate', invoice?.rate);
  say('grossMassKg', valuation?.totalMass);
  say('freight', externalFreight?.amount);
  say('freightCurrency', externalFreight?.currency);
  say('insurance', insurance?.amount);
  say('insuranceCurrency', insurance?.currency);
  say('otherCost', otherCost?.amount);
}

function settleLine(line: Document): void {
  const { packaging, invoiced, previous, licence } = line as Parts;
  delete line.packaging;
  if (packaging) {
    const { marks1, marks2, ...rest } = packaging;
    const marks = [marks1, marks2].filter((mark) => mark !== undefined).join(' ');
    line.packages = [{ ...rest, ...(marks !== '' && { marks }) }];
  }
  if (line.hsPrecision !== undefined && line.hsCode !== undefined) {
    line.tariffCode = `${String(line.hsCode)}${String(line.hsPrecision)}`;
  }
  line.description ??= line.tariffDescription;
  if (line.procedureCode !== undefined) {
    const code = String(line.procedureCode);
    const national = line.nationalProcedure;
    line.procedure = {
      current: code.slice(0, 2),
      ...(code.length > 2 && { previous: code.slice(2) }),
      ...(national !== undefined && { additional: [national] }),
    };
  }
  line.value ??= invoiced?.amount;
  if (invoiced?.currency !== undefined) line.currency = invoiced.currency;
  if (invoiced) line.charges = { ...(line.charges as Document), invoice: invoiced };
  delete line.invoiced;
  if (previous) line.previousDocuments = [previous];
  delete line.previous;
  if (licence?.number !== undefined) line.licences = [licence];
  delete line.licence;
  const [unit] = (line.supplementaryUnits ?? []) as Document[];
  if (unit?.quantity !== undefined) line.statutoryQuantity = unit.quantity;
  if (unit?.unit !== undefined) line.statutoryUnit = unit.unit;
  for (const key of Object.keys(line)) if (line[key] === undefined) delete line[key];
}

/** ASYCUDA World: the single administrative document as brokers' tools export and import it, and the manifest. */
export const asycuda: XmlStandard = {
  syntax: 'xml',
  forms: { ASYCUDA: sad, Awmds: awmds, Awbolds: awmds, Awmcds: awmds, Awbolegmds: awmds },
  words: ['SAD', 'null', ...DECLARATION.words, ...AWMDS_WORDS],
};

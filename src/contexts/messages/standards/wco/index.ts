import type { Problems } from '../../reading/problems.ts';
import type { XmlForm, XmlStandard } from '../../reading/standard.ts';
import { hasSubstance } from '../../reading/substance.ts';
import { type Document, readRecord, table } from '../../reading/table.ts';
import { childOf, type Element } from '../../reading/xml.ts';
import { recordXml, wrap, xmlText } from '../../writing/xml.ts';
import { readCargoReport } from '../cargo-manifest/index.ts';
import { DECLARATION } from './declaration.ts';
import { RESPONSE, settleResponse } from './response.ts';
import { settleDeclaration } from './settle.ts';

/** What is said of the message itself; the document it carries stands beside it. */
const META = table(`
  WCODataModelVersionCode                   message.version
  WCOTypeName                               message.type
  WCODocumentName                           message.documentName
  ResponsibleCountryCode                    message.country
  ResponsibleAgencyName                     message.agency
  AgencyAssignedCustomizationCode           message.customization
  AgencyAssignedCustomizationVersionCode    message.customizationVersion
  CommunicationMetaData                     -
  Declaration                               -
  Response                                  -
`);

const META_KEYS = new Set(['metadata', 'documentmetadata']);

function messageOf(anchor: Element, document: Document, problems: Problems): void {
  const { parent } = anchor;
  if (parent === null || !META_KEYS.has(parent.key)) return;
  const others = parent.children.filter(({ key }) => key !== 'declaration' && key !== 'response');
  readRecord({ ...parent, children: others }, META, document, problems);
}

/** A carrier reports its consignments right in the declaration; goods declared for customs are a shipment. */
const isCargoReport = (anchor: Element): boolean =>
  childOf(anchor, 'goodsshipment') === null &&
  anchor.children.some(
    (child) =>
      child.key === 'consignment' &&
      (childOf(child, 'transportcontractdocument') ?? childOf(child, 'consignmentitem')) !== null,
  );

function readReport(anchor: Element, problems: Problems): Document[] {
  const report = readCargoReport(anchor, problems);
  if (report === null) return [];
  messageOf(anchor, report, problems);
  return [report];
}

const declaration: XmlForm = {
  standard: 'WCO-DEC',
  kind: 'declaration',
  called: ({ bills }) => (bills === undefined ? null : { standard: 'WCO-CRI', kind: 'manifest' }),
  read: ({ anchor }, problems) => {
    if (isCargoReport(anchor)) return readReport(anchor, problems);
    const document: Document = {};
    if (!readRecord(anchor, DECLARATION, document, problems)) return [];
    messageOf(anchor, document, problems);
    settleDeclaration(document);
    return hasSubstance('declaration', document) ? [document] : [];
  },
};

const NAMESPACES = {
  'xmlns:md': 'urn:wco:datamodel:WCO:DocumentMetaData-DMS:2',
  xmlns: 'urn:wco:datamodel:WCO:RES-DMS:2',
};

const response: XmlForm = {
  standard: 'WCO-RES',
  kind: 'declarationResponse',
  read: ({ anchor }, problems) => {
    const document: Document = {};
    if (!readRecord(anchor, RESPONSE, document, problems)) return [];
    messageOf(anchor, document, problems);
    settleResponse(document);
    return [document];
  },
  write: (document) => {
    const meta = recordXml({ name: 'MetaData', table: META, of: document }, 'md')
      .replace('<md:MetaData>\n', '')
      .replace('</md:MetaData>', '');
    const body = recordXml({ name: 'Response', table: RESPONSE, of: document }).replaceAll(
      '<DateTimeString>',
      '<DateTimeString formatCode="304">',
    );
    return xmlText(wrap('md:MetaData', `${meta}${body}`, NAMESPACES));
  },
};

/** WCO data model 3: declarations (DEC) and the answers to them (RES), as DMS of the EU and CDS of the UK use them. */
export const wco: XmlStandard = {
  syntax: 'xml',
  namespace: /wco:datamodel/i,
  forms: { Declaration: declaration, Response: response },
  words: ['MetaData', ...META.words, ...DECLARATION.words, ...RESPONSE.words],
};

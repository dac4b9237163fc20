import { type Document, type Table, valueAt } from '../../reading/table.ts';
import { recordXml, wrap, xmlText } from '../../writing/xml.ts';
import { COMMON_RESPONSE, ENVELOPE, POCKET } from './tables.ts';

/** Our document as the tables of a message know it: what was gathered is laid out again. */
function laidOut(document: Document): Document {
  const passport = document.passport as Document | undefined;
  if (!passport) return document;
  const [container] = (passport.containers ?? []) as Document[];
  return { ...document, passport: container ? { ...passport, container } : passport };
}

/** Customs answers in small letters what it is asked in capitals. */
const spell = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const inner = (name: string, table: Table, of: Document): string =>
  recordXml({ name, table, of }).replace(`<${name}>\n`, '').replace(`\n</${name}>`, '');

/** A message of customs to an enterprise: 回执 in the package all of them come in. */
export function writePackage(standard: string, table: Table, document: Document): string {
  const body = recordXml({ name: standard, table, of: laidOut(document) }, null, spell);
  const pocket = valueAt(document, ['message', 'part'])
    ? `${inner('pocket', POCKET, document)}\n`
    : '';
  const data = wrap('DataInfo', `${pocket}${wrap('BussinessData', body)}`);
  return xmlText(wrap('Package', `${inner('envelope', ENVELOPE, document)}\n${data}`));
}

/** 数据中心回执: whether a file could be taken in. */
export const writeCommonResponse = (document: Document): string =>
  xmlText(recordXml({ name: 'CommonResponeMessage', table: COMMON_RESPONSE, of: document }));

import type { Kind } from '../contract.ts';
import type { Interchange, Message } from './interchange.ts';
import type { Problems } from './problems.ts';
import type { Document } from './table.ts';
import type { Element } from './xml.ts';

/** A document as it was understood. */
export interface Understood {
  /** As the trade calls it: `INV101`, `MT1401`, `CUSCAR`. */
  readonly standard: string;
  readonly kind: Kind;
  readonly document: Document;
}

/** Where a document of XML stands: the element it was known by, and the outermost one. */
export interface XmlPlace {
  readonly anchor: Element;
  readonly root: Element;
}

/** One form of message of a standard written in XML. */
export interface XmlForm {
  readonly standard: string;
  /** What a document is, where several forms have one shape; `null` for as the form itself says. */
  called?(document: Document): Partial<Pick<Understood, 'standard' | 'kind'>> | null;
  readonly kind: Kind;
  /** The documents of one message: most hold one, an order message up to a hundred. */
  read(place: XmlPlace, problems: Problems): Document[];
  /** The message for a document; forms that only come in have none. */
  write?(document: Document): string;
}

export interface XmlStandard {
  readonly syntax: 'xml';
  /** Forms by the element that shows them, wherever wrappers put it. */
  readonly forms: Readonly<Record<string, XmlForm>>;
  /** Every element name it knows. */
  readonly words: readonly string[];
  /** The namespaces it is written in; left out where it has none. */
  readonly namespace?: RegExp;
}

export interface EdifactStandard {
  readonly syntax: 'edifact';
  /** The message type of UNH. */
  readonly type: string;
  readonly kind: Kind | ((message: Message) => Kind);
  read(message: Message, interchange: Interchange, problems: Problems): Document;
  write?(document: Document): string;
}

export type Standard = XmlStandard | EdifactStandard;

import type { Kind } from '../contract.ts';
import type { Document } from './table.ts';

/** What a document of each kind is known by: one of these, or there is nothing that could be done with it. */
const KNOWN_BY: Partial<Record<Kind, readonly string[]>> = {
  declaration: ['id', 'number', 'ucr', 'lines'],
  manifest: ['id', 'bills'],
  transportInstruction: ['id', 'bookingNo', 'transportDocNo', 'items'],
};

/** Whether a document says which it is, or what goods it is of. One that says neither has lost its meaning. */
export function hasSubstance(kind: Kind, document: Document): boolean {
  const names = KNOWN_BY[kind];
  return names === undefined || names.some((name) => says(document[name]));
}

const says = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined;

import type { z } from 'zod';
import type { Envelope, EventRecord } from '../../../kernel/event.ts';
import type { AuditConclusion, AuditOrigin, AuditRequest, Difference } from './contract.ts';

/** What can happen to a post-clearance audit (稽查). */
export interface Payloads {
  'clearance.auditOpened': {
    origin: z.infer<typeof AuditOrigin>;
    organisation: string;
    office: string;
    declarations: string[];
    reason: string;
    contentHash: string;
    /** What the enterprise disclosed itself, when that is why it was opened. */
    disclosed: Difference[];
  };
  /** Documents, or a supplementary declaration (补充申报), asked of the enterprise. */
  'clearance.auditAsked': AuditRequest;
  'clearance.auditExtended': { request: string; dueOn: string; reason: string };
  'clearance.auditReplied': {
    request: string;
    statement: string;
    files: { name: string; fileId: string }[];
  };
  /** The day of a request has passed without a reply. */
  'clearance.auditOverdue': { request: string; organisation: string };
  /** The duty review takes it from here: `duty` says which way the money goes. */
  'clearance.auditConcluded': Omit<AuditConclusion, 'occurredAt'> & {
    declarations: string[];
    organisation: string;
  };
}

export type Kind = keyof Payloads;
export type AuditEvent = { [K in Kind]: EventRecord<K, Payloads[K]> }[Kind];
export type NewAuditEvent = {
  [K in Kind]: { readonly kind: K; readonly payload: Payloads[K]; readonly legalBasis?: string };
}[Kind];

export const auditStream = (audit: string): string => `audit:${audit}`;

export function place(
  audit: string,
  after: number,
  events: readonly NewAuditEvent[],
  envelope: Envelope,
): AuditEvent[] {
  const stream = auditStream(audit);
  return events.map(({ kind, payload, legalBasis = null }, index) => {
    const seq = after + index + 1;
    return {
      ...{ id: `${stream}@${seq}`, stream, seq, kind, payload },
      envelope: { ...envelope, legalBasis },
    } as AuditEvent;
  });
}

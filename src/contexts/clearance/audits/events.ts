import type { z } from 'zod';
import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
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

export type AuditEvent = EventsOf<Payloads>;
export type NewAuditEvent = DecidedOf<Payloads>;

export const auditStream = (audit: string): string => `audit:${audit}`;

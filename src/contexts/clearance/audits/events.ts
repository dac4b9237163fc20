import type { z } from 'zod';
import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { Problem } from '../contract.ts';
import type {
  AuditConclusion,
  AuditOrigin,
  AuditRequest,
  Correction,
  Difference,
} from './contract.ts';

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
  /** `duty` says which way the money goes; each correction reviews the bill of its declaration. */
  'clearance.auditConcluded': Omit<AuditConclusion, 'occurredAt' | 'corrections'> & {
    corrections?: Correction[];
    declarations: string[];
    organisation: string;
  };
  /** The ledger could not take a correction, for example because the bill was reversed meanwhile. */
  'clearance.auditDutyRefused': { declaration: string; problems: Problem[] };
}

export type AuditEvent = EventsOf<Payloads>;
export type NewAuditEvent = DecidedOf<Payloads>;

export const auditStream = (audit: string): string => `audit:${audit}`;

import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { BatchContent } from './contract.ts';

/** What can happen to an application (业务申报表), on the stream `batch:<id>`. State is a fold over these. */
export interface BatchPayloads {
  'cargo.batchApplied': { content: BatchContent; contentHash: string };
  /** Approved by another account: in force, with the deposit taken. */
  'cargo.batchApproved': { note: string; deposit: string; depositId: string | null };
  'cargo.batchRejected': { note: string };
  'cargo.batchChangeAsked': { content: BatchContent; contentHash: string; reason: string };
  'cargo.batchChangeRejected': { note: string };
  /** What was asked is in force from here on. */
  'cargo.batchChanged': {
    note: string;
    content: BatchContent;
    deposit: string;
    depositId: string | null;
  };
  /** Four fifths of a line's cap are used. */
  'cargo.batchLimitNear': { lineNo: number; used: string; cap: string };
  'cargo.batchDueSoon': { month: string; dueOn: string };
  'cargo.batchSuspended': { reason: 'monthOverdue'; month: string; dueOn: string };
  'cargo.batchResumed': { month: string };
  'cargo.batchExpired': { validTo: string };
  'cargo.batchConsolidationPlanned': {
    consolidation: string;
    through: string;
    declarations: string[];
    movements: number;
  };
  /** Its movements are declared, once and for all. */
  'cargo.batchDeclared': { consolidation: string; declarations: string[] };
  /** The declarations were not accepted, or ended later: their movements are to be declared anew. */
  'cargo.batchUndeclared': { consolidation: string; declarations: string[]; reason: string };
  'cargo.batchClosed': { note: string };
}

/** Goods that entered first and are declared later, on the stream `entry:<passport>`. */
export interface EntryPayloads {
  'cargo.enteredFirst': {
    transportDocNo: string;
    organisation: string;
    declaredEntryOn: string;
    dueOn: string;
    packages: number;
    grossMassKg: string;
  };
  'cargo.entryDueSoon': { dueOn: string };
  /** From the day after `dueOn` the late-declaration fee runs, and nothing more enters first. */
  'cargo.entryOverdue': { dueOn: string; feeFrom: string };
  'cargo.declaredLater': { declaration: string; daysLate: number };
  /** The declaration ended without clearing the goods: they are to be declared anew. */
  'cargo.entryReopened': { declaration: string; reason: string };
}

export type BatchEvent = EventsOf<BatchPayloads>;
export type NewBatchEvent = DecidedOf<BatchPayloads>;
export type NewEntryEvent = DecidedOf<EntryPayloads>;

export const batchStream = (id: string): string => `batch:${id}`;
export const stockBillStream = (id: string): string => `stock-bill:${id}`;
export const entryStream = (passport: string): string => `entry:${passport}`;

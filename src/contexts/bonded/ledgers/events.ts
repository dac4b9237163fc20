import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { LedgerInput } from '../contract.ts';

/** What can happen to a ledger itself, on the stream `bonded-ledger:<id>`. State is a fold over these. */
export interface LedgerPayloads {
  'bonded.ledgerRegistered': { content: LedgerInput; contentHash: string };
  /** Approved by another account: from here on events are posted to it. */
  'bonded.ledgerApproved': { note: string };
  'bonded.ledgerRejected': { note: string };
  'bonded.ledgerChangeAsked': { content: LedgerInput; contentHash: string; reason: string };
  'bonded.ledgerChanged': { note: string; content: LedgerInput };
  'bonded.ledgerChangeRejected': { note: string };
  /** Parts were added or changed; `parts` is how many there are now. */
  'bonded.partsChanged': { added: number; changed: number; parts: number };
  /** Lines of consumption (单耗) were added; `lines` is how many there are now. */
  'bonded.consumptionRecorded': { recorded: number; products: number; lines: number };
}

export type LedgerLifeEvent = EventsOf<LedgerPayloads>;
export type NewLedgerLifeEvent = DecidedOf<LedgerPayloads>;

export const ledgerStream = (id: string): string => `bonded-ledger:${id}`;

import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { PermitTerms } from './contract.ts';

/** What one declaration takes of a permit. */
export interface Taking {
  readonly declaration: string;
  readonly lines: readonly number[];
  /** In the permit's unit and currency; `null` where it sets no such bound. */
  readonly quantity: string | null;
  readonly value: string | null;
}

/** What can happen to a permit. Its balance is a fold over these. */
export interface Payloads {
  'clearance.permitIssued': {
    kind: string;
    number: string;
    issuer: string;
    terms: PermitTerms;
    contentHash: string;
  };
  'clearance.permitChanged': { terms: PermitTerms; reason: string };
  'clearance.permitRevoked': { reason: string };
  /** Pre-write-down (预核扣) when a declaration is accepted. */
  'clearance.permitReserved': Taking;
  /** Write-down (核扣) when it is released. */
  'clearance.permitWrittenDown': { declaration: string };
  /** The declaration was cancelled, refused entry or amended: what it took is there again. */
  'clearance.permitGivenBack': { declaration: string; reason: string };
  /**
   * A declaration that had named this permit before it was loaded now has it; `outstanding` are the
   * permits it still waits for. With none left its condition is met.
   */
  'clearance.permitMatched': { declaration: string; outstanding: string[] };
}

export type PermitEvent = EventsOf<Payloads>;
export type NewPermitEvent = DecidedOf<Payloads>;

export const permitStream = (permit: string): string => `permit:${permit}`;

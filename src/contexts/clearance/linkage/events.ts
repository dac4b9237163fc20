import type { DecidedOf, EventsOf } from '../../../kernel/event.ts';
import type { Check, CheckOutcome, CheckPauseCode } from './contract.ts';

/** A check as it is asked, before anything has come of it. */
export type AskedCheck = Pick<
  Check,
  | 'id'
  | 'owner'
  | 'authority'
  | 'topic'
  | 'rule'
  | 'reason'
  | 'legalBasis'
  | 'lines'
  | 'visit'
  | 'dueAt'
> & {
  /** What the goods were when it was asked, as a hash: other goods are asked about anew. */
  readonly goods: string;
};

/** What can happen to the joint order of a declaration. */
export interface Payloads {
  /** Asked when the declaration is accepted; an amendment asks anew and withdraws what is not asked any more. */
  'clearance.checksAsked': { declaration: string; checks: AskedCheck[] };
  'clearance.checkPaused': {
    declaration: string;
    check: string;
    code: CheckPauseCode;
    note: string;
  };
  /** `dueAt` is where its end has moved to. */
  'clearance.checkResumed': { declaration: string; check: string; note: string; dueAt: string };
  /** Its day has passed without an answer. */
  'clearance.checkOverdue': { declaration: string; check: string; owner: string };
  /** Customs examines: visits of other authorities join that examination; `null` when it is not done after all. */
  'clearance.checksJoined': { declaration: string; examination: string | null };
  'clearance.visitRecorded': {
    declaration: string;
    visit: string;
    participants: { owner: string; officers: string[]; findings: string }[];
    note: string;
  };
  'clearance.checkAnswered': {
    declaration: string;
    check: string;
    owner: string;
    outcome: CheckOutcome;
    conditions: string | null;
    note: string;
    visit: string | null;
  };
  /** Every check of one owner is answered: what a condition of the declaration waits for. */
  'clearance.ownerAnswered': {
    declaration: string;
    condition: 'quarantineCleared' | 'authorityCleared';
    owner: string;
    outcome: 'cleared' | 'refused';
    reason: string;
  };
  /** A refusal leaves the goods to customs: the case it opened. */
  'clearance.checkCaseOpened': { declaration: string; caseId: string };
  /** The declaration is over: nobody need look any more. */
  'clearance.checksWithdrawn': { declaration: string; reason: string };
}

export type LinkageEvent = EventsOf<Payloads>;
export type NewLinkageEvent = DecidedOf<Payloads> & { readonly pauseCode?: CheckPauseCode };

export const linkageStream = (declaration: string): string => `linkage:${declaration}`;
